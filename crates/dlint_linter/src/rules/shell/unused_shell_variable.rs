//! `unused-shell-variable`: a variable is set that nothing looks at.

use dlint_syntax::shell::{ParameterOperator, Part};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::scripts;
use crate::shell::ShellKind;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unused-shell-variable",
    summary: "A variable is set in a `RUN` that nothing looks at, and is gone afterwards",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2034"],
    docs: include_str!("unused_shell_variable.md"),
    on: &[On::Run(run)],
};

/// How many assignments are looked at in one script.
const MOST: usize = 500;

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    if run.shell.kind == ShellKind::None {
        return;
    }
    let Some(script) = scripts(run).iter().find(|script| script.is_outermost) else { return };
    let script = script.script;
    let reads_others = script.commands().any(|command| {
        matches!(command.name().as_deref(), Some("." | "source" | "eval" | "set" | "trap" | "exec" | "export" | "declare" | "typeset"))
            && (command.name().as_deref() != Some("set") || command.words().iter().any(|word| exports_all(word.text())))
    });
    // `${!name}` may be any of them.
    let is_indirect = |part: Part<'_>| part.parameter().is_some_and(|it| it.operator() == ParameterOperator::Indirect);
    if reads_others || script.all_parts().any(is_indirect) {
        return;
    }
    let text = script.text_at(script.root().map_or(run.instruction.range, |root| root.range()));
    let assignments = script.commands().filter(|command| command.words().is_empty());
    for command in assignments.take(MOST) {
        for assignment in command.assignments() {
            let name = assignment.name();
            let is_exported = run.variables.find(name).is_some() || is_looked_at_by_shell(name);
            // A mention in any form will do: in a string for another program, in arithmetic, in the name of a function.
            if !is_exported && !is_read(text, name) {
                cx.report(assignment.name_range(), format!("nothing looks at `{name}`, and the next instruction \
                                                            does not have it"))
                    .help(format!("Say `ENV {name}=…` if what follows is to have it; or write it before the \
                                   command that needs it, without `;` or `&&` between"));
            }
        }
    }
}

/// `-a`, `-eua`, `allexport`.
fn exports_all(argument: &str) -> bool {
    argument == "allexport" || argument.strip_prefix('-').is_some_and(|it| !it.starts_with('-') && it.contains('a'))
}

/// Whether a name stands in the text other than before a `=`.
fn is_read(text: &str, name: &str) -> bool {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].trim_end_matches('\0').chars().next_back();
        let after = &text[at + name.len()..];
        let is_whole = !before.is_some_and(is_word) && !after.starts_with(is_word);
        // Behind a `$` a `=` is one of the text.
        let is_expanded = text[..at].trim_end_matches(['{', '#', '!']).ends_with('$');
        is_whole && (is_expanded || !(after.starts_with('=') || after.starts_with("+=")))
    })
}

/// Variables that the shell itself looks at.
fn is_looked_at_by_shell(name: &str) -> bool {
    matches!(name, "IFS" | "PATH" | "HOME" | "CDPATH" | "ENV" | "LANG" | "OPTIND" | "PS4" | "TZ" | "_" | "TMPDIR" | "GLOBIGNORE" | "HISTFILE" | "SHELLOPTS")
        || name.starts_with("LC_")
        || name.starts_with("BASH_")
        || name.starts_with('_')
}
