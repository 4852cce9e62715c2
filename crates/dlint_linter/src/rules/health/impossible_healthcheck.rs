//! `impossible-healthcheck`: a health check that never succeeds, or with which the container is not created.

use dlint_syntax::dockerfile::{Form, Instruction, Kind};
use dlint_syntax::duration::compose_nanoseconds;

use crate::compose::{Command, CommandForm, Healthcheck, Place, Scalar, Service};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::exec_form::{Fault, fault};
use crate::rule::{Context, FixAvailability, On, Report, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "impossible-healthcheck",
    summary: "A health check that cannot succeed, or that Docker refuses",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("impossible_healthcheck.md"),
    on: &[On::Service(service), On::Instruction(instruction)],
};

/// The least time that the engine takes, in nanoseconds; 0 is "not set".
const LEAST: i128 = 1_000_000;

const UNBRACKETED: &str = "Leave the brackets out, so that a shell runs the command";

/// What means something to a shell only.
const OPERATORS: [&str; 9] = ["||", "&&", "|", ";", ">", ">>", "<", "2>&1", "&"];

const SHELLS: [&str; 6] = ["sh", "bash", "ash", "dash", "zsh", "ksh"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(check) = service.healthcheck() else { return };
    if check.disabled().is_some() {
        return;
    }
    times(check, cx);
    let Some(test) = &check.test else { return };
    let alias = check.alias.or(test.alias);
    match &test.form {
        CommandForm::Text(text) if text.is("NONE") => none(text, alias, cx),
        CommandForm::Text(_) => {}
        CommandForm::List(words) => list(test, words, alias, cx),
    }
}

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Healthcheck(check) = &instruction.kind else { return };
    let Some(Form::Exec(words)) = &check.command else { return };
    // As in Compose, where the list begins with the way to run it.
    let way = words.first().and_then(|first| Some((first, without_way(&first.text)?)));
    if let Some((first, help)) = way {
        let message = format!("`{}` is taken for the name of a program, so the container is never healthy", first.text);
        cx.report(first.range, message).help(help);
        return;
    }
    match fault(words) {
        Some(Fault::Sentence(word)) => {
            let message = "this is taken for the name of a program, so the container is never healthy";
            cx.report(word.range, message).help("Leave the brackets out, or write each word on its own");
        }
        Some(Fault::Operator(word)) => {
            let message = format!("no shell runs here, so `{}` is an argument of the program", shorten(&word.text));
            cx.report(word.range, message).help(UNBRACKETED);
        }
        Some(Fault::Substitution(word)) => {
            let message = format!("no shell runs here, so `{}` is not replaced", shorten(&word.text));
            cx.report(word.range, message).level(Level::Warning).help(UNBRACKETED);
        }
        Some(Fault::Variable(word, name)) => {
            let message = format!("no shell runs here, so `${}` is not replaced", shorten(name));
            cx.report(word.range, message).level(Level::Warning).help(UNBRACKETED);
        }
        None => {}
    }
}

/// What to write instead of a list of Compose; `None` if its first word is no way to run a command.
fn without_way(first: &str) -> Option<&'static str> {
    Some(match first {
        "CMD" => "Leave it out: in a Dockerfile the list holds only the command",
        "CMD-SHELL" => "Write the command without brackets and quotes: a shell runs it then",
        "NONE" => "Write `HEALTHCHECK NONE`, which switches the check off",
        _ => return None,
    })
}

/// The string `NONE` is a command for the shell.
fn none(text: &Scalar, alias: Option<Place>, cx: &mut Context<'_>) {
    let message = "`NONE` as a text is a command of that name, so the container is never healthy";
    let mut report = value::report_at(cx, text.place, alias, message);
    report.help("Write `[\"NONE\"]`, or `disable: true`, to switch the check off");
    if alias.is_none() && text.is_literal {
        let edit = Edit::replace(text.place.range, "[\"NONE\"]");
        report.fix(Fix::unsafe_("Replace with `[\"NONE\"]`", vec![edit]));
    }
}

