//! What paths of the host give to a container that sees them.

use crate::compose::HostPath;
use crate::diagnostic::Level;
use crate::isolation::{DISCLOSURE, NAMESPACE, ROOT_TAKEOVER};
use crate::severity::Cvss;

/// What a path gives, and how bad that is.
pub(crate) struct Danger {
    /// Goes on from "gets `PATH`, ".
    pub(crate) gives: &'static str,
    pub(crate) level: Level,
    pub(crate) cvss: Cvss,
}

/// Whoever writes here runs programs as root of the host, whatever is at or under it.
const PROGRAMS: [&str; 10] = [
    "/boot",
    "/usr/bin",
    "/usr/sbin",
    "/usr/local/bin",
    "/usr/local/sbin",
    "/bin",
    "/sbin",
    "/root",
    "/var/lib/docker",
    "/var/lib/containerd",
];

/// The same, where the whole folder is mounted.
const TREES: [&str; 8] = ["/etc", "/proc", "/sys", "/usr", "/usr/lib", "/lib", "/lib64", "/var/lib"];

/// What in `/etc` makes whoever writes it root; the rest is the settings of single programs.
const SETTINGS: [&str; 22] = [
    "bash.bashrc",
    "cron",
    "docker",
    "environment",
    "group",
    "gshadow",
    "init.d",
    "kubernetes",
    "ld.so",
    "modprobe.d",
    "modules",
    "pam.d",
    "passwd",
    "profile",
    "rc.local",
    "security",
    "shadow",
    "ssh",
    "sudoers",
    "sysctl",
    "systemd",
    "udev",
];

/// Files with secrets in `/etc`.
const SECRET_SETTINGS: [&str; 5] = ["gshadow", "kubernetes", "shadow", "ssh", "sudoers"];

/// Where people keep keys and passwords, in their home folders.
const KEYS: [&str; 12] = [
    ".aws",
    ".azure",
    ".config/gcloud",
    ".docker",
    ".git-credentials",
    ".gnupg",
    ".kube",
    ".netrc",
    ".npmrc",
    ".password-store",
    ".pypirc",
    ".ssh",
];

/// What the path gives to a container. `is_monitor`: whether the container is there to look after its host.
pub(crate) fn danger(host: &HostPath, is_monitor: bool) -> Option<Danger> {
    // What a variable decides is taken for the better.
    if host.read_only == Some(false)
        && let Some(danger) = written(host)
    {
        return Some(danger);
    }
    let level = if is_monitor { Level::Info } else { Level::Warning };
    seen(host, level)
}

fn written(host: &HostPath) -> Option<Danger> {
    let takeover = |gives| Some(Danger { gives, level: Level::Error, cvss: ROOT_TAKEOVER });
    let path = host.path.as_str();
    if host.is_at_or_under("/lib/modules") || host.is_at_or_under("/usr/lib/modules") {
        let gives = "and may leave a module there that the host's kernel loads";
        return Some(Danger { gives, level: Level::Warning, cvss: ROOT_TAKEOVER });
    }
    if TREES.contains(&path) || PROGRAMS.iter().any(|tree| host.is_at_or_under(tree)) || is_setting(path, &SETTINGS) {
        return takeover("which it may write: root in it makes itself root of the host");
    }
    if is_drive(path) {
        return takeover("which is a whole drive that it may write");
    }
    if host.is_at_or_under("/proc") {
        return takeover("through which it may change the host's kernel");
    }
    None
}

fn seen(host: &HostPath, level: Level) -> Option<Danger> {
    let path = host.path.as_str();
    let disclosure = |gives, level| Some(Danger { gives, level, cvss: DISCLOSURE });
    if path == "/etc" || is_setting(path, &SECRET_SETTINGS) {
        return disclosure("and reads the host's passwords and keys", level);
    }
    if path == "/proc" {
        return disclosure("and reads the arguments and environment of every process of the host", level);
    }
    if path == "/sys" || path == "/dev" {
        return disclosure("and sees all of the host's hardware", level);
    }
    if host.is_at_or_under("/var/lib/docker") || host.is_at_or_under("/var/lib/containerd") {
        let level = if path.ends_with("/containers") { Level::Info } else { level };
        return disclosure("and reads the files and logs of every other container", level);
    }
    if host.is_at_or_under("/root") || is_home(path) {
        return disclosure("and reads all that its owner keeps there, keys and passwords too", level);
    }
    if let Some(inner) = in_home(path)
        && KEYS.iter().any(|key| inner.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    {
        return disclosure("and reads the keys and passwords in it", level);
    }
    let run = path.strip_prefix("/var/run/").or_else(|| path.strip_prefix("/run/"))?;
    run.starts_with("dbus").then_some(Danger {
        gives: "and may command the host's services through D-Bus",
        level: Level::Info,
        cvss: NAMESPACE,
    })
}

/// Whether a path in `/etc` is one of the settings, with whatever else begins with its name (`cron.d`, `ld.so.preload`).
fn is_setting(path: &str, settings: &[&str]) -> bool {
    let Some(inner) = path.strip_prefix("/etc/") else { return false };
    let first = inner.split('/').next().unwrap_or_default();
    settings.iter().any(|setting| {
        first.strip_prefix(setting).is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether a path is a home folder, or the folder of all of them.
fn is_home(path: &str) -> bool {
    matches!(in_home(path), Some("")) || matches!(path, "/home" | "/Users")
}

/// The path in a home folder.
fn in_home(path: &str) -> Option<&str> {
    if path.starts_with('~') {
        return Some(path.split_once('/').map_or("", |(_, inner)| inner)).filter(|inner| !inner.starts_with(".."));
    }
    let inner = path.strip_prefix("/home/").or_else(|| path.strip_prefix("/Users/"))?;
    Some(inner.split_once('/').map_or("", |(_, inner)| inner))
}

/// Whether a path is a whole drive of Windows.
fn is_drive(path: &str) -> bool {
    path.len() <= 3 && path.as_bytes().get(1) == Some(&b':')
}
