//! Whether the shell makes one argument of an expansion that is not quoted, or may make several or none.

mod filter;
mod names;

use std::cell::RefCell;
use std::rc::Rc;

use dlint_syntax::dockerfile::{PLATFORM_ARGS, Value};
use dlint_syntax::hash::HashMap;
use dlint_syntax::shell::{
    Command, CommandKind, OptionSpec, Parameter, ParameterOperator, Part, PartKind, Program, Scope, ScopeKind, Script,
    Word,
};

use crate::run::RunNode;
use crate::scripts::set_in_arithmetic;
use filter::{Filter, filter};
use names::{is_list_name, is_single_by_nature, is_single_name};

/// How many words an expansion gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Words {
    /// One, without a character that the shell would expand further.
    One,
    /// Nobody can tell.
    Unknown,
    /// Several, or it looks as if that is meant: the value is a list, the command prints one, or the name says so.
    List,
}

/// How deeply variables are followed.
const DEPTH: u32 = 12;

/// Judges the expansions of a `RUN`. What is found out of a variable is kept.
pub(crate) struct Splitter<'r, 'a> {
    run: &'r RunNode<'a>,
    scripts: RefCell<HashMap<*const Script, Rc<Sources<'a>>>>,
}

/// What gives the variables of a script their values.
#[derive(Default)]
struct Sources<'a> {
    of_name: HashMap<String, Variable<'a>>,
}

/// A variable of a script.
#[derive(Default)]
struct Variable<'a> {
    /// In the order of the script, each with the index of its command.
    sources: Vec<(usize, Source<'a>)>,
    /// What was found out of the sources up to a command; unknown while it is being found out.
    found: RefCell<HashMap<usize, Words>>,
}

