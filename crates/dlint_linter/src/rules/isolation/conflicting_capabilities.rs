//! `conflicting-capabilities`: a capability that is given and taken at once.


use dlint_syntax::hash::HashMap;
use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::{SEPARATION, TAKEOVER, capabilities, is_privileged};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "conflicting-capabilities",
    summary: "A capability is given and taken away at once",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(SEPARATION),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("conflicting_capabilities.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if is_privileged(service) {
        return;
    }
    let (added, dropped) = (capabilities(service, "cap_add"), capabilities(service, "cap_drop"));
    let all = added.iter().find(|(name, _)| name == "ALL");
    let drops: HashMap<&str, &Scalar> = dropped.iter().map(|(name, written)| (name.as_str(), written)).collect();
    // Of `ALL`, what is named in `cap_drop` is taken away again.
    for (name, written) in added.iter().filter(|(name, _)| all.is_none() || name == "ALL") {
        let Some(drop) = drops.get(name.as_str()) else { continue };
        let mut report = if name == "ALL" {
            let message = "the container keeps every capability: Docker looks for `ALL` by its name and does not find it among those to drop";
            let mut report = value::report(cx, drop, message);
            report.level(Level::Error).cvss(TAKEOVER).help("Drop `ALL`, and name in `cap_add` what is needed");
            report.related_at(written.place, "this gives all of them");
            report
        } else {
            let mut report = value::report(cx, drop, format!("`{name}` is not dropped, for `cap_add` gives it again"));
            report.help("Delete one of the two").related_at(written.place, "given here");
            report
        };
        if let Some(alias) = written.alias {
            report.related_at(alias, "comes in here");
        }
    }
}
