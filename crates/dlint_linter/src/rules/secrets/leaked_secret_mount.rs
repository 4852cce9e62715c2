//! `leaked-secret-mount`: a secret mount is copied into the layer that it was to stay out of.

use dlint_syntax::text::{CompactString, format_compact};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Mount;
use dlint_syntax::shell::Word;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "leaked-secret-mount",
    summary: "A secret mount is copied into the layer that it was to stay out of",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:4.10"],
    docs: include_str!("leaked_secret_mount.md"),
    on: &[On::Program(&["cp", "mv", "install", "cat", "echo", "printf", "base64", "tee"], command)],
};

/// A secret as the commands of a `RUN` see it.
enum Secret {
    File(CompactString),
    Variable(CompactString),
}

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let secrets = secrets(node.run);
    let Some(program) = node.program.filter(|_| !secrets.is_empty()) else { return };
    let names = |word: Word<'_>| secrets.iter().any(|secret| secret.is_in(word));
    let Some((place, target)) = (match program.name.as_ref() {
        "cp" | "mv" | "install" => {
            let operands: Vec<_> = program.words.iter().filter(|word| !word.text().starts_with('-')).collect();
            let (target, sources) = operands.split_last().unzip();
            let copies = sources.is_some_and(|sources: &[Word<'_>]| sources.iter().any(|word| names(*word)));
            target.filter(|_| copies).map(|target: &Word<'_>| (node.command.range(), target.unquoted().into_owned()))
        }
        "cat" | "echo" | "printf" | "base64" | "tee" => written(node).filter(|_| program.words.iter().any(names) || reads(node, &secrets)),
        _ => None,
    }) else {
        return;
    };
    if is_elsewhere(node, &target, &secrets) {
        return;
    }
    let mut report = cx.report(place, format!("this puts the secret into `{target}`, where it stays in the layer"));
    report.help("Mount the secret where the program looks for it (`target=…`), or remove the file at the end of \
                 the same `RUN`");
    let is_in_image = node.run.is_shipped;
    if !is_in_image {
        report.level(Level::Info);
    }
}

fn secrets(run: &RunNode<'_>) -> Vec<Secret> {
    let mounts = run.run.mounts.iter().filter(|mount| mount.kind() == "secret");
    mounts.flat_map(of_mount).collect()
}

/// Source: <https://docs.docker.com/reference/dockerfile/#run---mounttypesecret>.
fn of_mount(mount: &Mount) -> Vec<Secret> {
    let value = |names: &[&str]| mount.option(names).and_then(|option| option.value.as_ref()).map(|word| word.text.clone());
    let target = value(&["target", "dst", "destination"]);
    let variable = value(&["env"]);
    let mut secrets = Vec::new();
    if target.is_some() || variable.is_none() {
        let path = target.or_else(|| value(&["id"]).map(|id| format_compact!("/run/secrets/{id}")));
        secrets.extend(path.map(Secret::File));
    }
    secrets.extend(variable.map(Secret::Variable));
    secrets
}

impl Secret {
    fn is_in(&self, word: Word<'_>) -> bool {
        match self {
            Self::File(path) => word.unquoted().contains(path.as_str()),
            Self::Variable(name) => {
                word.all_parts().any(|part| part.parameter().is_some_and(|parameter| parameter.name() == name))
            }
        }
    }
}

/// Whether a command reads a secret through `<`, or from another one in the pipe before it.
fn reads(node: &CommandNode<'_, '_>, secrets: &[Secret]) -> bool {
    let is_secret = |word: Word<'_>| secrets.iter().any(|secret| secret.is_in(word));
    let mut before = node.command.pipeline().commands().take(node.command.position());
    node.command.redirects().any(|redirect| is_secret(redirect.target()))
        || (node.name() == "tee" && before.any(|command| command.words().iter().any(is_secret)))
}

/// The file that a command writes to: a redirection, or what `tee` is given.
fn written(node: &CommandNode<'_, '_>) -> Option<(TextRange, String)> {
    let redirect = node.command.redirects().find(|redirect| redirect.writes_file() && !redirect.target().is("/dev/null"));
    if let Some(redirect) = redirect {
        return Some((node.command.range(), redirect.target().unquoted().into_owned()));
    }
    let program = node.program.filter(|program| program.name == "tee")?;
    let file = program.words.iter().find(|word| !word.text().starts_with('-') && !word.is("/dev/null"))?;
    Some((node.command.range(), file.unquoted().into_owned()))
}

/// Whether what is written does not end in the layer: it is on another mount, a device, or removed in the same `RUN`.
fn is_elsewhere(node: &CommandNode<'_, '_>, target: &str, secrets: &[Secret]) -> bool {
    let mounted = node.run.run.mounts.iter().filter(|mount| mount.kind() != "secret").any(|mount| {
        let place = mount.option(&["target", "dst", "destination"]).and_then(|option| option.value.as_ref());
        place.is_some_and(|place| target.starts_with(place.text.trim_end_matches('/')))
    });
    let name = target.trim_end_matches('/').rsplit('/').next().unwrap_or(target);
    let names: Vec<&str> = secrets.iter().filter_map(|secret| match secret {
        Secret::File(path) => path.rsplit('/').next(),
        Secret::Variable(_) => None,
    }).chain([name]).filter(|name| name.len() > 1).collect();
    let goes = |text: &str| {
        let is_around = text.len() > 1 && target.starts_with(text.trim_end_matches(['/', '*']));
        is_around || names.iter().any(|name| text.ends_with(name))
    };
    let removes = |later: &CommandNode<'_, '_>| matches!(later.name(), "rm" | "shred" | "unlink");
    let mut removed = node.later().filter(removes).flat_map(|later| later.command.words().from(1).iter());
    let removed = removed.any(|word| goes(&word.unquoted()));
    mounted || removed || target.starts_with("/dev/") || target.starts_with("/proc/") || target.starts_with("/run/secrets")
}
