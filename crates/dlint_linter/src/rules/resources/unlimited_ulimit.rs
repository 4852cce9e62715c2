//! `unlimited-ulimit`: a limit of processes or files that is none.

use crate::compose::Service;
use crate::daemon::{DaemonConfig, Json};
use crate::diagnostic::{Category, Level};
use crate::isolation::AVAILABILITY;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unlimited-ulimit",
    summary: "A limit of processes or open files that is none",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(AVAILABILITY),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:5.19", "owasp:7"],
    docs: include_str!("unlimited_ulimit.md"),
    on: &[On::Service(service), On::Daemon(daemon)],
};

/// The limits by which one container keeps others from opening files and starting processes.
const NAMES: [&str; 2] = ["nofile", "nproc"];

/// As much as systemd allows a service at most; what is above it is none at all in practice.
const MOST: i128 = 1_048_576;

fn is_unlimited(number: i128) -> bool {
    !(0..=MOST).contains(&number)
}

const HELP: &str = "Set it to what the program needs, such as 65536";

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(ulimits) = service.field("ulimits") else { return };
    for field in ulimits.value.fields().into_iter().filter(|field| NAMES.contains(&field.name.as_ref())) {
        let Some(number) = field.value.scalar().or_else(|| field.value.scalar_of("hard")) else { continue };
        if number.known().and_then(|text| text.parse().ok()).is_some_and(is_unlimited) {
            let message = format!("service `{}` may take all of the host's {}", service.name, what(&field.name));
            value::report_at(cx, number.place, number.alias.or(field.alias).or(ulimits.alias), message).help(HELP);
        }
    }
}

fn what(name: &str) -> &'static str {
    if name == "nproc" { "processes" } else { "open files" }
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for limit in config.members("default-ulimits").into_iter().filter(|limit| NAMES.contains(&limit.name)) {
        let Some(hard) = limit.member("Hard") else { continue };
        if matches!(hard.json(), Json::Integer(number) if is_unlimited(number)) {
            cx.report(hard.value_range(), format!("every container may take all of the host's {}", what(limit.name))).help(HELP);
        }
    }
}
