//! `ignored-install-failure`: a package that could not be installed, and nobody learns of it.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{Command, Operator};

use crate::diagnostic::{Category, Level};
use crate::packages::Action;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-install-failure",
    summary: "A build that succeeds although a package could not be installed",
    category: Category::Correctness,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ignored_install_failure.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    if !matches!(call.action, Action::Install | Action::Swap | Action::Sync | Action::Refresh) {
        return;
    }
    let Some(alternative) = alternative(node.command) else { return };
    let message = format!("if `{}` fails, the build goes on without it", call.title());
    cx.report(call.range, message)
        .related(alternative, "this is taken for success")
        .help("Let the build fail, or install what is optional under a condition");
}

/// The command that makes a success of a failure: `|| true`, `|| :`, `|| echo …`.
fn alternative(command: Command<'_>) -> Option<TextRange> {
    let pipeline = command.pipeline();
    if !command.is_last_in_pipeline() || pipeline.is_negated() || pipeline.operator() != Operator::Or {
        return None;
    }
    let after = command.scope().commands().find(|it| it.index() > command.index() && it.pipeline().index() != pipeline.index())?;
    let name = after.name()?;
    let is_success = match name.as_ref() {
        "true" | ":" => true,
        "echo" | "printf" => !matches!(after.pipeline().operator(), Operator::And),
        "exit" => after.words().get(1).is_some_and(|word| word.is("0")),
        _ => false,
    };
    is_success.then(|| after.range())
}
