//! `removed-bundler-option`: options that Bundler no longer has.

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Family};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "removed-bundler-option",
    summary: "An option of `bundle install` that new versions do not have",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/ruby/deprecated-bundler-install-flags"],
    docs: include_str!("removed_bundler_option.md"),
    on: &[On::Package(command)],
};

/// The options that Bundler used to remember, with the setting for each.
/// Source: bundle-install(1) of Bundler 2.1, "deprecated"; they are gone in Bundler 4.
const OPTIONS: [(&str, &str); 8] = [
    ("clean", "BUNDLE_CLEAN"),
    ("deployment", "BUNDLE_DEPLOYMENT"),
    ("frozen", "BUNDLE_FROZEN"),
    ("no-prune", "BUNDLE_NO_PRUNE"),
    ("path", "BUNDLE_PATH"),
    ("shebang", "BUNDLE_SHEBANG"),
    ("with", "BUNDLE_WITH"),
    ("without", "BUNDLE_WITHOUT"),
];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    if call.manager.family != Family::Bundler || call.action != Action::Sync {
        return;
    }
    for argument in &call.arguments {
        let Some((name, setting)) = OPTIONS.iter().find(|(name, _)| argument.is_long(name)) else { continue };
        cx.report(argument.range, format!("`--{name}` is deprecated since Bundler 2.1, and Bundler 4 does not have it"))
            .help(format!("Set `{setting}` with `ENV`, which holds for every command of Bundler"));
    }
}
