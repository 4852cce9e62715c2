//! `unfailing-healthcheck`: a health check that takes errors for health.

use dlint_syntax::dockerfile::{Form, Instruction, Kind};
use dlint_syntax::shell::Operator;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unfailing-healthcheck",
    summary: "A health check that takes errors for health",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unfailing_healthcheck.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Healthcheck(check) = &instruction.kind else { return };
    let Some(form) = &check.command else { return };
    let place = match form {
        Form::Shell(shell) => shell.range,
        Form::Exec(words) => match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.range.cover(last.range),
            _ => return,
        },
    };
    if ends_well(form) {
        cx.report(place, "the check ends well whatever it finds, so that the container is always healthy")
            .help("Let the last command decide, or write `|| exit 1`");
        return;
    }
    if !cx.text(place).contains("curl") {
        return;
    }
    // What is piped or substituted is judged by what reads it.
    if cx.text(place).replace("||", "").contains(['|', '`', '(']) || cx.text(place).contains("http_code") {
        return;
    }
    for command in form.script().commands_deep() {
        let Some(program) = command.program().filter(|program| program.name == "curl") else { continue };
        let words: Vec<_> = program.words.iter().map(|word| word.unquoted().into_owned()).collect();
        let fails = |word: &String| {
            word.starts_with("--fail") || (word.starts_with('-') && !word.starts_with("--") && word.contains('f'))
        };
        let is_http = words.iter().any(|word| word.starts_with("http") || word.contains("localhost") || word.contains("127.0.0.1") || word.contains("0.0.0.0"));
        let other = words.iter().any(|word| word.starts_with("--unix") || word.starts_with("telnet") || word.starts_with("-w") || word.starts_with("--config") || word == "-K");
        if is_http && !other && !words.iter().any(fails) {
            cx.report(program.word.range(), "`curl` succeeds at an error page too, so that the container stays healthy")
                .help("Add `--fail`");
        }
    }
}

/// Whether the last command succeeds, whatever those before it do.
fn ends_well(form: &Form) -> bool {
    if let Form::Shell(shell) = form
        && !["true", ":", "exit"].iter().any(|word| shell.text().contains(word))
    {
        return false;
    }
    // `["sh", "-c", "…"]`
    let only = form.script().commands().next().and_then(|command| command.nested()).filter(|_| matches!(form, Form::Exec(_)));
    let script = only.map_or(form.script(), |nested| nested.script());
    let Some(last) = script.commands().last() else { return false };
    // Behind `&&` it is not reached, and one alone checks nothing on purpose.
    if last.is_piped() || last.index() == 0 || last.pipeline().preceding_operator() == Some(Operator::And) {
        return false;
    }
    // After `set -e` an error ends the script before, but where `||` looks at it.
    if script.settings_at(last).errexit && last.pipeline().preceding_operator() != Some(Operator::Or) {
        return false;
    }
    let words: Vec<_> = last.words().iter().map(|word| word.unquoted().into_owned()).collect();
    let is_good = match &words[..] {
        [only] => matches!(only.as_str(), "true" | ":"),
        [exit, status] => exit == "exit" && status == "0",
        _ => false,
    };
    // One that ends the script by itself decides before.
    is_good && !script.commands_deep().any(|command| command != last && command.name().is_some_and(|name| name == "exit"))
}
