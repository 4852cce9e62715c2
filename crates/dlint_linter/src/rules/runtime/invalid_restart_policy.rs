//! `invalid-restart-policy`: a restart policy that the engine refuses.

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-restart-policy",
    summary: "A restart policy that does not exist, or a number of restarts that does not fit it",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_restart_policy.md"),
    on: &[On::Service(service)],
};

const POLICIES: [&str; 4] = ["no", "always", "on-failure", "unless-stopped"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if let Some(restart) = service.string("restart") {
        short(&restart, cx);
    }
    // Swarm counts attempts for each of its conditions.
    if service.is_for_swarm() {
        return;
    }
    let policy = service.field("deploy").and_then(|deploy| deploy.value.get("restart_policy"));
    let Some(policy) = policy else { return };
    let attempts = policy.scalar_of("max_attempts");
    let (Some(attempts), Some(condition)) = (attempts, policy.string_of("condition")) else { return };
    let is_counted = attempts.known().is_some_and(|number| number.parse::<u64>().is_ok_and(|number| number > 0));
    if is_counted && ["any", "always", "unless-stopped", "none", "no"].iter().any(|name| condition.is(name)) {
        let known = condition.known().unwrap_or_default();
        let message =
            format!("`max_attempts` does not fit the condition `{known}`, so Docker refuses to create the container", known = shorten(known));
        value::report(cx, &attempts, message)
            .help("Use the condition `on-failure`, or delete `max_attempts`")
            .related_at(condition.place, "the condition");
    }
}

/// `POLICY[:NUMBER]`.
fn short(restart: &Scalar, cx: &mut Context<'_>) {
    let Some(text) = restart.known().filter(|text| !text.is_empty()) else { return };
    let mut parts = text.split(':');
    let name = parts.next().unwrap_or_default();
    // The words of `deploy.restart_policy` are taken here too.
    if !POLICIES.contains(&name) && !["none", "any"].contains(&name) {
        let message = format!("`{name}` is no restart policy, so Docker refuses to create the container", name = shorten(name));
        let help = "Use `no`, `always`, `unless-stopped`, `on-failure`, or `on-failure:3` for at most 3 restarts";
        let part = restart.part(0..name.len());
        let mut report = value::report(cx, &part, message);
        value::propose(&mut report, &part, name, &POLICIES, help);
        return;
    }
    let Some(count) = parts.next() else { return };
    let place = restart.part(name.len() + 1..text.len());
    match (name, count.parse::<i64>()) {
        ("on-failure", Ok(0..)) if parts.next().is_none() => {}
        ("on-failure", Ok(..0)) => {
            value::report(cx, &place, "a negative number of restarts, so Docker refuses to create the container")
                .help("Use a positive number, or none for restarts without end");
        }
        ("on-failure", _) => {
            let what = &text[name.len() + 1..];
            let message = if what.is_empty() {
                "there is no number behind the colon, so the container is restarted without end".to_owned()
            } else {
                format!("`{what}` is no number, so the container is restarted without end", what = shorten(what))
            };
            let place = if what.is_empty() { restart } else { &place };
            value::report(cx, place, message).help("Write the number of restarts: `on-failure:3`");
        }
        (_, Ok(0) | Err(_)) => {}
        (_, Ok(_)) => {
            let message = format!("`{name}` takes no number of restarts, so Docker refuses to create the container", name = shorten(name));
            value::report(cx, &place, message).help("Only `on-failure` takes a number: `on-failure:3`");
        }
    }
}
