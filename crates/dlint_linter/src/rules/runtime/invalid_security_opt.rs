//! `invalid-security-opt`: a security option that Compose or the engine refuses.

use crate::check::FileKind;
use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::{list, shorten};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-security-opt",
    summary: "A security option that does not exist or cannot be read",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_security_opt.md"),
    on: &[On::Service(service)],
};

/// Source: the Engine's `parseSecurityOpt`, and Compose's of the same name.
const OPTIONS: [&str; 6] = ["apparmor", "label", "no-new-privileges", "seccomp", "systempaths", "writable-cgroups"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(field) = service.field("security_opt") else { return };
    for item in field.value.items() {
        if let Some(mut option) = item.string() {
            option.alias = option.alias.or(field.alias);
            check(&option, item.folder(), cx);
        }
    }
}

fn check(option: &Scalar, folder: &std::path::Path, cx: &mut Context<'_>) {
    let Some(text) = option.known() else { return };
    let separator = if text.contains('=') { '=' } else { ':' };
    let (name, argument) = match text.split_once(separator) {
        Some((name, argument)) => (name, Some(argument)),
        None => (text, None),
    };
    let part = option.part(0..name.len());
    let value = || option.part(name.len() + 1..text.len());
    if !OPTIONS.contains(&name) {
        // The engine knows the word, Compose does not always hand it on.
        if text == "disable" {
            return;
        }
        let message = format!("`{name}` is no security option, so the container is not created", name = shorten(name));
        let mut report = value::report(cx, &part, message);
        value::propose(&mut report, &part, name, &OPTIONS, &format!("The options are {}", list(OPTIONS, "and")));
        return;
    }
    let Some(argument) = argument else {
        if !["no-new-privileges", "writable-cgroups"].contains(&name) {
            let message = format!("`{name}` has no value, so the container is not created", name = shorten(name));
            value::report(cx, option, message).help(format!("Write `{name}=VALUE`", name = shorten(name)));
        }
        return;
    };
    match name {
        "no-new-privileges" | "writable-cgroups" if !is_go_boolean(argument) => {
            let message = format!("`{argument}` is no boolean, so the container is not created", argument = shorten(argument));
            value::report(cx, &value(), message).help(format!("Write `{name}=true` or `{name}=false`", name = shorten(name)));
        }
        "systempaths" if argument != "unconfined" || separator != '=' => {
            let message = format!("`{text}` is refused, so the container is not created", text = shorten(text));
            value::report(cx, option, message).help("The only form of it is `systempaths=unconfined`");
        }
        "seccomp" if !["unconfined", "builtin", ""].contains(&argument) => {
            // A path of the host that may differ from machine to machine is not ours to judge.
            let is_in_project = !argument.starts_with(['/', '~']) && !argument.contains('\\');
            if is_in_project && cx.files.kind(&folder.join(argument)) == FileKind::Missing {
                let message = format!("the seccomp profile `{argument}` is not there, so the container is not created", argument = shorten(argument));
                value::report(cx, &value(), message).help("The path is relative to the project's folder");
            }
        }
        _ => {}
    }
}

/// What Go's `strconv.ParseBool` takes.
fn is_go_boolean(text: &str) -> bool {
    ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"].contains(&text)
}
