//! `.compose-lint.yml`.
//!
//! Source: compose-lint's documentation, "Configuration".

use std::collections::BTreeMap;

use dlint_syntax::yaml::View;

use super::draft::{Draft, Part};
use super::{Source, Tool};
use crate::codes;
use crate::diagnostic::Level;
use crate::rule::RuleId;

/// The capabilities that each of the checks of capabilities is about: one rule of dlint stands for all of them.
const CAPABILITIES: [(&str, &[&str]); 6] = [
    ("CL-0011", &["NET_ADMIN", "BPF", "SYS_BOOT"]),
    ("CL-0024", &["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO"]),
    ("CL-0027", &["SYS_PTRACE", "DAC_READ_SEARCH"]),
    ("CL-0028", &["PERFMON", "SYS_TIME"]),
    ("CL-0029", &["SYS_NICE", "IPC_LOCK", "LEASE"]),
    ("CL-0030", &["SYSLOG"]),
];

pub(super) fn read<'y>(root: View<'y>, source: &mut Source<'y>) -> Draft {
    let mut draft = Draft::new(Tool::ComposeLint);
    draft.remarks = vec!["What compose-lint wants of every service is in `use-policy = \"hardened\"`.".to_owned()];
    for entry in root.entries() {
        match entry.name() {
            Some("rules") => {
                for rule in entry.value.entries() {
                    if let Some(code) = rule.name() {
                        read_rule(&mut draft, source, code, rule.key, rule.value);
                    }
                }
            }
            Some(name) => source.note(entry.key, format!("`{name}` is not a key that compose-lint is known to have")),
            None => {}
        }
    }
    draft
}

fn read_rule<'y>(draft: &mut Draft, source: &mut Source<'y>, code: &str, at: View<'y>, value: View<'y>) {
    let rules = draft.rules(source, at, code);
    let reason = value.get("reason").and_then(View::text);
    for option in value.entries() {
        match option.name() {
            Some("enabled") => {
                let is_off = source.flag(option.value) == Some(false);
                if is_off {
                    switch_off(draft, &rules, code, reason);
                }
            }
            Some("severity") => match option.value.text().map(str::to_ascii_lowercase).as_deref() {
                Some("critical" | "high") => draft.level(&rules, code, Level::Error),
                Some("medium") => draft.level(&rules, code, Level::Warning),
                Some("low") => draft.level(&rules, code, Level::Info),
                _ => source.note(option.value, "is no severity of compose-lint's"),
            },
            Some("exclude_services") => {
                let name = |rule: &RuleId| {
                    if codes::is_part(rule.rule(), &alias(code)) {
                        code.to_owned()
                    } else {
                        rule.rule().name.to_owned()
                    }
                };
                let names: Vec<String> = rules.iter().map(name).collect();
                if !names.is_empty() {
                    draft.parts.extend(services(source, option.value, &names));
                }
            }
            Some("reason") | None => {}
            Some(name) => source.note(option.key, format!("`{name}` is not a key that compose-lint is known to have")),
        }
    }
}

/// The alias that a code is.
fn alias(code: &str) -> String {
    format!("compose-lint:{}", code.to_ascii_uppercase())
}

fn switch_off(draft: &mut Draft, rules: &[RuleId], code: &str, reason: Option<&str>) {
    match CAPABILITIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)) {
        Some((_, capabilities)) => {
            let capabilities = capabilities.iter().map(|&name| name.to_owned());
            draft.extend_option("dangerous-capability", "allow", capabilities);
        }
        None => draft.ignore(rules, code, reason),
    }
}

/// Overrides for services: one for those without a reason, and one for each reason.
fn services<'y>(source: &mut Source<'y>, value: View<'y>, rules: &[String]) -> Vec<Part> {
    let mut by_reason: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    if value.is_mapping() {
        for entry in value.entries() {
            let reason = entry.value.text().filter(|_| !entry.value.is_null()).map(str::to_owned);
            by_reason.entry(reason).or_default().extend(entry.name().map(str::to_owned));
        }
    } else {
        let names = source.words(value).into_iter().map(|(_, name)| name.to_owned());
        by_reason.entry(None).or_default().extend(names);
    }
    let named = by_reason.into_iter().filter(|(_, services)| !services.is_empty());
    named.map(|(reason, services)| Part { paths: Vec::new(), services, reason, ignore: rules.to_vec() }).collect()
}
