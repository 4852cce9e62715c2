//! `sudo-in-run`: `sudo` in a `RUN`.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::user::UserSpec;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sudo-in-run",
    summary: "`sudo` in a `RUN`",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3004", "trivy:DS-0010", "kics:Run Using Sudo", "semgrep:avoid-sudo", "checkov:CKV2_DOCKER_1", "semgrep:no-sudo-in-dockerfile"],
    docs: include_str!("sudo_in_run.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(word) = node.command.words().get(0).filter(|word| word.unquoted() == "sudo") else { return };
    let user = node.run.user.as_ref().map(|user| user.value.known().map(UserSpec::new));
    let is_root = match &user {
        // Nobody can tell which user the base image or a variable sets.
        Some(None) => return,
        Some(Some(spec)) => spec.is_root(),
        None => false,
    };
    let message = if is_root { "`sudo` does nothing here: the user is root" } else { "`sudo` in a build is a program more in the image, and needs rights that the container keeps" };
    let help = if is_root { "Leave it out" } else { "Set `USER root` before what needs root, and another `USER` after it" };
    cx.report(word.range(), message).help(help);
}
