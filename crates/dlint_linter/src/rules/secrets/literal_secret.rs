//! `literal-secret`: a password, key or token that is written out.

mod compose;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind as What, NothingKnown, Word, expand};
use dlint_syntax::shell::{OptionSpec, Program, Word as ShellWord};

use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::downloads::CURL;
use crate::rule::{Context, FixAvailability, On, Report, Rule};
use crate::run::{CommandNode, RunNode};
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
    on: &[On::Run(run), On::Program(&["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mariadb-admin", "sshpass", "redis-cli", "curl", "export", "env", "declare", "readonly", "local"], command), On::Instruction(instruction), On::Document(document), On::Compose(compose::project), On::Daemon(daemon)],
};

const BUILD_HELP: &str = "Use `RUN --mount=type=secret` for what the build needs, hand the container the rest when it starts, \
                          and replace this secret: whoever has seen the file or the image has it";

const RUN_HELP: &str = "Hand it over as a secret, or in a variable whose value is not in the repository, and replace this one: whoever has \
                        seen the file has it";

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

/// What a command line has beside tokens, assignments and long options: `curl -u user:…`, `export PASSWORD=…`.
fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    // Options of one letter, and what they hold.
    let short = match program.name.as_ref() {
        "redis-cli" => 'a',
        "curl" => 'u',
        "export" | "env" | "declare" | "readonly" | "local" => return variables(program, cx),
        _ => 'p',
    };
    // Most calls have no such option, and their words need not be told apart.
    let may_be_it = |word: ShellWord<'_>| word.text().trim_start_matches(['"', '\'']).starts_with('-') && word.text().contains(short);
    if !program.words.iter().any(may_be_it) {
        return;
    }
    for value in program.arguments(&spec_of(&program.name)).values(short, "\0") {
        let Some(text) = value.word.literal().map(|_| &value.text) else { continue };
        let secret = if short == 'u' { text.split_once(':').map_or("", |(_, password)| password) } else { text };
        named("password", secret, value.range, cx);
    }
}

/// `PASSWORD=…` for `export`, `env` and the like.
fn variables(program: &Program<'_>, cx: &mut Context<'_>) {
    for word in program.words.iter().filter(|word| may_name_secret(word.text())) {
        let Some(text) = word.literal().filter(|text| !text.starts_with("--")) else { continue };
        if let Some((name, value)) = text.trim_start_matches('-').split_once('=') {
            named(name, value, word.range(), cx);
        }
    }
}

/// `PASSWORD=… program`, `--password=…`, `--password …`.
fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let mut has_option = false;
    for script in run.script().scripts_deep() {
        for assignment in script.all_assignments().filter(|it| may_name_secret(it.name())) {
            if let Some(value) = assignment.value().literal() {
                named(assignment.name(), &value, assignment.value().range(), cx);
            }
        }
        // Most have no such option, and need not be divided into programs.
        has_option = has_option || script.all_words().filter_map(option).any(names_secret);
    }
    if has_option {
        run.nodes().filter_map(|node| node.program).for_each(|program| options(program, cx));
    }
}

/// A word that may be a long option, from behind its dashes on.
fn option(word: ShellWord<'_>) -> Option<&[u8]> {
    let mut text = word.bytes();
    while let [b'"' | b'\'', rest @ ..] = text {
        text = rest;
    }
    match text {
        [b'-', b'-', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Whether an option may be one for a secret.
fn names_secret(option: &[u8]) -> bool {
    let end = option.iter().position(|byte| *byte == b'=').unwrap_or(option.len());
    !option.starts_with(b"no-") && may_name_secret(&option[..end])
}

fn options(program: &Program<'_>, cx: &mut Context<'_>) {
    let words = program.words;
    for (index, word) in words.iter().enumerate() {
        if !option(word).is_some_and(names_secret) {
            continue;
        }
        let Some(text) = word.literal() else { continue };
        if let Some((name, value)) = text.trim_start_matches('-').split_once('=') {
            named(name, value, word.range(), cx);
            continue;
        }
        let next = words.get(index + 1).and_then(|next| Some((next.range(), next.literal()?)));
        if let Some((place, value)) = next.filter(|(_, value)| !value.starts_with('-')) {
            named(&text, &value, place, cx);
        }
    }
}

/// The options of one letter that take a value.
fn spec_of(program: &str) -> OptionSpec {
    match program {
        "curl" => CURL,
        "redis-cli" => OptionSpec::new("ahnpsu", &[]),
        "sshpass" => OptionSpec::new("dfpP", &[]),
        _ => OptionSpec::new("hPpuSDe", &[]),
    }
}

/// Reports `value` at `place` if it is a secret by that name. A word that stands for one is nothing to tell of a command
/// line, which leaves nothing open for long.
fn named(name: &str, value: &str, place: TextRange, cx: &mut Context<'_>) {
    let name = name.trim_start_matches('-');
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "-_.".contains(char));
    if is_name && looks_secret(name, value) == Some(Kind::Named) {
        report(place, &message(name, Kind::Named), BUILD_HELP, cx);
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
