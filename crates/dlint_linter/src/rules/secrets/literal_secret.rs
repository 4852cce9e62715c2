//! `literal-secret`: a password, key or token that is written out.

mod compose;
mod run;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind as What, NothingKnown, Word, expand};

use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Report, Rule};
use crate::secrets::{Kind, looks_secret, may_name_secret};
use crate::severity::Cvss;
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "literal-secret",
    summary: "A password, key or token that is written out",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3064",
        "compose-lint:CL-0020",
        "buildkit:SecretsUsedInArgOrEnv",
        "tally:tally/secrets-in-code",
        "trivy:DS-0031",
        "kics:Secrets Stored In Dockerfile",
        "cis:4.10",
    ],
    docs: include_str!("literal_secret.md"),
    on: &[On::Run(run::run), On::Program(&["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mariadb-admin", "sshpass", "redis-cli", "curl", "export", "env", "declare", "readonly", "local"], run::command), On::Instruction(instruction), On::Document(document), On::Compose(compose::project), On::Daemon(daemon)],
};

const BUILD_HELP: &str = "Use `RUN --mount=type=secret` for what the build needs, hand the container the rest when it starts, \
                          and replace this secret: whoever has seen the file or the image has it";

const RUN_HELP: &str = "Hand it over as a secret, or in a variable whose value is not in the repository, and replace this one: whoever has \
                        seen the file has it";

/// Programs whose `-p` and `--password` take a value only in the same word. Source: MySQL reference manual, "Command Options for Connecting to the Server".
const MYSQL: [&str; 6] = ["mariadb", "mariadb-admin", "mariadb-dump", "mysql", "mysqladmin", "mysqldump"];

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let has_variables = matches!(instruction.kind, What::Env(_) | What::Arg(_));
    if !has_variables && !cx.has_tokens() {
        return;
    }
    let mut told = Vec::new();
    match &instruction.kind {
        What::Env(env) => {
            for pair in &env.pairs {
                told.extend(variable(&pair.key, &pair.value, cx));
            }
        }
        What::Arg(declarations) => {
            for declaration in declarations {
                told.extend(declaration.default.as_ref().and_then(|value| variable(&declaration.name, value, cx)));
            }
        }
        // The trigger is an instruction of its own.
        What::Onbuild(Some(_)) => return,
        _ => {}
    }
    let Some((file, _)) = cx.document.dockerfile().filter(|_| cx.has_tokens()) else { return };
    for token in cx.tokens_in(instruction.range) {
        let place = dlint_syntax::text::range(token.range);
        let is_comment = file.comments.iter().any(|comment| comment.range.contains_range(place));
        if !is_comment && !told.iter().any(|other: &TextRange| other.contains_range(place)) {
            report(place, &format!("{} is written out here", token.kind), BUILD_HELP, cx);
        }
    }
}

/// Judges `key=value`; gives the place that was reported.
fn variable(key: &Word, value: &Word, cx: &mut Context<'_>) -> Option<TextRange> {
    let (file, _) = cx.document.dockerfile()?;
    if !may_name_secret(&key.text) && (!cx.has_tokens() || cx.tokens_in(value.range).is_empty()) {
        return None;
    }
    // A value with a variable in it is not written out.
    let expansion = expand(value, file.escape, &NothingKnown);
    // `weak-default-credential` tells of what everybody tries first.
    let kind = looks_secret(&key.text, expansion.value.known()?).filter(|kind| *kind != Kind::Weak)?;
    report(value.range, &message(&key.text, kind), BUILD_HELP, cx);
    Some(value.range)
}

fn message(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Token(kind) => format!("`{name}` is {kind}, and is written out here"),
        Kind::Named | Kind::Weak => format!("the secret `{name}` is written out here", name = shorten(name)),
    }
}

/// Reports a secret that stands at `place`.
fn report<'r>(place: TextRange, message: &str, help: &str, cx: &'r mut Context<'_>) -> Report<'r> {
    let mut report = cx.report(place, message);
    report.hide(place).help(help);
    report
}

/// Tokens that are known by their shape, wherever they stand in a Compose file or a `daemon.json`.
fn document(document: &Document, cx: &mut Context<'_>) {
    let Some(yaml) = document.yaml() else { return };
    let comments = yaml.comments();
    for token in cx.tokens_in(document.range()) {
        let place = dlint_syntax::text::range(token.range);
        let before = comments.partition_point(|comment| comment.range.start() <= place.start());
        let is_comment = before.checked_sub(1).and_then(|last| comments.get(last)).is_some_and(|it| it.range.contains_range(place));
        if !is_comment {
            report(place, &format!("{} is written out here", token.kind), RUN_HELP, cx);
        }
    }
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for member in config.members("log-opts") {
        if member.as_str().is_some_and(|it| !is_template(it) && looks_secret(member.name, it) == Some(Kind::Named)) {
            report(member.value_range(), &message(member.name, Kind::Named), RUN_HELP, cx);
        }
    }
}
