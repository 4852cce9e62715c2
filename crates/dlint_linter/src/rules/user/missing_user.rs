//! `missing-user`: nothing sets a user, so that the container runs as root.

use crate::build::{Built, built_stage};
use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::shell::is_windows;
use crate::stage::{RunsAs, StageNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-user",
    summary: "No user is set, so that the container runs as root",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["trivy:DS-0002", "checkov:CKV_DOCKER_3", "semgrep:missing-user", "cis:4.1", "kics:Missing User Instruction", "semgrep:missing-user-entrypoint"],
    docs: include_str!("missing_user.md"),
    on: &[On::Stage(stage), On::Service(service)],
};

const HELP: &str = "End the stage with an unprivileged user, by number so that orchestrators can check it: \
                    `USER 65532:65532`";

/// Source: Microsoft, "Secure Windows containers".
const WINDOWS_HELP: &str = "End the stage with the user that Windows has for it: `USER ContainerUser`";

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if node.stage.is_final && !node.is_only_files() && node.runs_as() == RunsAs::Unset {
        let help = if root(node) == "root" { HELP } else { WINDOWS_HELP };
        cx.report(node.place(), message(node)).help(help);
    }
}

fn message(node: &StageNode<'_>) -> String {
    let root = root(node);
    match node.base_image() {
        Some(base) => format!("no `USER` is set, so the container runs as {root} unless `{}` sets one", base.name),
        None => format!("no `USER` is set, so the container runs as {root}"),
    }
}

/// Who may do everything in the container.
fn root(node: &StageNode<'_>) -> &'static str {
    if is_windows(node.file, node.model, node.stage) { "`ContainerAdministrator`" } else { "root" }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if !service.lacks("user") {
        return;
    }
    // An image that is only pulled has its own user; whether that is root, only a registry knows.
    let Some(Built { document, stage, told_elsewhere }) = built_stage(service, cx) else { return };
    let Some(node) = StageNode::of(&document, stage) else { return };
    if !told_elsewhere && !node.is_only_files() && node.runs_as() == RunsAs::Unset {
        cx.report_at(service.name_place, format!("service `{}` runs as {}: no user is set", service.name, root(&node)))
            .help("Set `user` here, or `USER` in its Dockerfile")
            .related_in(&document, node.place(), "this stage sets none");
    }
}
