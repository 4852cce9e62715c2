//! What is known of variables and words in a `RUN`.

use dlint_syntax::dockerfile::Value;
use dlint_syntax::hash::HashMap;
use dlint_syntax::shell::{Assignment, CommandKind, ParameterOperator, Part, PartKind, Word};

use crate::shell::ShellKind;

use super::{CommandNode, RunNode};

impl<'a> CommandNode<'a, '_> {
    /// The value of a word, if it is known: variables are looked up in the script before the command and in `ENV` and
    /// `ARG`. Globs, braces and tildes stay as they are written.
    pub fn value(&self, word: Word<'a>) -> Option<String> {
        match word.pattern() {
            Some(text) => Some(text.into_owned()),
            None => word.parts().map(|part| self.part_value(part, 0)).collect(),
        }
    }

    fn part_value(&self, part: Part<'a>, depth: u32) -> Option<String> {
        match part.kind() {
            PartKind::DoubleQuoted => part.parts().map(|part| self.part_value(part, depth)).collect(),
            PartKind::Parameter => {
                let parameter = part.parameter()?;
                (parameter.operator() == ParameterOperator::Plain && depth < 4)
                    .then(|| self.variable(parameter.name(), depth + 1))?
            }
            kind if kind.expands() => None,
            _ => Some(part.unquoted()),
        }
    }

    /// The value of a variable when the command runs.
    fn variable(&self, name: &str, depth: u32) -> Option<String> {
        match self.set_before(name) {
            [] => match &self.run.variables.find(name)?.value {
                Value::Known(value) => Some(value.to_string()),
                Value::Unknown => None,
            },
            [Setter { assignment: Some(only), .. }] if !only.is_append() => {
                only.value().parts().map(|part| self.part_value(part, depth)).collect()
            }
            _ => None,
        }
    }

    /// What sets a variable before the command, or around it.
    fn set_before(&self, name: &str) -> &[Setter<'a>] {
        let all = self.run.setters.get_or_init(|| setters(self.run));
        let of_name = all.get(name).map_or(&[] as &[_], Vec::as_slice);
        &of_name[..of_name.partition_point(|setter| setter.from <= self.index)]
    }

    /// Whether the program sees a variable of that name, as far as the file tells: from `ENV` or `ARG`, from the script, or
    /// from its own command line.
    pub fn has_variable(&self, name: &str) -> bool {
        let assigns = |text: &str| text.split_once('=').is_some_and(|(left, _)| left == name);
        let program = self.program.map_or(0, |program| program.index);
        self.run.variables.find(name).is_some()
            || self.command.assignments().any(|assignment| assignment.name() == name)
            || self.command.words().iter().take(program).any(|word| assigns(&word.unquoted()))
            || !self.set_before(name).is_empty()
    }
}

/// Something in a script that sets a variable.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setter<'a> {
    /// The index of the first command that sees it; 0 for a loop, whose variable is set in all of it.
    from: usize,
    /// The assignment, if it is one, and a command of its own; others (`for`, `read`, `export`) may set anything.
    assignment: Option<Assignment<'a>>,
}

/// What sets variables in a `RUN`, by their names, in order.
pub(super) type Setters<'a> = HashMap<String, Vec<Setter<'a>>>;

fn setters<'a>(run: &RunNode<'a>) -> Setters<'a> {
    let mut setters = Setters::default();
    let mut add = |name: &str, from, assignment| {
        setters.entry(name.to_owned()).or_default().push(Setter { from, assignment });
    };
    for script in run.script().scripts_deep() {
        let loops = script.compounds().filter(|command| command.kind() == CommandKind::For);
        loops.filter_map(|command| command.variable()).for_each(|word| add(&word.unquoted(), 0, None));
    }
    for node in run.nodes() {
        if node.command.words().is_empty() || keeps_assignments(&node) {
            node.command.assignments().for_each(|it| add(it.name(), node.index + 1, Some(it)));
        }
        if BUILTINS.contains(&node.name()) {
            for word in node.command.words().from(1).iter() {
                let text = word.unquoted();
                add(text.split('=').next().unwrap_or(&text), node.index + 1, None);
            }
        }
    }
    setters
}

/// Whether assignments before a command outlive it. Source: POSIX.1-2024, shell command language, 2.15; bash does so only in its POSIX mode, which it
/// is in as `sh`.
fn keeps_assignments(node: &CommandNode<'_, '_>) -> bool {
    let is_special = || {
        matches!(
            node.command.name().as_deref(),
            Some(
                "." | ":"
                    | "break"
                    | "continue"
                    | "eval"
                    | "exec"
                    | "exit"
                    | "export"
                    | "readonly"
                    | "return"
                    | "set"
                    | "shift"
                    | "times"
                    | "trap"
                    | "unset"
            )
        )
    };
    let is_own_script = node.run.commands[node.index].outer.is_none();
    is_own_script && node.run.shell.kind == ShellKind::Sh && is_special()
}

/// Builtins that set the variables that they name.
const BUILTINS: [&str; 7] = ["declare", "export", "local", "mapfile", "read", "readonly", "typeset"];

impl RunNode<'_> {
    /// A word of the instruction itself (a mount's option) with `ENV` and `ARG` expanded; `None` if that is not known.
    pub fn expand(&self, word: &dlint_syntax::dockerfile::Word) -> Option<String> {
        match dlint_syntax::dockerfile::expand(word, self.file.escape, &*self.variables).value {
            Value::Known(text) => Some(text.into()),
            Value::Unknown => None,
        }
    }
}
