//! `duplicate-key`: the same key twice in one mapping.


use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::yaml::{Entry, View};

use crate::daemon::{DaemonConfig, Json};
use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::syntax;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-key",
    summary: "The same key twice in one mapping",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:invalid-yaml"],
    docs: include_str!("duplicate_key.md"),
    on: &[On::Syntax(&[Language::Compose]), On::Compose(syntax::report_others), On::Daemon(daemon)],
};

/// The daemon takes the last of equal keys, and says nothing.
fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for object in config.root.walk().filter(|node| Json::of(*node) == Json::Object) {
        in_object(object, cx);
    }
}

fn in_object(object: View<'_>, cx: &mut Context<'_>) {
    let mut before: HashMap<&str, Entry<'_>> = HashMap::new();
    for entry in object.own_entries() {
        let Json::String(name) = Json::of(entry.key) else { continue };
        let Some(earlier) = before.insert(name, entry) else { continue };
        let are_objects = [earlier, entry].iter().all(|entry| Json::of(entry.value) == Json::Object);
        let message = format!("key `{}` is written twice in this object", shorten(name));
        let mut report = cx.report(entry.key.range(), message);
        report.category(Category::Correctness).level(Level::Warning);
        report.related(earlier.key.range(), "written before");
        report.help(if are_objects {
            "The daemon puts the two objects together"
        } else {
            "The daemon takes the last one, and says nothing"
        });
    }
}