fn list(test: &Command, words: &[Scalar], alias: Option<Place>, cx: &mut Context<'_>) {
    let Some((way, command)) = words.split_first() else { return };
    let mut at = |place: Place, message: String, help: &str, edit: Option<Edit>| {
        let is_wrong = !message.ends_with("is not replaced");
        let mut report: Report<'_> = value::report_at(cx, place, alias, message);
        report.help(help);
        if !is_wrong {
            report.level(Level::Warning);
        }
        if let Some(edit) = edit.filter(|_| alias.is_none()) {
            report.fix(Fix::unsafe_("Run it in a shell", vec![edit]));
        }
    };
    let is_way = way.is("CMD") || way.is("CMD-SHELL");
    match command {
        [] if is_way => {
            at(test.place, "the health check has no command".to_owned(), "Write the command behind it", None);
        }
        [first, second, ..] if way.is("CMD-SHELL") => {
            let shown = first.known().unwrap_or("it");
            let message = format!("`CMD-SHELL` runs only `{shown}`, without what stands behind");
            at(second.place, message, "Write the command as one text, or use `CMD` for a list of words", None);
        }
        [only] if way.is("CMD") && is_sentence(only) => {
            let message = "`CMD` takes this for the name of a program, so the container is never healthy".to_owned();
            let edit = value::replace(way, "CMD-SHELL");
            at(only.place, message, "Use `CMD-SHELL`, or write each word on its own", edit);
        }
        [program, arguments @ ..] if way.is("CMD") && !is_shell(program) => {
            let operator = arguments.iter().find(|word| OPERATORS.iter().any(|operator| word.is(operator)));
            if let Some(operator) = operator {
                let text = operator.known().unwrap_or_default();
                let message = format!("`CMD` runs no shell, so `{text}` is an argument of the program", text = shorten(text));
                at(operator.place, message, "Write the command as one text behind `CMD-SHELL`", None);
            } else if let Some((word, name)) = arguments.iter().find_map(|word| Some((word, variable(word)?))) {
                let message = format!("`CMD` runs no shell, so `${name}` is not replaced", name = shorten(name));
                at(word.place, message, "Write the command as one text behind `CMD-SHELL`", None);
            }
        }
        _ => {}
    }
}

/// Whether one word is a whole command.
fn is_sentence(word: &Scalar) -> bool {
    word.known().is_some_and(|text| text.trim().contains([' ', '\t']) && !text.starts_with(['/', '.', '\\']))
}

fn is_shell(program: &Scalar) -> bool {
    let name = program.known().and_then(|path| path.rsplit('/').next());
    name.is_none_or(|name| SHELLS.contains(&name) || name == "busybox" || name == "env")
}

/// The variable that a word is for a shell: `$NAME` or `${NAME}`, in capital letters.
fn variable(word: &Scalar) -> Option<&str> {
    let text = word.known()?;
    let (_, rest) = text.split_once('$')?;
    let rest = rest.strip_prefix('{').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit() && c != '_').unwrap_or(rest.len());
    (end > 1 && !rest.starts_with(|c: char| c.is_ascii_digit())).then(|| &rest[..end])
}

fn times(check: &Healthcheck, cx: &mut Context<'_>) {
    for time in [&check.interval, &check.timeout, &check.start_period, &check.start_interval].into_iter().flatten() {
        let Some(nanoseconds) = time.known().and_then(compose_nanoseconds) else { continue };
        let nanoseconds = i128::from(nanoseconds);
        let alias = time.alias.or(check.alias);
        if nanoseconds != 0 && nanoseconds < LEAST {
            let what = if nanoseconds < 0 { "negative" } else { "less than a millisecond" };
            let message = format!("the time is {what}, so Docker refuses to create the container");
            value::report_at(cx, time.place, alias, message).help("Write at least `1ms`; usual are seconds: `30s`");
        }
    }
    if let (Some(interval), None) = (&check.start_interval, &check.start_period) {
        let message = "`start_interval` without `start_period` has nothing to be the interval of, and Compose stops at it";
        value::report_at(cx, interval.place, interval.alias.or(check.alias), message)
            .help("Add the time in which the container starts: `start_period: 30s`");
    }
}
