//! `secret-build-argument`: a secret is passed as a build argument, and stays in the image.

use std::collections::BTreeSet;

use dlint_syntax::text::CompactString;
use dlint_syntax::dockerfile::{ArgDeclaration, Instruction, KeyValue, Kind, NothingKnown, Value, Variables, expand};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::secrets::{is_secret_name, looks_secret};
use crate::severity::Cvss;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "secret-build-argument",
    summary: "A secret is passed as a build argument, and stays in the image",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3064",
        "buildkit:SecretsUsedInArgOrEnv",
        "trivy:DS-0031",
        "semgrep:secret-in-build-arg",
        "cis:4.10",
    ],
    docs: include_str!("secret_build_argument.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    // What is not part of the image is still in the build's provenance and cache.
    let level = if node.is_in_image() { Level::Warning } else { Level::Info };
    let mut told = BTreeSet::new();
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        let instruction = match &instruction.kind {
            Kind::Onbuild(Some(trigger)) => trigger,
            _ => instruction,
        };
        look(node, instruction, level, &mut told, cx);
    }
}

/// `told` has the arguments that were reported: one that is declared again is the same.
fn look(node: &StageNode<'_>, instruction: &Instruction, level: Level, told: &mut BTreeSet<CompactString>, cx: &mut Context<'_>) {
    match &instruction.kind {
        Kind::Arg(declarations) => {
            for declaration in declarations.iter().filter(|it| is_argument(node, it)) {
                let name = &declaration.name.text;
                if !told.insert(name.clone()) {
                    continue;
                }
                let message = format!("the secret `{name}` is a build argument, which stays in the image's history");
                cx.report(declaration.name.range, message)
                    .level(level)
                    .help(format!("Mount it where it is needed: `RUN --mount=type=secret,id={name},env={name} …`"));
            }
        }
        Kind::Env(env) => {
            for (pair, argument) in env.pairs.iter().filter_map(|pair| Some((pair, argument(node, pair)?))) {
                let message = format!("the secret `{}` is copied from the build argument `{argument}` into the \
                                       image", pair.key.text);
                cx.report(pair.range, message)
                    .level(level)
                    .help("Hand the container its secrets when it starts, or mount them into the `RUN` that \
                           needs them");
            }
        }
        _ => {}
    }
}

/// Whether a declaration is of a secret that the build's caller gives. One that is written out is another rule's.
fn is_argument(node: &StageNode<'_>, declaration: &ArgDeclaration) -> bool {
    let name = &declaration.name.text;
    let default = declaration.default.as_ref().map(|word| expand(word, node.file.escape, &NothingKnown).value);
    is_secret_name(name)
        && match default {
            Some(Value::Known(value)) => looks_secret(name, &value).is_none(),
            _ => true,
        }
}

/// The build argument that an `ENV` with the name of a secret takes its value from.
fn argument(node: &StageNode<'_>, pair: &KeyValue) -> Option<CompactString> {
    if !is_secret_name(&pair.key.text) {
        return None;
    }
    let references = expand(&pair.value, node.file.escape, &Variables::default()).references;
    references.into_iter().map(|reference| reference.name).find(|name| is_declared_as_argument(node, name))
}

fn is_declared_as_argument(node: &StageNode<'_>, name: &str) -> bool {
    node.model.chain(node.stage).flat_map(|stage| stage.instructions.clone()).any(|index| {
        matches!(&node.file.instructions[index].kind, Kind::Arg(all) if all.iter().any(|it| it.name.text == name))
    })
}
