//! Variables in the values of a Compose file: `$VAR`, `${VAR}` and its operators.
//!
//! Source: Compose file reference, "Interpolation"; the details (what is left alone, how braces are matched) are those of
//! compose-go's `template` package, which Docker Compose uses.

use std::borrow::Cow;
use std::ops::Range;

use dlint_syntax::dockerfile::{Environment, Lookup, Value};
use dlint_syntax::text::{find_byte, has_byte};

/// Stands in [`Interpolation::text`] for what cannot be known. YAML text cannot hold it but by an escape.
pub(crate) const HOLE: char = '\0';

const UNKNOWN: &str = "\0";

/// How deep defaults are followed; what is deeper counts as unknown.
const MAX_DEPTH: usize = 20;

/// An environment of which nothing is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoEnvironment;

impl Environment for NoEnvironment {
    fn get(&self, _name: &str) -> Lookup {
        Lookup::Unknown
    }
}

/// A text after interpolation. All ranges are byte ranges, half-open.
#[derive(Debug, Clone, Default)]
pub struct Interpolation {
    /// The result, with a NUL where a value is not known.
    pub(super) text: String,
    /// What each part of the result comes from, in order and without gaps.
    pub(super) pieces: Vec<Piece>,
    /// The variables that are named, in the order in which they begin; those in defaults too.
    pub references: Vec<VariableRef>,
    /// Where Compose refuses the text ("invalid interpolation format").
    pub errors: Vec<InvalidFormat>,
}

/// A part of the result and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// In the result.
    pub(super) value: Range<usize>,
    /// In the text: the same bytes, or the whole reference (`${…}`, `$$`) that gave the value.
    pub(super) source: Range<usize>,
    /// Whether the bytes are the same.
    pub(super) is_literal: bool,
}

/// A variable that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableRef {
    /// Its name.
    pub name: String,
    /// From the `$` to the end of the name or the closing brace.
    pub range: Range<usize>,
    /// Where the name stands.
    pub name_range: Range<usize>,
    /// The operator with where its argument stands: the default, the message or the replacement.
    pub operator: Option<(Operator, Range<usize>)>,
}

/// What follows a variable's name in `${NAME…}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `:-`: a default where the variable is unset or empty.
    DefaultIfEmpty,
    /// `-`: a default where it is unset.
    Default,
    /// `:?`: an error where it is unset or empty.
    RequiredNotEmpty,
    /// `?`: an error where it is unset.
    Required,
    /// `:+`: a replacement where it is set and not empty.
    ReplaceIfNotEmpty,
    /// `+`: a replacement where it is set.
    Replace,
}

impl Operator {
    /// The operator that a text starts with, and its length in bytes.
    fn at(text: &str) -> Option<(Self, usize)> {
        let operators = [
            (":-", Self::DefaultIfEmpty),
            ("-", Self::Default),
            (":?", Self::RequiredNotEmpty),
            ("?", Self::Required),
            (":+", Self::ReplaceIfNotEmpty),
            ("+", Self::Replace),
        ];
        operators.into_iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, operator)| (operator, sign.len()))
    }
}

/// A place where Compose refuses a text: `${}`, `${A B}`, a brace that is not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidFormat {
    /// From the `$` to the closing brace; only the `${` where there is none.
    pub range: Range<usize>,
}

impl Interpolation {
    /// The result as a whole.
    pub fn value(&self) -> Value {
        value_of(&self.text)
    }
}

/// The value of a result or a part of it: unknown if any of it is.
pub(super) fn value_of(text: &str) -> Value {
    if has_byte(text, HOLE as u8) { Value::Unknown } else { Value::Known(text.into()) }
}

/// Replaces the variables in a value. A variable of which `env` knows nothing has its default where there is one, and is unknown
/// otherwise.
pub fn interpolate(text: &str, env: &dyn Environment) -> Interpolation {
    run(text, env, Some(Vec::new()), true)
}

/// The same without the references, for who wants the value only.
pub(super) fn evaluate(text: &str, env: &dyn Environment) -> Interpolation {
    run(text, env, None, true)
}

/// The same without saying where the parts of the value come from.
pub(super) fn evaluate_only(text: &str, env: &dyn Environment) -> Interpolation {
    run(text, env, None, false)
}

fn run(text: &str, env: &dyn Environment, references: Option<Vec<VariableRef>>, has_pieces: bool) -> Interpolation {
    let mut expander = Expander { text, env, braces: None, references, errors: Vec::new() };
    let mut pieces = Vec::new();
    let result = expander.expand(0..text.len(), 0, has_pieces.then_some(&mut pieces));
    let references = expander.references.unwrap_or_default();
    Interpolation { text: result, pieces, references, errors: expander.errors }
}

