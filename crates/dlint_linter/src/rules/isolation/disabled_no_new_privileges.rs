//! `disabled-no-new-privileges`: a service that may gain rights although the daemon forbids it.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{MITIGATION, no_new_privileges, security_options};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "disabled-no-new-privileges",
    summary: "`no-new-privileges` is switched off",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(MITIGATION),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0003", "cis:5.26"],
    docs: include_str!("disabled_no_new_privileges.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(options) = security_options(service) else { return };
    if let Some((false, written)) = no_new_privileges(&options) {
        value::report(cx, written, format!("service `{}` lets its programs gain rights by a setuid file, even where the daemon forbids it", service.name))
            .help("Write `no-new-privileges:true`, or delete the entry");
    }
}
