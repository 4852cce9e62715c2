//! `privileged-container`: a container without the limits of one.

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::{ROOT_TAKEOVER, TAKEOVER, hooks, image_name};
use crate::rule::{Context, FixAvailability, On, Report, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "privileged-container",
    summary: "A container has every right on its host",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(TAKEOVER),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0002", "kics:ae5b6871", "semgrep:privileged-service", "cis:5.5", "cis:5.23", "owasp:3"],
    docs: include_str!("privileged_container.md"),
    on: &[On::Service(service)],
};

const HELP: &str = "Delete the key; where something then fails, give just that: a capability with `cap_add`, a device with `devices`";

const DOCKER_HELP: &str = "Docker in Docker needs it: use the `-rootless` image, or a remote builder, and keep strangers' jobs away from it";

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if let Some(privileged) = service.privileged().filter(Scalar::is_true) {
        let is_docker = image_name(service).is_some_and(|name| name == "docker");
        let message = format!("service `{}` is privileged, so that whatever runs in it controls the host", service.name);
        report(&privileged, message, if is_docker { DOCKER_HELP } else { HELP }, cx);
    }
    for (key, hook) in hooks(service) {
        if let Some(privileged) = hook.scalar_of("privileged").filter(Scalar::is_true) {
            let message = format!("the command of `{key}` is privileged, so that it controls the host");
            report(&privileged, message, "Delete the key, and let the host do what needs its rights", cx).cvss(ROOT_TAKEOVER);
        }
    }
}

fn report<'r>(privileged: &Scalar, message: String, help: &str, cx: &'r mut Context<'_>) -> Report<'r> {
    let mut report = value::report(cx, privileged, message);
    report.help(help);
    if let Some(edit) = value::replace(privileged, "false") {
        report.unsafe_fix("Run it without privileges", edit);
    }
    report
}
