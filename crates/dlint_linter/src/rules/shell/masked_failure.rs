//! `masked-failure`: an installation or download may fail, by the author's wish.

use dlint_syntax::shell::{Command, Operator};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "masked-failure",
    summary: "`|| true` behind an installation or a download",
    category: Category::Reliability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("masked_failure.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if node.command.operator() != Operator::Or || !leaves_something(node) {
        return;
    }
    let next = node.command.scope().commands().find(|next| next.index() > node.command.index() && next.position() == 0);
    let Some(next) = next.filter(|next| lets_pass(*next)) else { return };
    cx.report(
        node.command.operator_range().cover(next.range()),
        format!("whether `{}` has done its work, nobody will know", node.name()),
    )
    .help("Leave it out, so that the build fails; or test first for what makes it fail");
}

/// `true`, `:`, `echo …`, `exit 0`.
fn lets_pass(command: Command<'_>) -> bool {
    let is_last = !matches!(command.operator(), Operator::And | Operator::Or);
    match command.name().as_deref() {
        Some("true" | ":") => true,
        Some("echo" | "printf") => is_last,
        Some("exit" | "return") => command.words().get(1).is_some_and(|word| word.is("0")),
        _ => false,
    }
}

fn leaves_something(node: &CommandNode<'_, '_>) -> bool {
    let Some(program) = node.program else { return false };
    let first = program.words.iter().find(|word| !word.text().starts_with('-'));
    let has = |words: &[&str]| first.is_some_and(|first| words.iter().any(|word| first.is(word)));
    match program.name.as_ref() {
        "apt-get" | "apt" | "aptitude" | "yum" | "dnf" | "microdnf" | "zypper" | "pip" | "pip3" | "gem" | "conda" | "cargo" | "composer" | "pecl" | "bundle" => {
            has(&["install", "add", "build-dep", "require"])
        }
        "apk" => has(&["add"]),
        "npm" | "yarn" | "pnpm" => has(&["install", "ci", "i", "add"]),
        "wget" | "curl" => program.words.iter().any(|word| word.unquoted().contains("://")) && !program.words.iter().any(|word| word.is("--spider") || word.is("-I")),
        "make" => has(&["install", "all"]),
        "docker-php-ext-install" => true,
        _ => false,
    }
}