enum Source<'a> {
    /// `name=value`.
    Value(Word<'a>),
    /// `name+=value`.
    Appended(Word<'a>),
    /// `export name=value`: the whole word.
    Declared(Word<'a>),
    /// A word that a `for` goes through.
    Item(Word<'a>),
    /// `read name`: what is left of the line.
    Read,
    /// A number, a letter, or what stands before the next blank of a line.
    Single,
}

/// Where an expansion stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    script: &'a Script,
    /// Whether it is in `[ … ]`, which does not bear an argument that vanishes.
    in_test: bool,
    /// What commands from this one on set is set too late.
    end: usize,
    depth: u32,
}

impl<'a> Sources<'a> {
    fn new(script: &'a Script) -> Self {
        let mut sources = Self::default();
        for command in script.all_commands() {
            for assignment in command.assignments() {
                let value = assignment.value();
                let source = if assignment.is_append() { Source::Appended(value) } else { Source::Value(value) };
                sources.add(command, assignment.name(), source);
            }
            for name in set_in_arithmetic(command) {
                sources.add(command, name, Source::Single);
            }
            match command.kind() {
                CommandKind::For => {
                    let Some(variable) = command.variable() else { continue };
                    for subject in command.subjects().iter() {
                        sources.add(command, variable.text(), Source::Item(subject));
                    }
                }
                CommandKind::Simple => sources.add_builtin(command),
                _ => {}
            }
        }
        sources
    }

    fn add(&mut self, command: Command<'a>, name: &str, source: Source<'a>) {
        self.of_name.entry(name.to_owned()).or_default().sources.push((command.index(), source));
    }

    fn add_builtin(&mut self, command: Command<'a>) {
        let arguments = command.words().from(1).iter();
        match command.words().first().map(|word| word.text()) {
            Some("export" | "local" | "declare" | "readonly" | "typeset") => {
                for word in arguments {
                    if let Some((name, _)) = word.unquoted().split_once('=') {
                        self.add(command, name, Source::Declared(word));
                    }
                }
            }
            Some("getopts") => arguments.for_each(|word| self.add(command, word.text(), Source::Single)),
            Some("read") => {
                // With another `IFS` what stands before the next separator may have blanks.
                let is_plain = !command.script().all_assignments().any(|it| it.name() == "IFS");
                let count = arguments.len();
                for (index, word) in arguments.enumerate() {
                    let is_field = is_plain && index + 1 < count;
                    self.add(command, word.text(), if is_field { Source::Single } else { Source::Read });
                }
            }
            Some("mapfile" | "readarray") => arguments.for_each(|word| self.add(command, word.text(), Source::Read)),
            _ => {}
        }
    }
}

impl<'r, 'a> Splitter<'r, 'a> {
    /// For the scripts of a `RUN`.
    pub(crate) fn new(run: &'r RunNode<'a>) -> Self {
        Self { run, scripts: RefCell::default() }
    }

    /// How many words an expansion gives that stands unquoted in a command.
    pub(crate) fn words(&self, command: Command<'a>, part: Part<'a>) -> Words {
        let in_test = command.words().first().is_some_and(|word| word.is("[") || word.is("test"));
        self.part(part, Place { script: command.script(), in_test, end: reach(command), depth: DEPTH })
    }

    /// The value of a variable that a command uses, if it is the one that `ENV` or `ARG` gives it.
    pub(crate) fn given(&self, command: Command<'a>, name: &str) -> Option<&'r str> {
        let at = Place { script: command.script(), in_test: false, end: reach(command), depth: DEPTH };
        let is_given = self.assigned(name, at).is_none();
        self.run.variables.find(name).filter(|_| is_given).and_then(|variable| variable.value.known())
    }

    fn part(&self, part: Part<'a>, at: Place<'a>) -> Words {
        match part.kind() {
            PartKind::Parameter => {
                part.parameter().map_or(Words::Unknown, |parameter| self.parameter(part, parameter, at))
            }
            kind if kind.is_command() => part.scope().map_or(Words::Unknown, |scope| self.output(scope, at)),
            PartKind::Arithmetic | PartKind::ProcessSubstitution => Words::One,
            PartKind::Array => Words::List,
            _ => of_text(&part.unquoted()),
        }
    }

    /// How many words a value gives that was made of `word`: what is quoted in the word may have blanks, too.
    fn value(&self, word: Word<'a>, at: Place<'a>) -> Words {
        let parts = word.parts().map(|part| match part.kind() {
            PartKind::DoubleQuoted => part.parts().map(|part| self.part(part, at)).max().unwrap_or(Words::One),
            // Nothing is expanded in a value that is assigned, but everything is when it is used.
            PartKind::Glob | PartKind::Brace => Words::Unknown,
            PartKind::Tilde => Words::One,
            _ => self.part(part, at),
        });
        parts.max().unwrap_or(Words::One)
    }

    fn parameter(&self, part: Part<'a>, parameter: Parameter<'a>, at: Place<'a>) -> Words {
        use ParameterOperator as Op;
        let name = parameter.name();
        let default = || part.parts().map(|part| self.part(part, at)).max().unwrap_or(Words::One);
        match parameter.operator() {
            Op::Length => Words::One,
            Op::Alternative => default(),
            Op::Default | Op::Assign | Op::Replace => self.variable(name, at).max(default()),
            _ => self.variable(name, at),
        }
    }

    fn variable(&self, name: &str, at: Place<'a>) -> Words {
        if matches!(name, "#" | "?" | "$" | "!" | "-") {
            return Words::One;
        }
        if matches!(name, "@" | "*") || is_list_name(name) {
            return Words::List;
        }
        if let Some(words) = self.assigned(name, at) {
            return words;
        }
        match self.run.variables.find(name).map(|variable| &variable.value) {
            Some(Value::Known(value)) => of_text(value),
            // Most platforms have no variant.
            _ if at.in_test && matches!(name, "TARGETVARIANT" | "BUILDVARIANT") => Words::Unknown,
            _ if PLATFORM_ARGS.contains(&name) || is_single_name(name) => Words::One,
            // One word or none.
            _ if is_single_by_nature(name) && !at.in_test => Words::One,
            _ => Words::Unknown,
        }
    }

    /// What the script gives the variable, wherever it does; `None` if it does not.
    fn assigned(&self, name: &str, at: Place<'a>) -> Option<Words> {
        let sources = {
            let mut scripts = self.scripts.borrow_mut();
            Rc::clone(scripts.entry(std::ptr::from_ref(at.script)).or_insert_with(|| Rc::new(Sources::new(at.script))))
        };
        let Variable { sources: own, found } = sources.of_name.get(name)?;
        let own = &own[..own.partition_point(|(index, _)| *index < at.end)];
        let (last, _) = own.last()?;
        if let Some(words) = found.borrow().get(last) {
            return Some(*words);
        }
        let Some(depth) = at.depth.checked_sub(1) else { return Some(Words::Unknown) };
        found.borrow_mut().insert(*last, Words::Unknown);
        let at = Place { depth, in_test: false, end: usize::MAX, ..at };
        let words = own.iter().map(|(_, source)| match source {
            Source::Value(word) => self.value(*word, at),
            Source::Appended(word) => self.value(*word, at).max(Words::Unknown),
            Source::Declared(word) => self.declared(*word, at),
            Source::Item(word) => self.item(*word, at),
            Source::Read => Words::Unknown,
            Source::Single => Words::One,
        });
        let words = words.max().unwrap_or(Words::Unknown);
        found.borrow_mut().insert(*last, words);
        Some(words)
    }

    fn declared(&self, word: Word<'a>, at: Place<'a>) -> Words {
        if let Some(text) = word.literal() {
            return of_text(text.split_once('=').map_or("", |(_, value)| value));
        }
        word.expansions().map(|part| self.part(part, at)).max().unwrap_or(Words::Unknown)
    }

    /// One of the words that a `for` goes through. What was split has no blanks any more.
    fn item(&self, word: Word<'a>, at: Place<'a>) -> Words {
        if let Some(text) = word.literal() {
            return of_text(&text);
        }
        let is_quoted = word.parts().any(|part| part.kind().is_quotes());
        let has_glob = word.all_parts().any(|part| part.kind() == PartKind::Glob);
        if is_quoted {
            return self.value(word, at);
        }
        if has_glob { Words::Unknown } else { Words::One }
    }

    /// What a command substitution prints.
    fn output(&self, scope: Scope<'a>, at: Place<'a>) -> Words {
        let Some(last) = scope.commands().last() else { return Words::One };
        if let Some(words) = self.branches(last, at) {
            return words;
        }
        let first = last.pipeline().commands().next().unwrap_or(last);
        let of = |command: Command<'a>| {
            command.program().map_or(Words::Unknown, |program| match filter(&program) {
                Filter::Lists => Words::List,
                _ => self.prints(&program, at),
            })
        };
        if last == first {
            return of(last);
        }
        // A pipe: what the last makes of what the first prints.
        let Some(program) = last.program() else { return Words::Unknown };
        match filter(&program) {
            Filter::Picks => Words::One,
            Filter::Lists => Words::List,
            Filter::Keeps => last
                .pipeline()
                .commands()
                .take(last.position())
                .map(|command| {
                    if command == first {
                        of(command)
                    } else {
                        command.program().map_or(Words::Unknown, |program| match filter(&program) {
                            Filter::Keeps | Filter::Picks => Words::One,
                            Filter::Lists | Filter::Other => Words::Unknown,
                        })
                    }
                })
                .max()
                .unwrap_or(Words::Unknown),
            Filter::Other => match of(last) {
                Words::One => Words::One,
                words => words.max(Words::Unknown).max(if of(first) == Words::List { Words::List } else { Words::One }),
            },
        }
    }

    /// What an `if` or a `case` prints, one of whose branches is always taken; `None` if it is neither.
    fn branches(&self, command: Command<'a>, at: Place<'a>) -> Option<Words> {
        let is_branch =
            |scope: &Scope<'a>| matches!(scope.kind(), ScopeKind::Then | ScopeKind::Else | ScopeKind::CaseArm);
        let is_rest = |scope: &Scope<'a>| match command.kind() {
            CommandKind::Case => scope.patterns().iter().any(|pattern| pattern.text() == "*"),
            _ => scope.kind() == ScopeKind::Else,
        };
        if !matches!(command.kind(), CommandKind::If | CommandKind::Case) || command.is_piped() {
            return None;
        }
        let at = Place { depth: at.depth.checked_sub(1)?, ..at };
        let has_rest = command.own_scopes().any(|scope| is_rest(&scope));
        let words = command.own_scopes().filter(is_branch).map(|scope| self.output(scope, at)).max()?;
        Some(if has_rest { words } else { words.max(Words::Unknown) })
    }

    /// What a command prints, as far as its name and arguments tell.
    fn prints(&self, program: &Program<'a>, at: Place<'a>) -> Words {
        let arguments = program.arguments(&OptionSpec::FLAGS);
        let has = |options: &[&str]| program.words.iter().any(|word| options.iter().any(|it| word.is(it)));
        let operands = || arguments.operands().map(|word| self.value(word, at)).max().unwrap_or(Words::One);
        match program.name.as_ref() {
            "nproc" | "arch" | "whoami" | "hostname" | "mktemp" | "pwd" | "getconf" | "command" | "which" | "tty"
            | "umask" | "openssl" | "uuidgen" | "expr" | "logname" => Words::One,
            "uname" if !has(&["-a", "--all", "-v"]) && program.words.len() <= 1 => Words::One,
            "id" if has(&["-u", "-g", "-un", "-gn"]) => Words::One,
            "dpkg" if has(&["--print-architecture", "--print-foreign-architectures"]) => Words::One,
            "dpkg-architecture" | "apk" if has(&["--print-arch"]) || program.name == "dpkg-architecture" => Words::One,
            "rpm" if has(&["-E", "--eval"]) => Words::One,
            "lsb_release"
                if has(&["-cs", "-rs", "-is", "-sc", "-sr", "-si"]) || (has(&["-s"]) && program.words.len() == 2) =>
            {
                Words::One
            }
            "date" => arguments.operands().next().map_or(Words::List, |format| of_text(&format.unquoted())),
            "basename" | "dirname" | "readlink" | "realpath" => operands(),
            "echo" | "printf" => {
                let words = operands();
                if arguments.operands().count() > 1 && program.name == "echo" { Words::List } else { words }
            }
            "git" if has(&["rev-parse", "describe", "rev-list"]) => Words::One,
            "node" | "npm" | "go" | "rustc" | "ruby"
                if has(&["-v", "--version", "prefix", "root", "-g", "GOPATH", "GOARCH", "GOROOT", "sysroot"])
                    && !(matches!(&*program.name, "go" | "rustc") && has(&["version", "--version"])) =>
            {
                Words::One
            }
            "stat" if has(&["-c"]) => Words::One,
            "wc" if program.words.len() <= 1 && has(&["-l", "-c", "-w", "-m"]) => Words::One,
            "find" | "ls" | "seq" | "apt-mark" | "dpkg-query" | "apt-cache" | "ldd" | "scanelf" | "cat" | "grep"
            | "egrep" | "sort" | "uniq" | "xargs" | "pip" | "pip3" | "dpkg" | "apk" | "rpm" | "comm" | "tail" => {
                Words::List
            }
            _ => Words::Unknown,
        }
    }
}

/// The index from which on commands are run after a command for sure: no loop around it has another round, and it is in
/// no function.
fn reach(command: Command<'_>) -> usize {
    if command.scopes().any(|scope| scope.kind() == ScopeKind::FunctionBody) {
        return usize::MAX;
    }
    let mut end = command.index();
    let mut inner = command;
    while let Some(parent) = inner.parent() {
        if matches!(parent.kind(), CommandKind::For | CommandKind::While | CommandKind::Until | CommandKind::Select) {
            end = parent.descendants().last().map_or(end, |last| last.index() + 1);
        }
        inner = parent;
    }
    end
}

/// How many words a text gives where it is not quoted.
fn of_text(text: &str) -> Words {
    if text.contains([' ', '\t', '\n']) || text.is_empty() {
        Words::List
    } else if text.contains(['*', '?', '[']) {
        Words::Unknown
    } else {
        Words::One
    }
}
