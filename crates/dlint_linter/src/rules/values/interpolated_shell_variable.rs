//! `interpolated-shell-variable`: a variable that the container's shell should see, and that Compose replaces before.

use std::collections::BTreeSet;

use dlint_syntax::TextSize;
use dlint_syntax::dockerfile::Lookup;
use dlint_syntax::shell;

use crate::compose::{Node, Place, Service, WrittenVariable, dotenv};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "interpolated-shell-variable",
    summary: "A variable for the container's shell that Compose replaces before it gets there",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("interpolated_shell_variable.md"),
    on: &[On::Service(service)],
};

/// What a shell in the container sets itself.
const OF_SHELL: [&str; 9] =
    ["BASH_SOURCE", "BASH_VERSION", "HOSTNAME", "IFS", "LINENO", "OLDPWD", "OPTARG", "PATH", "RANDOM"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let mut commands: Vec<Node<'_>> = ["command", "entrypoint"].iter().filter_map(|key| service.body.get(key)).collect();
    commands.extend(service.body.get("healthcheck").and_then(|check| check.get("test")));
    for hook in ["pre_start", "post_start", "pre_stop"] {
        let hooks = service.body.get(hook).map(|list| list.items()).unwrap_or_default();
        commands.extend(hooks.iter().filter_map(|hook| hook.get("command")));
    }
    let mut set = None;
    for command in commands {
        let words = if command.is_sequence() { command.items() } else { vec![command] };
        let variables: Vec<WrittenVariable> = words.iter().flat_map(Node::variables).collect();
        if variables.is_empty() {
            continue;
        }
        let assigned: BTreeSet<String> = words.iter().filter_map(Node::text).flat_map(assigned).collect();
        let set = set.get_or_insert_with(|| set_for_container(service, cx));
        for variable in variables {
            check(&variable, &assigned, set, cx);
        }
    }
}

fn check(written: &WrittenVariable, assigned: &BTreeSet<String>, set: &[(String, Place)], cx: &mut Context<'_>) {
    let variable = &written.variable;
    // With a default, somebody thought of Compose; and what `.env` sets is meant.
    if variable.operator.is_some() || matches!(written.value, Lookup::Set(_)) {
        return;
    }
    let name = variable.name.as_str();
    let place_in_file = set.iter().find(|(other, _)| other == name).map(|(_, place)| *place);
    let why = if assigned.contains(name) {
        "the command itself sets it"
    } else if OF_SHELL.contains(&name) {
        "the container's shell knows it"
    } else if place_in_file.is_some() {
        "only the container has it"
    } else {
        return;
    };
    let message = format!("Compose replaces `{name}` before the container starts, but {why}", name = shorten(name));
    let mut report = cx.report_at(written.place, message);
    report.help("Write `$$` for a `$` that the container shall see");
    if let Some(place) = place_in_file.filter(|_| !assigned.contains(name)) {
        report.related_at(place, "set for the container here");
    }
    if written.is_exact {
        let edit = Edit::insert(written.place.range.start(), "$");
        report.fix(Fix::unsafe_("Double the `$`", vec![edit]));
    }
}

/// The variables that a text for a shell sets.
fn assigned(text: &str) -> Vec<String> {
    // `$$` comes to the shell as `$`.
    let script = shell::parse(&text.replace("$$", "\0$"), TextSize::new(0));
    let mut names = Vec::new();
    for script in script.scripts_deep() {
        for command in script.all_commands() {
            names.extend(command.assignments().map(|assignment| assignment.name().to_owned()));
            names.extend(command.variable().and_then(|word| word.literal()).map(std::borrow::Cow::into_owned));
            let Some(program) = command.name() else { continue };
            let operands = command.words().iter().skip(1).filter_map(|word| word.literal());
            match &*program {
                "export" | "local" | "declare" | "readonly" | "typeset" => {
                    let named = operands.filter_map(|word| Some(word.split_once('=')?.0.to_owned()));
                    names.extend(named);
                }
                "read" | "getopts" => {
                    names.extend(operands.filter(|word| !word.starts_with('-')).map(std::borrow::Cow::into_owned));
                }
                _ => {}
            }
        }
    }
    names
}

/// What the service gives its container by a value of its own, and not by the variable of the same name.
fn set_for_container(service: &Service<'_>, cx: &Context<'_>) -> Vec<(String, Place)> {
    let mut set: Vec<(String, Place)> = Vec::new();
    for pair in service.environment() {
        let (Some(name), Some(value)) = (pair.key.known(), &pair.value) else { continue };
        if value.known().is_some() {
            set.push((name.to_owned(), pair.place));
        }
    }
    let Some(files) = service.field("env_file") else { return set };
    let items = if files.value.is_sequence() { files.value.items() } else { vec![files.value.clone()] };
    for item in items {
        let Some(path) = item.string().or_else(|| item.string_of("path")) else { continue };
        let Some(text) = path.known().and_then(|path| cx.files.text(&item.join(path))) else { continue };
        let variables = dotenv::parse(&text, &*item.layer().env).into_iter().filter(|variable| variable.value.is_some());
        set.extend(variables.map(|variable| (variable.name, path.place)));
    }
    set
}
