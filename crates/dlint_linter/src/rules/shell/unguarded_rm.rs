//! `unguarded-rm`: an empty variable makes `rm -rf` remove everything.

use dlint_syntax::dockerfile::{Dockerfile, Environment, Kind, Lookup, Origin, PLATFORM_ARGS, Value, Variable, expand};
use dlint_syntax::shell::{Command, CommandKind, OptionSpec, ParameterOperator, Part, PartKind, Word};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};
use crate::scripts::parts;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unguarded-rm",
    summary: "`rm -rf \"$VARIABLE/\"`, which removes everything if the variable is empty",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["shellcheck:SC2115"],
    docs: include_str!("unguarded_rm.md"),
    on: &[On::Run(run)],
};

/// How many are reported of one `RUN`: who has so many has seen the point.
const MOST: usize = 20;

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let removals = run.nodes().filter(|node| node.name() == "rm");
    let unguarded = removals.flat_map(|node| unguarded(&node));
    for (word, parts) in unguarded.take(MOST) {
        let (Some(first), true) = (parts.first(), parts.len() == 1) else {
            cx.report(word.range(), message(word, "the variables are"))
                .help("Write `${NAME:?}`, with which the shell stops if the variable is empty");
            continue;
        };
        let name = first.parameter().map_or("", |parameter| parameter.name());
        let edit = Edit::replace(first.range(), format!("${{{name}:?}}"));
        cx.report(word.range(), message(word, &format!("`{name}` is"))).unsafe_fix("Stop if it is empty", edit);
    }
}

fn message(word: Word<'_>, what: &str) -> String {
    format!("if {what} empty, this removes `{}`", without_variables(word))
}

/// The operands of an `rm -r` that are dangerous, with the variables in them.
fn unguarded<'a>(node: &CommandNode<'a, '_>) -> Vec<(Word<'a>, Vec<Part<'a>>)> {
    let Some(program) = node.program else { return Vec::new() };
    let arguments = program.arguments(&OptionSpec::FLAGS);
    if !(arguments.has('r', "recursive") || arguments.has_short('R')) {
        return Vec::new();
    }
    let operands = arguments.operands().filter_map(|word| Some((word, root_if_empty(word)?)));
    operands.filter(|(_, parts)| !parts.iter().any(|part| is_surely_set(node, *part))).collect()
}

/// Folders without which nothing works.
const SYSTEM: [&str; 14] =
    ["", "bin", "boot", "dev", "etc", "home", "lib", "lib64", "opt", "root", "sbin", "srv", "usr", "var"];

/// The variables of a path that is `/`, `/*` or a folder of the system if all of them are empty.
fn root_if_empty(word: Word<'_>) -> Option<Vec<Part<'_>>> {
    let mut rest = String::new();
    let mut variables = Vec::new();
    for part in inner_parts(word) {
        match part.kind() {
            PartKind::Parameter => match part.parameter()?.operator() {
                ParameterOperator::Plain => variables.push(part),
                _ => return None,
            },
            kind if kind.expands() => return None,
            _ => rest.push_str(&part.unquoted()),
        }
    }
    let path = rest.strip_suffix('*').unwrap_or(&rest);
    let is_root = path.starts_with('/') && SYSTEM.contains(&path.trim_matches('/'));
    (is_root && !variables.is_empty()).then_some(variables)
}

/// The parts of a word, those within its double quotes in their place.
fn inner_parts(word: Word<'_>) -> impl Iterator<Item = Part<'_>> {
    word.parts().flat_map(|part| match part.kind() {
        PartKind::DoubleQuoted => part.parts().collect(),
        _ => vec![part],
    })
}

fn without_variables(word: Word<'_>) -> String {
    inner_parts(word).filter(|part| part.kind() != PartKind::Parameter).map(|part| part.unquoted()).collect()
}

/// Whether a variable is surely not empty: `ENV`, `ARG`, the script or a loop gives it a value, or the shell itself.
fn is_surely_set(node: &CommandNode<'_, '_>, part: Part<'_>) -> bool {
    let Some(parameter) = part.parameter() else { return false };
    let name = parameter.name();
    let is_own = matches!(name, "HOME" | "PWD" | "0" | "$" | "#" | "?");
    let in_file = node.run.variables.find(name).is_some_and(|variable| match &variable.value {
        Value::Known(value) => !value.is_empty(),
        Value::Unknown => is_platform(name) || has_text(node.run.file, variable),
    });
    // What the base image sets is not known.
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit();
    let may_be_inherited = node.run.variables.find(name).is_none() && name.bytes().all(is_capital);
    if is_own || in_file || may_be_inherited || node.settings().nounset {
        return true;
    }
    let script = node.command.script();
    let values = script.commands().flat_map(|command| values_of(command, name));
    // A command substitution may print nothing only if it fails; with a literal there is no doubt.
    let in_script = values.map(|value| !value.is_empty()).reduce(|all, it| all && it).unwrap_or(false);
    let mut loops = script.compounds().filter(|command| command.kind() == CommandKind::For);
    let in_loop = loops.any(|command| command.variable().is_some_and(|word| word.is(name)));
    let mut earlier = script.all_commands().take(node.command.index());
    in_script || in_loop || earlier.any(|command| asks_for(command, name))
}

/// The variables of the platform that BuildKit always sets where they are declared. Most platforms have no variant.
fn is_platform(name: &str) -> bool {
    PLATFORM_ARGS.contains(&name) && !name.ends_with("VARIANT")
}

/// Whether something is left of the value that the file gives a variable if all others are empty: `/opt/app-$VERSION`.
fn has_text(file: &Dockerfile, variable: &Variable) -> bool {
    struct NothingSet;
    impl Environment for NothingSet {
        fn get(&self, _: &str) -> Lookup {
            Lookup::Unset
        }
    }
    let (Origin::Env(at) | Origin::Arg(at)) = variable.origin;
    let value = match file.instructions.get(at).map(|instruction| &instruction.kind) {
        Some(Kind::Env(env)) => env.pairs.iter().rfind(|pair| pair.key.text == variable.name).map(|pair| &pair.value),
        Some(Kind::Arg(args)) => args.iter().rfind(|arg| arg.name.text == variable.name).and_then(|arg| arg.default.as_ref()),
        _ => None,
    };
    let left = value.map(|value| expand(value, file.escape, &NothingSet).value);
    left.is_some_and(|left| left.known().is_some_and(|text| !text.is_empty()))
}

/// The values that a command gives a variable of the script, also by `export name=…`.
fn values_of(command: Command<'_>, name: &str) -> Vec<String> {
    let own = command.assignments().filter(|assignment| assignment.name() == name);
    let mut values: Vec<String> = own.map(|assignment| assignment.value().unquoted().into_owned()).collect();
    if matches!(command.name().as_deref(), Some("export" | "local" | "declare" | "readonly" | "typeset")) {
        let declared = command.words().from(1);
        values.extend(declared.iter().filter_map(|word| Some(word.unquoted().strip_prefix(name)?.strip_prefix('=')?.to_owned())));
    }
    values
}

/// Whether a command looks whether a variable is empty: `[ -n "$x" ]`, `[ -d "$x" ]`, `: "${x:?}"`.
fn asks_for(command: Command<'_>, name: &str) -> bool {
    let is_test = command.kind() == CommandKind::Test || command.name().is_some_and(|it| matches!(&*it, "[" | "test"));
    parts(command).any(|part| {
        part.parameter().is_some_and(|parameter| {
            let stops = matches!(parameter.operator(), ParameterOperator::Error | ParameterOperator::Assign);
            parameter.name() == name && (is_test || stops)
        })
    })
}
