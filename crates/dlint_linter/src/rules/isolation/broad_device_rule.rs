//! `broad-device-rule`: a rule that lets a container use whole classes of devices.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{ESCAPE, TAKEOVER, capabilities, drops_all, is_privileged};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "broad-device-rule",
    summary: "A rule lets a container use disks or every device of the host",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(TAKEOVER),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0016", "cis:5.18"],
    docs: include_str!("broad_device_rule.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for rule in service.strings("device_cgroup_rules") {
        let Some(text) = rule.known() else { continue };
        let Some(gives) = gives(text) else { continue };
        let mut report = value::report(cx, &rule, format!("`{}` lets service `{}` use {gives}", shorten(text), service.name));
        report.help("Name the one device with its numbers (`c 188:0 rw`), or give it with `devices`");
        // Without the right to make device files it takes one that is mounted.
        let drops = capabilities(service, "cap_drop");
        let keeps = capabilities(service, "cap_add");
        let has_mknod = |list: &[(String, crate::compose::Scalar)]| list.iter().any(|(name, _)| name == "MKNOD");
        let is_dropped = (drops_all(service) == Some(true) || has_mknod(&drops)) && !has_mknod(&keeps);
        if is_dropped && !is_privileged(service) {
            report.level(Level::Info).cvss(ESCAPE);
        }
    }
}

/// What a rule of the form `TYPE MAJOR:MINOR RIGHTS` gives, if that is much.
fn gives(rule: &str) -> Option<&'static str> {
    let mut words = rule.split_whitespace();
    let (kind, numbers, rights) = (words.next()?, words.next().unwrap_or("*:*"), words.next().unwrap_or("rwm"));
    if !rights.contains(['r', 'w']) {
        return None;
    }
    let (major, minor) = numbers.split_once(':')?;
    let covers = |major_number: &str, minor_number: &str| (major == "*" || major == major_number) && (minor == "*" || minor == minor_number);
    match kind {
        "a" => Some("every device of the host"),
        "b" => Some("the host's disks"),
        "c" if major == "*" => Some("every character device of the host"),
        "c" if covers("1", "1") || covers("1", "2") || covers("1", "11") => Some("the host's memory"),
        _ => None,
    }
}
