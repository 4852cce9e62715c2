//! `redirect-order`: `2>&1 > file` leaves the errors where they were.

use dlint_syntax::shell::{Command, Descriptor, RedirectOperator};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "redirect-order",
    summary: "`2>&1 > file`, which leaves the errors where they were",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2069"],
    docs: include_str!("redirect_order.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    // Before a pipe, or in a substitution, it sends the errors there and the output elsewhere, which is a known trick.
    let command = node.command;
    let is_read = command.scopes().any(|scope| scope.kind().is_substitution()) || std::iter::successors(Some(command), Command::parent).any(|it| !it.is_last_in_pipeline());
    if is_read {
        return;
    }
    let redirects: Vec<_> = command.redirects().collect();
    let duplicate = redirects.iter().position(|it| {
        it.operator() == RedirectOperator::DuplicateOutput && it.descriptor() == Descriptor::Number(2) && it.target().is("1")
    });
    let Some(first) = duplicate else { return };
    let later = redirects[first + 1..].iter().find(|it| it.writes_file() && it.descriptor() == Descriptor::Number(1));
    if let Some(later) = later {
        cx.report(
            redirects[first].range().cover(later.range()),
            "this sends the errors where the output went before, and only then the output into the file",
        )
        .help(format!("Write it the other way round: `{} 2>&1`", cx_text(later.range(), node)));
    }
}

fn cx_text<'a>(range: dlint_syntax::TextRange, node: &CommandNode<'a, '_>) -> &'a str {
    node.command.script().text_at(range)
}
