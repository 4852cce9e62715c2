//! `masked-return-value`: `export x=$(command)` succeeds whatever the command does.

use dlint_syntax::shell::Scope;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "masked-return-value",
    summary: "`export x=$(command)` succeeds even if the command fails",
    category: Category::Correctness,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2155"],
    docs: include_str!("masked_return_value.md"),
    on: &[On::Program(&["export", "local", "declare", "readonly", "typeset"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let words = node.command.words();
    let Some(builtin) = words.first().and_then(|word| word.literal()) else { return };
    if !matches!(&*builtin, "export" | "local" | "declare" | "readonly" | "typeset") {
        return;
    }
    for word in words.from(1).iter() {
        let text = word.unquoted();
        let Some((name, _)) = text.split_once('=').filter(|(name, _)| !name.contains(['$', '`'])) else { continue };
        let substitution = word.all_parts().find(|part| part.kind().is_command());
        let Some(scope) = substitution.and_then(|part| part.scope()).filter(|scope| may_fail(*scope)) else { continue };
        let what = scope.commands().last().and_then(|command| command.program()).map_or_else(|| "the command".to_owned(), |program| format!("`{}`", program.name));
        let name = name.trim_end_matches('+');
        cx.report(word.range(), format!("if {what} fails, `{builtin}` succeeds all the same, and `{name}` is \
                                         empty or cut short"))
            .help(format!("Assign first, then {builtin}: `{name}=$(…) && {builtin} {name}`"));
    }
}

/// Whether a substitution runs something that can fail in a way that matters.
fn may_fail(scope: Scope<'_>) -> bool {
    const HARMLESS: [&str; 19] = [
        "echo", "printf", "uname", "nproc", "arch", "date", "pwd", "whoami", "hostname", "id", "dirname", "basename", "mktemp", "true", "dpkg-architecture",
        "getconf", "umask", "tr", "cut",
    ];
    scope.commands().any(|command| match command.program() {
        Some(program) if program.name == "dpkg" => !program.words.iter().any(|word| word.is("--print-architecture")),
        Some(program) => !HARMLESS.contains(&&*program.name),
        None => false,
    }) && !scope.commands().any(|command| command.is_checked())
}
