//! `debugger-in-image`: Xdebug in the image that runs in production.

use dlint_syntax::shell::{Command, CommandKind, Operator};

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

/// Programs that install extensions of PHP if they are told to, besides the package managers.
const MANAGERS: [&str; 3] = ["pecl", "pickle", "pie"];
/// Programs that do nothing but install or switch on extensions of PHP.
const INSTALLERS: [&str; 2] = ["docker-php-ext-enable", "install-php-extensions"];
/// Parts of the names of stages that are not run in production.
const DEVELOPMENT: [&str; 14] = [
    "dev", "devel", "develop", "development", "devcontainer", "debug", "debugger", "debugging", "xdebug", "test", "tests", "testing", "local", "ci",
];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if !node.run.is_shipped {
        return;
    }
    let is_told_to = || node.command.words().iter().any(|word| word.is("install") || word.is("upgrade"));
    let installs = INSTALLERS.contains(&node.name())
        || (MANAGERS.contains(&node.name()) && is_told_to())
        || node.package().is_some_and(|call| call.action.installs());
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
    let name = node.run.model.stages.last().and_then(|stage| stage.name.as_deref()).unwrap_or_default();
    let mut parts = name.split(['-', '_', '.']);
    parts.any(|part| DEVELOPMENT.iter().any(|it| part.eq_ignore_ascii_case(it)))
        || node.command.is_conditional()
        || is_behind_test(node)
}

/// Whether a test stands before the command: `[ "$XDEBUG" = 1 ] && pecl install xdebug || true`.
fn is_behind_test(node: &CommandNode<'_, '_>) -> bool {
    let is_test = |command: Command<'_>| command.kind() == CommandKind::Test || command.name().is_some_and(|name| matches!(&*name, "[" | "[[" | "test"));
    let before = node.command.scope().commands().take_while(|command| command.index() < node.command.index());
    node.command.pipeline().preceding_operator() == Some(Operator::And) && before.last().is_some_and(is_test)
}
