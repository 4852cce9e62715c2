//! `echo-escapes`: `\n` in `echo` is printed as it is written.

use dlint_syntax::shell::{PartKind, Word};

use crate::diagnostic::{Category, Level};
use crate::image::system_shell::SystemShell;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::scripts::sh;
use crate::shell::ShellKind;

/// The rule.
pub const RULE: Rule = Rule {
    name: "echo-escapes",
    summary: "`\\n` in `echo`, which this shell prints as it is written",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2028"],
    docs: include_str!("echo_escapes.md"),
    on: &[On::Program(&["echo"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let words = node.command.words();
    if node.outer().is_some() || !words.first().is_some_and(|word| word.is("echo")) {
        return;
    }
    // dash expands them; of `sh` in an image that nobody knows nothing can be said.
    let prints_them = match node.run.shell.kind {
        ShellKind::Bash => true,
        ShellKind::Sh => matches!(sh(node.run), Some(SystemShell::Ash | SystemShell::Bash)),
        _ => false,
    };
    let has_flag = words.get(1).is_some_and(|word| word.text().starts_with('-') && word.text().contains('e'));
    // What is piped or written for another program may be read by that.
    let is_for_others = node.command.is_piped() && !node.command.is_last_in_pipeline();
    if !prints_them || has_flag || is_for_others {
        return;
    }
    if let Some(word) = words.from(1).iter().find(|word| has_escape(*word)) {
        cx.report(word.range(), "this shell prints `\\n` and its kin as they are written").help("Use `printf`: `printf 'first\\nsecond\\n'`");
    }
}

/// Whether a quoted word has an escape for a newline or a tab that is not itself escaped, outside of what looks like a
/// path of Windows or a regular expression.
fn has_escape(word: Word<'_>) -> bool {
    word.parts().filter(|part| matches!(part.kind(), PartKind::SingleQuoted | PartKind::DoubleQuoted)).any(|part| {
        let text = part.text();
        text.match_indices("\\n").any(|(at, _)| {
            let before = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
            let next = text[at + 2..].chars().next();
            before == 0 && !next.is_some_and(|char| matches!(char, '+' | '*' | ']' | '/'))
        })
    })
}
