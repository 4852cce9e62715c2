//! `sudo`: a command that is run as somebody else.

use dlint_syntax::TextRange;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;
use crate::user::UserSpec;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sudo",
    summary: "`sudo` in a build",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3004",
        "trivy:DS-0010",
        "checkov:CKV2_DOCKER_1",
        "kics:Run Using Sudo",
        "semgrep:no-sudo-in-dockerfile",
    ],
    docs: include_str!("sudo.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(place) = sudo(node) else { return };
    let user = node.run.user.as_ref().map(|user| user.value.known().map(str::to_owned));
    match user {
        // The base image may say another user.
        None => {
            cx.report(place, "`sudo` in a build: the commands of a build can be run as the user that they need")
                .level(Level::Info)
                .help("Remove it where the user is root already, and put `USER root` before the `RUN` where not");
        }
        Some(Some(user)) if UserSpec::new(&user).is_root() => {
            cx.report(place, "`sudo` is of no use, as the user is root already").level(Level::Info).help("Remove it");
        }
        Some(user) => {
            let name = user.map_or_else(|| "the user".to_owned(), |name| format!("user `{name}`"));
            cx.report(place, format!("{name} becomes root without a password, and so does whoever gets into the container"))
                .help("Put `USER root` before the `RUN` and the user after it, and remove `sudo` from the image");
        }
    }
}

/// The word `sudo` before a command.
fn sudo(node: &CommandNode<'_, '_>) -> Option<TextRange> {
    let until = node.program?.index;
    let mut words = node.command.words().iter().take(until + 1);
    let is_sudo = |text: &str| text.rsplit('/').next() == Some("sudo");
    words.find(|word| is_sudo(&word.unquoted())).map(|word| word.range())
}
