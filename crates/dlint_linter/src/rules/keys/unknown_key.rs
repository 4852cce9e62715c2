//! `unknown-key`: a key that the program that reads the file does not know.


use dlint_syntax::hash::HashSet;
use dlint_syntax::suggest::{is_alike, nearest};

use crate::compose::{FaultKind, Project, schema};
use crate::daemon::{DaemonConfig, Unknown, keys};
use crate::diagnostic::{Category, Edit, Fix, Level, Safety};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-key",
    summary: "A key that the program that reads the file does not know",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_key.md"),
    on: &[On::Daemon(daemon), On::Compose(compose)],
};

fn compose(project: &Project<'_>, cx: &mut Context<'_>) {
    schema::report(project, FaultKind::UnknownKey, cx);
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let present: HashSet<&str> = config.entries.iter().map(|entry| entry.name).collect();
    for unknown in &config.unknown {
        let meant = meant(unknown, &present);
        let name = shorten(unknown.setting.name);
        let message = match &*unknown.parent {
            "" => format!("`daemon.json` has no key `{name}`"),
            "features" => format!("`{name}` is no known feature of the daemon"),
            parent => format!("`{parent}` has no key `{name}`"),
        };
        let mut report = cx.report(unknown.setting.key_range, message);
        if !unknown.is_refused {
            report.category(Category::Correctness).level(Level::Warning);
        }
        let silence = if unknown.is_refused { "" } else { "The daemon passes over it without a word" };
        match meant {
            Some(Meant::Name(meant)) => {
                let question = format!("Did you mean `{meant}`?");
                report.help(if silence.is_empty() { question } else { format!("{question} {silence}") });
                // Never applied by itself: what was meant is a guess.
                report.fix(Fix {
                    title: format!("Replace with `{meant}`"),
                    safety: Safety::Display,
                    edits: vec![Edit::replace(unknown.setting.key_range, format!("\"{meant}\""))],
                });
            }
            Some(Meant::Help(help)) => drop(report.help(help)),
            None if !silence.is_empty() => drop(report.help(silence)),
            None => {}
        }
    }
}

/// What was meant with an unknown key.
enum Meant {
    Name(&'static str),
    Help(String),
}

fn meant(unknown: &Unknown<'_>, present: &HashSet<&str>) -> Option<Meant> {
    let name = unknown.setting.name;
    let Some(object) = unknown.object else { return meant_at_top(name, present) };
    let known = object.keys.iter().map(|key| key.name);
    if let Some(name) = similar(name, known) {
        return Some(Meant::Name(name));
    }
    if &*unknown.parent == "features" || object.keys.len() > 8 {
        return None;
    }
    if name.eq_ignore_ascii_case("keepDuration") {
        return Some(Meant::Help("Use `\"filter\": [\"unused-for=48h\"]`".to_owned()));
    }
    Some(Meant::Help(format!("It has {}", crate::text::list(object.keys.iter().map(|key| key.name), "and"))))
}

fn meant_at_top(name: &str, present: &HashSet<&str>) -> Option<Meant> {
    if name.starts_with(['_', '#', '$']) || name.starts_with("//") || name.eq_ignore_ascii_case("comment") {
        let help = "The file can have no comments, and no other keys than those of the daemon";
        return Some(Meant::Help(help.to_owned()));
    }
    if name == "content-trust" {
        let help = "The Engine of the community has no such key; see `DOCKER_CONTENT_TRUST` of the client";
        return Some(Meant::Help(help.to_owned()));
    }
    let known = keys::all().map(|key| key.name);
    if let Some(meant) = similar(name, known).or_else(|| other_word(name)) {
        // Two keys of one name would not help.
        return (!present.contains(meant)).then_some(Meant::Name(meant));
    }
    let (owner, key) = owner(name)?;
    Some(Meant::Help(format!("`{key}` belongs into the object `{owner}`")))
}

/// The known name that is written alike: in other letters, with other hyphens, or with a slip of the pen.
fn similar(name: &str, known: impl Iterator<Item = &'static str> + Clone) -> Option<&'static str> {
    if name.len() > 64 {
        return None;
    }
    known.clone().find(|known| is_alike(known, name)).or_else(|| nearest(name, known))
}

/// The key that goes by another word elsewhere.
fn other_word(name: &str) -> Option<&'static str> {
    Some(match name.replace('_', "-").to_ascii_lowercase().as_str() {
        "default-log-driver" | "logging-driver" => "log-driver",
        "dns-options" => "dns-opts",
        "exec-options" => "exec-opts",
        "graph-driver" => "storage-driver",
        "log-config" | "log-driver-opts" | "log-options" | "logging-opts" => "log-opts",
        "mirrors" => "registry-mirrors",
        "proxy" => "proxies",
        "storage-driver-opts" | "storage-options" => "storage-opts",
        "ulimits" => "default-ulimits",
        "user-remap" | "userns" => "userns-remap",
        _ => return None,
    })
}

/// The object that a key belongs into, if it is not one of the top level.
fn owner(name: &str) -> Option<(&'static str, &'static str)> {
    let inner = |owner: &'static str| {
        let path: Vec<&str> = owner.split('.').collect();
        let key = keys::at(&path)?.children().iter().find(|key| key.name.eq_ignore_ascii_case(name))?;
        Some((owner, key.name))
    };
    let logging = || {
        let driver = crate::logging::find_driver("json-file")?;
        driver.option(name).map(|option| ("log-opts", option.name))
    };
    ["features", "builder", "builder.gc"].into_iter().find_map(inner).or_else(logging)
}
