//! `sudo-redirect`: `sudo` does not write the file.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sudo-redirect",
    summary: "`sudo command > file`, where the file is written without `sudo`",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2024"],
    docs: include_str!("sudo_redirect.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let words = node.command.words();
    let is_sudo = words.first().is_some_and(|word| word.is("sudo"));
    // Root needs no help with it.
    let user = node.run.user.as_ref().and_then(|user| user.value.known());
    let is_root = user.is_none_or(|name| crate::user::UserSpec::new(name).is_root());
    if !is_sudo || is_root {
        return;
    }
    let written = node.command.redirects().find(|redirect| {
        let target = redirect.target().unquoted();
        redirect.writes_file() && target.starts_with('/') && !["/dev/", "/tmp/", "/home/", "/proc/"].iter().any(|own| target.starts_with(own))
    });
    if let Some(redirect) = written {
        cx.report(redirect.range(), "the shell opens this file, as the user that it runs as, before `sudo` starts")
            .help("Write it with `… | sudo tee FILE > /dev/null`, or do this part before `USER`");
    }
}
