//! Shell scripts within shell scripts: `sh -c "…"`, `su -c "…"`, `eval "…"`, `trap "…" EXIT`, `bash <<EOF`.
//!
//! The string is what is left of a word after the outer shell has removed its quotes. Those are overwritten with NUL,
//! which a shell text uses for what its shell does not see, so that the nested script has the length of the word and
//! its ranges are places in the file.

use crate::text::TextRange;

use super::command::Command;
use super::options::OptionSpec;
use super::parse::parse;
use super::part::{Part, PartKind};
use super::redirect::{Descriptor, RedirectOperator};
use super::settings::Settings;
use super::tree::{Detail, Script, Span};
use super::word::{Word, Words};

/// How deeply shells are looked for in shells.
const MAX_LEVEL: u8 = 8;

/// The shells that take a script after `-c`.
const SHELLS: &[&str] = &["sh", "bash", "dash", "ash", "zsh", "ksh", "ksh93", "mksh", "rbash"];

/// A script that a command of another script runs.
#[derive(Debug, Clone)]
pub struct Nested {
    pub(super) command: u32,
    name: String,
    range: TextRange,
    script: Script,
}

impl Nested {
    /// The program that runs it: a shell, `su`, `eval`, `trap`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words or the heredoc body that it is read from.
    pub fn range(&self) -> TextRange {
        self.range
    }

    /// The script. What the outer shell puts in place of a command substitution is an unknown expansion in it.
    pub fn script(&self) -> &Script {
        &self.script
    }
}

impl Script {
    /// The scripts that commands of this script run, in the order of those commands.
    pub fn nested(&self) -> &[Nested] {
        self.nested.get_or_init(|| {
            if self.level < MAX_LEVEL { self.commands().filter_map(find).collect() } else { Vec::new() }
        })
    }
}

/// The script that the command runs, if it is one that runs one.
fn find(command: Command<'_>) -> Option<Nested> {
    if !command.words().iter().any(may_name) {
        return None;
    }
    let program = command.program()?;
    let name = program.name.as_ref();
    let words = program.words;
    let (source, settings) = if SHELLS.contains(&name) {
        shell_source(command, words)?
    } else {
        match name {
            "su" | "runuser" => {
                let spec = OptionSpec::new(
                    "cgGsw",
                    &["command", "group", "session-command", "shell", "supp-group", "whitelist-environment"],
                );
                let arguments = words.arguments(&spec);
                let value = arguments.value('c', "command")?;
                let skipped = value.word.unquoted().len() - value.text.len();
                (Source::Word(value.word, skipped), Settings::default())
            }
            "eval" => (Source::Words(words), command.script().settings_at(command)),
            "trap" => {
                let (_, index) = words.leading_options(&OptionSpec::FLAGS);
                // `trap - SIGNAL` and `trap SIGNAL` take traps away.
                if words.len() < index + 2 || words.get(index)?.is("-") {
                    return None;
                }
                (Source::Word(words.get(index)?, 0), command.script().settings_at(command))
            }
            _ => return None,
        }
    };
    let (text, span) = source.text(command.script())?;
    let outer = command.script();
    let mut script = parse(&text, outer.range(span).start());
    script.level = outer.level + 1;
    script.start_with(settings);
    Some(Nested { command: command.index, name: name.to_owned(), range: outer.range(span), script })
}

/// Whether a word may name a program that runs a script, by the letters that it ends with; most commands have no such word.
fn may_name(word: Word<'_>) -> bool {
    let text = word.text();
    let is_hidden = |byte: u8| matches!(byte, b'"' | b'\'' | b'\\' | b'\n' | 0);
    // Quotes may stand anywhere in a name, and behind it.
    let last = text.bytes().rfind(|byte| !is_hidden(*byte));
    last.is_some_and(|last| matches!(last, b'h' | b'u' | b'l' | b'p' | b'r' | b'3'))
        && (["sh", "su", "eval", "trap", "runuser", "ksh93"].iter().any(|name| text.ends_with(name))
            || text.bytes().any(is_hidden))
}

/// What a shell with these arguments reads its commands from.
fn shell_source<'s>(command: Command<'s>, words: Words<'s>) -> Option<(Source<'s>, Settings)> {
    let spec = OptionSpec::new("oO", &["init-file", "rcfile"]);
    let mut index = 0;
    let mut string = false;
    let mut stdin = false;
    loop {
        let (options, next) = words.from(index).leading_options(&spec);
        string |= options.has_short('c');
        stdin |= options.has_short('s');
        index += next;
        // `+x` switches off what `-x` switches on.
        match words.get(index) {
            Some(word) if word.text().starts_with('+') => index += if word.text().ends_with('o') { 2 } else { 1 },
            _ => break,
        }
    }
    let arguments: Vec<_> = words.iter().take(index).map(|word| word.unquoted()).collect();
    let settings = Settings::from_arguments(arguments.iter().map(AsRef::as_ref));
    if string {
        return Some((Source::Word(words.get(index)?, 0), settings));
    }
    if index < words.len() && !stdin {
        return None;
    }
    let input = command.redirects().rfind(|redirect| redirect.descriptor() == Descriptor::Number(0))?;
    let source = match input.operator() {
        RedirectOperator::Heredoc => input.heredoc()?.body(),
        RedirectOperator::HereString => input.target(),
        _ => return None,
    };
    Some((Source::Word(source, 0), settings))
}

