//! What is in force at a point of a stage.

use super::super::lex::{Value, expand};
use super::super::tree::{Dockerfile, Instruction, Kind};
use super::super::word::Word;
use super::variables::{GlobalScope, Origin, Variable, Variables};
use crate::text::{CompactString, format_compact};

/// How many ports and triggers are kept. Stages inherit them; see the bound on variables.
const MAX_EXPOSED: usize = 1024;
const MAX_TRIGGERS: usize = 1024;

/// Something an instruction set, with the instruction that did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The index in [`Dockerfile::instructions`] of the instruction, which may be in an ancestor of the stage; of the
    /// `ONBUILD` where a trigger set it.
    pub instruction: usize,
    /// The value, with variables expanded.
    pub value: Value,
}

/// What is in force at a point of a stage. `None` and empty lists mean that the file does not say: the base image's own
/// configuration holds, or, where the base is `scratch`, Docker's default.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `USER`.
    pub user: Option<Setting>,
    /// `WORKDIR`, made absolute where the one before it is known.
    pub workdir: Option<Setting>,
    /// `SHELL`: the index of the instruction.
    pub shell: Option<usize>,
    /// `HEALTHCHECK`: the index of the instruction, also for `NONE`.
    pub healthcheck: Option<usize>,
    /// `ENTRYPOINT`: the index of the instruction.
    pub entrypoint: Option<usize>,
    /// `CMD`: the index of the instruction. An `ENTRYPOINT` in a child stage resets an inherited `CMD` of the base.
    pub cmd: Option<usize>,
    /// `STOPSIGNAL`.
    pub stopsignal: Option<Setting>,
    /// `EXPOSE`: the ports as expanded, in order.
    pub exposed: Vec<Setting>,
    /// `ENV` and `ARG`.
    pub variables: Variables,
    /// The `ONBUILD` instructions so far, which run in the stages that start from this one.
    pub triggers: Vec<usize>,
}

impl State {
    pub(super) fn of_scratch() -> Self {
        Self { variables: Variables::of_scratch(), ..Self::default() }
    }

    pub(super) fn of_unknown_image() -> Self {
        Self::default()
    }

    /// Lets the instruction at `at` take effect.
    pub(super) fn apply(&mut self, file: &Dockerfile, globals: &GlobalScope, at: usize) {
        let instruction = &file.instructions[at];
        if let Kind::Onbuild(trigger) = &instruction.kind {
            if trigger.is_some() && self.triggers.len() < MAX_TRIGGERS {
                self.triggers.push(at);
            }
        } else {
            self.run(file, globals, instruction, at);
        }
    }

    /// Lets the trigger of the `ONBUILD` at `at` take effect.
    pub(super) fn apply_trigger(&mut self, file: &Dockerfile, globals: &GlobalScope, at: usize) {
        if let Kind::Onbuild(Some(trigger)) = &file.instructions[at].kind {
            self.run(file, globals, trigger, at);
        }
    }

    fn run(&mut self, file: &Dockerfile, globals: &GlobalScope, instruction: &Instruction, at: usize) {
        match &instruction.kind {
            Kind::User(Some(user)) => self.user = Some(self.setting(file, user, at)),
            Kind::Workdir(Some(path)) => self.workdir = Some(self.resolve_workdir(file, path, at)),
            Kind::Stopsignal(Some(signal)) => self.stopsignal = Some(self.setting(file, signal, at)),
            Kind::Shell(words) if !words.is_empty() => self.shell = Some(at),
            Kind::Healthcheck(_) => self.healthcheck = Some(at),
            Kind::Entrypoint(_) => self.entrypoint = Some(at),
            Kind::Cmd(_) => self.cmd = Some(at),
            Kind::Expose(ports) => {
                for port in ports.iter().take(MAX_EXPOSED.saturating_sub(self.exposed.len())) {
                    let setting = self.setting(file, port, at);
                    self.exposed.push(setting);
                }
            }
            Kind::Env(env) => {
                // All values of one ENV see the environment before it.
                let values: Vec<Value> = env.pairs.iter().map(|pair| self.expand(file, &pair.value)).collect();
                for (pair, value) in env.pairs.iter().zip(values) {
                    let key = match self.expand(file, &pair.key) {
                        Value::Known(key) => key,
                        Value::Unknown => continue,
                    };
                    self.variables.set(Variable { name: key, value, origin: Origin::Env(at) });
                }
            }
            Kind::Arg(declarations) => {
                for declaration in declarations {
                    let value = match &declaration.default {
                        Some(default) => self.expand(file, default),
                        // A global ARG of that name gives its value to the stage that declares it again.
                        None => globals.value_of(&declaration.name.text),
                    };
                    let name = declaration.name.text.clone();
                    self.variables.set(Variable { name, value, origin: Origin::Arg(at) });
                }
            }
            _ => {}
        }
    }

    fn expand(&self, file: &Dockerfile, word: &Word) -> Value {
        expand(word, file.escape, &self.variables).value
    }

    /// Where a path that an instruction names is: expanded, and in the working directory if it is relative. A final slash is
    /// kept, and a `.` at the end gives one. `None` if it is not known.
    pub fn resolve_path(&self, file: &Dockerfile, path: &Word) -> Option<CompactString> {
        let Value::Known(path) = self.expand(file, path) else { return None };
        if is_absolute(&path) {
            return Some(path);
        }
        let folder = self.workdir.as_ref()?.value.known()?;
        let path = path.trim_start_matches("./");
        let path = if path == "." { "" } else { path };
        Some(format_compact!("{}/{path}", folder.trim_end_matches('/')))
    }

    fn setting(&self, file: &Dockerfile, word: &Word, at: usize) -> Setting {
        Setting { instruction: at, value: self.expand(file, word) }
    }

    fn resolve_workdir(&self, file: &Dockerfile, path: &Word, at: usize) -> Setting {
        let value = match self.expand(file, path) {
            Value::Known(path) if is_absolute(&path) => Value::Known(path),
            Value::Known(path) => match self.workdir.as_ref().map(|workdir| &workdir.value) {
                Some(Value::Known(parent)) => Value::Known(format_compact!("{}/{path}", parent.trim_end_matches('/'))),
                // The base image's working directory is not known.
                Some(Value::Unknown) | None => Value::Unknown,
            },
            Value::Unknown => Value::Unknown,
        };
        Setting { instruction: at, value }
    }
}

/// Whether a path starts at the root, of a Linux file system or of a Windows drive.
fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    path.starts_with(['/', '\\'])
        || (bytes.len() >= 3 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'/' | b'\\'))
}
