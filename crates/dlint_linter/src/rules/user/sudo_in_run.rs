//! `sudo-in-run`: a build step calls `sudo`.

use dlint_syntax::dockerfile::Value;
use dlint_syntax::shell::Word;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;
use crate::user::UserSpec;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sudo-in-run",
    summary: "A build step calls `sudo`",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3004", "trivy:DS-0010", "checkov:CKV2_DOCKER_1", "kics:Run Using Sudo", "semgrep:no-sudo-in-dockerfile"],
    docs: include_str!("sudo_in_run.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(sudo) = sudo(node) else { return };
    let user = node.run.user.as_ref().map(|user| &user.value);
    match user {
        Some(Value::Known(name)) if !UserSpec::new(name).is_root() => {
            let message = format!("`{name}` becomes root here, and so can whatever runs in the container as `{name}`");
            cx.report(sudo.range(), message)
                .help("Do what needs root before `USER`, or between `USER root` and `USER` again, and leave \
                       `sudo` out of the image");
        }
        Some(Value::Unknown) => {
            cx.report(sudo.range(), "whoever may use `sudo` in the build may do so in the container")
                .help("Do what needs root before `USER`, and leave `sudo` out of the image");
        }
        _ => {
            cx.report(sudo.range(), "a build step is run by root, so that `sudo` changes nothing, or keeps the \
                                     right to it in the image")
                .help("Call the program directly; `USER` says who runs what follows");
        }
    }
}

/// The word `sudo` before the program that a command runs, or where it is all of the command.
fn sudo<'a>(node: &CommandNode<'a, '_>) -> Option<Word<'a>> {
    let last = node.program.map_or(0, |program| program.index);
    let is_sudo = |word: &Word<'_>| word.literal().is_some_and(|text| text == "sudo" || text.ends_with("/sudo"));
    let words = node.command.words();
    let first = words.first().filter(is_sudo);
    first.or_else(|| {
        // Behind another program that runs one (`env A=b sudo make`); an argument is none.
        let wrapped = node.program.is_some_and(|program| program.index > 0);
        words.iter().take(last + 1).find(|word| wrapped && is_sudo(word))
    })
}
