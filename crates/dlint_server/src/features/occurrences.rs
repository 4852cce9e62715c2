//! Where a Dockerfile names its variables: `ARG` and `ENV`, and what BuildKit or a shell replaces.

use std::collections::HashMap;

use dlint_linter::shell::Shell;
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{
    Base, Dockerfile, Form, Instruction, Kind, Model, NothingKnown, Origin, Source, State, Word, expand, expand_body,
};
use dlint_syntax::shell::{self, CommandKind, Script};
use dlint_syntax::text::range;

/// A place where a variable is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Its name.
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) range: TextRange,
    /// What is done with it.
    pub(crate) role: Role,
    /// The index of the instruction in [`Dockerfile::instructions`].
    pub(crate) instruction: usize,
    /// The stage in which it is named; none where the arguments before the first `FROM` hold.
    pub(crate) stage: Option<usize>,
    /// What set the variable that is meant; none if nothing in the file did.
    pub(crate) origin: Option<Origin>,
    /// Whether it stands behind `ONBUILD`, so that what it declares holds in the stages that start from its own.
    pub(crate) is_trigger: bool,
}

/// What is done with a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// `ARG` declares it, with or without a default.
    Argument {
        /// Whether it has a default.
        has_default: bool,
    },
    /// `ENV` sets it.
    Environment,
    /// BuildKit replaces it.
    Replaced,
    /// A shell reads or sets it.
    InShell,
}

/// The places where variables are named, in file order; of one variable alone, or of all.
pub(crate) fn occurrences(text: &str, file: &Dockerfile, model: &Model, wanted: Option<&str>) -> Vec<Occurrence> {
    let mut finder = Finder { text, file, wanted, triggered: HashMap::new(), found: Vec::new() };
    let is_worth = |instruction: &Instruction| {
        let text = text.get(std::ops::Range::<usize>::from(instruction.range)).unwrap_or_default();
        let has_any = matches!(instruction.kind, Kind::Arg(_) | Kind::Env(_)) || text.contains('$');
        wanted.map_or(has_any, |name| text.contains(name))
    };
    let first = model.stages.first().map_or(file.instructions.len(), |stage| stage.from);
    let globals = (0..first).chain(model.stages.iter().map(|stage| stage.from));
    for at in globals {
        let Some(instruction) = file.instructions.get(at).filter(|it| is_worth(it)) else { continue };
        let origin = |name: &str| model.globals.find(name).map(|variable| variable.origin);
        finder.instruction(
            instruction,
            &Place { at, stage: None, origin: &origin, is_in_shell: false, is_trigger: false, runs_here: true },
        );
    }
    let triggering = triggering(model);
    model.walk(file, |stage, at, state: &State| {
        let Some(instruction) = file.instructions.get(at).filter(|it| is_worth(it)) else { return };
        let (inner, is_trigger) = match &instruction.kind {
            Kind::Onbuild(Some(trigger)) => (&**trigger, true),
            _ => (instruction, false),
        };
        let is_at_runtime = matches!(inner.kind, Kind::Cmd(_) | Kind::Entrypoint(_) | Kind::Healthcheck(_));
        let runs_here = !is_trigger || triggering.get(stage.index) == Some(&true);
        let origin = |name: &str| {
            let origin = state.variables.find(name)?.origin;
            // Another build has the environment of the image that it starts from, and none of its arguments.
            let is_at_runtime = is_at_runtime || !runs_here;
            // What an `ARG` sets is gone when the container runs.
            (!is_at_runtime || matches!(origin, Origin::Env(_))).then_some(origin)
        };
        let is_in_shell = Shell::in_force(file, model, stage, state.shell).kind.is_posix();
        finder.instruction(
            inner,
            &Place { at, stage: Some(stage.index), origin: &origin, is_in_shell, is_trigger, runs_here },
        );
    });
    let mut found = finder.found;
    found.sort_by_key(|it| (it.range.start(), it.range.end()));
    found.dedup_by_key(|it| it.range);
    found
}

/// Where an instruction stands, and what is in force there.
struct Place<'p> {
    at: usize,
    stage: Option<usize>,
    origin: &'p dyn Fn(&str) -> Option<Origin>,
    /// Whether a POSIX shell reads what is in shell form.
    is_in_shell: bool,
    /// Whether it is put off by `ONBUILD`.
    is_trigger: bool,
    /// Whether it runs in a build of this file. Triggers of a stage that no other starts from run in other files' builds: what they declare
    /// and name is those files' matter, and is left alone.
    runs_here: bool,
}

/// For each stage whether another starts from it, in which its triggers run.
pub(super) fn triggering(model: &Model) -> Vec<bool> {
    let mut all = vec![false; model.stages.len()];
    for stage in &model.stages {
        if let Base::Stage(parent) = stage.base
            && let Some(is_base) = all.get_mut(parent)
        {
            *is_base = true;
        }
    }
    all
}

struct Finder<'f> {
    text: &'f str,
    file: &'f Dockerfile,
    wanted: Option<&'f str>,
    /// What triggers of a stage declared so far: later ones of it see that.
    triggered: HashMap<(Option<usize>, String), Origin>,
    found: Vec<Occurrence>,
}

