//! `parsed-ls`: the output of `ls` is taken apart.

use dlint_syntax::shell::{CommandKind, Operator};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{scripts, xargs};

/// The rule.
pub const RULE: Rule = Rule {
    name: "parsed-ls",
    summary: "The output of `ls` is taken apart, where a glob or `find` gives the names as they are",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2010", "shellcheck:SC2011", "shellcheck:SC2012", "shellcheck:SC2045"],
    docs: include_str!("parsed_ls.md"),
    on: &[On::Run(run)],
};

/// Programs that take what `ls` writes for names.
const READERS: [&str; 6] = ["grep", "egrep", "awk", "sed", "cut", "sort"];

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run) {
        for command in script.script.all_commands() {
            let is_ls = command.program().is_some_and(|program| program.name == "ls");
            if is_ls && matches!(command.operator(), Operator::Pipe | Operator::PipeBoth) {
                let next = command.pipeline().commands().nth(command.position() + 1);
                let by_xargs = next.and_then(xargs).map(|(word, _)| (word, "xargs"));
                let reader = || {
                    let program = next?.program()?;
                    let name = READERS.into_iter().find(|name| program.name == *name)?;
                    Some((program.word, name))
                };
                if let Some((word, name)) = by_xargs.or_else(reader) {
                    let codes: &[&str] = match name {
                        "grep" | "egrep" => &["shellcheck:SC2010"],
                        "xargs" => &["shellcheck:SC2011"],
                        _ => &["shellcheck:SC2012"],
                    };
                    cx.report(command.range().cover(word.range()), "names with blanks or newlines do not \
                                                             come out of `ls` as they are")
                        .codes(codes)
                        .help("Use a glob (`*.txt`) or `find … -print0 | xargs -0`");
                }
            }
            if command.kind() == CommandKind::For {
                for part in command.subjects().iter().flat_map(|word| word.parts()) {
                    let is_substitution = part.kind().is_command();
                    let lists = part.scope().filter(|_| is_substitution).is_some_and(|scope| {
                        scope.commands().count() == 1 && scope.commands().all(|inner| inner.program().is_some_and(|program| program.name == "ls"))
                    });
                    if lists {
                        cx.report(part.range(), "names with blanks are divided here").codes(&["shellcheck:SC2045"]).help("Use a glob: `for file in *.txt`");
                    }
                }
            }
        }
    }
}
