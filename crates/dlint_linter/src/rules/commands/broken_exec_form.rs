//! `broken-exec-form`: a list of words that is not JSON, so that a shell reads it.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Form, Healthcheck, Instruction, Kind};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "broken-exec-form",
    summary: "A list of words that is not JSON, so that it is not read as a list",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["tally:tally/invalid-json-form", "dockerfile-utils:JSON_IN_SINGLE_QUOTES"],
    docs: include_str!("broken_exec_form.md"),
    on: &[On::Instruction(instruction)],
};

/// Quotes as word processors make them.
const CURLY: [char; 4] = ['“', '”', '‘', '’'];

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let place = place(instruction);
    if !cx.text(place).starts_with('[') {
        return;
    }
    let form = match &instruction.kind {
        Kind::Run(run) if run.is_heredoc => return,
        Kind::Run(run) => &run.form,
        Kind::Cmd(form) | Kind::Entrypoint(form) | Kind::Healthcheck(Healthcheck { command: Some(form), .. }) => form,
        Kind::Copy(copy) | Kind::Add(copy) if !copy.json => return words(instruction, cx),
        Kind::Volume(paths) if paths.first().is_some_and(|path| path.text.starts_with('[')) => {
            return words(instruction, cx);
        }
        _ => return,
    };
    let Form::Shell(shell) = form else { return };
    let text: String = shell.text().chars().filter(|char| *char != '\0').collect();
    let text = text.trim();
    if is_list(text, matches!(instruction.kind, Kind::Run(_))) {
        report(instruction, text, "a shell reads it", cx);
    }
}

/// Where the list stands: of a health check behind its `CMD`.
fn place(instruction: &Instruction) -> TextRange {
    match &instruction.kind {
        Kind::Healthcheck(Healthcheck { command: Some(Form::Shell(shell)), .. }) => shell.range,
        _ => instruction.arguments,
    }
}

/// What is read as words between blanks. A name may have brackets, but not all names of a `VOLUME` together.
fn words(instruction: &Instruction, cx: &mut Context<'_>) {
    let text = cx.text(instruction.arguments).trim();
    let is_volume = matches!(instruction.kind, Kind::Volume(_));
    let is_list = |rest: &str| rest.trim_start().starts_with(is_quote) || (is_volume && rest.ends_with(']'));
    if text.strip_prefix('[').is_some_and(is_list) {
        report(instruction, text, "brackets, quotes and commas are a part of the names", cx);
    }
}

fn is_quote(char: char) -> bool {
    matches!(char, '\'' | '"') || CURLY.contains(&char)
}

/// Whether it is meant as a list, and not the command `[`.
fn is_list(text: &str, is_run: bool) -> bool {
    let Some(rest) = text.strip_prefix('[') else { return false };
    let inner = rest.trim_start();
    let is_close = inner.len() == rest.len();
    if inner.starts_with(is_quote) {
        let has_comma = ["\",", "',", "”,", "’,"].iter().any(|comma| inner.contains(comma));
        return is_close || (has_comma && text.ends_with(']'));
    }
    // `[ a ]` is a test, `[[ a ]]` another one.
    !is_run && is_close && !inner.starts_with('[') && text.ends_with(']')
}

fn report(instruction: &Instruction, text: &str, what: &str, cx: &mut Context<'_>) {
    let errors = cx.document.dockerfile().map_or(&[][..], |(file, _)| &file.errors[..]);
    let next = errors.partition_point(|error| error.range.start() < instruction.range.start());
    // BuildKit refuses a list with something in it that is no text.
    if errors.get(next).is_some_and(|error| error.range.start() < instruction.range.end()) {
        return;
    }
    let (why, help) = if text.contains(CURLY) {
        ("it has quotes that are none in JSON", "Write straight double quotes: `[\"a\", \"b\"]`")
    } else if text.starts_with("['") || text.starts_with("[ '") {
        ("JSON has no single quotes", "Write double quotes: `[\"a\", \"b\"]`")
    } else if text.ends_with(']') && text.trim_end_matches([']', ' ']).ends_with(',') {
        ("there is a comma behind the last word", "Delete the last comma")
    } else if text.contains('\\') {
        ("in JSON a backslash is written twice", "Write `\\\\` for each backslash, or forward slashes")
    } else if !text.ends_with(']') && text.contains(']') {
        ("something stands behind it", "End the line with the `]`; a comment has to stand on a line of its own")
    } else if !text.ends_with(']') {
        ("its `]` is missing", "Write the `]`")
    } else {
        ("its words are not all in double quotes with commas between them", "Write `[\"a\", \"b\"]`")
    };
    let place = place(instruction);
    let mended = mended(cx.text(place));
    let message = format!("this list is not JSON, so that {what}: {why}");
    let mut report = cx.report(place, message);
    report.help(help);
    if let Some(mended) = mended {
        report.unsafe_fix("Write it as JSON", Edit::replace(place, mended));
    }
}

/// A list in single quotes with double ones, where nothing in it makes that doubtful.
fn mended(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    if inner.contains(['"', '\\', '\n', '`', '$']) {
        return None;
    }
    let inner = inner.trim();
    let words: Vec<&str> = inner.strip_suffix(',').unwrap_or(inner).split(',').map(str::trim).collect();
    let is_word = |word: &&str| {
        word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')).is_some_and(|word| !word.contains('\''))
    };
    words.iter().all(is_word).then(|| format!("[{}]", words.join(", ").replace('\'', "\"")))
}
