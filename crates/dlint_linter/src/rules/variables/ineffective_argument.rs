//! `ineffective-argument`: an `ARG` that an `ENV` before it overrides.


use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Kind, Origin};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ineffective-argument",
    summary: "An `ARG` that an `ENV` before it overrides",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ineffective_argument.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let mut set: HashMap<&str, Option<TextRange>> = HashMap::new();
    if let Base::Stage(parent) = node.stage.base {
        let variables = node.model.stages.get(parent).into_iter().flat_map(|it| it.end.variables.iter());
        for variable in variables {
            if let Origin::Env(at) = variable.origin {
                set.insert(&variable.name, node.file.instructions.get(at).map(|it| it.range));
            }
        }
    }
    for index in node.stage.instructions.clone() {
        match &node.file.instructions[index].kind {
            Kind::Env(env) => {
                set.extend(env.pairs.iter().map(|pair| (pair.key.text.as_str(), Some(pair.range))));
            }
            Kind::Arg(all) => {
                for declaration in all {
                    let name = &declaration.name.text;
                    let Some(place) = set.get(name.as_str()) else { continue };
                    let mut report = cx.report(declaration.range, format!("`ENV` has set `{name}`, so that this argument has no effect"));
                    report.help("Declare the argument before the `ENV`, and take its value over: `ENV NAME=$NAME`");
                    if let Some(place) = *place {
                        report.related(place, "it is set here");
                    }
                }
            }
            _ => {}
        }
    }
}
