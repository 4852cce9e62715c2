//! What a Compose file gives by name: variables, arguments of builds, options, command lines.

use super::{BUILD_HELP, MYSQL, RUN_HELP, message, report};
use crate::compose::{Command, CommandForm, Pair, Project, Scalar};
use crate::diagnostic::Level;
use crate::rule::Context;
use crate::secrets::{Given, Kind, WordsNear, given, is_guessable, is_secret_name, looks_given, may_name_secret, tokens};

/// As many arguments of a command are read; what is behind them is data.
const MOST_WORDS: usize = 1_000;

pub(super) fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in &project.services {
        let near = WordsNear::new(service);
        let args = service.build().map(|build| build.args.as_slice()).unwrap_or_default();
        let options = service.field("logging").and_then(|field| field.value.get("options"));
        let options = options.map(|options| Pair::read_all(&options)).unwrap_or_default();
        let labels = service.labels();
        for (pairs, help) in [(service.environment(), RUN_HELP), (args, BUILD_HELP), (&options, RUN_HELP), (&labels, RUN_HELP)] {
            let found: Vec<Given> = given(pairs, is_secret_name, cx).filter(|it| is_secret(&it.name, &it.text, Some(&near))).collect();
            for it in found {
                let mut report = report(it.place, &message(&it.name, Kind::Named), help, cx);
                // An argument stays in the history of the image.
                report.level(if help == BUILD_HELP { Level::Error } else { Level::Warning });
                if let Some(alias) = it.alias {
                    report.related_at(alias, "comes in here");
                }
            }
        }
        let test = service.healthcheck().and_then(|check| check.test.as_ref());
        for command in [service.command(), service.entrypoint(), test].into_iter().flatten() {
            command_line(command, &near, cx);
        }
    }
    for volume in project.entries("volumes") {
        let options = volume.value.get("driver_opts");
        let Some(options) = options.and_then(|options| options.scalar_of("o")) else { continue };
        mount_options(&options, cx);
    }
}

/// Whether what goes by the name of a secret is one that somebody chose to be one.
fn is_secret(name: &str, value: &str, near: Option<&WordsNear<'_, '_>>) -> bool {
    // A token is found by its shape.
    if looks_given(name, value) != Some(Kind::Named) || tokens(value).next().is_some() {
        return false;
    }
    !near.map_or_else(|| is_guessable(value, &[name]), |near| near.may_guess(value, Some(name)))
}

/// `username=…,password=…` of a share that is mounted.
fn mount_options(options: &Scalar, cx: &mut Context<'_>) {
    for word in words(options, &[',']) {
        let Some((name, value)) = word.known().and_then(|text| text.split_once('=')) else { continue };
        if matches!(name, "password" | "pass" | "password2") && is_secret("password", value, None) {
            hide_part(&word, name.len() + 1, name, cx);
        }
    }
}

/// `--password=…`, `--requirepass …`, `PASSWORD=…`, and `mysql -p…`.
fn command_line(command: &Command, near: &WordsNear<'_, '_>, cx: &mut Context<'_>) {
    // Most commands have none, and need not be divided into words.
    let may_have = |text: &Scalar| {
        let text = text.text();
        may_name_secret(text) || ["mysql", "mariadb"].iter().any(|name| text.contains(name))
    };
    let has_any = match &command.form {
        CommandForm::Text(text) => may_have(text),
        CommandForm::List(list) => list.iter().any(may_have),
    };
    if !has_any {
        return;
    }
    let words: Vec<Scalar> = match &command.form {
        CommandForm::Text(text) => words(text, &[' ', '\t', '\n', '"', '\'']),
        CommandForm::List(list) => list.iter().flat_map(|word| words(word, &[' ', '\t', '\n', '"', '\''])).take(MOST_WORDS).collect(),
    };
    let is_mysql = words.iter().any(|word| word.known().is_some_and(|text| MYSQL.contains(&text.rsplit('/').next().unwrap_or_default())));
    for (index, word) in words.iter().enumerate().take(MOST_WORDS) {
        let Some(text) = word.known() else { continue };
        if let Some((name, value)) = text.split_once('=') {
            if is_argument(name) && is_secret_name(plain(name)) && is_secret(plain(name), value, Some(near)) {
                hide_part(word, name.len() + 1, plain(name), cx);
            }
        } else if is_mysql && text.starts_with("-p") && is_secret("password", &text[2..], Some(near)) {
            hide_part(word, 2, "password", cx);
        // `mysql --password` asks for it, and the word behind it is the database.
        } else if text.starts_with("--") && !(is_mysql && text == "--password") {
            let Some(next) = words.get(index + 1) else { continue };
            let name = plain(text);
            if is_secret_name(name) && next.known().is_some_and(|value| !value.starts_with('-') && is_secret(name, value, Some(near))) {
                hide_part(next, 0, plain(text), cx);
            }
        }
    }
}

/// The name of an option; of those of Redis, which are not divided into words, what they hold.
fn plain(name: &str) -> &str {
    match name.trim_start_matches('-') {
        "requirepass" | "masterauth" => "password",
        other => other,
    }
}

fn is_argument(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// The parts of a value between signs, as far as they are written as they are.
fn words(value: &Scalar, signs: &[char]) -> Vec<Scalar> {
    let text = value.text();
    let mut start = 0;
    let mut found = Vec::new();
    for part in text.split(|char| signs.contains(&char)).take(MOST_WORDS) {
        if !part.is_empty() {
            found.push(value.part(start..start + part.len()));
        }
        start += part.len() + 1;
    }
    found
}

/// Reports what stands behind the first bytes of a word.
fn hide_part(word: &Scalar, from: usize, name: &str, cx: &mut Context<'_>) {
    let value = word.part(from..word.text().len());
    if let Some(place) = value.place.in_checked().filter(|_| value.is_literal) {
        report(place, &message(name, Kind::Named), RUN_HELP, cx).level(Level::Warning);
    }
}
