//! The variables of a Dockerfile, and what they come to.

use dlint_linter::Document;
use dlint_linter::secrets::is_secret_name;
use dlint_syntax::dockerfile::{Model, Origin, PLATFORM_ARGS, Value, Variable};
use dlint_syntax::{TextRange, TextSize};

use super::{LineOf, code};
use crate::features::inlays::is_secret;
use crate::features::occurrences::{Occurrence, Role};
use crate::features::variables::{at, origin};

/// What the variable at an offset comes to, and who says so.
pub(super) fn describe(document: &Document, offset: TextSize, line_of: LineOf<'_>) -> Option<(String, TextRange)> {
    let (file, model) = document.dockerfile()?;
    let (all, here) = at(document, offset)?;
    let this = all.get(here)?;
    let name = &this.name;
    let Some(variable) = value_at(file, model, this) else {
        let text = if PLATFORM_ARGS.contains(&name.as_str()) && this.stage.is_none() {
            "is set by the builder"
        } else if this.role == Role::Replaced {
            "is set by nothing in this file; the base image may set it"
        } else {
            return None;
        };
        return Some((format!("`{name}` {text}"), this.range));
    };
    let value = match &variable.value {
        _ if is_secret_name(name) => "is a secret, and not shown".to_owned(),
        Value::Known(value) if is_secret([name, ""], value) => "is a secret, and not shown".to_owned(),
        Value::Known(value) if value.is_empty() => "is empty".to_owned(),
        Value::Known(value) => format!("is {}", code(value)),
        Value::Unknown if PLATFORM_ARGS.contains(&name.as_str()) => "is set by the builder".to_owned(),
        Value::Unknown => "has no value that the file tells".to_owned(),
    };
    let (at, by) = match variable.origin {
        Origin::Arg(at) => (at, "`ARG`"),
        Origin::Env(at) => (at, "`ENV`"),
    };
    // An argument without a default has that of the global one.
    let declared = origin(&all, this, model).and_then(|at| all.get(at)).map_or(at, |it| it.instruction);
    let line = line_of(file.instructions.get(declared)?.range.start());
    let more = if by == "`ARG`" { ", unless the build is given another (`--build-arg`)" } else { "" };
    let sets = if variable.value == Value::Unknown { "Declared" } else { "Set" };
    Some((format!("`{name}` {value}\n\n{sets} by {by} in line {line}{more}"), this.range))
}

/// The variable as it is where it is named; where it is declared, as it is from there on.
fn value_at(file: &dlint_syntax::dockerfile::Dockerfile, model: &Model, it: &Occurrence) -> Option<Variable> {
    it.origin?;
    let Some(stage) = it.stage.and_then(|stage| model.stages.get(stage)) else {
        return model.globals.find(&it.name).cloned();
    };
    let is_declared = matches!(it.role, Role::Argument { .. } | Role::Environment);
    let at = it.instruction + usize::from(is_declared);
    if at >= stage.instructions.end {
        return stage.end.variables.find(&it.name).cloned();
    }
    model.before(file, at)?.variables.find(&it.name).cloned()
}
