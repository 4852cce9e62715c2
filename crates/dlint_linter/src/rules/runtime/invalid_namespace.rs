//! `invalid-namespace`: a mode of a namespace that the engine refuses.

use crate::compose::Service;
use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::{list, shorten};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-namespace",
    summary: "A mode of `pid`, `ipc`, `uts` or `userns_mode` that does not exist",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_namespace.md"),
    on: &[On::Service(service)],
};

/// What each key takes: words, and whether it can name another container. `cgroup` is checked when the file is read.
///
/// Source: the Engine's `HostConfig` (`PidMode`, `IpcMode`, `UTSMode`, `UsernsMode`).
const MODES: [(&str, &[&str], bool); 4] = [
    ("pid", &["host"], true),
    ("ipc", &["host", "private", "shareable", "none"], true),
    ("uts", &["host"], false),
    ("userns_mode", &["host"], false),
];

/// The modes of `userns_mode` that Podman has: the file is written for it.
const PODMAN: [&str; 3] = ["keep-id", "auto", "nomap"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    null_pid(service, cx);
    for (key, words, takes_container) in MODES {
        let Some(mode) = service.string(key) else { continue };
        let Some(text) = mode.known().filter(|text| !text.is_empty() && !words.contains(text)) else { continue };
        let (kind, name) = text.split_once(':').unwrap_or((text, ""));
        if (takes_container && ["container", "service"].contains(&kind) && !name.is_empty())
            || (key == "uts" && kind == "service")
            || (key == "userns_mode" && PODMAN.contains(&kind))
        {
            continue;
        }
        let mut allowed: Vec<&str> = words.to_vec();
        if takes_container {
            allowed.extend(["service:NAME", "container:NAME"]);
        }
        let message = format!("`{text}` is no mode of `{key}`, so Docker refuses to create the container", text = shorten(text));
        let mut report = value::report(cx, &mode, message);
        let help = format!("Use {}, or delete the key", list(allowed, "or"));
        value::propose(&mut report, &mode, text, words, &help);
    }
}

fn null_pid(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(field) = service.field("pid").filter(|field| field.value.is_null() && !field.value.is_implied()) else {
        return;
    };
    let mut report = value::report_at(cx, field.key_place, field.alias, "`pid` has no value, at which Compose crashes");
    report.help("Delete the key, or write `host` or `service:NAME`").category(Category::Syntax);
    let lines = field.value.view().and_then(|view| view.whole_lines(field.place.range));
    if let Some(lines) = lines.filter(|_| field.alias.is_none()) {
        report.safe_fix("Delete the key", Edit::delete(lines));
    }
}
