//! `deprecated-key`: a key that still works and is to go away.

mod compose;


use dlint_syntax::hash::HashSet;
use crate::daemon::{DaemonConfig, Json, State};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::logging::FaultKind;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "deprecated-key",
    summary: "A key that still works and is to go away",
    category: Category::Maintainability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("deprecated_key.md"),
    on: &[On::Daemon(daemon), On::Compose(compose::project), On::Service(compose::service)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let paths: HashSet<String> = config.values.iter().map(|value| value.path.to_ascii_lowercase()).collect();
    for value in &config.values {
        let State::Deprecated { since, instead } = value.key.state else { continue };
        let text = match Json::of(value.value) {
            Json::String(text) if !text.is_empty() => text,
            _ => continue,
        };
        // The name of the replacement stands in backticks.
        let replacement = instead.split('`').nth(1).unwrap_or_default();
        let fix = if value.key.name == "host-gateway-ip" {
            let is_free = config.entries.iter().all(|entry| entry.name != replacement);
            let list = Edit::replace(value.value.range(), format!("[\"{text}\"]"));
            (is_free && crate::daemon::net::parse_address(text).is_some())
                .then(|| vec![Edit::replace(value.key_range, format!("\"{replacement}\"")), list])
        } else {
            let parent = value.path.rsplit_once('.').map_or("", |(parent, _)| parent);
            let is_free = !paths.contains(&format!("{parent}.{replacement}").to_ascii_lowercase());
            is_free.then(|| vec![Edit::replace(value.key_range, format!("\"{replacement}\""))])
        };
        let message = format!("`{}` is deprecated since Docker {since}", value.key.name);
        let mut report = cx.report(value.key_range, message);
        report.help(instead);
        if value.path.starts_with("builder.") {
            // Only another name, which nobody says is to go soon; Docker Desktop writes it by itself.
            report.level(Level::Info);
        }
        if let Some(edits) = fix {
            report.fix(Fix::unsafe_(format!("Replace it with `{replacement}`"), edits));
        }
    }
    for fault in config.log_faults().into_iter().filter(|fault| fault.kind == FaultKind::Deprecated) {
        cx.report(fault.range, fault.message).help(fault.help.unwrap_or_default());
    }
}
