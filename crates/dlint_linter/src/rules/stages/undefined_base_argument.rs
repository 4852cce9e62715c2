//! `undefined-base-argument`: a variable in `FROM` that no `ARG` before it declares.

use dlint_syntax::dockerfile::{Kind, PLATFORM_ARGS, expand};
use dlint_syntax::suggest::nearest;

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "undefined-base-argument",
    summary: "A variable in `FROM` that no `ARG` before it declares",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["buildkit:UndefinedArgInFrom", "dockerfile-utils:BASE_NAME_EMPTY"],
    docs: include_str!("undefined_base_argument.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let instruction = node.stage.from(node.file);
    let Kind::From(from) = &instruction.kind else { return };
    let platform = instruction.flag("platform").and_then(|flag| flag.value.as_ref());
    for word in platform.into_iter().chain(&from.image).filter(|word| word.text.contains('$')) {
        for reference in expand(word, node.file.escape, &node.model.globals).references {
            let name = reference.name.as_str();
            let is_declared = node.model.globals.find(name).is_some() || PLATFORM_ARGS.contains(&name);
            if is_declared || reference.nested || reference.has_default() {
                continue;
            }
            let candidates = node.model.globals.iter().map(|variable| variable.name.as_str()).chain(PLATFORM_ARGS);
            let near = nearest(name, candidates).map(str::to_owned);
            let mut report = cx.report(reference.range, format!("no `ARG` before the first `FROM` declares `{name}`, so it is empty here"));
            match near {
                Some(near) => report
                    .help(format!("Did you mean `{near}`?"))
                    .unsafe_fix(format!("Write `{near}`"), Edit::replace(reference.name_range, near.clone())),
                None => report.help(format!("Declare it above the first `FROM`: `ARG {name}`")),
            };
        }
    }
}
