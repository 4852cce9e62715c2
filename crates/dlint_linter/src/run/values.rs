//! What is known of variables and words in a `RUN`.

use dlint_syntax::dockerfile::Value;
use dlint_syntax::shell::{Assignment, CommandKind, ParameterOperator, Part, PartKind, Word};

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
        let mut assigned = self.assigned_before(name);
        match (assigned.next(), assigned.next()) {
            (Some(only), None) if !only.is_append() => {
                only.value().parts().map(|part| self.part_value(part, depth)).collect()
            }
            (None, _) if !self.is_set_otherwise(name) => match &self.run.variables.find(name)?.value {
                Value::Known(value) => Some(value.clone()),
                Value::Unknown => None,
            },
            _ => None,
        }
    }

    /// The assignments that are commands of their own, before this command.
    fn assigned_before<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Assignment<'a>> + 's {
        self.earlier()
            .filter(|node| node.command.words().is_empty())
            .flat_map(|node| node.command.assignments().collect::<Vec<_>>())
            .filter(move |assignment| assignment.name() == name)
    }

    /// Whether a loop or a builtin of the script gives the variable values.
    fn is_set_otherwise(&self, name: &str) -> bool {
        let loops = self.command.script().compounds().filter(|command| command.kind() == CommandKind::For);
        loops.filter_map(|command| command.variable()).any(|word| word.is(name))
            || self.earlier().any(|node| {
                matches!(node.name(), "read" | "export" | "declare" | "local" | "readonly" | "typeset")
                    && node.command.words().iter().any(|word| {
                        let text = word.unquoted();
                        text.split('=').next() == Some(name)
                    })
            })
    }

    /// Whether the program sees a variable of that name, as far as the file tells: from `ENV` or `ARG`, from the script, or
    /// from its own command line.
    pub fn has_variable(&self, name: &str) -> bool {
        let assigns = |text: &str| text.split_once('=').is_some_and(|(left, _)| left == name);
        let program = self.program.map_or(0, |program| program.index);
        self.run.variables.find(name).is_some()
            || self.command.assignments().any(|assignment| assignment.name() == name)
            || self.command.words().iter().take(program).any(|word| assigns(&word.unquoted()))
            || self.assigned_before(name).next().is_some()
            || self.is_set_otherwise(name)
    }
}

impl RunNode<'_> {
    /// A word of the instruction itself (a mount's option) with `ENV` and `ARG` expanded; `None` if that is not known.
    pub fn expand(&self, word: &dlint_syntax::dockerfile::Word) -> Option<String> {
        match dlint_syntax::dockerfile::expand(word, self.file.escape, &self.variables).value {
            Value::Known(text) => Some(text),
            Value::Unknown => None,
        }
    }
}
