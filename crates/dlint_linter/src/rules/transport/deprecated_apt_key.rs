//! `deprecated-apt-key`: a key that is trusted for every repository.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "deprecated-apt-key",
    summary: "`apt-key` trusts a key for every repository, and is gone from newer releases",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:N/I:H/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("deprecated_apt_key.md"),
    on: &[On::Program(&["apt-key"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program.filter(|program| program.name == "apt-key") else { return };
    let adds = program.words.iter().find(|word| word.is("add") || word.is("adv"));
    let Some(subcommand) = adds else { return };
    cx.report(
        program.word.range().cover(subcommand.range()),
        "this key vouches for the packages of every repository, and `apt-key` is gone after Debian 12 and \
         Ubuntu 24.04",
    )
    .help("Put the key into `/etc/apt/keyrings/`, and name it in the repository's line: `deb \
           [signed-by=/etc/apt/keyrings/NAME.asc] …`");
}
