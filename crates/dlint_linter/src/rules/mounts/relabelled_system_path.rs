//! `relabelled-system-path`: an SELinux label that the host needs is overwritten.

use crate::compose::{Scalar, Service, normalize_host_path};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "relabelled-system-path",
    summary: "Docker overwrites the SELinux labels of the host's own files",
    category: Category::Reliability,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("relabelled_system_path.md"),
    on: &[On::Service(service)],
};

/// Folders whose files programs of the host need with their labels.
const SYSTEM: [&str; 20] = [
    "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/opt", "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr",
    "/var", "/var/lib", "/var/log",
];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for mount in service.mounts() {
        let Some(label) = mount.selinux.as_ref().filter(|it| it.is("z") || it.is("Z")) else { continue };
        let Some(source) = mount.host_source().and_then(Scalar::known) else { continue };
        let path = normalize_host_path(source);
        let is_home = path == "~" || path.strip_prefix("/home/").is_some_and(|user| !user.contains('/'));
        if is_home || SYSTEM.contains(&path.as_str()) || path.starts_with("/usr/") {
            let message = format!("on a host with SELinux this relabels all of `{}`, and the host's own programs no longer get at it", shorten(&path));
            value::report_at(cx, label.place, mount.alias, message)
                .help("Delete the option; mount a folder that is only the service's, or set `security_opt: [label=disable]` for this one service");
        }
    }
}
