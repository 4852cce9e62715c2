//! `unknown-mount-option`: an option of a mount that Docker does not know.

use crate::compose::{Mount, Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::{list, shorten};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-mount-option",
    summary: "An option of a mount that Docker does not know, and ignores or refuses",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_mount_option.md"),
    on: &[On::Service(service)],
};

/// Source: Compose file reference, "volumes", short syntax; Docker documentation, "Bind mounts".
const OPTIONS: [&str; 14] = [
    "ro", "rw", "nocopy", "z", "Z", "private", "rprivate", "shared", "rshared", "slave", "rslave", "consistent", "cached",
    "delegated",
];

/// The options that Podman has beyond those: the file is written for it.
const PODMAN: [&str; 12] =
    ["U", "O", "copy", "dev", "exec", "idmap", "nodev", "noexec", "nosuid", "suid", "bind", "rbind"];

/// Other words for `ro`.
const READ_ONLY: [&str; 6] = ["r", "readonly", "read-only", "read_only", "readonly=true", "r0"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for mount in service.mounts() {
        for option in &mount.options {
            check(option, mount, cx);
        }
        // The short syntax knows a propagation by its name only.
        if let Some(propagation) = mount.propagation.as_ref().filter(|_| mount.options.is_empty()) {
            check_propagation(propagation, mount, cx);
        }
    }
}

fn check(option: &Scalar, mount: &Mount, cx: &mut Context<'_>) {
    let Some(text) = option.known() else { return };
    if OPTIONS.contains(&text) || PODMAN.iter().any(|known| text.split('=').next() == Some(known)) {
        return;
    }
    let effect = if mount.read_only == Some(false) { "so it is ignored and the mount is writable" } else { "so it is ignored" };
    let message = if text.is_empty() {
        "an empty option of a mount, which does nothing".to_owned()
    } else {
        format!("`{text}` is no option of a mount, {effect}", text = shorten(text))
    };
    let place = if text.is_empty() { mount.place } else { option.place };
    let mut report = value::report_at(cx, place, mount.alias, message);
    if READ_ONLY.contains(&text.to_ascii_lowercase().as_str()) || text.eq_ignore_ascii_case("ro") {
        value::propose_one(&mut report, option, "ro");
    } else {
        value::propose(&mut report, option, text, &OPTIONS, "Write `ro` for a mount that can only be read");
    }
    if text.is_empty() {
        report.level(Level::Warning).help("Delete the comma or the colon");
    }
}

fn check_propagation(propagation: &Scalar, mount: &Mount, cx: &mut Context<'_>) {
    const WORDS: [&str; 6] = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];
    let Some(text) = propagation.known().filter(|text| !text.is_empty() && !WORDS.contains(text)) else { return };
    let message = format!("`{text}` is no propagation, so Docker refuses to create the container", text = shorten(text));
    let mut report = value::report_at(cx, propagation.place, mount.alias.or(propagation.alias), message);
    value::propose(&mut report, propagation, text, &WORDS, &format!("Use {}", list(WORDS, "or")));
}
