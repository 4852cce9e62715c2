//! `missing-no-new-privileges`: a service whose programs may become root by a setuid file.

use crate::beside;
use crate::compose::{Project, Service};
use crate::daemon::DaemonConfig;
use crate::daemon::lacking::{Switch, report_switch};
use crate::diagnostic::{Category, Level};
use crate::isolation::{MITIGATION, is_privileged, no_new_privileges, report_together, security_options};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-no-new-privileges",
    summary: "A service whose programs may gain rights by a setuid file",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(MITIGATION),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0003", "kics:27fcc7d6", "kics:610e266e", "semgrep:no-new-privileges", "cis:2.14", "cis:5.26", "owasp:4"],
    docs: include_str!("missing_no_new_privileges.md"),
    on: &[On::Compose(project), On::Daemon(daemon)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let lacks = |service: &Service<'_>| {
        let options = security_options(service);
        !service.is_partial() && !is_privileged(service) && options.is_some_and(|options| no_new_privileges(&options).is_none())
    };
    // What the daemon does for every container need not be said of each.
    let document = beside::daemon(&project.folder, cx.files);
    let config = document.as_deref().and_then(DaemonConfig::new);
    if config.is_some_and(|config| config.bool("no-new-privileges") == Some(true)) {
        return;
    }
    if let Some(mut report) = report_together(cx, project, lacks, SAID) {
        report.help("Add `no-new-privileges:true` to `security_opt`; only a program that calls `sudo` or `su` misses something then");
    }
}

const SAID: (&str, &str) =
    ("lets its programs gain rights by a setuid file", "let their programs gain rights by a setuid file");

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.is_for_windows() {
        return;
    }
    let switch = Switch { key: "no-new-privileges", wanted: true };
    if let Some(mut report) = report_switch(cx, config, &switch, "programs in containers may gain rights by a setuid file") {
        report.help("Set `no-new-privileges` to `true`; a service whose programs call `sudo` can say `no-new-privileges:false` for itself");
    }
}
