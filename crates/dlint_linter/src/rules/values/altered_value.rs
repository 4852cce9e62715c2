//! `altered-value`: a value that YAML changes before the container has it.

use dlint_syntax::yaml::{self, ScalarStyle};

use crate::compose::{Field, Node, Place, Project, WrittenService};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::go;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "altered-value",
    summary: "A value that YAML reads as a number, so that another text arrives",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("altered_value.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in project.services_as_written() {
        check_service(service, cx);
    }
    for root in &project.written {
        let section = |name: &str| root.get(name).map(|it| it.fields()).unwrap_or_default();
        for entry in ["networks", "volumes", "secrets", "configs"].into_iter().flat_map(section) {
            for key in ["labels", "driver_opts"] {
                mapping(entry.value.field(key), cx);
            }
        }
    }
}

fn check_service(service: &WrittenService<'_>, cx: &mut Context<'_>) {
    for field in &service.fields {
        match field.name.as_ref() {
            "environment" | "labels" | "annotations" | "sysctls" => mapping(Some(field.clone()), cx),
            "build" => ["args", "labels"].iter().for_each(|key| mapping(field.value.field(key), cx)),
            "deploy" => mapping(field.value.field("labels"), cx),
            "logging" => mapping(field.value.field("options"), cx),
            "pre_start" | "post_start" | "pre_stop" => {
                field.value.items().iter().for_each(|item| mapping(item.field("environment"), cx));
            }
            "ports" | "expose" | "group_add" => {
                let items = field.value.items();
                for item in items.iter().filter(|item| matches!(scalar_type(item), Some(yaml::Scalar::Int(_)))) {
                    check(item, item.via().or(field.alias), "the value", cx);
                }
            }
            _ => {}
        }
    }
}

fn mapping(field: Option<Field<'_>>, cx: &mut Context<'_>) {
    let Some(field) = field else { return };
    for entry in field.value.fields() {
        check(&entry.value, entry.alias.or(field.alias), &format!("`{}`", entry.name), cx);
    }
}

fn scalar_type(node: &Node<'_>) -> Option<yaml::Scalar> {
    let view = node.view()?;
    (view.scalar_style()? == ScalarStyle::Plain).then(|| view.scalar()).flatten()
}

fn check(node: &Node<'_>, alias: Option<Place>, what: &str, cx: &mut Context<'_>) {
    let (Some(scalar), Some(text)) = (scalar_type(node), node.text()) else { return };
    let (arrives, kind) = match scalar {
        yaml::Scalar::Int(number) => (number.to_string(), "a number"),
        yaml::Scalar::Float(number) => (go::float(number), "a number"),
        yaml::Scalar::Bool(flag) => (flag.to_string(), "a boolean"),
        _ => return,
    };
    if arrives == text {
        return;
    }
    let message = format!("{what} is `{arrives}` and not `{text}`, because YAML reads {kind}", what = shorten(what), arrives = shorten(&arrives), text = shorten(text));
    let mut report = value::report_at(cx, node.place(), alias, message);
    report.help(format!("Write `\"{text}\"` if that text is meant, or `{arrives}`", text = shorten(text), arrives = shorten(&arrives)));
    let edit = Edit::replace(node.place().range, format!("\"{text}\""));
    report.fix(Fix::unsafe_("Quote it, so that it arrives as it is written", vec![edit]));
}
