//! `invalid-ulimit`: a limit of the kernel that the engine refuses.

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::list;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-ulimit",
    summary: "A ulimit that does not exist, or whose soft limit is above the hard one",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_ulimit.md"),
    on: &[On::Service(service)],
};

/// The limits of Linux. Source: `getrlimit(2)`; docker/go-units.
const LIMITS: [&str; 15] = [
    "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime",
    "sigpending", "stack",
];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(ulimits) = service.field("ulimits") else { return };
    for field in ulimits.value.fields() {
        let alias = field.alias.or(ulimits.alias);
        if !LIMITS.contains(&field.name.as_ref()) && !field.name.starts_with("x-") {
            let message = format!("`{}` is no ulimit, so Docker refuses to create the container", field.name);
            let mut report = value::report_at(cx, field.key_place, alias, message);
            match dlint_syntax::suggest::nearest(&field.name, LIMITS) {
                Some(near) => report.help(format!("Did you mean `{near}`?")),
                None => report.help(format!("The ulimits are {}", list(LIMITS, "and"))),
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