/// Where a nested script is written.
enum Source<'s> {
    /// A word, without so many bytes at the start of its value (the option in `--command=…`).
    Word(Word<'s>, usize),
    /// Words, which are joined.
    Words(Words<'s>),
}

impl Source<'_> {
    /// The text that the nested shell sees, as long as its place; `None` if there is nothing.
    fn text(&self, script: &Script) -> Option<(String, Span)> {
        let (span, words): (Span, Vec<Word<'_>>) = match self {
            Source::Word(word, _) => (word.data.range, vec![*word]),
            Source::Words(words) => {
                let last = words.get(words.len().checked_sub(1)?)?;
                (Span { start: words.first()?.data.range.start, end: last.data.range.end }, words.iter().collect())
            }
        };
        let mut text = script.slice(span).as_bytes().to_vec();
        for word in words {
            word.parts().for_each(|part| unquote(part, &mut text, span.start));
        }
        if let Source::Word(_, skipped) = self {
            text.iter_mut().filter(|byte| **byte != 0).take(*skipped).for_each(|byte| *byte = 0);
        }
        let text = String::from_utf8(text).ok()?;
        (!text.bytes().all(|byte| matches!(byte, 0 | b' ' | b'\t' | b'\n'))).then_some((text, span))
    }
}

/// Overwrites in `text`, which starts at `base`, what the outer shell takes away from a part of a word.
fn unquote(part: Part<'_>, text: &mut [u8], base: u32) {
    let span = part.span();
    let (start, end) = ((span.start - base) as usize, (span.end - base) as usize);
    let here = &mut text[start..end];
    let (open, close) = part.quotes();
    match part.kind() {
        PartKind::Literal => hide_continuations(here),
        PartKind::Escaped => here[0] = 0,
        PartKind::AnsiC => decode(part.text(), here),
        PartKind::SingleQuoted | PartKind::DoubleQuoted => {
            let len = here.len();
            here[..open].fill(0);
            here[len - close..].fill(0);
        }
        PartKind::CommandSubstitution | PartKind::Backticks | PartKind::ProcessSubstitution | PartKind::Arithmetic => {
            hide_expansion(here);
            return;
        }
        PartKind::Parameter => {
            // The commands in it belong to the outer script.
            if part.has_commands() {
                hide_expansion(here);
            }
            return;
        }
        PartKind::Glob | PartKind::Brace | PartKind::Tilde | PartKind::Array => {}
    }
    part.parts().for_each(|part| unquote(part, text, base));
}

/// Puts an expansion of unknown value in the place of one: `$@`, with the two bytes at its ends where those are ASCII.
fn hide_expansion(text: &mut [u8]) {
    let at = match *text {
        [_, .., last] if last.is_ascii() => text.len() - 1,
        // Unclosed, so that it ends with any character.
        [_, second, ..] if second.is_ascii() => 1,
        _ => 0,
    };
    text.fill(0);
    if at > 0 {
        text[0] = b'$';
        text[at] = b'@';
    }
}

fn hide_continuations(text: &mut [u8]) {
    for index in 1..text.len() {
        if text[index] == b'\n' && text[index - 1] == b'\\' {
            text[index - 1..=index].fill(0);
        }
    }
}

/// Writes the value of a `$'…'` string, each character where its sequence starts.
fn decode(source: &str, text: &mut [u8]) {
    let len = text.len();
    text[..2.min(len)].fill(0);
    let inner_end = if len > 2 && source.ends_with('\'') { len - 1 } else { len };
    text[inner_end..].fill(0);
    let mut at = 2;
    while at < inner_end {
        if text[at] != b'\\' {
            at += 1;
            continue;
        }
        let (char, sequence) = super::ansi_c::sequence(&source[at..inner_end]);
        let place = &mut text[at..at + sequence];
        place.fill(0);
        if let Some(char) = char {
            char.encode_utf8(place);
        }
        at += sequence;
    }
}

impl Part<'_> {
    /// Whether there are commands in it.
    fn has_commands(&self) -> bool {
        self.descendants().any(|part| matches!(part.detail(), Detail::Scope(_)))
    }
}
