//! `user-namespace-conflict`: a service that Docker does not start while `userns-remap` is set.

use crate::beside::daemon;
use crate::compose::{Project, Scalar, Service};
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "user-namespace-conflict",
    summary: "A service that Docker does not create while the daemon remaps users",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("user_namespace_conflict.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut asking = project.services.iter().filter(|service| service.own.is_some()).filter_map(conflict).peekable();
    if asking.peek().is_none() {
        return;
    }
    let Some(document) = daemon(&project.folder, cx.files) else { return };
    let Some(config) = DaemonConfig::new(&document) else { return };
    let Some(remap) = config.setting("userns-remap").filter(|it| it.as_str().is_some_and(|text| !text.is_empty())) else {
        return;
    };
    for (service, value, what) in asking {
        let message = format!("Docker does not create service `{}`: {what} goes only with the host's users, and the daemon remaps them", service.name);
        value::report(cx, &value, message)
            .help("Write `userns_mode: host`, if the service has to have that")
            .aside_in(&document, remap.value_range(), "users are remapped here");
    }
}

/// What of a service needs the users of the host.
///
/// Source: Docker documentation, "Isolate containers with a user namespace", "User namespace known limitations".
fn conflict<'p, 'a>(service: &'p Service<'a>) -> Option<(&'p Service<'a>, Scalar, &'static str)> {
    if service.field("userns_mode").is_some() || service.is_partial() {
        return None;
    }
    if let Some(privileged) = service.privileged().filter(Scalar::is_true) {
        return Some((service, privileged, "`privileged`"));
    }
    if let Some(mode) = service.network_mode().filter(|mode| mode.is("host")) {
        return Some((service, mode, "the host's network"));
    }
    service.scalar("pid").filter(|mode| mode.is("host")).map(|mode| (service, mode, "the host's processes"))
}