/// Where each `${` is closed, sorted by where it opens. As Compose counts them, a lone `{` opens too, and the character behind a `{`
/// counts for nothing. What nothing closes goes to the last brace of its line.
fn matching_braces(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut last_brace = None;
    let mut at = 0;
    let finish = |open: &mut Vec<(usize, bool)>, pairs: &mut Vec<(usize, usize)>, last: &mut Option<usize>| {
        let last = last.take();
        let unclosed =
            open.drain(..).filter(|(start, is_variable)| *is_variable && last.is_some_and(|last| last > *start));
        pairs.extend(unclosed.filter_map(|(start, _)| Some((start, last?))));
    };
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => {
                let dollar = at.checked_sub(1).filter(|&before| bytes[before] == b'$');
                open.push((dollar.unwrap_or(at), dollar.is_some()));
                // A brace behind it may still be the last of the line.
                at += 1;
                match bytes.get(at) {
                    Some(b'}') => last_brace = Some(at),
                    Some(b'\n') => finish(&mut open, &mut pairs, &mut last_brace),
                    _ => {}
                }
            }
            b'}' => {
                last_brace = Some(at);
                if let Some((start, true)) = open.pop() {
                    pairs.push((start, at));
                }
            }
            b'\n' => finish(&mut open, &mut pairs, &mut last_brace),
            _ => {}
        }
        at += 1;
    }
    finish(&mut open, &mut pairs, &mut last_brace);
    pairs.sort_unstable();
    pairs
}

struct Expander<'t> {
    text: &'t str,
    env: &'t dyn Environment,
    /// See [`matching_braces`]; worked out where a look at the text does not tell.
    braces: Option<Vec<(usize, usize)>>,
    /// Filled if they are wanted.
    references: Option<Vec<VariableRef>>,
    errors: Vec<InvalidFormat>,
}

