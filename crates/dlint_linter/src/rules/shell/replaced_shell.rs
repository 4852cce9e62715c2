//! `replaced-shell`: `/bin/sh` is replaced by another shell.

use crate::diagnostic::{Category, Level};
use crate::image::system_shell::replacement;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "replaced-shell",
    summary: "`/bin/sh` is replaced by another shell",
    category: Category::Maintainability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL4005", "kics:Changing Default Shell Using RUN Command", "semgrep:use-shell-instruction"],
    docs: include_str!("replaced_shell.md"),
    on: &[On::Program(&["ln", "cp", "mv", "install", "dpkg-reconfigure", "dpkg-divert"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    if replacement(program).is_some() {
        cx.report(node.command.range(), "every script of the image that asks for `sh` gets another shell than \
                                         its authors tested it with")
            .help("Leave `/bin/sh` alone, and say which shell `RUN` is to use: `SHELL [\"/bin/bash\", \"-c\"]`");
    }
}
