//! `apt-in-script`: a program made for people at a terminal, called by a script.

use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::packages::Action;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "apt-in-script",
    summary: "`apt`, which is for people, in a script",
    category: Category::Reliability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["hadolint:DL3027", "checkov:CKV_DOCKER_9", "kics:Run Using apt", "semgrep:prefer-apt-get"],
    docs: include_str!("apt_in_script.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let (Some(call), Some(program)) = (node.package(), node.program) else { return };
    let Some(instead) = call.manager.in_scripts else { return };
    let name = call.manager.name;
    let place = program.word.range();
    let cleans = matches!(call.arguments.subcommand().as_deref(), Some("clean" | "autoclean"));
    // The rest only `apt` can do: `list`, `edit-sources`.
    let is_shared = call.action != Action::Other || cleans;
    let mut edits = vec![Edit::replace(place, instead)];
    // `apt upgrade` installs new dependencies, which `apt-get upgrade` does only if it is told to.
    let upgrades = call.action == Action::Upgrade;
    if upgrades {
        edits.extend(node.add_after(cx.document.text(), call.head, "--with-new-pkgs"));
    }
    let is_complete = edits.len() == 1 + usize::from(upgrades);
    let is_plain = cx.text(place) == name;
    let message = format!("`{name}` is made for people: what it does and prints may change with any version");
    let mut report = cx.report(place, message);
    report.help(format!("Call `{instead}`, or `apt-cache` to search and show"));
    if is_shared && is_plain && is_complete {
        report.fix(Fix::safe(format!("Call `{instead}`"), edits));
    }
}
