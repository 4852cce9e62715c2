//! `ssh-port`: the image is made to be logged in to.

use dlint_syntax::dockerfile::{Kind, Value, Word, expand};

use crate::diagnostic::{Category, Level};
use crate::ports::exposed;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ssh-port",
    summary: "The port of SSH is exposed",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["trivy:DS-0004", "checkov:CKV_DOCKER_1", "kics:Exposing Port 22 (SSH)"],
    docs: include_str!("ssh_port.md"),
    on: &[On::Stage(stage)],
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
pub(crate) fn exposed_words<'a>(node: &StageNode<'a>) -> impl Iterator<Item = (&'a Word, String)> {
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
