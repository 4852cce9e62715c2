//! `ssh-port`: the image is made to be logged in to.

use dlint_syntax::text::CompactString;
use dlint_syntax::dockerfile::{Kind, Value, Word, expand};

use crate::compose::{Protocol, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::image_mentions;
use crate::ports::{exposed, has_network};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::stage::StageNode;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ssh-port",
    summary: "The port of SSH is exposed or published",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["trivy:DS-0004", "checkov:CKV_DOCKER_1", "kics:Exposing Port 22 (SSH)", "cis:5.7"],
    docs: include_str!("ssh_port.md"),
    on: &[On::Stage(stage), On::Service(service)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    for (word, text) in exposed_words(node) {
        let Some(port) = exposed(&text).filter(|port| port.protocol == "tcp" && port.contains(22)) else { continue };
        let what = if port.is_range() { format!("the ports `{text}` have SSH's among them") } else { "port 22 is SSH's".to_owned() };
        cx.report(word.range, format!("{what}: a container that can be logged in to has a door that others do \
                                       not have")).help(
            "Use `docker exec` to get in; if a service of the image speaks SSH (Git, SFTP), let it listen on a \
             port of its own",
        );
    }
}

/// The words of the stage's own `EXPOSE`s with what they expand to at the stage's end; unknown ones are left out.
pub(crate) fn exposed_words<'a>(node: &StageNode<'a>) -> impl Iterator<Item = (&'a Word, CompactString)> {
    let (file, stage) = (node.file, node.stage);
    stage.instructions.clone().flat_map(move |index| {
        let words = match &file.instructions[index].kind {
            Kind::Expose(words) => words.as_slice(),
            Kind::Onbuild(Some(trigger)) => match &trigger.kind {
                Kind::Expose(words) => words.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        words.iter().filter_map(move |word| match expand(word, file.escape, &stage.end.variables).value {
            Value::Known(text) => Some((word, text)),
            Value::Unknown => None,
        })
    })
}

/// Words in the names of services and images that speak SSH themselves.
const SPEAKERS: [&str; 10] = ["git", "gogs", "forgejo", "sftp", "ssh", "soft-serve", "gerrit", "bastion", "teleport", "rsync"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for port in service.ports() {
        let is_ssh = port.target_ports().is_some_and(|ports| (*ports.start(), *ports.end()) == (22, 22));
        if !is_ssh || port.protocol() != Some(Protocol::Tcp) || !has_network(service) || image_mentions(service, &SPEAKERS) || SPEAKERS.iter().any(|word| service.name.contains(word)) {
            continue;
        }
        let message = format!("service `{}` publishes SSH's port: a container that can be logged in to has a door that others do not have", service.name);
        value::report_at(cx, port.place, port.alias, message).help("Use `docker compose exec` to get in");
    }
}
