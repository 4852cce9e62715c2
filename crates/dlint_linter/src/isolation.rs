//! How far a service is kept apart from its host: what rules about that have in common.

use crate::compose::{Node, Place, Project, Scalar, Service};
use crate::image::Reference;
use crate::rule::{Context, Report};
use crate::severity::Cvss;
use crate::text::list;

/// Whatever runs in the container has the host, without a trick.
pub(crate) const TAKEOVER: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H");
/// Root in the container has the host.
pub(crate) const ROOT_TAKEOVER: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H");
/// A way out that needs a trick or a second flaw.
pub(crate) const ESCAPE: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H");
/// The host's data can be read.
pub(crate) const DISCLOSURE: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N");
/// A namespace of the host is shared.
pub(crate) const NAMESPACE: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:L/A:L");
/// Something of the host can be changed.
pub(crate) const INTEGRITY: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:N/I:H/A:L");
/// The host can be brought to a halt.
pub(crate) const AVAILABILITY: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:N/I:N/A:H");
/// The host's network and neighbours can be reached.
pub(crate) const NEIGHBOURS: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:L");
/// A hurdle inside one container is missing.
pub(crate) const MITIGATION: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:L");
/// A hurdle between neighbours is missing.
pub(crate) const SEPARATION: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:N");
/// A process is root where it need not be.
pub(crate) const ROOT: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:L");
/// Files of the container can be changed.
pub(crate) const FILES: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:N/I:L/A:N");
/// It takes an act of whoever runs the host.
pub(crate) const OPERATOR: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:H/PR:H/UI:N/S:C/C:L/I:L/A:N");

/// An entry of `security_opt`, taken apart as the engine does it.
pub(crate) struct SecurityOption {
    /// What stands before the first `=`, or else before the first `:`.
    pub(crate) name: String,
    /// What stands behind it.
    pub(crate) argument: Option<String>,
    /// The entry.
    pub(crate) written: Scalar,
}

/// The known entries of `security_opt`, in order. `None` if a variable decides about one.
pub(crate) fn security_options(service: &Service<'_>) -> Option<Vec<SecurityOption>> {
    let read = |written: Scalar| {
        let text = written.known()?;
        let (name, argument) = match text.split_once('=').or_else(|| text.split_once(':')) {
            Some((name, argument)) => (name.to_owned(), Some(argument.to_owned())),
            None => (text.to_owned(), None),
        };
        Some(SecurityOption { name, argument, written })
    };
    service.strings("security_opt").into_iter().map(read).collect()
}

/// Whether and where `no-new-privileges` is said; the last word counts. Source: the Engine's `parseSecurityOpt`.
pub(crate) fn no_new_privileges(options: &[SecurityOption]) -> Option<(bool, &Scalar)> {
    let last = options.iter().rfind(|option| option.name == "no-new-privileges")?;
    let is_on = match last.argument.as_deref() {
        None => true,
        Some(argument) => !["0", "f", "F", "FALSE", "false", "False"].contains(&argument),
    };
    Some((is_on, &last.written))
}

/// The capabilities that Docker gives every container. Source: moby, `oci/caps/defaults.go`.
pub(crate) const DEFAULT_CAPABILITIES: [&str; 14] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// The capabilities of `cap_add` or `cap_drop` whose names are known, in capitals and without `CAP_`.
pub(crate) fn capabilities(service: &Service<'_>, key: &str) -> Vec<(String, Scalar)> {
    let read = |written: Scalar| Some((capability(written.known()?), written));
    service.strings(key).into_iter().filter_map(read).collect()
}

/// A capability's name in capitals and without `CAP_`.
pub(crate) fn capability(name: &str) -> String {
    let upper = name.trim().to_ascii_uppercase();
    upper.strip_prefix("CAP_").unwrap_or(&upper).to_owned()
}

/// Whether `cap_drop` takes every capability away; `None` if a variable may do it.
pub(crate) fn drops_all(service: &Service<'_>) -> Option<bool> {
    let dropped = service.strings("cap_drop");
    if dropped.iter().any(|it| it.known().is_some_and(|text| text.eq_ignore_ascii_case("all"))) {
        return Some(true);
    }
    dropped.iter().all(|it| it.known().is_some()).then_some(false)
}

/// Whether the service is certainly privileged.
pub(crate) fn is_privileged(service: &Service<'_>) -> bool {
    service.privileged().is_some_and(|privileged| privileged.is_true())
}