impl<'t> Expander<'t> {
    /// `pieces` gets the parts of the result, if they are wanted.
    fn expand(&mut self, range: Range<usize>, depth: usize, mut pieces: Option<&mut Vec<Piece>>) -> String {
        let mut result = String::with_capacity(range.len());
        let mut push = |text: &str, source: Range<usize>, is_literal: bool| {
            let start = result.len();
            result.push_str(text);
            let Some(pieces) = &mut pieces else { return };
            match pieces.last_mut() {
                Some(last) if is_literal && last.is_literal && last.source.end == source.start => {
                    last.source.end = source.end;
                    last.value.end = result.len();
                }
                _ if is_literal && text.is_empty() => {}
                _ => pieces.push(Piece { value: start..result.len(), source, is_literal }),
            }
        };
        let mut at = range.start;
        while let Some(dollar) = find_byte(&self.text[at..range.end], b'$').map(|offset| at + offset) {
            push(&self.text[at..dollar], at..dollar, true);
            at = match self.text.as_bytes()[..range.end].get(dollar + 1) {
                Some(b'$') => {
                    push("$", dollar..dollar + 2, false);
                    dollar + 2
                }
                Some(b'{') => {
                    let (value, end) = self.braced(dollar, range.end, depth);
                    push(&value, dollar..end, false);
                    end
                }
                Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' => {
                    let name = self.name_at(dollar + 1, range.end);
                    let end = name.end;
                    let value = self.look_up(&name);
                    self.refer(dollar..end, name, None);
                    push(&known_or_hole(value), dollar..end, false);
                    end
                }
                _ => {
                    push("$", dollar..dollar + 1, true);
                    dollar + 1
                }
            };
        }
        push(&self.text[at..range.end], at..range.end, true);
        result
    }

    /// The value of the reference whose `${` is at `dollar`, and where it ends. `limit`: where the text that it is in ends.
    fn braced(&mut self, dollar: usize, limit: usize, depth: usize) -> (Cow<'t, str>, usize) {
        let found = self.close_of(dollar);
        // Without a brace that closes it, the rest is read on as text.
        let Some(close) = found.filter(|&close| close < limit) else {
            self.errors.push(InvalidFormat { range: dollar..dollar + 2 });
            return (Cow::Borrowed(UNKNOWN), dollar + 2);
        };
        let end = close + 1;
        let name = self.name_at(dollar + 2, close);
        let rest = &self.text[name.end..close];
        let operator = Operator::at(rest);
        if name.is_empty() || (operator.is_none() && !rest.is_empty()) {
            self.errors.push(InvalidFormat { range: dollar..end });
            return (Cow::Borrowed(UNKNOWN), end);
        }
        let value = self.look_up(&name);
        let operator = operator.map(|(operator, len)| (operator, name.end + len..close));
        self.refer(dollar..end, name, operator.clone());
        let Some((operator, argument)) = operator else { return (known_or_hole(value), end) };
        let text = self.text;
        let argument = match &text[argument.clone()] {
            plain if !has_byte(plain, b'$') => Cow::Borrowed(plain),
            _ if depth < MAX_DEPTH => Cow::Owned(self.expand(argument, depth + 1, None)),
            _ => Cow::Borrowed(UNKNOWN),
        };
        let is_empty = matches!(&value, Lookup::Set(text) if text.is_empty());
        let value = match (operator, value) {
            (Operator::DefaultIfEmpty, _) if is_empty => argument,
            (Operator::ReplaceIfNotEmpty, _) if is_empty => Cow::Borrowed(""),
            (Operator::DefaultIfEmpty | Operator::Default, Lookup::Unset | Lookup::Unknown)
            | (Operator::ReplaceIfNotEmpty | Operator::Replace, Lookup::Set(_)) => argument,
            (Operator::ReplaceIfNotEmpty | Operator::Replace, Lookup::Unset) => Cow::Borrowed(""),
            // Compose stops here, so there is no value.
            (Operator::RequiredNotEmpty | Operator::Required, Lookup::Unset) => Cow::Borrowed(UNKNOWN),
            (_, value) => known_or_hole(value),
        };
        (value, end)
    }

    fn name_at(&self, start: usize, end: usize) -> Range<usize> {
        let text = &self.text.as_bytes()[start..end];
        let len = match text.first() {
            Some(first) if first.is_ascii_alphabetic() || *first == b'_' => {
                text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count()
            }
            _ => 0,
        };
        start..start + len
    }

    fn look_up(&self, name: &Range<usize>) -> Lookup {
        self.env.get(&self.text[name.clone()])
    }

    fn refer(&mut self, range: Range<usize>, name: Range<usize>, operator: Option<(Operator, Range<usize>)>) {
        if let Some(references) = &mut self.references {
            let text = self.text[name.clone()].to_owned();
            references.push(VariableRef { name: text, range, name_range: name, operator });
        }
    }

    /// Where the `${` at `dollar` is closed.
    fn close_of(&mut self, dollar: usize) -> Option<usize> {
        // The character behind the brace counts for nothing; mostly the next sign that does is the one that closes.
        let bytes = self.text.as_bytes();
        let rest = bytes.get(dollar + 3..).unwrap_or_default();
        if bytes.get(dollar + 2) != Some(&b'\n')
            && bytes.get(dollar + 2) != Some(&b'}')
            && let Some(at) = rest.iter().position(|byte| matches!(byte, b'{' | b'}' | b'\n'))
            && rest[at] == b'}'
        {
            return Some(dollar + 3 + at);
        }
        let braces = self.braces.get_or_insert_with(|| matching_braces(self.text));
        braces.binary_search_by_key(&dollar, |pair| pair.0).ok().map(|index| braces[index].1)
    }
}

fn known_or_hole(value: Lookup) -> Cow<'static, str> {
    match value {
        Lookup::Set(text) => Cow::Owned(text.into()),
        Lookup::Unset => Cow::Borrowed(""),
        Lookup::Unknown => Cow::Borrowed(UNKNOWN),
    }
}

#[cfg(test)]
mod tests {
    use dlint_syntax::dockerfile::{Environment, Lookup, Value};

    use super::{NoEnvironment, Operator, interpolate};

    struct Some3;

    impl Environment for Some3 {
        fn get(&self, name: &str) -> Lookup {
            match name {
                "SET" => Lookup::Set("value".into()),
                "EMPTY" => Lookup::Set("".into()),
                "UNSET" => Lookup::Unset,
                _ => Lookup::Unknown,
            }
        }
    }

    fn known(text: &str) -> Option<String> {
        match interpolate(text, &Some3).value() {
            Value::Known(value) => Some(value.into()),
            Value::Unknown => None,
        }
    }

