//! `unencrypted-overlay`: an overlay network without encryption.

use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unencrypted-overlay",
    summary: "What goes through an overlay network can be read on the way",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:7.3"],
    docs: include_str!("unencrypted_overlay.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for network in project.root.get("networks").map(|it| it.fields()).unwrap_or_default() {
        let Some(driver) = network.value.scalar_of("driver").filter(|driver| driver.is("overlay")) else { continue };
        let options = network.value.get("driver_opts");
        let is_encrypted = options.is_some_and(|options| options.mentions("encrypted"));
        if !is_encrypted && !network.value.mentions("external") {
            value::report(cx, &driver, format!("what services say to each other in the network `{}` goes from host to host in the clear", network.name))
                .help("Add `encrypted: \"true\"` to `driver_opts`, unless the hosts are in a network of their own");
        }
    }
}
