//! `debugger-in-image`: Xdebug in the image that runs in production.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "debugger-in-image",
    summary: "A debugger in the image that is run",
    category: Category::Efficiency,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/php/no-xdebug-in-final-image"],
    docs: include_str!("debugger_in_image.md"),
    on: &[On::Command(command)],
};

/// Programs that install or switch on an extension of PHP, besides the package managers.
const INSTALLERS: [&str; 5] = ["pecl", "pickle", "pie", "docker-php-ext-enable", "install-php-extensions"];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if !node.run.is_shipped {
        return;
    }
    let installs = INSTALLERS.contains(&node.name()) || node.package().is_some_and(|call| call.action.installs());
    if !installs || !cx.mentions("xdebug") || is_for_development(node) {
        return;
    }
    let word = node.command.words().from(1).iter().find(|word| {
        let text = word.unquoted();
        // `xdebug-3.4.0`, `php8.4-xdebug`, `php84-pecl-xdebug`, `xdebug/xdebug`.
        let name = text.strip_prefix("xdebug/").unwrap_or(&text);
        name == "xdebug" || name.starts_with("xdebug-") || (name.starts_with("php") && name.ends_with("-xdebug"))
    });
    if let Some(word) = word {
        cx.report(word.range(), "Xdebug slows down every request, and lets whoever reaches its port run code")
            .help("Install it in a stage of its own for development, `FROM … AS dev`, that the last one does not start from");
    }
}

/// Whether the image is one to develop with, or somebody decides about it when it is built.
fn is_for_development(node: &CommandNode<'_, '_>) -> bool {
    let names = node.run.model.stages.last().and_then(|stage| stage.name.as_deref()).unwrap_or_default();
    ["dev", "debug", "test", "local", "ci"].iter().any(|word| names.contains(word)) || node.command.is_conditional()
}
