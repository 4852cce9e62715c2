//! `recommended-packages`: packages that others only recommend, installed too.

use crate::diagnostic::{Category, Level};
use crate::packages::Action;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "recommended-packages",
    summary: "Packages that are only recommended are installed too",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3015",
        "trivy:DS-0029",
        "kics:APT-GET Not Avoiding Additional Packages",
        "semgrep:missing-no-install-recommends",
    ],
    docs: include_str!("recommended_packages.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    let Some(recommends) = &call.manager.recommends else { return };
    let installs = || {
        let mut operands = call.operands().peekable();
        match operands.peek() {
            // What packages lack that were installed by other means.
            None => call.arguments.has('f', "fix-broken"),
            // `name-` is removed.
            Some(_) => operands.any(|word| !word.unquoted().ends_with('-')),
        }
    };
    // What a stage holds that is not shipped costs time, but nothing in the image.
    if call.action != Action::Install
        || !node.run.is_shipped
        || !installs()
        || recommends.holds(node, call, cx)
        || call.may_hide_options(|word| node.value(word))
    {
        return;
    }
    let add = format!("--{}", recommends.long[0]);
    let edit = node.add_after(cx.document.text(), call.head, &add);
    let message = format!("`{}` installs packages too that are only recommended", call.title());
    let mut report = cx.report(call.range, message);
    report.help(format!("Add `{add}`, and name those of the recommended packages that are needed"));
    if let Some(edit) = edit {
        report.unsafe_fix(format!("Add `{add}`"), edit);
    }
}
