//! `unconfined-profile`: a container without the filter of its system calls, or without a mandatory access control.

use crate::compose::Service;
use crate::daemon::DaemonConfig;
use crate::daemon::edit;
use crate::diagnostic::{Category, Fix, Level};
use crate::isolation::{ESCAPE, SecurityOption, is_privileged, security_options};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unconfined-profile",
    summary: "A container without seccomp, AppArmor or SELinux",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(ESCAPE),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0009", "kics:404fde2c", "semgrep:seccomp-confinement-disabled", "semgrep:selinux-separation-disabled", "cis:2.17", "cis:5.2", "cis:5.3", "cis:5.22", "owasp:6"],
    docs: include_str!("unconfined_profile.md"),
    on: &[On::Service(service), On::Daemon(daemon)],
};

/// Types of SELinux that confine nothing.
const TYPES: [&str; 3] = ["type:spc_t", "type:unconfined_t", "type:container_runtime_t"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    // A privileged container has none of them anyway.
    if is_privileged(service) {
        return;
    }
    for option in switched_off(&security_options(service).unwrap_or_default()) {
        let gives = match option.name.as_str() {
            "seccomp" => "may call everything in the kernel, the parts too through which containers have been left",
            "apparmor" => "is not confined by AppArmor, which keeps containers off the host's `/proc` and `/sys`",
            _ => "is not confined by SELinux, which keeps containers off the host's files",
        };
        value::report(cx, &option.written, format!("service `{}` {gives}", service.name)).help(match option.name.as_str() {
            "seccomp" => "Delete the entry; where a call is missing, allow that one in a profile of your own (`seccomp=./profile.json`)",
            "apparmor" => "Delete the entry, or name a profile of your own",
            _ => "Delete the entry; to share a folder, label it with `:z`",
        });
    }
}

/// Of several entries of one name the last counts, but for labels, which add up. Source: the Engine's `parseSecurityOpt`.
fn switched_off(options: &[SecurityOption]) -> Vec<&SecurityOption> {
    let last = |name: &str| options.iter().rfind(|option| option.name == name);
    let unconfined = ["seccomp", "apparmor"].into_iter().filter_map(last).filter(|it| it.argument.as_deref() == Some("unconfined"));
    let labels = options.iter().filter(|option| match (option.name.as_str(), option.argument.as_deref()) {
        ("disable", None) => true,
        ("label", Some(argument)) => argument == "disable" || TYPES.contains(&argument),
        _ => false,
    });
    unconfined.chain(labels.take(1)).collect()
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(profile) = config.setting("seccomp-profile").filter(|profile| profile.as_str() == Some("unconfined")) else { return };
    let mut report = cx.report(profile.value_range(), "all containers may call everything in the kernel, the parts too through which containers have been left");
    report.level(Level::Error).help("Delete the key; where a call is missing, allow that one in a profile of your own, for that container");
    if let Some(edit) = edit::remove(config.root, profile) {
        report.fix(Fix::unsafe_("Use Docker's own profile", vec![edit]));
    }
}
