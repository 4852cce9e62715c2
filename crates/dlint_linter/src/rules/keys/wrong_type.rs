//! `wrong-type`: a value of another type than its key has.

use dlint_syntax::yaml::View;

use crate::compose::{FaultKind, ProblemKind, Project, report_problems, schema};
use crate::daemon::{DaemonConfig, Format, Json, Mistyped, Type};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::document::{Document, Tree};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "wrong-type",
    summary: "A value of another type than its key has",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("wrong_type.md"),
    on: &[On::Document(document), On::Daemon(daemon), On::Compose(compose)],
};

/// A document of a Compose file that is no mapping at all.
fn document(document: &Document, cx: &mut Context<'_>) {
    let Tree::Compose(yaml) = document.tree() else { return };
    for root in yaml.roots() {
        let Some(found) = schema::described_unless_mapping(root) else { continue };
        let first = root.items().next().map_or(root.range(), View::range);
        cx.report(first, format!("a Compose file has to be a mapping, and is {found}"));
    }
}

fn compose(project: &Project<'_>, cx: &mut Context<'_>) {
    schema::report(project, FaultKind::WrongType, cx);
    report_problems(project, ProblemKind::NoMapping, cx);
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for mistyped in &config.mistyped {
        let json = Json::of(mistyped.value);
        let subject = match (&*mistyped.path, mistyped.is_item) {
            ("", _) => "the whole of `daemon.json`".to_owned(),
            (path, true) => format!("an item of `{path}`"),
            (path, false) => format!("`{path}`"),
        };
        let expected = match mistyped.expected {
            Type::Object(_) if mistyped.is_item => "an object",
            expected => expected.described(),
        };
        let fix = fix(mistyped, json);
        let mut report =
            cx.report(mistyped.value.range(), format!("{subject} has to be {expected}, and is {}", json.described()));
        if let Some(help) = help(mistyped, json) {
            report.help(help);
        }
        if let Some(fix) = fix {
            // The daemon does not start with the file as it is.
            report.fix(fix);
        }
    }
}

fn fix(mistyped: &Mistyped<'_>, json: Json<'_>) -> Option<Fix> {
    let range = mistyped.value.range();
    let written = mistyped.value.yaml().text().get(std::ops::Range::<usize>::from(range))?;
    let replace = |title: &str, text: String| Some(Fix::safe(title, vec![Edit::replace(range, text)]));
    match (mistyped.expected, json) {
        (Type::String(format), Json::Bool(_) | Json::Integer(_)) if takes_any_word(*format) => {
            replace("Put it in double quotes", format!("\"{written}\""))
        }
        (Type::Bool, Json::String(text @ ("true" | "false"))) => replace("Remove the quotes", text.to_owned()),
        (Type::Integer(min, max), Json::String(text)) => {
            let number = text.parse::<i64>().ok().filter(|number| (*min..=*max).contains(number))?;
            if number.to_string() == text { replace("Remove the quotes", text.to_owned()) } else { None }
        }
        (Type::List(of), _) if is_item_of(of, mistyped.value) => {
            replace("Put it in brackets", format!("[{written}]"))
        }
        _ => None,
    }
}

/// Whether a number or a boolean in quotes may be a value.
fn takes_any_word(format: Format) -> bool {
    matches!(format, Format::Text | Format::Size | Format::DiskSpace | Format::Duration | Format::UserRemap)
}

/// Whether a value may be a whole item of a list: not several in one.
fn is_item_of(of: &Type, value: View<'_>) -> bool {
    match (of, Json::of(value)) {
        (Type::String(_), Json::String(text)) => !text.is_empty() && !text.contains([',', ';', ' ']),
        (Type::Object(_), Json::Object) => true,
        _ => false,
    }
}

fn help(mistyped: &Mistyped<'_>, json: Json<'_>) -> Option<String> {
    let path = &*mistyped.path;
    Some(match (mistyped.expected, json) {
        (Type::List(Type::String(_)), Json::String(text)) if text.contains([',', ';', ' ']) => {
            "Write an array with a string for each".to_owned()
        }
        (Type::Map(_), Json::Array) if path == "log-opts" => {
            "Write `\"log-opts\": {\"max-size\": \"10m\"}`".to_owned()
        }
        (Type::Object(_), _) if path.starts_with("default-ulimits.") => {
            let name = path.rsplit('.').next().unwrap_or_default();
            format!("Write `{{\"Name\": \"{name}\", \"Soft\": 1024, \"Hard\": 2048}}`")
        }
        (Type::Object(_), Json::String(_)) if path.starts_with("runtimes.") => {
            "Write `{\"path\": \"…\"}`, or `{\"runtimeType\": \"…\"}` for a containerd shim".to_owned()
        }
        (Type::String(Format::Size), _) => "Write a string such as `\"64M\"`".to_owned(),
        (Type::Bool, Json::String(_) | Json::Integer(_)) => "Write `true` or `false`, without quotes".to_owned(),
        (Type::String(_), Json::Array) => "It takes one value only".to_owned(),
        _ => return None,
    })
}
