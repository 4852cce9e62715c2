//! The arguments of a program as options and operands (POSIX, Utility Conventions, and GNU's long options).

use std::borrow::Cow;

use crate::text::{TextRange, TextSize};

use super::part::PartKind;
use super::word::{Word, Words};

/// Which options of a program take a value. All others are taken for flags.
#[derive(Debug, Clone, Copy, Default)]
pub struct OptionSpec {
    /// The letters of the short options with a value.
    pub short: &'static str,
    /// The names, without dashes, of the long options with a value that may be the next argument (`--name value`).
    /// With `--name=value` there is no doubt.
    pub long: &'static [&'static str],
    /// Whether a single dash begins a long option too (`-ldflags`), so that there are no short ones.
    pub single_dash: bool,
}

impl OptionSpec {
    /// No option takes a value.
    pub const FLAGS: Self = Self::new("", &[]);

    /// The options are long ones, with one dash or two (Go, Java, X11); those of these names take a value.
    pub const fn single_dash(long: &'static [&'static str]) -> Self {
        Self { short: "", long, single_dash: true }
    }

    /// The short options of these letters and the long options of these names (without dashes) take a value.
    pub const fn new(short: &'static str, long: &'static [&'static str]) -> Self {
        Self { short, long, single_dash: false }
    }
}

/// The arguments of a program, read with an [`OptionSpec`]. Options may follow operands, as most programs allow.
#[derive(Debug, Clone, Default)]
pub struct Arguments<'s> {
    items: Vec<Argument<'s>>,
    unknown: bool,
}

/// An option or operand.
#[derive(Debug, Clone)]
pub struct Argument<'s> {
    /// What it is.
    pub kind: ArgumentKind<'s>,
    /// The word that it is written in; several short options may share one.
    pub word: Word<'s>,
    /// Its place: for one of several short options in a word, the letter, if the word has no quotes; otherwise the word.
    pub range: TextRange,
    /// The value of an option that has one.
    pub value: Option<OptionValue<'s>>,
}

/// The kinds of [`Argument`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentKind<'s> {
    /// `-x`.
    Short(char),
    /// `--name`, without the dashes.
    Long(Cow<'s, str>),
    /// Neither an option nor the value of one.
    Operand,
}

/// The value of an option.
#[derive(Debug, Clone)]
pub struct OptionValue<'s> {
    /// The value, as [`Word::unquoted`].
    pub text: Cow<'s, str>,
    /// The word that it is in: the option's own or the next one.
    pub word: Word<'s>,
    /// Its place; that of the word, if the word has quotes.
    pub range: TextRange,
}

impl<'s> Words<'s> {
    /// These words as the arguments of a program.
    pub fn arguments(&self, spec: &OptionSpec) -> Arguments<'s> {
        let mut arguments = Arguments { items: Vec::with_capacity(self.len()), unknown: false };
        let mut index = 0;
        while let Some(word) = self.get(index) {
            match arguments.read(*self, index, spec) {
                Step::Option(next) => index = next,
                Step::Operand => {
                    arguments.push_operand(word);
                    index += 1;
                }
                Step::End => {
                    self.from(index + 1).iter().for_each(|word| arguments.push_operand(word));
                    break;
                }
            }
        }
        arguments
    }

    /// The options among these words up to the first operand, and the index of that (or of the word after `--`).
    pub(super) fn leading_options(&self, spec: &OptionSpec) -> (Arguments<'s>, usize) {
        let mut arguments = Arguments::default();
        let mut index = 0;
        while index < self.len() {
            match arguments.read(*self, index, spec) {
                Step::Option(next) => index = next,
                Step::Operand => break,
                Step::End => {
                    index += 1;
                    break;
                }
            }
        }
        (arguments, index)
    }
}

impl<'a, 's> IntoIterator for &'a Arguments<'s> {
    type Item = &'a Argument<'s>;
    type IntoIter = std::slice::Iter<'a, Argument<'s>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What a word turned out to be.
enum Step {
    /// One or more options; with the index of the word after them and their value.
    Option(usize),
    Operand,
    /// `--`.
    End,
}

impl<'s> Arguments<'s> {
    /// All options and operands in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Argument<'s>> {
        self.items.iter()
    }

    /// The operands in order.
    pub fn operands(&self) -> impl DoubleEndedIterator<Item = Word<'s>> + '_ {
        self.items.iter().filter(|item| item.kind == ArgumentKind::Operand).map(|item| item.word)
    }

