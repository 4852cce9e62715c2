//! A build stage as rules see it, and what is known about the container that comes of it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Dockerfile, Form, Instruction, Kind, Model, Stage, Value};
use dlint_syntax::text::CompactString;

use crate::document::Document;
use crate::image::{Reference, known};
use crate::user::UserSpec;

/// What the names of all tools that give up root have in them.
static MAY_DROP: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // Of this kind the search goes through long texts many bytes at a time.
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(["gosu", "su-exec", "s6-"]);
    builder.expect("three words")
});

/// A build stage with the file it is in.
#[derive(Debug, Clone, Copy)]
pub struct StageNode<'a> {
    /// The Dockerfile.
    pub file: &'a Dockerfile,
    /// Its meaning.
    pub model: &'a Model,
    /// The stage.
    pub stage: &'a Stage,
}

/// As whom the container's first process runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunsAs {
    /// As root, because the file says so: the word, and its place.
    Root(String, TextRange),
    /// As whom the base image says, which is root unless it is known to say otherwise.
    Unset,
    /// Not as root, or nobody can tell.
    Other,
}

/// What the file says of the health check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// There is one.
    Checked,
    /// `HEALTHCHECK NONE`, at this place.
    Disabled(TextRange),
    /// The file has none, and nothing is known of the base.
    Unset,
}

impl<'a> StageNode<'a> {
    /// The stage of that index; `None` if the document is no Dockerfile or has no such stage.
    pub fn of(document: &'a Document, index: usize) -> Option<Self> {
        let (file, model) = document.dockerfile()?;
        Some(Self { file, model, stage: model.stages.get(index)? })
    }

    /// The stage that what stands at this place belongs to; `None` before the first `FROM`, or in no Dockerfile.
    pub fn at(document: &'a Document, place: TextRange) -> Option<Self> {
        let (file, model) = document.dockerfile()?;
        let after = file.instructions.partition_point(|instruction| instruction.range.start() <= place.start());
        Some(Self { file, model, stage: model.stage_of(after.checked_sub(1)?)? })
    }

    /// Whether its layers are part of the image that is built where no target is named: it is the last stage, or one
    /// that this starts from.
    pub fn is_in_image(&self) -> bool {
        self.stage.is_in_image
    }

    /// Where a finding about the stage as a whole stands: the base after `FROM`, or the word `FROM`.
    pub fn place(&self) -> TextRange {
        self.stage.image(self.file).map_or(self.stage.from(self.file).keyword.range, |image| image.range)
    }

