//! `invalid-ulimit`: a limit of processes with which no container starts.

use dlint_syntax::suggest::nearest;

use crate::compose::{Scalar, Service};
use crate::daemon::{DaemonConfig, Json, Setting, is_template};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-ulimit",
    summary: "A limit of processes with which no container starts",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_ulimit.md"),
    on: &[On::Daemon(daemon), On::Service(service)],
};

/// The limits that the engine knows.
///
/// Source: docker/go-units, `ulimit.go`.
const NAMES: [&str; 15] = [
    "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime",
    "sigpending", "stack",
];

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for limit in config.members("default-ulimits") {
        if limit.json() == Json::Object && !is_template(limit.name) {
            name(&limit, cx);
            bounds(&limit, cx);
        }
    }
}

/// The engine goes by the name inside, not by the key.
fn name(limit: &Setting<'_>, cx: &mut Context<'_>) {
    let inner = limit.member("Name").filter(|name| name.json() != Json::String(""));
    let Some(inner) = inner else {
        let mut report = cx.report(limit.key_range, format!("the limit `{}` has no `Name`", shorten(limit.name)));
        report.help("The engine goes by the `Name` inside, not by the key, and no container starts without it");
        let first = limit.value.own_entries().next();
        if let Some(first) = first.filter(|_| NAMES.contains(&limit.name) && limit.member("Name").is_none()) {
            let edit = Edit::insert(first.range().start(), format!("\"Name\": \"{}\", ", limit.name));
            report.fix(Fix::safe("Add the name", vec![edit]));
        }
        return;
    };
    let Some(text) = inner.as_str().filter(|text| !is_template(text)) else { return };
    if !NAMES.contains(&text) {
        let mut report = cx.report(inner.value_range(), format!("there is no limit `{}`", shorten(text)));
        match nearest(text, NAMES) {
            Some(near) => report.help(format!("Did you mean `{near}`?")),
            None => report.help(format!("The limits are {}", crate::text::list(NAMES, "and"))),
        };
    } else if text != limit.name {
        cx.report(inner.value_range(), format!("the limit `{}` is called `{text}` inside", shorten(limit.name)))
            .level(Level::Warning)
            .related(limit.key_range, "another name")
            .help("The engine goes by the name inside");
    }
}

fn bounds(limit: &Setting<'_>, cx: &mut Context<'_>) {
    let number = |name: &str| match limit.member(name).map(|it| (it, it.json())) {
        // What is not written is 0.
        None => Some((None, 0)),
        Some((it, Json::Integer(number))) => Some((Some(it), number)),
        Some(_) => None,
    };
    let (Some((soft, low)), Some((hard, high))) = (number("Soft"), number("Hard")) else { return };
    // -1 is unlimited.
    let is_above = high != -1 && (low > high || low == -1);
    if !is_above {
        return;
    }
    match (soft, hard) {
        (Some(soft), Some(hard)) => {
            cx.report(soft.range, format!("the soft limit of `{}` is above its hard limit", shorten(limit.name)))
                .related(hard.range, "the hard limit")
                .help("No container starts; lower the one or raise the other");
        }
        _ => {
            cx.report(limit.key_range, format!("the limit `{}` has no `Hard`, which is then 0", shorten(limit.name)))
                .help("No container starts with a soft limit above the hard one; give both");
        }
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(ulimits) = service.field("ulimits") else { return };
    for field in ulimits.value.fields() {
        let alias = field.alias.or(ulimits.alias);
        if !NAMES.contains(&field.name.as_ref()) && !field.name.starts_with("x-") {
            let message = format!("`{}` is no ulimit, so Docker refuses to create the container", field.name);
            let mut report = value::report_at(cx, field.key_place, alias, message);
            match nearest(&field.name, NAMES) {
                Some(near) => report.help(format!("Did you mean `{near}`?")),
                None => report.help(format!("The ulimits are {}", crate::text::list(NAMES, "and"))),
            };
        }
        let number = |key: &str| field.value.scalar_of(key);
        let (Some(soft), Some(hard)) = (number("soft"), number("hard")) else { continue };
        if let (Some(lower), Some(upper)) = (bound(&soft), bound(&hard))
            && lower > upper
        {
            let message = "the soft limit is above the hard one, so Docker refuses to create the container";
            value::report_at(cx, soft.place, soft.alias.or(alias), message)
                .help("Raise the hard limit or lower the soft one")
                .related_at(hard.place, "the hard limit");
        }
    }
}

/// A limit as a number; -1 is none at all.
fn bound(value: &Scalar) -> Option<i64> {
    value.known()?.parse().ok().map(|number: i64| if number < 0 { i64::MAX } else { number })
}
