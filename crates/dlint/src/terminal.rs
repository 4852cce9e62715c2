//! What the terminal can do: colours, width, characters. And what may be shown on one.

use std::borrow::Cow;
use std::env;
use std::io::{IsTerminal, Write, stderr, stdout};

use anstyle::{AnsiColor, Style};
use dlint_linter::Level;

use crate::args::Color;

/// Widest text that is still good to read.
const MAX_WIDTH: usize = 120;

/// How text for people is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// With colours.
    pub(crate) color: bool,
    /// With characters beyond ASCII.
    pub(crate) unicode: bool,
    /// Columns.
    pub(crate) width: usize,
}

impl Look {
    /// For what is written to standard output.
    pub(crate) fn of_stdout(color: Color) -> Self {
        let terminal = stdout().is_terminal();
        Self { color: wants_color(color, terminal), unicode: !terminal || has_unicode(), width: width(terminal) }
    }

    /// For what is written to standard error.
    pub(crate) fn of_stderr(color: Color) -> Self {
        let terminal = stderr().is_terminal();
        Self { color: wants_color(color, terminal), unicode: !terminal || has_unicode(), width: width(terminal) }
    }

    /// For a file.
    pub(crate) fn of_file(color: Color) -> Self {
        Self { color: color == Color::Always, unicode: true, width: width(false) }
    }

    /// Text in a style, if there are colours.
    pub(crate) fn paint(self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The style of a level's name.
pub(crate) fn level_style(level: Level) -> Style {
    let color = match level {
        Level::Error => AnsiColor::Red,
        Level::Warning => AnsiColor::Yellow,
        Level::Info => AnsiColor::Cyan,
        Level::Hint => AnsiColor::BrightBlack,
    };
    color.on_default().bold()
}

/// <https://no-color.org> and <https://bixense.com/clicolors/>: an empty value counts as not set.
fn wants_color(color: Color, terminal: bool) -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        Color::Auto => terminal && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Whether the locale of the terminal is one with all of Unicode. A locale that is not set says nothing.
fn has_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty());
    env::var_os("TERM").is_none_or(|term| term != "linux")
        && locale.is_none_or(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
}

fn width(terminal: bool) -> usize {
    let columns = if terminal {
        terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
    } else {
        env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok())
    };
    columns.unwrap_or(MAX_WIDTH).clamp(40, MAX_WIDTH)
}

/// Writes `error: message` to standard error.
pub(crate) fn complain(color: Color, message: &str) {
    let label = Look::of_stderr(color).paint(level_style(Level::Error), "error:");
    // Where standard error is closed, there is nobody to tell.
    let _ = writeln!(stderr().lock(), "{label} {}", visible_lines(message));
}

/// Writes `note: message` to standard error.
pub(crate) fn note(color: Color, message: &str) {
    let label = Look::of_stderr(color).paint(level_style(Level::Info), "note:");
    let _ = writeln!(stderr().lock(), "{label} {}", visible_lines(message));
}

/// Text with what could steer a terminal or a CI service made harmless: control characters are shown as their symbols, characters
/// that reorder text as the replacement character, and commands as [`inert`] does it. Each character becomes exactly one.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    mapped(text, shown)
}

/// The same for text of several lines.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    mapped(text, |c| if c == '\n' { c } else { shown(c) })
}

/// Text without control characters and characters that reorder text, for what is put into a command.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) { Cow::Borrowed(text) } else { text.chars().map(shown).collect() }
}

fn mapped(text: &str, shown: impl Fn(char) -> char) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) {
        return inert(text);
    }
    let text: String = text.chars().map(shown).collect();
    Cow::Owned(inert(&text).into_owned())
}

/// Text in which no CI service finds a command. GitHub Actions, Azure Pipelines and TeamCity take `##[…]`, `##vso[…]` and the like for one
/// wherever it stands in a line, GitHub Actions `::` at its start.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    let is_command = |at: usize| {
        let rest = text.get(at + 2..).unwrap_or_default();
        rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[')
    };
    let opens = |line: &str| line.trim_start().starts_with("::");
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let has_command = text.match_indices('[').any(|(at, _)| text[..at].trim_end_matches(is_letter).ends_with("##"));
    if !has_command && !text.split('\n').any(opens) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let blanks = line.len() - line.trim_start().len();
        for (at, c) in line.char_indices() {
            out.push(match c {
                '#' if line.get(at..).is_some_and(|rest| rest.starts_with("##")) && is_command(start + at) => {
                    '\u{266f}'
                }
                ':' if at == blanks && opens(line) => '\u{2236}',
                c => c,
            });
        }
        start += line.len();
    }
    Cow::Owned(out)
}

/// What is shown in place of a character.
pub(crate) fn shown(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{7f}' => '\u{2421}',
        // "Control Pictures" mirrors the control characters.
        c if c < ' ' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{inert, visible, visible_lines};

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        assert_eq!(visible("plain \u{e9} text"), "plain \u{e9} text");
        assert_eq!(visible("\u{1b}[31mred\u{7}\r\n"), "\u{241b}[31mred\u{2407}\u{240d}\u{240a}");
        assert_eq!(visible("a\tb\u{202e}c\u{9b}"), "a b\u{fffd}c\u{fffd}");
    }

    #[test]
    fn nothing_is_a_command_to_a_ci_service() {
        assert_eq!(inert("a ## b ##c #[d] e::f\n##"), "a ## b ##c #[d] e::f\n##");
        assert_eq!(visible("x ##vso[task.setvariable]y"), "x \u{266f}#vso[task.setvariable]y");
        assert_eq!(visible("\t###[add-mask]x"), " #\u{266f}#[add-mask]x");
        assert_eq!(visible_lines("a\n  ::error::b\n::c"), "a\n  \u{2236}:error::b\n\u{2236}:c");
        assert_eq!(visible("##TeamCity[x"), "\u{266f}#TeamCity[x");
    }
}
