//! `lost-assignment`: a variable is set in a subshell, and looked at outside.

use dlint_syntax::shell::{Command, CommandKind, PartKind, ScopeKind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{parts, scripts};

/// The rule.
pub const RULE: Rule = Rule {
    name: "lost-assignment",
    summary: "A variable is set in a subshell or a pipe, and looked at outside of it",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2030", "shellcheck:SC2031"],
    docs: include_str!("lost_assignment.md"),
    on: &[On::Run(run)],
};

/// Longer scripts are left alone.
const MOST: usize = 2000;

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run).iter().filter(|script| !script.is_expanded_before) {
        let commands: Vec<Command<'_>> = script.script.all_commands().collect();
        // What is compared with what grows with the square.
        if commands.len() > MOST {
            continue;
        }
        let mut told: Vec<&str> = Vec::new();
        for command in &commands {
            let Some(border) = border(*command) else { continue };
            for (name, place) in set_by(*command) {
                let used = commands.iter().filter(|other| other.index() >= border.end).find_map(|other| use_of(*other, name));
                let Some(used) = used.filter(|_| !told.contains(&name)) else { continue };
                // Another assignment outside may be the one that is meant; one before is not where a pipe counts on.
                let counts = border.is_pipe && counts_on(*command, name);
                let outside = |other: &&Command<'_>| (other.index() < border.start && !counts) || other.index() >= border.end;
                let is_set = |other: &Command<'_>| {
                    set_by(*other).iter().any(|(it, _)| *it == name)
                        || (other.name().is_some_and(|it| it == "read") && other.words().iter().any(|word| word.is(name)))
                        || other.variable().is_some_and(|word| word.is(name))
                };
                let elsewhere = run.variables.find(name).is_some() || commands.iter().filter(outside).any(is_set);
                if elsewhere {
                    continue;
                }
                told.push(name);
                cx.report(place, format!("`{name}` is set in {} and gone after it", border.what))
                    .help("Set it outside, or do in there what needs it")
                    .related(used, if counts { "here it is what it was before" } else { "here it is empty again" });
            }
        }
    }
}

/// The subshell that a command is in.
struct Border {
    /// The indexes of its commands, half-open.
    start: usize,
    end: usize,
    what: &'static str,
    is_pipe: bool,
}

/// The outermost subshell around a command; what functions and substitutions set is theirs by design.
fn border(command: Command<'_>) -> Option<Border> {
    const PIPE: &str = "a pipe, which runs in a subshell,";
    let mut found = None;
    let mut inner = command;
    if command.is_piped() && command.kind() == CommandKind::Simple {
        found = Some(Border { start: command.index(), end: command.index() + 1, what: PIPE, is_pipe: true });
    }
    loop {
        let scope = inner.scope();
        if scope.kind() == ScopeKind::FunctionBody {
            return None;
        }
        let parent = inner.parent();
        let compound_in_pipe = |it: Command<'_>| it.is_piped() && it.kind() != CommandKind::Simple;
        if let Some(parent) = parent {
            let range = || (parent.index(), parent.descendants().last().map_or(parent.index(), |last| last.index()) + 1);
            if parent.kind() == CommandKind::Subshell {
                let (start, end) = range();
                found = Some(Border { start, end, what: "a subshell", is_pipe: false });
            } else if compound_in_pipe(parent) && !scope.kind().is_substitution() {
                let (start, end) = range();
                found = Some(Border { start, end, what: PIPE, is_pipe: true });
            }
            if scope.kind().is_substitution() {
                return None;
            }
            inner = parent;
        } else {
            return found;
        }
    }
}

/// The variables that a command sets for the shell that it is in.
fn set_by(command: Command<'_>) -> Vec<(&str, dlint_syntax::TextRange)> {
    if command.kind() != CommandKind::Simple {
        return Vec::new();
    }
    if command.words().is_empty() {
        return command.assignments().map(|assignment| (assignment.name(), assignment.name_range())).collect();
    }
    match command.name().as_deref() {
        Some("export") => command.words().from(1).iter().filter_map(|word| Some((word.text().split_once('=')?.0, word.range()))).collect(),
        Some("read") if command.scope().kind() != ScopeKind::Condition => {
            let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            command.words().from(1).iter().filter(|word| is_name(word.text())).map(|word| (word.text(), word.range())).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a command makes the new value of a variable of the old one: `n=$((n + 1))`, `list="$list $x"`.
fn counts_on(command: Command<'_>, name: &str) -> bool {
    command.assignments().filter(|assignment| assignment.name() == name).any(|assignment| {
        assignment.is_append()
            || assignment.value().all_parts().any(|part| {
                let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
                part.parameter().is_some_and(|it| it.name() == name)
                    || (part.kind() == PartKind::Arithmetic && part.text().split(|char| !is_word(char)).any(|word| word == name))
            })
    })
}

fn use_of(command: Command<'_>, name: &str) -> Option<dlint_syntax::TextRange> {
    parts(command).find(|part| part.parameter().is_some_and(|it| it.name() == name)).map(|part| part.range())
}