/// Commands that Compose runs in the service's container beside its own, each with the key that names it.
pub(crate) fn hooks<'a>(service: &Service<'a>) -> Vec<(&'static str, Node<'a>)> {
    let mut hooks = Vec::new();
    for key in ["post_start", "pre_start", "pre_stop"] {
        let Some(field) = service.field(key) else { continue };
        hooks.extend(field.value.items().into_iter().map(|hook| (key, hook)));
    }
    if let Some(watch) = service.field("develop").and_then(|develop| develop.value.get("watch")) {
        hooks.extend(watch.items().iter().filter_map(|item| Some(("develop.watch.exec", item.get("exec")?))));
    }
    hooks
}

/// Programs that look after the host itself, by the last part of their images' names.
const MONITORS: [&str; 24] = [
    "agent",
    "alloy",
    "cadvisor",
    "docker-host-agent",
    "falco",
    "filebeat",
    "fluent-bit",
    "fluentd",
    "glances",
    "grafana-agent",
    "infrastructure",
    "logspout",
    "metricbeat",
    "netdata",
    "node-exporter",
    "node_exporter",
    "osquery",
    "packetbeat",
    "process-exporter",
    "promtail",
    "smartctl-exporter",
    "telegraf",
    "vector",
    "zabbix-agent",
];

/// Whether the service is a program that is made to look after its host.
pub(crate) fn is_monitor(service: &Service<'_>) -> bool {
    image_name(service).is_some_and(|name| MONITORS.contains(&name.as_str()))
}

/// The last part of the name of the service's image.
pub(crate) fn image_name(service: &Service<'_>) -> Option<String> {
    let image = service.image()?;
    let name = Reference::new(image.known()?).name;
    Some(name.rsplit('/').next().unwrap_or_default().to_owned())
}

/// Whether a part of the service's image's name has one of these words in it.
pub(crate) fn image_mentions(service: &Service<'_>, words: &[&str]) -> bool {
    let image = service.image();
    let name = image.as_ref().and_then(Scalar::known).map(|image| Reference::new(image).name);
    name.is_some_and(|name| words.iter().any(|word| name.contains(word)))
}

/// The devices of the host that a service gets: the path, where it is written, and what may be done with it (`rwm`).
pub(crate) fn devices(service: &Service<'_>) -> Vec<(String, Place, Option<Place>, String)> {
    let Some(field) = service.field("devices") else { return Vec::new() };
    let read = |item: &Node<'_>| {
        if item.is_mapping() {
            let source = item.scalar_of("source")?;
            let rights = item.scalar_of("permissions").and_then(|it| it.known().map(str::to_owned));
            return Some((source.known()?.to_owned(), source.place, item.via(), rights));
        }
        let scalar = item.scalar()?;
        let mut parts = scalar.known()?.split(':');
        let path = parts.next()?.to_owned();
        let place = scalar.part(0..path.len()).place;
        Some((path, place, item.via(), parts.nth(1).map(str::to_owned)))
    };
    let found = field.value.items();
    let found = found.iter().filter_map(read).map(|(path, place, via, rights)| {
        (
            crate::compose::normalize_host_path(&path),
            place,
            via.or(field.alias),
            rights.unwrap_or_else(|| "rwm".to_owned()),
        )
    });
    found.collect()
}

/// As many further services are shown beside a finding that is about all of them.
const MOST: usize = 20;

/// Reports once what holds for several services: at the first of them, with the others beside it. `one` and `many`: what is said of
/// one service, and of several.
pub(crate) fn report_together<'r>(
    cx: &'r mut Context<'_>,
    project: &Project<'_>,
    concerns: impl Fn(&Service<'_>) -> bool,
    (one, many): (&str, &str),
) -> Option<Report<'r>> {
    if project.is_told_elsewhere() {
        return None;
    }
    let is_here = |service: &&Service<'_>| service.name_place.in_checked().is_some();
    let found: Vec<&Service<'_>> = project.services.iter().filter(is_here).filter(|it| concerns(it)).collect();
    let (first, others) = found.split_first()?;
    let message = match found.as_slice() {
        [service] => format!("service `{}` {one}", service.name),
        [.., _] if found.len() <= 4 => format!("services {} {many}", list(found.iter().map(|it| &it.name), "and")),
        _ => format!("{} services {many}, `{}` first", found.len(), first.name),
    };
    let mut report = cx.report_at(first.name_place, message);
    for other in others.iter().take(MOST) {
        report.related_at(other.name_place, "this one as well");
    }
    Some(report)
}
