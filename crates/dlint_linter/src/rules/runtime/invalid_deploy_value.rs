//! `invalid-deploy-value`: a word in `deploy` that means nothing.

use crate::compose::{Node, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::{list, shorten};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-deploy-value",
    summary: "A word in `deploy` that is none of those that are defined",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_deploy_value.md"),
    on: &[On::Service(service)],
};

/// The keys of `deploy` that take one of some words, and are not checked when the file is read.
///
/// Source: Compose Deploy Specification; Docker's Swarm API for the jobs.
const WORDS: [(&[&str], &[&str]); 5] = [
    (&["mode"], &["global", "replicated", "replicated-job", "global-job"]),
    (&["endpoint_mode"], &["vip", "dnsrr"]),
    (&["restart_policy", "condition"], &["none", "on-failure", "any"]),
    (&["update_config", "failure_action"], &["continue", "rollback", "pause"]),
    (&["rollback_config", "failure_action"], &["continue", "pause"]),
];

/// What Docker Compose takes for a condition too: the words of `restart`. Swarm refuses them, which nobody overlooks.
const RESTART: [&str; 3] = ["no", "always", "unless-stopped"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(deploy) = service.field("deploy") else { return };
    for (path, words) in WORDS {
        let (last, parents) = path.split_last().expect("a path");
        let parent = parents.iter().try_fold(deploy.value.clone(), |node: Node<'_>, key| node.get(key));
        let Some(mut written) = parent.and_then(|node| node.string_of(last)) else { continue };
        written.alias = written.alias.or(deploy.alias);
        let Some(text) = written.known().filter(|text| !text.is_empty() && !words.contains(text)) else { continue };
        if *last == "condition" && RESTART.contains(&text) {
            continue;
        }
        let message = format!("`{text}` is no value of `deploy.{}`", path.join("."), text = shorten(text));
        let mut report = value::report(cx, &written, message);
        value::propose(&mut report, &written, text, words, &format!("Use {}", list(words, "or")));
    }
}
