//! `missing-resource-limits`: a service that may take all of the host.

use serde::Deserialize;

use crate::compose::{Resource as Kind, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-resource-limits",
    summary: "A service without limits on memory, CPU or processes",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0026", "cis:5.11", "cis:5.12", "cis:5.29"],
    docs: include_str!("missing_resource_limits.md"),
    on: &[On::Service(service)],
};

/// Options of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The resources that every service has to limit.
    pub require: Vec<Resource>,
}

impl Default for Options {
    fn default() -> Self {
        Self { require: vec![Resource::Memory, Resource::Cpu, Resource::Pids] }
    }
}

/// A resource that a service can be kept from exhausting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Resource {
    /// Memory.
    Memory,
    /// Processor time.
    Cpu,
    /// Processes and threads.
    Pids,
}

impl Resource {
    fn title(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Cpu => "CPU",
            Self::Pids => "processes",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Memory => "`mem_limit`",
            Self::Cpu => "`cpus`",
            Self::Pids => "`pids_limit`",
        }
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if service.is_partial() {
        return;
    }
    let limits = service.limits();
    let has = |kind| limits.iter().any(|limit| limit.resource == kind);
    // A limit that is written but does nothing is `ineffective-limit`'s.
    let missing: Vec<Resource> = cx
        .config
        .options
        .missing_resource_limits
        .require
        .iter()
        .copied()
        .filter(|resource| match resource {
            Resource::Memory => !has(Kind::Memory),
            Resource::Cpu => !has(Kind::Cpu),
            Resource::Pids => !has(Kind::Pids),
        })
        .collect();
    if missing.is_empty() {
        return;
    }
    let list = |words: Vec<&str>, last: &str| match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    };
    let titles = list(missing.iter().map(|it| it.title()).collect(), "or");
    let keys = list(missing.iter().map(|it| it.key()).collect(), "and");
    cx.report_at(service.name_place, format!("service `{}` has no limit on {titles}", service.name))
        .help(format!("Set {keys}, or the same under `deploy.resources.limits`"));
}
