//! `unpinned-package`: a package of whatever version is the newest.

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Check, Operand};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unpinned-package",
    summary: "A package is installed without a version",
    category: Category::Reproducibility,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3008",
        "hadolint:DL3013",
        "hadolint:DL3016",
        "hadolint:DL3018",
        "hadolint:DL3028",
        "hadolint:DL3033",
        "hadolint:DL3037",
        "hadolint:DL3041",
        "hadolint:DL3062",
        "kics:Apt Get Install Pin Version Not Defined",
        "kics:Unpinned Package Version in Apk Add",
        "kics:Yum install Without Version",
        "kics:Missing Version Specification In dnf install",
        "kics:Zypper Install Without Version",
        "kics:Unpinned Package Version in Pip Install",
        "kics:NPM Install Command Without Pinned Version",
        "kics:Gem Install Without Version",
    ],
    docs: include_str!("unpinned_package.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    let Some(pins) = &call.manager.pins else { return };
    if call.action != Action::Install || pins.by_option.variables.iter().any(|name| node.has_variable(name)) {
        return;
    }
    let packages = call.packages(pins, |word| node.value(word));
    let mut unpinned = packages.iter().filter(|it| matches!(it.operand, Operand::Bare | Operand::Moving));
    let Some(first) = unpinned.next() else { return };
    let name = &first.text;
    let others = match unpinned.count() {
        0 => String::new(),
        1 => " and one more".to_owned(),
        count => format!(" and {count} more"),
    };
    let message = match (first.operand, others.is_empty()) {
        (Operand::Moving, true) => format!("`{name}` is another version whenever there is a newer one"),
        (_, true) => format!("`{name}` has no version, so it is whatever is the newest on the day of the build"),
        (_, false) => format!("`{name}`{others} are in whatever version is the newest on the day of the build"),
    };
    let help = format!("Write `{}` with the version that was tested", pins.form);
    cx.report(first.word.range(), message).help(help).codes(call.manager.codes(Check::Pin));
}
