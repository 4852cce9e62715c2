//! `unanswered-prompt`: a package manager that asks where nobody can answer.

use crate::diagnostic::{Category, Level};
use crate::packages::Check;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unanswered-prompt",
    summary: "A package manager that asks for confirmation during a build",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3014",
        "hadolint:DL3030",
        "hadolint:DL3034",
        "hadolint:DL3038",
        "trivy:DS-0021",
        "kics:APT-GET Missing Flags To Avoid Manual Input",
        "kics:Yum Install Allows Manual Input",
        "kics:Missing Flag From Dnf Install",
        "kics:Missing Zypper Non-interactive Switch",
        "semgrep:missing-assume-yes-switch",
        "semgrep:missing-yum-assume-yes-switch",
        "semgrep:missing-dnf-assume-yes-switch",
        "semgrep:missing-zypper-no-confirm-switch",
    ],
    docs: include_str!("unanswered_prompt.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    let Some(confirmation) = &call.manager.confirmation else { return };
    if !confirmation.actions.contains(&call.action)
        || confirmation.is_answered(node, call, cx)
        || call.may_hide_options(|word| node.value(word))
    {
        return;
    }
    let add = confirmation.add;
    let edit = node.add_after(cx.document.text(), call.head, add);
    let message = format!("`{}` asks before it goes on, and in a build nobody can answer", call.title());
    let mut report = cx.report(call.range, message);
    report.help(format!("Add `{add}`")).codes(call.manager.codes(Check::Prompt));
    if let Some(edit) = edit {
        report.safe_fix(format!("Add `{add}`"), edit);
    }
}
