//! `quoted-environment-value`: quotes that become a part of the value.

use crate::compose::{Node, Project};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "quoted-environment-value",
    summary: "Quotes behind the `=` of a list, which become a part of the value",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("quoted_environment_value.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in project.services_as_written() {
        let args = service.get("build").and_then(|build| build.field("args"));
        for list in service.field("environment").into_iter().chain(&args) {
            for item in list.value.items() {
                check(&item, item.via().or(list.alias), cx);
            }
        }
    }
}

fn check(item: &Node<'_>, alias: Option<crate::compose::Place>, cx: &mut Context<'_>) {
    // What is written counts, so that a variable in the quotes does not hide them.
    let Some((name, written)) = item.text().and_then(|text| text.split_once('=')) else { return };
    let Some(inner) = ['"', '\''].into_iter().find_map(|quote| inside(written, quote)) else { return };
    let Some(scalar) = item.string() else { return };
    let quote = &written[..1];
    let message = format!("the quotes around the value of `{name}` are a part of it", name = shorten(name));
    let mut report = value::report_at(cx, scalar.place, alias, message);
    report.help(format!("In a list, quote the whole item or nothing: `\"{name}=…\"`", name = shorten(name)));
    let range = item.place().range;
    let token = item.view().map(|view| &view.yaml().text()[range]);
    if token == item.text() && alias.is_none() {
        // Without them, YAML would read a mapping or drop the blank.
        let needs_quotes = inner.ends_with([' ', ':']);
        let text = if needs_quotes { format!("{quote}{name}={inner}{quote}") } else { format!("{name}={inner}") };
        report.fix(Fix::unsafe_("Take the quotes out of the value", vec![Edit::replace(range, text)]));
    }
}

/// What is between two quotes, if nothing but that is there.
fn inside(text: &str, quote: char) -> Option<&str> {
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(quote) && !inner.contains('\\')).then_some(inner)
}