    /// The base image that the stage's oldest ancestor in the file starts from; `None` for `scratch` and what cannot be
    /// known.
    pub fn base_image(&self) -> Option<Reference<'a>> {
        match self.model.root_base(self.stage) {
            Base::Image(text) => Some(Reference::new(text)),
            _ => None,
        }
    }

    /// Whether it starts from nothing and names no program: a stage whose files are taken out, not an image that runs.
    pub fn is_only_files(&self) -> bool {
        *self.model.root_base(self.stage) == Base::Scratch
            && self.stage.end.entrypoint.is_none()
            && self.stage.end.cmd.is_none()
    }

    /// The instructions of the stage after its `FROM`, with those that `ONBUILD` puts off as such.
    pub fn instructions(&self) -> impl Iterator<Item = &'a Instruction> + use<'a> {
        self.file.instructions.get(self.stage.instructions.clone()).unwrap_or_default().iter()
    }

    fn instruction(&self, index: usize) -> &'a Instruction {
        match &self.file.instructions[index] {
            Instruction { kind: Kind::Onbuild(Some(trigger)), .. } => trigger,
            instruction => instruction,
        }
    }

    /// As whom the container's first process runs.
    pub fn runs_as(&self) -> RunsAs {
        let Some(user) = &self.stage.end.user else {
            let keeps_entrypoint = self.keeps_entrypoint();
            return match (self.model.root_base(self.stage), self.base_image()) {
                (_, Some(base)) if known::runs_unprivileged(&base, keeps_entrypoint) => RunsAs::Other,
                // Nobody can tell which image this is.
                (Base::Unknown, _) => RunsAs::Other,
                _ if self.drops_privileges() => RunsAs::Other,
                _ => RunsAs::Unset,
            };
        };
        match (&user.value, &self.instruction(user.instruction).kind) {
            (Value::Known(name), Kind::User(Some(word))) if UserSpec::new(name).is_root() => {
                let base_drops = || self.base_image().is_some_and(|base| known::gives_up_root(&base));
                if self.drops_privileges() || (self.keeps_entrypoint() && base_drops()) {
                    return RunsAs::Other;
                }
                RunsAs::Root(name.to_string(), word.range)
            }
            _ => RunsAs::Other,
        }
    }

    /// Whether the base image's entrypoint holds: none is said, or the one of official images is said again, as who sets `CMD` often does.
    fn keeps_entrypoint(&self) -> bool {
        let Some(index) = self.stage.end.entrypoint else { return true };
        match &self.instruction(index).kind {
            Kind::Entrypoint(form) => {
                form_words(form).first().is_some_and(|word| basename(word) == "docker-entrypoint.sh")
            }
            _ => false,
        }
    }

    /// Whether the program that starts gives up root by itself: the entrypoint or command runs one of the tools made
    /// for that, or the file installs one and has an entrypoint of its own that can call it.
    fn drops_privileges(&self) -> bool {
        let started = [self.stage.end.entrypoint, self.stage.end.cmd];
        if started.into_iter().flatten().any(|index| Self::mentions_privilege_drop(self.instruction(index))) {
            return true;
        }
        self.stage.end.entrypoint.is_some()
            && self.model.chain(self.stage).flat_map(|stage| stage.instructions.clone()).any(|index| {
                let instruction = &self.file.instructions[index];
                matches!(instruction.kind, Kind::Run(_) | Kind::Copy(_)) && Self::mentions_privilege_drop(instruction)
            })
    }

    /// Whether a command that is started runs a tool that gives up root, or an instruction brings one into the image.
    fn mentions_privilege_drop(instruction: &Instruction) -> bool {
        match &instruction.kind {
            Kind::Cmd(form) | Kind::Entrypoint(form) => form_words(form).iter().any(|word| is_privilege_drop(word)),
            // What a build runs as another user says nothing of the container; only what is installed for it does.
            Kind::Run(run) => {
                let may_name_one = match &run.form {
                    Form::Shell(shell) => MAY_DROP.is_match(shell.text()),
                    Form::Exec(_) => true,
                };
                may_name_one && form_words(&run.form).iter().any(|word| is_installed_drop(word))
            }
            Kind::Copy(copy) => copy.destination.as_ref().is_some_and(|word| is_installed_drop(&word.text)),
            _ => false,
        }
    }

    /// What the file says of the health check.
    pub fn health(&self) -> Health {
        let Some(index) = self.stage.end.healthcheck else { return Health::Unset };
        let instruction = self.instruction(index);
        match &instruction.kind {
            Kind::Healthcheck(check) if check.is_none() => Health::Disabled(instruction.range),
            _ => Health::Checked,
        }
    }

    /// Whether the image is one that Docker would watch: it names a program to start, and that is no shell or
    /// interpreter that waits for somebody to type.
    pub fn is_service(&self) -> bool {
        let end = &self.stage.end;
        if end.entrypoint.is_none() && end.cmd.is_none() {
            return !end.exposed.is_empty();
        }
        let words = |index: Option<usize>| match index.map(|index| &self.instruction(index).kind) {
            Some(Kind::Cmd(form) | Kind::Entrypoint(form)) => form_words(form),
            _ => Vec::new(),
        };
        // An entrypoint takes the base's command away.
        let command = words(end.cmd.or(end.entrypoint));
        let interactive = matches!(&command[..], [program] if is_interactive(program))
            || matches!(&command[..], [program, option] if is_interactive(program) && is_interactive_option(option));
        !(interactive && end.exposed.is_empty())
    }
}

/// The words of a command; of shell form those that are literal.
fn form_words(form: &Form) -> Vec<CompactString> {
    match form {
        Form::Exec(words) => words.iter().map(|word| word.text.clone()).collect(),
        Form::Shell(shell) => shell
            .script()
            .commands_deep()
            .flat_map(|command| command.words().iter().map(|word| word.literal().unwrap_or_default().into()))
            .collect(),
    }
}

fn basename(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Programs that start another program as another user.
const PRIVILEGE_DROPS: [&str; 9] =
    ["gosu", "su-exec", "setpriv", "runuser", "chpst", "s6-setuidgid", "setuidgid", "s6-overlay", "su"];

fn is_privilege_drop(word: &str) -> bool {
    PRIVILEGE_DROPS.contains(&basename(word))
}

/// Those of them that no distribution brings along: who installs one means to use it in an entrypoint.
const INSTALLED_DROPS: [&str; 4] = ["gosu", "su-exec", "s6-overlay", "s6-setuidgid"];

/// Whether a word is such a tool: its package, its path, or the file that is downloaded.
fn is_installed_drop(word: &str) -> bool {
    let name = basename(word);
    INSTALLED_DROPS.iter().any(|tool| {
        name.strip_prefix(tool).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '=', '_', '.', '@']))
    })
}

/// Shells and interpreters that, called without a script, read what somebody types.
fn is_interactive(program: &str) -> bool {
    const PROGRAMS: [&str; 24] = [
        "sh",
        "bash",
        "ash",
        "dash",
        "zsh",
        "fish",
        "ksh",
        "tcsh",
        "pwsh",
        "powershell",
        "cmd",
        "python",
        "python3",
        "pypy",
        "pypy3",
        "node",
        "irb",
        "php",
        "perl",
        "jshell",
        "ghci",
        "iex",
        "erl",
        "julia",
    ];
    let name = basename(program).to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    PROGRAMS.contains(&name)
}

fn is_interactive_option(option: &str) -> bool {
    matches!(option, "-a" | "-i" | "-l" | "--login" | "-il" | "-li" | "-NoLogo")
}
