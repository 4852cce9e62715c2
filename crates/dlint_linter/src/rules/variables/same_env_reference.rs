//! `same-env-reference`: a variable that is used in the `ENV` that sets it.


use dlint_syntax::hash::{HashMap, HashMapExt, HashSet, HashSetExt};
use dlint_syntax::dockerfile::{Base, KeyValues, Kind, NothingKnown, expand};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "same-env-reference",
    summary: "A variable that is used in the `ENV` that sets it",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3044"],
    docs: include_str!("same_env_reference.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let mut set: Option<HashSet<&str>> = None;
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        let Kind::Env(env) = &instruction.kind else { continue };
        if env.pairs.len() < 2 || !cx.text(instruction.arguments).contains('$') {
            continue;
        }
        let set = set.get_or_insert_with(|| names(node));
        look(node, env, index, set, cx);
    }
}

/// What the stages that this one starts from set.
fn names<'a>(node: &StageNode<'a>) -> HashSet<&'a str> {
    match node.stage.base {
        Base::Stage(parent) => {
            let variables = node.model.stages.get(parent).into_iter().flat_map(|parent| parent.end.variables.iter());
            variables.map(|variable| variable.name.as_str()).collect()
        }
        _ => HashSet::new(),
    }
}

fn look(node: &StageNode<'_>, env: &KeyValues, at: usize, inherited: &HashSet<&str>, cx: &mut Context<'_>) {
    let mut keys: HashMap<&str, _> = HashMap::new();
    for (index, pair) in env.pairs.iter().enumerate() {
        keys.entry(pair.key.text.as_str()).or_insert((index, pair.key.range));
    }
    for (index, pair) in env.pairs.iter().enumerate().filter(|(_, pair)| pair.value.text.contains('$')) {
        for reference in expand(&pair.value, node.file.escape, &NothingKnown).references {
            let Some(&(first, place)) = keys.get(reference.name.as_str()) else { continue };
            // `PATH=/x:$PATH` adds to what was there before.
            if first >= index || pair.key.text == reference.name || reference.has_default() {
                continue;
            }
            let name = &reference.name;
            if inherited.contains(name.as_str()) || is_known_of_bases(name) || is_set_before(node, at, name) {
                continue;
            }
            cx.report(reference.range, format!("`{name}` has no value yet: all of an `ENV` sees what was set before it"))
                .help(format!("Set `{name}` in an `ENV` of its own, before this one"))
                .related(place, "it is set here");
        }
    }
}

/// Whether every image has such a variable.
fn is_known_of_bases(name: &str) -> bool {
    matches!(name, "PATH" | "HOME" | "LANG" | "LD_LIBRARY_PATH")
}

/// As many instructions are looked at.
const MOST: usize = 500;

fn is_set_before(node: &StageNode<'_>, at: usize, name: &str) -> bool {
    (node.stage.instructions.start..at).rev().take(MOST).any(|index| match &node.file.instructions[index].kind {
        Kind::Env(env) => env.pairs.iter().any(|pair| pair.key.text == name),
        Kind::Arg(all) => all.iter().any(|declaration| declaration.name.text == name),
        _ => false,
    })
}
