//! `root-user`: the container's first process is told to run as root.

use dlint_syntax::dockerfile::{Instruction, Kind, Value};
use serde::Deserialize;

use crate::build::{Built, built_stage};
use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::hooks;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::stage::{RunsAs, StageNode};
use crate::text::{list, shorten};
use crate::user::UserSpec;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "root-user",
    summary: "The container is told to run as root",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3002", "trivy:DS-0002", "checkov:CKV_DOCKER_8", "semgrep:last-user-is-root", "compose-lint:CL-0018", "cis:4.1", "cis:5.24", "owasp:2", "kics:Last User Is 'root'"],
    docs: include_str!("root_user.md"),
    on: &[On::Stage(stage), On::Service(service)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The users that containers may run as, by name or number; root is reported all the same. Where there are none, all others may be used.
    pub allow: Vec<String>,
    /// Users that no container may run as, by name or number.
    pub forbid: Vec<String>,
}

impl Options {
    /// What is wrong with a user who is not root, and what to do about it.
    fn against(&self, user: &str) -> Option<(String, Option<String>)> {
        let name = UserSpec::new(user).user;
        if name.is_empty() || UserSpec::new(user).is_root() {
            return None;
        }
        if self.forbid.iter().any(|it| it == name) {
            return Some((format!("`{}` is a user that this project forbids", shorten(name)), None));
        }
        if self.allow.is_empty() || self.allow.iter().any(|it| it == name) {
            return None;
        }
        let help = format!("A container may run as {}", list(&self.allow, "or"));
        Some((format!("`{}` is not among the users that this project allows", shorten(name)), Some(help)))
    }
}

const HELP: &str = "Switch to an unprivileged user, by number so that orchestrators can check it: `USER 65532:65532`";

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if !node.stage.is_final {
        return;
    }
    let RunsAs::Root(user, place) = node.runs_as() else { return other_user(node, cx) };
    let mut report = cx.report(place, format!("the image runs as root: `USER {user}` is what holds at its end"));
    report.help(HELP);
    let from = node.stage.from(node.file);
    if place.end() <= from.range.start() {
        report.related(node.place(), "the final stage inherits it");
    }
}

/// Holds a user that is not root against the options.
fn other_user(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let Some(user) = &node.stage.end.user else { return };
    let Value::Known(name) = &user.value else { return };
    let Some((message, help)) = cx.config.options.root_user.against(name) else { return };
    let instruction = match &node.file.instructions[user.instruction] {
        Instruction { kind: Kind::Onbuild(Some(trigger)), .. } => trigger,
        instruction => instruction,
    };
    let Kind::User(Some(word)) = &instruction.kind else { return };
    let mut report = cx.report(word.range, message);
    report.level(Level::Error);
    if let Some(help) = help {
        report.help(help);
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if let Some(user) = service.user() {
        let Some(name) = user.value.known() else { return };
        if !UserSpec::new(name).is_root() {
            if let Some((message, help)) = cx.config.options.root_user.against(name) {
                let mut report = value::report(cx, &user, message);
                report.level(Level::Error);
                if let Some(help) = help {
                    report.help(help);
                }
            }
            hooks_as_root(service, cx);
            return;
        }
        let mut report = cx.report_at(user.place, format!("service `{}` runs as root: `user: {name}`", service.name));
        report.help("Name an unprivileged user, or leave `user` out if the image sets one");
        if let Some(alias) = user.alias {
            report.related_at(alias, "comes in here");
        }
        return;
    }
    let Some(Built { document, stage, told_elsewhere }) = built_stage(service, cx) else { return };
    let Some(node) = StageNode::of(&document, stage) else { return };
    if told_elsewhere {
        return;
    }
    if let RunsAs::Root(user, place) = node.runs_as() {
        cx.report_at(service.name_place, format!("service `{}` runs as root: the stage that it builds ends with `USER {user}`", service.name))
            .help(HELP)
            .related_in(&document, place, "this is what holds at its end");
    }
}

/// Of a service that is not root, the commands that Compose runs as root.
fn hooks_as_root(service: &Service<'_>, cx: &mut Context<'_>) {
    for (key, hook) in hooks(service) {
        let Some(user) = hook.scalar_of("user") else { continue };
        if user.known().is_some_and(|name| UserSpec::new(name).is_root()) {
            value::report(cx, &user, format!("the command of `{key}` runs as root in service `{}`, which does not", service.name))
                .help("Leave `user` out, unless the command does only what root has to")
                .level(Level::Info);
        }
    }
}
