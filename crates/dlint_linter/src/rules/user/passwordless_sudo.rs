//! `passwordless-sudo`: a user may become root without being asked.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "passwordless-sudo",
    summary: "A user may become root without being asked for a password",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("passwordless_sudo.md"),
    on: &[On::Program(&["echo", "printf", "sed", "tee", "cat", "bash", "sh"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let writes = matches!(node.name(), "echo" | "printf" | "sed" | "tee" | "cat" | "bash" | "sh");
    if !writes {
        return;
    }
    let heredocs = node.command.redirects().filter_map(|redirect| redirect.heredoc()).map(|heredoc| heredoc.body());
    // The script of a nested shell has commands of its own.
    let words = node.command.words().iter().filter(|_| node.command.nested().is_none());
    for word in words.chain(heredocs) {
        let text = word.text();
        let Some(at) = text.find("NOPASSWD").filter(|_| grants_all(&word.unquoted())) else { continue };
        let place = dlint_syntax::text::range(at..at + "NOPASSWD".len()) + word.range().start();
        cx.report(place, "whoever runs as this user is root with one command, so that `USER` protects nothing")
            .help("Do in the build what needs root, and leave `sudo` out of the image; or allow the one command \
                   that is needed");
    }
}

/// Whether a line for `sudoers` lets somebody run everything: `%sudo ALL=(ALL) NOPASSWD: ALL`.
fn grants_all(text: &str) -> bool {
    text.split_once("NOPASSWD").is_some_and(|(_, rest)| {
        let commands = rest.trim_start_matches([':', ' ', '\t', '\\']);
        commands.starts_with("ALL")
    })
}
