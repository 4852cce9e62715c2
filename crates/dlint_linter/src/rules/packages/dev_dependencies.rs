//! `dev-dependencies`: what only developers need is installed in the image.

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Development, Family, Invocation};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dev-dependencies",
    summary: "Packages that are only for development are installed in the image",
    category: Category::Efficiency,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/php/composer-no-dev-in-production", "tally:tally/ruby/missing-bundle-without-development"],
    docs: include_str!("dev_dependencies.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    let Some(development) = &call.manager.development else { return };
    if call.action != Action::Sync
        || !node.run.is_shipped
        || development.without.holds(node, call, cx)
        || leaves_out(development, node)
        || asks_for_them(call)
        || node.later().any(|later| removes_them(development, call, &later))
        || call.may_hide_options(|word| node.value(word))
    {
        return;
    }
    let help = match development.add {
        "" => format!("Set `{}`", development.without.variables[0]),
        option => format!("Add `{option}`"),
    };
    let message = format!("`{}` installs in the image what is only for development too", call.title());
    let codes: &[&str] = match call.manager.family {
        Family::Composer => &["tally:tally/php/composer-no-dev-in-production"],
        Family::Bundler => &["tally:tally/ruby/missing-bundle-without-development"],
        _ => &[],
    };
    cx.report(call.range, message).help(help).codes(codes);
}

/// Whether an option says that they are wanted (`--include=dev`).
fn asks_for_them(call: &Invocation<'_>) -> bool {
    let options = ["include", "also", "with", "group"];
    let mut values = options.iter().flat_map(|option| call.arguments.values('\0', option));
    values.any(|value| value.text.contains("dev"))
}

/// Whether a later command of the manager takes them away again (`npm prune --omit=dev`).
fn removes_them(development: &Development, call: &Invocation<'_>, later: &CommandNode<'_, '_>) -> bool {
    let same = later.package().filter(|other| other.manager.family == call.manager.family);
    same.is_some_and(|other| development.without.is_given(&other.arguments) || leaves_out(development, later))
}

/// Whether an option with a value leaves them out (`--omit=dev`).
fn leaves_out(development: &Development, node: &CommandNode<'_, '_>) -> bool {
    let Some(call) = node.package() else { return false };
    development.values.iter().any(|(option, part)| {
        call.arguments.iter().any(|it| {
            it.is_long(option) && it.value.as_ref().is_some_and(|value| value.text.contains(part))
        })
    })
}
