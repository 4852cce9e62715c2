//! `overwritten-input`: a file is emptied before it is read.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{Command, OptionSpec, Program, RedirectOperator, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "overwritten-input",
    summary: "A file is read and written in one pipe, which empties it first",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2094"],
    docs: include_str!("overwritten_input.md"),
    on: &[On::Command(command)],
};

/// Programs that read the files that they are given.
const READERS: [&str; 22] = [
    "awk", "base64", "cat", "cut", "egrep", "fgrep", "fold", "gawk", "grep", "head", "jq", "mawk", "nl", "rev", "sed", "sort", "tac", "tail", "tr", "uniq",
    "xmlstarlet", "yq",
];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let command = node.command;
    for (place, text) in written(node) {
        if text.is_empty() || text.starts_with("/dev/") || text.starts_with("/proc/") {
            continue;
        }
        if let Some(reader) = command.pipeline().commands().find(|other| reads(*other, &text)) {
            let name = reader.program().map_or_else(|| "the command".to_owned(), |program| format!("`{}`", program.name));
            cx.report(place, format!("this file is emptied before {name} reads it, or while it does"))
                .help("Write to another file and move it over this one; `sed -i` and `sort -o` do so by themselves");
            return;
        }
    }
}

/// The files that a command empties and writes: by `>`, or as `tee`.
fn written(node: &CommandNode<'_, '_>) -> Vec<(TextRange, String)> {
    let redirects = node.command.redirects();
    let empties = redirects.filter(|it| matches!(it.operator(), RedirectOperator::Output | RedirectOperator::Clobber));
    let mut files: Vec<_> = empties.map(|it| (it.range(), it.target().unquoted().into_owned())).collect();
    if let Some(tee) = node.program.filter(|program| program.name == "tee") {
        let arguments = tee.arguments(&OptionSpec::FLAGS);
        let appends = arguments.has('a', "append");
        files.extend(arguments.operands().filter(|_| !appends).map(|word| (word.range(), word.unquoted().into_owned())));
    }
    files
}

/// Whether a command reads a file of that name: it is an argument of a program that reads files, or comes through `<`.
fn reads(command: Command<'_>, file: &str) -> bool {
    let mut inputs = command.redirects().filter(|it| it.operator() == RedirectOperator::Input);
    let through_input = inputs.any(|it| it.target().unquoted() == file);
    let as_argument = command.program().is_some_and(|program| {
        READERS.contains(&&*program.name) && inputs_of(&program).iter().any(|word| word.unquoted() == file)
    });
    through_input || as_argument
}

/// The operands of a program that are files: not the pattern or script that comes first, unless an option gives that.
fn inputs_of<'a>(program: &Program<'a>) -> Vec<Word<'a>> {
    let (spec, given) = match &*program.name {
        // Its operands are sets of characters.
        "tr" => return Vec::new(),
        "grep" | "egrep" | "fgrep" => (OptionSpec::new("efmABCdD", &["regexp", "file", "max-count"]), ["regexp", "file"]),
        "sed" => (OptionSpec::new("efl", &["expression", "file"]), ["expression", "file"]),
        "awk" | "gawk" | "mawk" => (OptionSpec::new("efFv", &["source", "file", "assign"]), ["source", "file"]),
        "jq" | "yq" => (OptionSpec::new("fL", &["from-file", "expression", "arg", "argjson"]), ["from-file", "expression"]),
        _ => {
            let arguments = program.arguments(&OptionSpec::new("efFdtkonNvO", &["expression", "file", "output"]));
            return arguments.operands().collect();
        }
    };
    let arguments = program.arguments(&spec);
    let is_given = arguments.has_short('f') || (arguments.has_short('e') && program.name != "jq") || given.iter().any(|it| arguments.has_long(it));
    arguments.operands().skip(usize::from(!is_given)).collect()
}
