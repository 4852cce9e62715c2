//! `and-or-chain`: `a && b || c` runs `c` also if `b` fails.

use dlint_syntax::shell::{Command, CommandKind, Operator};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::scripts;

/// The rule.
pub const RULE: Rule = Rule {
    name: "and-or-chain",
    summary: "`test && a || b` runs `b` also if `a` fails",
    category: Category::Correctness,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2015"],
    docs: include_str!("and_or_chain.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run) {
        let commands = script.script.all_commands();
        for test in commands.filter(|command| is_test(*command) && command.operator() == Operator::And) {
            let Some(then) = test.next_in_scope() else { continue };
            let Some(otherwise) = then.next_in_scope() else { continue };
            let is_chain = then.operator() == Operator::Or && test.pipeline().preceding_operator().is_none();
            if is_chain && may_fail(then) && !is_end(otherwise) {
                cx.report(then.operator_range(), "what stands here is run if the test fails, and also if the \
                                                  command before it does")
                    .help("Write `if …; then …; else …; fi`");
            }
        }
    }
}

/// Whether a command asks something: `[ … ]`, `[[ … ]]`, `test`.
fn is_test(command: Command<'_>) -> bool {
    command.kind() == CommandKind::Test || command.name().is_some_and(|name| matches!(&*name, "[" | "test"))
}

fn may_fail(command: Command<'_>) -> bool {
    match command.kind() {
        CommandKind::Simple => match command.name() {
            Some(name) => !matches!(&*name, "echo" | "printf" | "true" | ":" | "export" | "exit" | "return" | "break" | "continue" | "set" | "[" | "test"),
            None => !command.words().is_empty(),
        },
        kind => kind != CommandKind::Test,
    }
}

/// Whether it ends the script, or lets everything pass: then it does not matter which of the two failed.
fn is_end(command: Command<'_>) -> bool {
    command.program().is_some_and(|it| matches!(&*it.name, "exit" | "return" | "true" | ":" | "echo" | "printf" | "false"))
        || (matches!(command.kind(), CommandKind::Group | CommandKind::Subshell) && command.descendants().any(|inner| inner.name().is_some_and(|name| matches!(&*name, "exit" | "return"))))
}
