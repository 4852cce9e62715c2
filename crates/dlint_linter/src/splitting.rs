//! Whether the shell makes one argument of an expansion that is not quoted, or may make several or none.

use dlint_syntax::dockerfile::{PLATFORM_ARGS, Value};
use dlint_syntax::shell::{
    Assignment, Command, CommandKind, OptionSpec, Parameter, ParameterOperator, Part, PartKind, Program, Scope, Script,
    Word,
};

use crate::run::CommandNode;

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
const DEPTH: u32 = 6;

/// How many words an expansion gives that stands unquoted in a command.
pub(crate) fn words_of(node: &CommandNode<'_, '_>, part: Part<'_>) -> Words {
    Judge { node }.part(part, DEPTH)
}

struct Judge<'j, 'a, 'b> {
    node: &'j CommandNode<'a, 'b>,
}

impl Judge<'_, '_, '_> {
    fn part(&self, part: Part<'_>, depth: u32) -> Words {
        match part.kind() {
            PartKind::Parameter => {
                part.parameter().map_or(Words::Unknown, |parameter| self.parameter(part, parameter, depth))
            }
            PartKind::CommandSubstitution | PartKind::Backticks => {
                part.scope().map_or(Words::Unknown, |scope| self.output(scope, depth))
            }
            PartKind::Arithmetic | PartKind::ProcessSubstitution => Words::One,
            PartKind::Array => Words::List,
            _ => of_text(&part.unquoted()),
        }
    }

    /// How many words a value gives that was made of `word`: what is quoted in the word may have blanks, too.
    fn value(&self, word: Word<'_>, depth: u32) -> Words {
        let parts = word.parts().map(|part| match part.kind() {
            PartKind::DoubleQuoted => part.parts().map(|part| self.part(part, depth)).max().unwrap_or(Words::One),
            // Nothing is expanded in a value that is assigned, but everything is when it is used.
            PartKind::Glob | PartKind::Brace => Words::Unknown,
            PartKind::Tilde => Words::One,
            _ => self.part(part, depth),
        });
        parts.max().unwrap_or(Words::One)
    }

    fn parameter(&self, part: Part<'_>, parameter: Parameter<'_>, depth: u32) -> Words {
        use ParameterOperator as Op;
        let name = parameter.name();
        let default = || part.parts().map(|part| self.part(part, depth)).max().unwrap_or(Words::One);
        match parameter.operator() {
            Op::Length => Words::One,
            Op::Alternative => default(),
            Op::Default | Op::Assign | Op::Replace => self.variable(name, depth).max(default()),
            _ => self.variable(name, depth),
        }
    }

    fn variable(&self, name: &str, depth: u32) -> Words {
        if matches!(name, "#" | "?" | "$" | "!" | "-") {
            return Words::One;
        }
        if matches!(name, "@" | "*") || is_list_name(name) {
            return Words::List;
        }
        let Some(depth) = depth.checked_sub(1) else { return Words::Unknown };
        if let Some(words) = self.assigned(name, depth) {
            return words;
        }
        match self.node.run.variables.find(name).map(|variable| &variable.value) {
            Some(Value::Known(value)) => of_text(value),
            _ if PLATFORM_ARGS.contains(&name) || is_single_name(name) => Words::One,
            // One word or none, which only a test does not bear.
            _ if is_single_by_nature(name) && !matches!(self.node.name(), "[" | "test") => Words::One,
            _ => Words::Unknown,
        }
    }

    /// What the script gives the variable, wherever it does; `None` if it does not.
    fn assigned(&self, name: &str, depth: u32) -> Option<Words> {
        let script = self.node.command.script();
        let values = assignments(script).filter(|it| it.name() == name).map(|it| {
            if it.is_append() {
                Words::Unknown.max(self.value(it.value(), depth))
            } else {
                self.value(it.value(), depth)
            }
        });
        let declared = script
            .commands()
            .filter(|command| is_declaration(*command))
            .flat_map(|command| command.words().iter())
            .filter_map(|word| {
                let text = word.unquoted();
                let (left, value) = text.split_once('=')?;
                // The rest of the word as a value: its parts after the `=`.
                (left == name).then(|| self.declared(word, value, depth))
            });
        let loops = script.compounds().filter(|command| {
            command.kind() == CommandKind::For && command.variable().is_some_and(|word| word.is(name))
        });
        let subjects =
            loops.flat_map(|command| command.subjects().iter().collect::<Vec<_>>()).map(|word| self.item(word, depth));
        let read = script.commands().filter(|command| {
            command.words().first().is_some_and(|word| word.is("read") || word.is("mapfile") || word.is("getopts"))
        });
        let read = read.filter(|command| command.words().iter().any(|word| word.is(name))).map(|_| Words::Unknown);
        values.chain(declared).chain(subjects).chain(read).max()
    }

    fn declared(&self, word: Word<'_>, value: &str, depth: u32) -> Words {
        if word.literal().is_some() {
            return of_text(value);
        }
        word.expansions().map(|part| self.part(part, depth)).max().unwrap_or(Words::Unknown)
    }

    /// One of the words that a `for` goes through. What was split has no blanks any more.
    fn item(&self, word: Word<'_>, depth: u32) -> Words {
        if let Some(text) = word.literal() {
            return of_text(&text);
        }
        let is_quoted = word.parts().any(|part| part.kind().is_quotes());
        let has_glob = word.all_parts().any(|part| part.kind() == PartKind::Glob);
        if is_quoted {
            return self.value(word, depth);
        }
        if has_glob { Words::Unknown } else { Words::One }
    }

    /// What a command substitution prints.
    fn output(&self, scope: Scope<'_>, depth: u32) -> Words {
        let Some(last) = scope.commands().last() else { return Words::One };
        let first = last.pipeline().commands().next().unwrap_or(last);
        let of =
            |command: Command<'_>| command.program().map_or(Words::Unknown, |program| self.prints(&program, depth));
        if last == first {
            return of(last);
        }
        // A pipe: what the last makes of what the first prints.
        let Some(program) = last.program() else { return Words::Unknown };
        match filter(&program) {
            Filter::Picks => Words::One,
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
                            Filter::Other => Words::Unknown,
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

    /// What a command prints, as far as its name and arguments tell.
    fn prints(&self, program: &Program<'_>, depth: u32) -> Words {
        let arguments = program.arguments(&OptionSpec::FLAGS);
        let has = |options: &[&str]| program.words.iter().any(|word| options.iter().any(|it| word.is(it)));
        let operands = || arguments.operands().map(|word| self.value(word, depth)).max().unwrap_or(Words::One);
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

/// What a program in a pipe makes of what it reads.
enum Filter {
    /// One word, whatever that is: a number, a field without blanks of one line.
    Picks,
    /// One word of one word.
    Keeps,
    Other,
}

fn filter(program: &Program<'_>) -> Filter {
    let literal: Vec<String> = program.words.iter().map(|word| word.unquoted().into_owned()).collect();
    let has_blank = || literal.iter().any(|text| text.contains([' ', '\n']) && !text.starts_with("-d") && text != " ");
    match program.name.as_ref() {
        "wc" if literal.len() == 1 => Filter::Picks,
        "cut" | "head" | "rev" | "tail" => Filter::Keeps,
        "tr" if !literal.iter().skip(1).any(|text| text.contains([' ', '\n'])) => Filter::Keeps,
        "sed" if !has_blank() => Filter::Keeps,
        "awk" | "gawk" | "mawk" if literal.last().is_some_and(|text| is_one_field(text)) => Filter::Keeps,
        _ => Filter::Other,
    }
}

/// `{print $1}`, `{ print $1"."$2 }`.
fn is_one_field(script: &str) -> bool {
    let Some(printed) = script.split_once("print").map(|(_, rest)| rest.trim_end_matches([' ', '}', ';'])) else {
        return false;
    };
    printed.trim().starts_with('$') && !printed.contains(',') && !printed.trim().contains(' ')
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

fn assignments(script: &Script) -> impl Iterator<Item = Assignment<'_>> {
    script.commands().flat_map(|command| command.assignments().collect::<Vec<_>>())
}

fn is_declaration(command: Command<'_>) -> bool {
    let name = command.words().first();
    name.is_some_and(|word| ["export", "local", "declare", "readonly", "typeset"].iter().any(|it| word.is(it)))
}

/// Whether the name of a variable says that it holds several words: options, packages.
fn is_list_name(name: &str) -> bool {
    const ENDS: [&str; 28] = [
        "FLAGS",
        "OPTS",
        "OPTIONS",
        "OPT",
        "ARGS",
        "PARAMS",
        "DEPS",
        "DEPENDENCIES",
        "PKGS",
        "PACKAGES",
        "PKG",
        "PACKAGE",
        "LIST",
        "EXTENSIONS",
        "EXTS",
        "MODULES",
        "LIBS",
        "FILES",
        "CMD",
        "COMMAND",
        "KEYS",
        "TARGETS",
        "PLUGINS",
        "FEATURES",
        "REQUIREMENTS",
        "ARCHS",
        "TOOLS",
        "COMPONENTS",
    ];
    let upper = name.to_ascii_uppercase();
    ENDS.iter().any(|end| upper.ends_with(end))
}

/// Variables that the shell, the system or `/etc/os-release` sets to one word.
fn is_single_name(name: &str) -> bool {
    const NAMES: [&str; 20] = [
        "HOME",
        "PWD",
        "OLDPWD",
        "USER",
        "LOGNAME",
        "UID",
        "EUID",
        "GID",
        "PPID",
        "RANDOM",
        "SECONDS",
        "LINENO",
        "HOSTNAME",
        "SHELL",
        "ID",
        "VERSION_ID",
        "VERSION_CODENAME",
        "UBUNTU_CODENAME",
        "HOSTTYPE",
        "BASHPID",
    ];
    NAMES.contains(&name)
}

/// Whether the name of a variable says that its value is one word: a version, a number, a digest.
fn is_single_by_nature(name: &str) -> bool {
    const ENDS: [&str; 24] = [
        "VERSION", "VER", "PORT", "UID", "GID", "ARCH", "CHANNEL", "RELEASE", "COMMIT", "REVISION", "REF", "SHA",
        "SHA1", "SHA256", "SHA512", "MD5", "CHECKSUM", "MAJOR", "MINOR", "CODENAME", "URL", "REGISTRY", "TIMEOUT",
        "RETRIES",
    ];
    let upper = name.to_ascii_uppercase();
    ENDS.iter()
        .any(|end| upper.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('_') || end.len() > 5))
}
