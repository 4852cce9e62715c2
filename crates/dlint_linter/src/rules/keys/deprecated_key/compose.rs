//! The deprecated keys of Compose.

use crate::compose::{Field, Node, Project, Service};
use crate::diagnostic::{Edit, Fix};
use crate::logging::{self, FaultKind};
use crate::rule::Context;
use crate::value;

pub(super) fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for root in &project.written {
        for section in ["networks", "volumes", "secrets", "configs"] {
            for entry in root.get(section).map(|it| it.fields()).unwrap_or_default() {
                external_name(&entry, cx);
            }
        }
    }
    for service in project.services_as_written() {
        renamed(&service.entry.value, "x-develop", "develop", cx);
        let develop = service.get("develop").or_else(|| service.get("x-develop"));
        for item in develop.and_then(|it| it.get("watch")).map(|watch| watch.items()).unwrap_or_default() {
            renamed(&item, "x-initialSync", "initial_sync", cx);
        }
    }
}

/// `external: {name: x}` was the way to name what exists before there was a key for it.
fn external_name(entry: &Field<'_>, cx: &mut Context<'_>) {
    let Some(external) = entry.value.field("external").filter(|field| field.value.is_mapping()) else { return };
    let Some(name) = external.value.field("name") else { return };
    let message = "`external.name` is deprecated: the name stands beside `external` now";
    let mut report = value::report_at(cx, name.key_place, name.alias.or(external.alias).or(entry.alias), message);
    report.help("Write `external: true` and `name: …`");
    if let Some(edit) = beside(&entry.value, &external, &name).filter(|_| external.alias.is_none()) {
        report.fix(Fix::safe("Write the name beside `external`", vec![edit]));
    }
}

fn beside(entry: &Node<'_>, external: &Field<'_>, name: &Field<'_>) -> Option<Edit> {
    let view = entry.view()?;
    let text = view.yaml().text();
    let whole = &text[external.place.range];
    let is_plain = !entry.mentions("name") && external.value.fields().len() == 1 && !whole.contains(['&', '*', '#']);
    let written = &text[name.value.place().range];
    let between = match view.indentation() {
        Some(indentation) => {
            let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
            format!("{newline}{}", " ".repeat(indentation))
        }
        None => ", ".to_owned(),
    };
    is_plain.then(|| Edit::replace(external.place.range, format!("name: {written}{between}external: true")))
}

/// A key that has become official under another name.
fn renamed(node: &Node<'_>, old: &str, new: &str, cx: &mut Context<'_>) {
    let Some(field) = node.field(old) else { return };
    let message = format!("`{old}` is the name from before `{new}` was official");
    let mut report = value::report_at(cx, field.key_place, field.alias, message);
    report.help(format!("Write `{new}`"));
    if !node.mentions(new) && field.alias.is_none() {
        report.unsafe_fix(format!("Rename to `{new}`"), Edit::replace(field.key_place.range, new));
    }
}

/// The options of log drivers.
pub(super) fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for fault in logging::service::faults(service).into_iter().filter(|fault| fault.kind == FaultKind::Deprecated) {
        value::report_at(cx, fault.place, fault.alias, fault.message).help(fault.help.unwrap_or_default());
    }
}
