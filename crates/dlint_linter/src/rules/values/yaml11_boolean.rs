//! `yaml11-boolean`: a boolean in the words of YAML 1.1.

use dlint_syntax::yaml::is_yaml11_boolean;

use crate::compose::{Node, Place, Project};
use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "yaml11-boolean",
    summary: "A boolean written `yes`, `no`, `on` or `off`, which is a text since YAML 1.2",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("yaml11_boolean.md"),
    on: &[On::Compose(project)],
};

/// The booleans of a service that Compose makes of such words; elsewhere it refuses them. `*` is any item of a list or entry of a mapping.
///
/// Source: what Compose 2.40 accepts with a warning.
const SERVICE: [&[&str]; 18] = [
    &["attach"],
    &["init"],
    &["oom_kill_disable"],
    &["privileged"],
    &["read_only"],
    &["stdin_open"],
    &["tty"],
    &["healthcheck", "disable"],
    &["volumes", "*", "read_only"],
    &["volumes", "*", "bind", "create_host_path"],
    &["volumes", "*", "volume", "nocopy"],
    &["env_file", "*", "required"],
    &["build", "no_cache"],
    &["build", "privileged"],
    &["build", "pull"],
    &["pre_start", "*", "privileged"],
    &["post_start", "*", "privileged"],
    &["pre_stop", "*", "privileged"],
];

/// The booleans of networks, volumes, secrets and configs.
const ENTRIES: [(&str, &[&str]); 4] = [
    ("networks", &["external", "internal", "attachable", "enable_ipv4", "enable_ipv6"]),
    ("volumes", &["external"]),
    ("secrets", &["external"]),
    ("configs", &["external"]),
];

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in project.services_as_written() {
        for field in &service.fields {
            for path in SERVICE.iter().filter(|path| path[0] == field.name) {
                follow(&field.value, &path[1..], field.alias.or(service.entry.alias), cx);
            }
        }
    }
    for root in &project.written {
        for (section, keys) in ENTRIES {
            let Some(entries) = root.get(section) else { continue };
            for key in keys {
                follow(&entries, &["*", key], None, cx);
            }
        }
    }
}

fn follow(node: &Node<'_>, path: &[&str], alias: Option<Place>, cx: &mut Context<'_>) {
    let Some((key, rest)) = path.split_first() else { return check(node, alias, cx) };
    if *key != "*" {
        if let Some(field) = node.field(key) {
            follow(&field.value, rest, field.alias.or(alias), cx);
        }
        return;
    }
    for item in node.items() {
        follow(&item, rest, item.via().or(alias), cx);
    }
    for field in node.fields() {
        follow(&field.value, rest, field.alias.or(alias), cx);
    }
}

fn check(node: &Node<'_>, alias: Option<Place>, cx: &mut Context<'_>) {
    let Some(text) = node.text().filter(|text| is_yaml11_boolean(text) && node.tag().is_none()) else { return };
    let Some(flag) = node.scalar().and_then(|scalar| scalar.boolean()) else { return };
    let message = format!("`{text}` is a text in YAML 1.2, and Compose takes it for `{flag}` with a warning only", text = shorten(text));
    let mut report = value::report_at(cx, node.place(), alias, message);
    report.help(format!("Write `{flag}`"));
    // Behind an anchor, the same word may be a text somewhere else.
    if alias.is_none() && node.view().is_none_or(|view| view.anchor().is_none()) {
        report.safe_fix(format!("Replace with `{flag}`"), Edit::replace(node.place().range, flag.to_string()));
    }
}
