//! `find-piped-to-xargs`: names with blanks between `find` and `xargs`.

use dlint_syntax::shell::{ArgumentKind, Operator, OptionSpec};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::scripts::xargs;

/// Options of `xargs` that take values. Source: the manual of GNU's xargs.
const XARGS: OptionSpec = OptionSpec::new("adEIeLnPs", &["arg-file", "delimiter", "max-args", "max-procs", "max-chars"]);

/// The rule.
pub const RULE: Rule = Rule {
    name: "find-piped-to-xargs",
    summary: "Names with blanks are divided between `find` and `xargs`",
    category: Category::Correctness,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2038"],
    docs: include_str!("find_piped_to_xargs.md"),
    on: &[On::Program(&["find"], command)],
};

/// Actions of `find` after which its output is no list of names between newlines.
const ACTIONS: [&str; 9] = ["-print0", "-printf", "-exec", "-execdir", "-ok", "-delete", "-ls", "-fprint", "-quit"];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let command = node.command;
    if command.operator() != Operator::Pipe || node.program.is_none_or(|program| program.name != "find") {
        return;
    }
    let words = command.words();
    if words.iter().any(|word| ACTIONS.iter().any(|action| word.is(action))) || words.iter().any(|word| word.literal().is_none() && !word.is_quoted()) {
        return;
    }
    let Some(next) = command.pipeline().commands().nth(command.position() + 1) else { return };
    let Some((xargs, rest)) = xargs(next) else { return };
    let options = rest.arguments(&XARGS);
    // Behind the first operand begin the options of another program.
    let mut own = options.iter().take_while(|it| it.kind != ArgumentKind::Operand);
    let is_divided_otherwise = own.any(|option| {
        ['0', 'd', 'I', 'i', 'L', 'l'].iter().any(|letter| option.is_short(*letter))
            || ["null", "delimiter", "replace", "max-lines"].iter().any(|name| option.is_long(name))
    });
    if !is_divided_otherwise {
        cx.report(command.range().cover(xargs.range()), "`xargs` divides names at blanks and takes quotes out of them")
            .help("Write `find … -exec … {} +`, or `find … -print0 | xargs -0 …`");
    }
}