    /// The first operand, which for many programs names a subcommand, if nothing in it is expanded.
    pub fn subcommand(&self) -> Option<Cow<'s, str>> {
        self.operands().next()?.literal()
    }

    /// Whether the option is given, as `-x` or `--name`.
    pub fn has(&self, short: char, long: &str) -> bool {
        self.find(short, long).is_some()
    }

    /// Whether `-x` is given, alone or with others (`-qxy`).
    pub fn has_short(&self, short: char) -> bool {
        self.items.iter().any(|item| item.is_short(short))
    }

    /// Whether `--name` is given, with or without a value.
    pub fn has_long(&self, long: &str) -> bool {
        self.items.iter().any(|item| item.is_long(long))
    }

    /// The first `-x` or `--name`.
    pub fn find(&self, short: char, long: &str) -> Option<&Argument<'s>> {
        self.items.iter().find(|item| item.is_short(short) || item.is_long(long))
    }

    /// The values of all `-x` and `--name` in order.
    pub fn values<'a>(&'a self, short: char, long: &'a str) -> impl DoubleEndedIterator<Item = &'a OptionValue<'s>> {
        let given = self.items.iter().filter(move |item| item.is_short(short) || item.is_long(long));
        given.filter_map(|item| item.value.as_ref())
    }

    /// The value of the last `-x` or `--name`, which for most programs is the one that counts.
    pub fn value<'a>(&'a self, short: char, long: &'a str) -> Option<&'a OptionValue<'s>> {
        self.values(short, long).next_back()
    }

    /// Whether there may be options that are not seen, as an argument before `--` starts with a variable or the output
    /// of a command (`apt-get install $FLAGS curl`).
    pub fn may_hide_options(&self) -> bool {
        self.unknown
    }

    fn push_operand(&mut self, word: Word<'s>) {
        self.items.push(Argument { kind: ArgumentKind::Operand, word, range: word.range(), value: None });
    }

    fn read(&mut self, words: Words<'s>, index: usize, spec: &OptionSpec) -> Step {
        let Some(word) = words.get(index) else { return Step::End };
        if starts_unknown(word) {
            self.unknown = true;
            return Step::Operand;
        }
        let text = word.unquoted();
        if text == "--" {
            return Step::End;
        }
        let dashes = if text.starts_with("--") { 2 } else { usize::from(spec.single_dash && text.starts_with('-')) };
        if let Some(name) = text.get(dashes..).filter(|name| dashes > 0 && !name.is_empty()) {
            let name_len = name.find('=');
            let value = match name_len {
                Some(len) => Some(attached(word, &text, dashes + len + 1)),
                None if spec.long.contains(&name) => words.get(index + 1).map(following),
                None => None,
            };
            let next = index + 1 + usize::from(name_len.is_none() && value.is_some());
            let kind = ArgumentKind::Long(slice(&text, dashes..name_len.map_or(text.len(), |len| dashes + len)));
            self.items.push(Argument { kind, word, range: word.range(), value });
            return Step::Option(next);
        }
        let Some(letters) = text.strip_prefix('-').filter(|letters| !letters.is_empty()) else { return Step::Operand };
        for (offset, letter) in letters.char_indices() {
            let offset = 1 + offset;
            let end = offset + letter.len_utf8();
            let range = sub_range(word, &text, offset..end);
            let takes_value = spec.short.contains(letter);
            let value = match takes_value {
                true if end < text.len() => Some(attached(word, &text, end)),
                true => words.get(index + 1).map(following),
                false => None,
            };
            let next = index + 1 + usize::from(takes_value && end == text.len() && value.is_some());
            self.items.push(Argument { kind: ArgumentKind::Short(letter), word, range, value });
            if takes_value {
                return Step::Option(next);
            }
        }
        Step::Option(index + 1)
    }
}

impl Argument<'_> {
    /// Whether it is `-x`.
    pub fn is_short(&self, letter: char) -> bool {
        self.kind == ArgumentKind::Short(letter)
    }

    /// Whether it is `--name`.
    pub fn is_long(&self, name: &str) -> bool {
        matches!(&self.kind, ArgumentKind::Long(long) if long == name)
    }
}

/// Whether the word's first character is not known.
fn starts_unknown(word: Word<'_>) -> bool {
    let Some(mut first) = word.parts().next() else { return false };
    if first.kind() == PartKind::DoubleQuoted {
        let Some(inner) = first.parts().next() else { return false };
        first = inner;
    }
    first.kind().expands()
}

/// The value in an option's own word, from byte `from` of its unquoted text on.
fn attached<'s>(word: Word<'s>, text: &Cow<'s, str>, from: usize) -> OptionValue<'s> {
    OptionValue { text: slice(text, from..text.len()), word, range: sub_range(word, text, from..text.len()) }
}

/// The value in the word after an option.
fn following(word: Word<'_>) -> OptionValue<'_> {
    OptionValue { text: word.unquoted(), word, range: word.range() }
}

fn slice<'s>(text: &Cow<'s, str>, range: std::ops::Range<usize>) -> Cow<'s, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
        Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
    }
}

/// The place of a piece of a word's unquoted text, if the word has no quotes; otherwise that of the word.
fn sub_range(word: Word<'_>, text: &str, range: std::ops::Range<usize>) -> TextRange {
    if word.text() != text {
        return word.range();
    }
    let start = word.range().start();
    TextRange::new(start + TextSize::new(range.start as u32), start + TextSize::new(range.end as u32))
}
