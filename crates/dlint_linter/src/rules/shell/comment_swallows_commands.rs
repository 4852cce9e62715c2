//! `comment-swallows-commands`: a `#` in a continued `RUN` takes everything that follows.

use dlint_syntax::text::has_byte;
use dlint_syntax::dockerfile::Form;
use dlint_syntax::{TextRange, TextSize};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "comment-swallows-commands",
    summary: "A comment in a continued `RUN` takes all commands that follow",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("comment_swallows_commands.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let Form::Shell(shell) = &run.run.form else { return };
    if run.run.is_heredoc || !run.shell.kind.is_posix() || !has_byte(shell.text(), b'#') {
        return;
    }
    let script = shell.script();
    // All that the shell takes in. After that only blanks, operators and comments can be.
    let end = script.all_commands().map(|command| command.range().end().max(command.operator_range().end())).max();
    let end = end.unwrap_or(shell.range.start());
    let rest = script.text_at(TextRange::new(end, shell.range.end()));
    let first = rest.find(|char: char| !char.is_whitespace() && !matches!(char, '\0' | ';' | '&'));
    let Some(hash) = first.filter(|&at| rest[at..].starts_with('#')) else { return };
    // Where the line of the comment goes on, the shell sees no newline: Docker has joined the lines.
    let comment = &rest[hash..];
    let line = comment.find('\n').unwrap_or(comment.len());
    let Some(joined) = comment[..line].find('\0') else { return };
    let swallowed = comment[joined..line].find(|char: char| !char.is_whitespace() && char != '\0');
    let Some(swallowed) = swallowed else { return };
    let place = |from: usize, to: usize| {
        let at = |offset: usize| end + TextSize::new((hash + offset) as u32);
        TextRange::new(at(from), at(to))
    };
    let text = comment[..joined].trim_end_matches(['\0', ' ', '\t', '\\']);
    let first_line = &comment[joined + swallowed..line];
    let first_end = first_line.find('\0').unwrap_or(first_line.len());
    let first = joined + swallowed..joined + swallowed + first_line[..first_end].trim_end().len();
    cx.report(place(0, text.len()), "this comment takes all that follows: Docker joins the lines of a `RUN` \
                                     before the shell sees them")
        .help("Put the comment on a line of its own, where Docker takes it out")
        .related(place(first.start, first.end), "this is part of the comment, and never run");
}