impl Finder<'_> {
    fn add(&mut self, name: &str, range: TextRange, role: Role, place: &Place<'_>) {
        if self.wanted.is_some_and(|wanted| wanted != name) || !is_name(name) {
            return;
        }
        let origin = match role {
            Role::Argument { .. } => Some(Origin::Arg(place.at)),
            Role::Environment => Some(Origin::Env(place.at)),
            Role::Replaced | Role::InShell => {
                let triggered = place.is_trigger.then(|| self.triggered.get(&(place.stage, name.to_owned()))).flatten();
                triggered.copied().or_else(|| (place.origin)(name))
            }
        };
        let (name, instruction, stage, is_trigger) = (name.to_owned(), place.at, place.stage, place.is_trigger);
        if let (true, Role::Argument { .. } | Role::Environment, Some(origin)) = (is_trigger, role, origin) {
            self.triggered.insert((stage, name.clone()), origin);
        }
        self.found.push(Occurrence { name, range, role, instruction, stage, origin, is_trigger });
    }

    /// The variables that BuildKit replaces in a word.
    fn word(&mut self, word: &Word, place: &Place<'_>) {
        if word.text.contains('$') {
            for reference in expand(word, self.file.escape, &NothingKnown).references {
                self.add(&reference.name, reference.name_range, Role::Replaced, place);
            }
        }
    }

    fn instruction(&mut self, instruction: &Instruction, place: &Place<'_>) {
        for flag in &instruction.flags {
            let is_replaced =
                matches!(flag.name.text.as_str(), "platform" | "chown" | "chmod" | "from" | "exclude" | "checksum");
            if let Some(value) = flag.value.as_ref().filter(|_| is_replaced) {
                self.word(value, place);
            }
        }
        match &instruction.kind {
            Kind::From(from) => from.image.iter().for_each(|image| self.word(image, place)),
            Kind::Copy(copy) | Kind::Add(copy) => {
                for source in &copy.sources {
                    if let Source::Path(path) = source {
                        self.word(path, place);
                    }
                }
                copy.destination.iter().for_each(|path| self.word(path, place));
                for heredoc in instruction.heredocs.iter().filter(|heredoc| heredoc.expand) {
                    let body = self.text.get(std::ops::Range::<usize>::from(heredoc.body)).unwrap_or_default();
                    for reference in expand_body(&Word::new(heredoc.body, body), &NothingKnown).references {
                        self.add(&reference.name, reference.name_range, Role::Replaced, place);
                    }
                }
            }
            Kind::Env(pairs) => {
                for pair in &pairs.pairs {
                    self.word(&pair.value, place);
                    self.word(&pair.key, place);
                    if place.runs_here {
                        self.add(&pair.key.text, pair.key.range, Role::Environment, place);
                    }
                }
            }
            Kind::Label(pairs) => {
                for pair in &pairs.pairs {
                    self.word(&pair.key, place);
                    self.word(&pair.value, place);
                }
            }
            Kind::Arg(declarations) => {
                for declaration in declarations {
                    declaration.default.iter().for_each(|default| self.word(default, place));
                    if place.runs_here {
                        let role = Role::Argument { has_default: declaration.default.is_some() };
                        self.add(&declaration.name.text, declaration.name.range, role, place);
                    }
                }
            }
            Kind::Expose(words) | Kind::Volume(words) => words.iter().for_each(|word| self.word(word, place)),
            Kind::User(word) | Kind::Workdir(word) | Kind::Stopsignal(word) => {
                if let Some(word) = word {
                    self.word(word, place);
                }
            }
            Kind::Run(run) => {
                for option in run.mounts.iter().flat_map(|mount| &mount.options) {
                    option.value.iter().for_each(|value| self.word(value, place));
                }
                self.form(&run.form, place);
            }
            Kind::Cmd(form) | Kind::Entrypoint(form) => self.form(form, place),
            Kind::Healthcheck(check) => check.command.iter().for_each(|form| self.form(form, place)),
            Kind::Shell(_) | Kind::Maintainer(_) | Kind::Onbuild(_) | Kind::Unknown => {}
        }
    }

    fn form(&mut self, form: &Form, place: &Place<'_>) {
        let is_shell = matches!(form, Form::Exec(_)) || place.is_in_shell;
        if is_shell {
            for script in form.script().scripts_deep() {
                self.script(script, place);
            }
        }
    }

    fn script(&mut self, script: &Script, place: &Place<'_>) {
        for command in script.all_commands() {
            for assignment in command.assignments() {
                self.add(assignment.name(), assignment.name_range(), Role::InShell, place);
                self.shell_word(&assignment.value(), place);
            }
            for redirect in command.redirects() {
                self.shell_word(&redirect.target(), place);
                if let Some(heredoc) = redirect.heredoc().filter(|heredoc| !heredoc.is_quoted()) {
                    self.shell_word(&heredoc.body(), place);
                }
            }
            // What sets a variable by its name has to go along with what reads it.
            if let Some(variable) = command.variable() {
                self.bound(&variable, place);
            }
            let binds = command.kind() == CommandKind::Simple
                && command.name().is_some_and(|name| {
                    matches!(&*name, "export" | "unset" | "read" | "local" | "readonly" | "declare" | "typeset")
                });
            for word in command.words().iter() {
                if binds {
                    self.bound(&word, place);
                }
                self.shell_word(&word, place);
            }
        }
    }

    fn shell_word(&mut self, word: &shell::Word<'_>, place: &Place<'_>) {
        for parameter in word.expansions().filter_map(|part| part.parameter()) {
            self.add(parameter.name(), parameter.name_range(), Role::InShell, place);
        }
    }

    /// The name at the start of a word that is set.
    fn bound(&mut self, word: &shell::Word<'_>, place: &Place<'_>) {
        let text = word.text();
        let name = text.split(['=', '+']).next().unwrap_or_default();
        self.add(name, range(0..name.len()) + word.range().start(), Role::InShell, place);
    }
}

/// Whether it is the name of a variable, and none of a shell's own (`$1`, `$@`).
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
