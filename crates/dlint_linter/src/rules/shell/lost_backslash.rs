//! `lost-backslash`: a backslash without quotes, which the shell takes away.

use dlint_syntax::text::has_byte;
use dlint_syntax::shell::{Command, Part, PartKind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{ShellScript, scripts};

/// The rule.
pub const RULE: Rule = Rule {
    name: "lost-backslash",
    summary: "A backslash without quotes, which the shell takes away",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC1001", "shellcheck:SC1012"],
    docs: include_str!("lost_backslash.md"),
    on: &[On::Run(run)],
};

/// Programs whose patterns have backslashes.
const WITH_PATTERNS: [&str; 6] = ["grep", "egrep", "sed", "awk", "gawk", "perl"];

/// One finding of a script tells the author enough after these.
const MOST: usize = 20;

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    if !has_byte(cx.text(run.instruction.range), b'\\') {
        return;
    }
    let may_lose = |script: &ShellScript<'_>| script.script.all_parts().any(|part| escaped(part).is_some());
    for script in scripts(run).iter().filter(|script| !script.is_expanded_before && may_lose(script)) {
        let found = script.script.all_commands().flat_map(lost);
        for (part, char) in found.take(MOST) {
            let codes: &[&str] = match char {
                'n' | 't' | 'r' => &["shellcheck:SC1012"],
                _ => &["shellcheck:SC1001"],
            };
            cx.report(part.range(), format!("without quotes `\\{char}` is just `{char}` to the shell"))
                .codes(codes)
                .help("Put the word in single quotes, or leave the backslash out");
        }
    }
}

/// The backslashes of a command that mean nothing where they stand.
fn lost(command: Command<'_>) -> impl Iterator<Item = (Part<'_>, char)> {
    let has_patterns = move || command.program().is_some_and(|program| program.is_any(&WITH_PATTERNS));
    // `\rm` passes by an alias.
    let arguments = command.words().from(1);
    let values = command.assignments().map(|assignment| assignment.value());
    arguments.iter().chain(values).flat_map(|word| word.parts()).filter_map(move |part| {
        let char = escaped(part)?;
        (char != '.' || has_patterns()).then_some((part, char))
    })
}

/// What is escaped without need, be it only for a pattern.
fn escaped(part: Part<'_>) -> Option<char> {
    if part.kind() != PartKind::Escaped {
        return None;
    }
    part.text().chars().nth(1).filter(|char| char.is_ascii_alphanumeric() || *char == '.')
}
