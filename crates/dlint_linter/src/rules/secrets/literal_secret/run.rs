//! What a `RUN` gives by name: assignments, options, `export PASSWORD=…`, `curl -u user:…`.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{OptionSpec, Program, Word};

use super::{BUILD_HELP, MYSQL, message, report};
use crate::downloads::CURL;
use crate::rule::Context;
use crate::run::{CommandNode, RunNode};
use crate::secrets::{Kind, looks_secret, may_name_secret};

/// What a command line has beside tokens, assignments and long options: `curl -u user:…`, `export PASSWORD=…`.
pub(super) fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    // Options of one letter, and what they hold.
    let short = match program.name.as_ref() {
        "redis-cli" => 'a',
        "curl" => 'u',
        "export" | "env" | "declare" | "readonly" | "local" => return variables(program, cx),
        _ => 'p',
    };
    // Most calls have no such option, and their words need not be told apart.
    let may_be_it = |word: Word<'_>| word.text().trim_start_matches(['"', '\'']).starts_with('-') && word.text().contains(short);
    if !program.words.iter().any(may_be_it) {
        return;
    }
    for option in program.arguments(&spec_of(&program.name)).iter().filter(|option| option.is_short(short)) {
        // The word behind `mysql -p` is the database.
        let Some(value) = option.value.as_ref().filter(|value| value.word.range() == option.word.range() || !MYSQL.contains(&program.name.as_ref())) else {
            continue;
        };
        let Some(text) = value.word.literal().map(|_| &value.text) else { continue };
        let secret = if short == 'u' { text.split_once(':').map_or("", |(_, password)| password) } else { text };
        named("password", secret, value.range, cx);
    }
}

/// `PASSWORD=…` for `export`, `env` and the like.
fn variables(program: &Program<'_>, cx: &mut Context<'_>) {
    program.words.iter().for_each(|word| variable(word, cx));
}

/// A word that may be an assignment.
fn variable(word: Word<'_>, cx: &mut Context<'_>) {
    if !may_name_secret(word.text()) {
        return;
    }
    let Some(text) = word.literal().filter(|text| !text.starts_with("--")) else { return };
    if let Some((name, value)) = text.trim_start_matches('-').split_once('=') {
        named(name, value, word.range(), cx);
    }
}

/// `PASSWORD=… program`, `--password=…`, `--password …`.
pub(super) fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    // What is no shell of the POSIX family, as a script in Python, has none, and is not to be read as one.
    if run.commands.is_empty() {
        return;
    }
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
    for node in run.nodes() {
        let Some(program) = node.program else { continue };
        // `env PASSWORD=… program`: what stands before a program runs it.
        if program.index > 0 {
            node.command.words().iter().take(program.index).for_each(|word| variable(word, cx));
        }
        if has_option {
            options(program, cx);
        }
    }
}

/// A word that may be a long option, from behind its dashes on.
fn option(word: Word<'_>) -> Option<&[u8]> {
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

/// Programs to which `--secret` gives the name of a secret, or `id=…,src=…`. Source: their references of commands.
const NAME_SECRETS: [&str; 6] = ["buildah", "buildctl", "docker", "gcloud", "nerdctl", "podman"];

fn options(program: &Program<'_>, cx: &mut Context<'_>) {
    let words = program.words;
    for (index, word) in words.iter().enumerate() {
        if !option(word).is_some_and(names_secret) {
            continue;
        }
        let Some(text) = word.literal() else { continue };
        if let Some((name, value)) = text.trim_start_matches('-').split_once('=') {
            if name != "secret" || !NAME_SECRETS.contains(&program.name.as_ref()) {
                named(name, value, word.range(), cx);
            }
            continue;
        }
        // `mysql --password` asks for it, and the word behind it is the database.
        if MYSQL.contains(&program.name.as_ref()) || (text == "--secret" && NAME_SECRETS.contains(&program.name.as_ref())) {
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
