//! `find-piped-to-xargs`: names with blanks between `find` and `xargs`.

use dlint_syntax::shell::{Operator, OptionSpec};

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
    let is_divided_otherwise = options.has_short('0') || options.has_long("null") || options.has_short('d') || options.has_long("delimiter")
        || options.has_short('I') || options.has_short('L');
    if !is_divided_otherwise {
        cx.report(command.range().cover(xargs.range()), "`xargs` divides names at blanks and takes quotes out of them")
            .help("Write `find … -exec … {} +`, or `find … -print0 | xargs -0 …`");
    }
}
