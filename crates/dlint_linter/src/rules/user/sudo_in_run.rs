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
    if changes_user(node) {
        cx.report(word.range(), "`sudo` is a program more in the image, only to change the user")
            .help("Change it with `USER`, or with `setpriv` or `su`, which most images have");
        return;
    }
    let message = if is_root { "`sudo` does nothing here: the user is root" } else { "`sudo` in a build is a program more in the image, and needs rights that the container keeps" };
    let help = if is_root { "Leave it out" } else { "Set `USER root` before what needs root, and another `USER` after it" };
    cx.report(word.range(), message).help(help);
}

/// Whether it runs the command as another user than root. Source: sudo(8).
fn changes_user(node: &CommandNode<'_, '_>) -> bool {
    let mut words = node.command.words().from(1).iter();
    while let Some(word) = words.next() {
        let text = word.unquoted();
        let mut user = None;
        if let Some(long) = text.strip_prefix("--") {
            match long.split_once('=') {
                Some(("user", name)) => user = Some(name.to_owned()),
                None if long == "user" => user = words.next().map(|word| word.unquoted().into_owned()),
                _ => {}
            }
        } else if let Some(letters) = text.strip_prefix('-') {
            // Of several letters the last one may have a value, in the same word or in the next.
            match letters.find(['u', 'C', 'D', 'g', 'h', 'p', 'R', 'r', 'T', 't', 'U']) {
                Some(at) if at + 1 < letters.len() => user = letters[at..].strip_prefix('u').map(str::to_owned),
                Some(at) => {
                    let value = words.next();
                    user = value.filter(|_| letters[at..].starts_with('u')).map(|word| word.unquoted().into_owned());
                }
                None => {}
            }
        } else if !text.contains('=') {
            return false;
        }
        if user.is_some_and(|user| user != "root") {
            return true;
        }
    }
    false
}
