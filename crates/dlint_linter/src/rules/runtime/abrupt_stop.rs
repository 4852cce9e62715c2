//! `abrupt-stop`: a container that is killed at once.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;
use std::time::Duration;

/// The rule.
pub const RULE: Rule = Rule {
    name: "abrupt-stop",
    summary: "A container is killed without time to end",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("abrupt_stop.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(period) = service.scalar("stop_grace_period") else { return };
    match period.duration() {
        Some(Duration::ZERO) => {
            value::report(cx, &period, format!("service `{}` is killed as soon as it is to stop, with whatever it was about to write", service.name))
                .help("Give it some seconds, or delete the key for the usual ten");
        }
        Some(time) if time > LONGEST => {
            value::report(cx, &period, format!("a service `{}` that hangs holds up the host for as long as this", service.name))
                .help("Give it as long as it takes to end in good order, and no more than a few minutes");
        }
        _ => {}
    }
}

/// What ends in good order has ended by then.
const LONGEST: Duration = Duration::from_secs(5 * 60);
