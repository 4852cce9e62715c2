//! What `set` switches on and off.

use std::collections::VecDeque;

use super::command::Command;
use super::tree::{CommandKind, Script};

/// The shell settings that matter for how failures are treated (`set -e`, `set -o pipefail`, …).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub struct Settings {
    /// `-e`, `errexit`: the script ends at the first command that fails.
    pub errexit: bool,
    /// `-u`, `nounset`: a variable that is not set is an error.
    pub nounset: bool,
    /// `-x`, `xtrace`: commands are printed, with the values of variables.
    pub xtrace: bool,
    /// `-f`, `noglob`: globs are not expanded.
    pub noglob: bool,
    /// `pipefail`: a pipeline fails if any of its commands does.
    pub pipefail: bool,
}

impl Settings {
    /// The settings from the arguments of a shell (`-euxo`, `pipefail`, `-c`), such as those of `SHELL`.
    #[must_use]
    pub fn from_arguments<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut settings = Self::default();
        settings.apply(arguments);
        settings
    }

    /// Applies the arguments of `set`, or of a shell, up to the first that is no option.
    pub fn apply<'a>(&mut self, arguments: impl IntoIterator<Item = &'a str>) {
        // `-euo pipefail`: the names come after the letters.
        let mut names_wanted = VecDeque::new();
        for argument in arguments {
            if let Some(on) = names_wanted.pop_front() {
                self.set(argument, on);
                continue;
            }
            let (on, letters) = match argument.as_bytes() {
                [b'-', b'-'] => return,
                [b'-', b'-', ..] => continue,
                [b'-', letters @ ..] if !letters.is_empty() => (true, letters),
                [b'+', letters @ ..] if !letters.is_empty() => (false, letters),
                _ => return,
            };
            for letter in letters {
                match letter {
                    b'e' => self.errexit = on,
                    b'u' => self.nounset = on,
                    b'x' => self.xtrace = on,
                    b'f' => self.noglob = on,
                    b'o' => names_wanted.push_back(on),
                    _ => {}
                }
            }
        }
    }

    fn set(&mut self, name: &str, on: bool) {
        match name {
            "errexit" => self.errexit = on,
            "nounset" => self.nounset = on,
            "xtrace" => self.xtrace = on,
            "noglob" => self.noglob = on,
            "pipefail" => self.pipefail = on,
            _ => {}
        }
    }
}

/// The `set` commands of a script that act on the script itself, with the settings after each.
pub(super) fn changes(script: &Script) -> Vec<(u32, Settings)> {
    let mut settings = script.initial;
    let mut changes = Vec::new();
    for command in script.all_commands().filter(|command| is_set(*command)) {
        // An argument that is not known ends the options as far as they can be read.
        let words: Vec<_> = command.words().from(1).iter().map_while(|word| word.literal()).collect();
        settings.apply(words.iter().map(AsRef::as_ref));
        changes.push((command.index, settings));
    }
    changes
}

fn is_set(command: Command<'_>) -> bool {
    command.kind() == CommandKind::Simple
        && command.words().first().is_some_and(|word| word.text() == "set")
        && command.affects_script()
}
