//! `invalid-default-base`: a base image that is none unless the build sets an argument.

use dlint_syntax::dockerfile::{Environment, Kind, Lookup, Model, PLATFORM_ARGS, Value, expand};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-default-base",
    summary: "A base image that is none unless the build sets an argument",
    category: Category::Correctness,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["buildkit:InvalidDefaultArgInFrom"],
    docs: include_str!("invalid_default_base.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let Kind::From(from) = &node.stage.from(node.file).kind else { return };
    let Some(image) = from.image.as_ref().filter(|image| image.text.contains('$')) else { return };
    let expansion = expand(image, node.file.escape, &Defaults(node.model));
    let Value::Known(text) = expansion.value else { return };
    let is_wrong = text.is_empty() || text.ends_with([':', '/', '@']) || text.starts_with([':', '/', '@', '-', '.']) || text.contains("/:") || text.contains(":-") || text.contains(":.") || text.contains("//");
    let unset = expansion.references.iter().find(|it| node.model.globals.find(&it.name).is_some_and(|it| it.value == Value::Unknown));
    if let Some(unset) = unset.filter(|_| is_wrong) {
        let message = if text.is_empty() {
            format!("there is no base image unless the build sets `{}`", unset.name)
        } else {
            format!("the base image is `{text}`, which is none, unless the build sets `{}`", unset.name)
        };
        cx.report(unset.range, message).help(format!("Give it a default: `ARG {}=…`", unset.name));
    }
}

/// What a build has that sets no argument.
struct Defaults<'a>(&'a Model);

impl Environment for Defaults<'_> {
    fn get(&self, name: &str) -> Lookup {
        match self.0.globals.find(name).map(|variable| &variable.value) {
            Some(Value::Known(value)) => Lookup::Set(value.clone()),
            None if PLATFORM_ARGS.contains(&name) => Lookup::Unknown,
            // Without a default, or with one that hangs on another that has none.
            Some(Value::Unknown) | None => Lookup::Unset,
        }
    }
}
