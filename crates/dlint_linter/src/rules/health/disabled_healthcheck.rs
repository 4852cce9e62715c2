//! `disabled-healthcheck`: a health check is switched off.

use crate::compose::{Healthcheck, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::{Health, StageNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "disabled-healthcheck",
    summary: "The health check is switched off",
    category: Category::Reliability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0015"],
    docs: include_str!("disabled_healthcheck.md"),
    on: &[On::Stage(stage), On::Service(service)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if let Health::Disabled(place) = node.health()
        && node.stage.is_final
    {
        cx.report(place, "the health check of the base is switched off, so Docker only sees whether the process exists")
            .help("Replace it with a check that fits, instead of having none");
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(place) = service.healthcheck().and_then(Healthcheck::disabled) else { return };
    cx.report_at(place, format!("the health check of service `{}` is switched off", service.name))
        .help("Replace it with a check that fits, instead of having none");
}