    #[test]
    fn operators_follow_the_specification() {
        for (text, value) in [
            ("a $SET b", Some("a value b")),
            ("${SET}s", Some("values")),
            ("$SETS", None),
            ("$UNSET|${UNSET}", Some("|")),
            ("${EMPTY:-d}", Some("d")),
            ("${EMPTY-d}", Some("")),
            ("${UNSET:-d}${UNSET-e}", Some("de")),
            ("${OTHER:-d}${OTHER-e}", Some("de")),
            ("${SET:-d}${SET-d}", Some("valuevalue")),
            ("${SET:?m}${EMPTY?m}", Some("value")),
            ("${UNSET:?m}", None),
            ("${OTHER?m}", None),
            ("${SET:+r}${EMPTY+r}", Some("rr")),
            ("${EMPTY:+r}${UNSET+r}", Some("")),
            ("${OTHER:+r}", None),
            ("${OTHER:-}", Some("")),
        ] {
            assert_eq!(known(text).as_deref(), value, "{text}");
        }
    }

    #[test]
    fn defaults_nest() {
        assert_eq!(known("${UNSET:-${EMPTY:-a}b}c").as_deref(), Some("abc"));
        assert_eq!(known("${UNSET:-${OTHER}}"), None);
        assert_eq!(known("${SET:-${OTHER}}").as_deref(), Some("value"));
        assert_eq!(known("${OTHER:-{a}}").as_deref(), Some("{a}"));
        let deep = format!("{}x{}", "${A:-".repeat(5000), "}".repeat(5000));
        assert_eq!(known(&deep), None);
    }

    /// What Compose 2.40 says of them.
    #[test]
    fn lone_braces_nest() {
        for (text, unset, set) in [
            (r#"${_:-{"x":1}} ${EMPTY:-y}"#, r#"{"x":1} y"#, "value y"),
            ("${_:-{}c}", "{}c", "value"),
            ("${_:-{}", "{", "value"),
            ("${_:-a}b} ${EMPTY:-y}", "ab} y", "valueb} y"),
            ("${_:-{{x}}} ${EMPTY:-y}", "{{x}} y", "value} y"),
            ("${_:-${EMPTY:-{z}}} q", "{z} q", "value q"),
            ("a{b ${_:-x} c}", "a{b x c}", "a{b value c}"),
            ("{ ${_:-{\"x\":[{\"y\":2}]}} }", "{ {\"x\":[{\"y\":2}]} }", "{ value }"),
            ("${_:-{{{x}}}}", "{{{x}}}", "value}"),
            ("${_-{}}", "{}", "value"),
            ("${EMPTY:-{${_:-q}}}", "{q}", "{value}"),
        ] {
            assert_eq!(known(&text.replace('_', "UNSET")).as_deref(), Some(unset), "{text}");
            assert_eq!(known(&text.replace('_', "SET")).as_deref(), Some(set), "{text}");
        }
        for text in ["${SET:-a{b} ${EMPTY:-y}", "${SET:-{a} ${EMPTY}"] {
            assert_eq!(interpolate(text, &Some3).errors.len(), 1, "{text}");
        }
    }

    #[test]
    fn dollars_that_are_no_variables_stay() {
        for (text, value) in [("$$", "$"), ("$${A}", "${A}"), ("$1 $( $", "$1 $( $"), ("a$$$SET", "a$value")] {
            assert_eq!(known(text).as_deref(), Some(value), "{text}");
            assert!(interpolate(text, &Some3).errors.is_empty(), "{text}");
        }
    }

    #[test]
    fn refuses_what_compose_refuses() {
        for (text, range) in [
            ("a${}", 1..4),
            ("${1}b", 0..4),
            ("${A B}", 0..6),
            ("${A:=x}", 0..7),
            ("${A#p}", 0..6),
            ("${A/p/r}", 0..8),
            ("${A^^}", 0..6),
            ("x${A", 1..3),
            ("${A:-a\nb}", 0..2),
        ] {
            let result = interpolate(text, &NoEnvironment);
            let ranges: Vec<_> = result.errors.iter().map(|error| error.range.clone()).collect();
            assert_eq!(ranges, [range], "{text}");
            assert_eq!(result.value(), Value::Unknown, "{text}");
        }
    }

    #[test]
    fn references_have_their_places() {
        let result = interpolate("a$B-${C:-d${E}}", &NoEnvironment);
        let found: Vec<_> = result
            .references
            .iter()
            .map(|it| (it.name.as_str(), it.range.clone(), it.name_range.clone(), it.operator.clone()))
            .collect();
        assert_eq!(
            found,
            [
                ("B", 1..3, 2..3, None),
                ("C", 4..15, 6..7, Some((Operator::DefaultIfEmpty, 9..14))),
                ("E", 10..14, 12..13, None)
            ]
        );
    }

    #[test]
    fn many_open_braces_take_linear_time() {
        let text = "${A:-".repeat(200_000);
        assert_eq!(interpolate(&text, &NoEnvironment).errors.len(), 200_000);
    }
}
