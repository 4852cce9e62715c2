//! `glob-as-option`: a pattern whose first match may be read as an option.

use dlint_syntax::shell::PartKind;

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "glob-as-option",
    summary: "A pattern whose matches may be read as options",
    category: Category::Correctness,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["shellcheck:SC2035"],
    docs: include_str!("glob_as_option.md"),
    on: &[On::Command(command)],
};

/// Programs to which a file is the same with `./` before its name.
const SAME: [&str; 9] = ["rm", "chmod", "chown", "chgrp", "cp", "mv", "touch", "rmdir", "install"];

/// Programs that take options after the names of files, too, and print or keep the names.
const OTHERS: [&str; 12] = ["cat", "ls", "tar", "grep", "sed", "head", "tail", "wc", "du", "ln", "gzip", "sha256sum"];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program.filter(|program| program.is_any(&SAME) || program.is_any(&OTHERS)) else { return };
    let words = node.command.words().from(program.index + 1);
    let mut is_after_option = false;
    for word in words.iter() {
        if word.is("--") {
            return;
        }
        let begins = word.parts().next().is_some_and(|part| part.kind() == PartKind::Glob && part.range().start() == word.range().start());
        // What follows an option may be its value: `--exclude *.o`.
        if begins && !(is_after_option && program.is_any(&OTHERS)) {
            let start = word.range().start();
            let mut report = cx.report(word.range(), format!("a file with a name like `-r` would be an option of `{}` here", program.name));
            report.help("Write `./` before the pattern");
            if program.is_any(&SAME) {
                report.safe_fix("Write `./` before the pattern", Edit::insert(start, "./"));
            }
            return;
        }
        is_after_option = word.text().starts_with('-');
    }
}
