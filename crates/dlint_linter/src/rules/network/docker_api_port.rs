//! `docker-api-port`: Docker's API answers without asking who is there.

use crate::diagnostic::{Category, Level};
use crate::ports::exposed;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::rules::network::ssh_port::exposed_words;
use crate::severity::Cvss;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "docker-api-port",
    summary: "The port of Docker's API without TLS is exposed",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.7"],
    docs: include_str!("docker_api_port.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    for (word, text) in exposed_words(node) {
        if exposed(&text).is_some_and(|port| port.protocol == "tcp" && !port.is_range() && port.contains(2375)) {
            cx.report(word.range, "port 2375 is Docker's API without TLS: whoever reaches it controls the \
                                   daemon, without a password")
                .help("Let the daemon listen on its socket, or with `--tlsverify` on port 2376");
        }
    }
}
