//! `unused-argument`: an `ARG` that nothing can use.


use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::dockerfile::{Base, Instruction, Kind, PLATFORM_ARGS};

use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unused-argument",
    summary: "An `ARG` that nothing can use",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unused_argument.md"),
    on: &[On::Document(document)],
};

/// What BuildKit itself reads, wherever it is declared.
///
/// Source: Docker documentation, "Dockerfile reference", "Predefined ARGs" and "BuildKit built-in build args".
fn is_read_by_buildkit(name: &str) -> bool {
    name.starts_with("BUILDKIT_") || name == "SOURCE_DATE_EPOCH" || name.to_ascii_lowercase().ends_with("_proxy")
}

/// As many findings are told.
const MOST: usize = 100;

/// As many names are looked for one by one.
const FEW: usize = 20;

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, model)) = document.dockerfile() else { return };
    if !file.instructions.iter().any(|instruction| matches!(instruction.kind, Kind::Arg(_))) {
        return;
    }
    let first = model.stages.first().map_or(file.instructions.len(), |stage| stage.from);
    let mut is_parent = vec![false; model.stages.len()];
    for stage in &model.stages {
        if let Base::Stage(parent) = stage.base {
            is_parent[parent] = true;
        }
    }
    // What stands in a stage is seen by what runs after it, and by the stages that start from this one.
    let stages = model.stages.iter().filter(|stage| !is_parent[stage.index]).map(|stage| {
        let own = &file.instructions[stage.instructions.clone()];
        let last_run = own.iter().rposition(runs_program).map_or(0, |at| at + 1);
        &own[last_run..]
    });
    let text = document.text();
    let mut names: Option<HashMap<&str, u32>> = None;
    let mut asked = 0;
    let mut told = 0;
    for instruction in std::iter::once(&file.instructions[..first]).chain(stages).flatten() {
        let Kind::Arg(declarations) = &instruction.kind else { continue };
        for declaration in declarations {
            let name = declaration.name.text.as_str();
            asked += 1;
            // Few names are looked for one by one; for many the text is read once.
            let is_used = if asked <= FEW {
                stands_twice(text, name)
            } else {
                names.get_or_insert_with(|| mentions(text)).get(name).is_none_or(|count| *count > 1)
            };
            if is_used || is_read_by_buildkit(name) || PLATFORM_ARGS.contains(&name) || told >= MOST {
                continue;
            }
            told += 1;
            cx.report(declaration.range, format!("nothing uses the argument `{name}`"))
                .help("Delete it, or use it; a value for it is accepted and has no effect");
        }
    }
}

/// Whether an instruction starts a program, which may look at its environment.
fn runs_program(instruction: &Instruction) -> bool {
    match &instruction.kind {
        Kind::Onbuild(Some(trigger)) => runs_program(trigger),
        kind => matches!(kind, Kind::Run(_) | Kind::Unknown),
    }
}

/// Whether a name stands at two places of the text at least, or at none, so that it was not read from there.
fn stands_twice(text: &str, name: &str) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let bytes = text.as_bytes();
    let places = memchr::memmem::find_iter(bytes, name.as_bytes());
    let whole = places.filter(|&at| {
        !is_part(at.checked_sub(1).and_then(|before| bytes.get(before))) && !is_part(bytes.get(at + name.len()))
    });
    whole.take(2).count() != 1
}

/// How often each name stands in the text, wherever it stands.
fn mentions(text: &str) -> HashMap<&str, u32> {
    let mut names = HashMap::new();
    for name in text.split(|char: char| !char.is_ascii_alphanumeric() && char != '_') {
        if !name.is_empty() {
            *names.entry(name).or_insert(0) += 1;
        }
    }
    names
}
