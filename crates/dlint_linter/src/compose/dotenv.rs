//! Files of variables: `.env` and what `env_file` names.
//!
//! Source: Docker documentation, "Set, use, and manage variables in a Compose file with interpolation", ".env file syntax"; the details
//! are those of compose-go's `dotenv` package.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use dlint_syntax::dockerfile::{Environment, Lookup, Value};

use super::interpolate::{NoEnvironment, interpolate};

/// A line of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// The value; `None` if there is none, and the shell's holds.
    pub value: Option<Value>,
    /// Where the name is written: byte offsets, half-open.
    pub range: Range<usize>,
}

/// The variables of a text, in order. What Compose refuses is passed over. `outer`: the variables that values may refer to, before those
/// of the text itself.
pub fn parse(text: &str, outer: &dyn Environment) -> Vec<Variable> {
    parse_after(text, outer, Variables::default())
}

/// The same for a text that is read after others, whose variables are `earlier`: those come after the text's own.
pub fn parse_after(text: &str, outer: &dyn Environment, earlier: Variables) -> Vec<Variable> {
    let mut variables = Vec::new();
    let mut known = Known { outer, own: earlier };
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()).map(|offset| at + offset) {
        if let Some(variable) = next(text, start, &mut at, &known) {
            known.own.insert(&variable);
            variables.push(variable);
        }
    }
    variables
}

/// The variables of a text of which nothing is interpreted: `format: raw`, what `docker run --env-file` reads.
pub fn parse_raw(text: &str) -> Vec<Variable> {
    let mut variables = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        if !content.trim_start().starts_with('#')
            && let Some((name, value)) = content.split_once('=')
        {
            let range = start..start + name.len();
            variables.push(Variable { name: name.to_owned(), value: Some(Value::Known(value.into())), range });
        }
        start += line.len();
    }
    variables
}

/// What Compose cannot read of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// Reads on after a colon.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// The first thing that Compose cannot read in a text; it reads no further.
///
/// Source: compose-go's `dotenv` package.
pub fn fault(text: &str) -> Option<Fault> {
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()).map(|offset| at + offset) {
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        at = line_end;
        if text[start..].starts_with('#') {
            continue;
        }
        let line = &text[start..line_end];
        let rest =
            line.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t'])).map_or(line, str::trim_start);
        let fault = |message: String, help| {
            let line = text[..start].matches('\n').count() + 1;
            Some(Fault { line, message, help })
        };
        let sign = rest.find(['=', ':']);
        let name = &rest[..sign.unwrap_or(rest.len())];
        if let Some(wrong) = name.chars().find(|c| !c.is_whitespace() && !is_name_part(*c)) {
            return fault(format!("`{wrong}` cannot be in a name"), "Use letters, digits, `_`, `.` and `-`");
        }
        // At the end of the text, Compose finds no name at all.
        if name.trim_end().contains(' ') && (sign.is_some() || line_end < text.len()) {
            return fault("a name cannot contain a blank".to_owned(), "Use letters, digits, `_`, `.` and `-`");
        }
        let Some(sign) = sign else { continue };
        let mut value = rest[sign + 1..].trim_start_matches(|c: char| c.is_whitespace());
        if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let begin = line_end - value.len();
            let Some(close) = closing_escaped(text, begin + 1, quote) else {
                return fault("a quote is not closed".to_owned(), "Close it, or leave it out");
            };
            // What comes behind it is the next name.
            at = close + 1;
            value = &text[begin + 1..close];
            if quote == '\'' {
                continue;
            }
        } else {
            let comment = value.match_indices('#').find(|(at, _)| *at == 0 || value[..*at].ends_with([' ', '\t']));
            value = &value[..comment.map_or(value.len(), |(at, _)| at)];
        }
        if let Some(error) = interpolate(value, &NoEnvironment).errors.first() {
            let message = format!("`{}` is no variable", crate::text::shorten(&value[error.range.clone()]));
            return fault(message, "Write `${NAME}`, or put the value in single quotes");
        }
    }
    None
}

/// What the values of a text may refer to.
struct Known<'e> {
    outer: &'e dyn Environment,
    own: Variables,
}

impl Environment for Known<'_> {
    fn get(&self, name: &str) -> Lookup {
        match self.outer.get(name) {
            Lookup::Set(text) => Lookup::Set(text),
            other if !self.own.has(name) => other,
            _ => self.own.get(name),
        }
    }
}

struct Layered {
    own: Variables,
    outer: Rc<dyn Environment>,
}

impl Environment for Layered {
    fn get(&self, name: &str) -> Lookup {
        if self.own.has(name) { self.own.get(name) } else { self.outer.get(name) }
    }
}

/// Variables by name. What is not among them may be set in the shell, so nothing is known of it.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    values: BTreeMap<String, Value>,
    is_closed: bool,
}

impl Variables {
    /// No variables, and none that the shell sets: what is not added is unset.
    pub fn closed() -> Self {
        Self { is_closed: true, ..Self::default() }
    }

    /// Sets a variable, whatever it was.
    pub fn set(&mut self, name: &str, value: Value) {
        self.values.insert(name.to_owned(), value);
    }

    /// These variables, and where there is none of a name, those of another environment.
    pub fn over(self, outer: Rc<dyn Environment>) -> impl Environment {
        Layered { own: self, outer }
    }

    fn insert(&mut self, variable: &Variable) {
        if let Some(value) = &variable.value {
            self.values.insert(variable.name.clone(), value.clone());
        }
    }

    /// Adds the variables of a text; of several of one name the last holds, and one that is there already stays.
    pub fn add_text(&mut self, text: &str) {
        let outer = self.clone();
        self.add_texts([text], &outer);
    }

    /// Adds the variables of texts, of which a later one holds and may refer to the earlier ones, and before those to `outer`. What is
    /// there already stays.
    pub fn add_texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>, outer: &dyn Environment) {
        let mut own = Self::default();
        for text in texts {
            for variable in &parse_after(text, outer, own.clone()) {
                own.insert(variable);
            }
        }
        for (name, value) in own.values {
            self.values.entry(name).or_insert(value);
        }
    }

    /// Whether there is a variable of that name.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The value of a variable, if it is known.
    pub fn known(&self, name: &str) -> Option<&str> {
        match self.values.get(name)? {
            Value::Known(text) => Some(text),
            Value::Unknown => None,
        }
    }
}

impl Environment for Variables {
    fn get(&self, name: &str) -> Lookup {
        match self.values.get(name) {
            Some(Value::Known(text)) => Lookup::Set(text.clone()),
            None if self.is_closed => Lookup::Unset,
            Some(Value::Unknown) | None => Lookup::Unknown,
        }
    }
}

/// The variable of the line that starts at `start`, if it holds one; `at` becomes where it ends.
fn next(text: &str, start: usize, at: &mut usize, known: &Known<'_>) -> Option<Variable> {
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    *at = line_end;
    if text[start..].starts_with('#') {
        return None;
    }
    let line = &text[start..line_end];
    let exported = line.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t'])).map(str::trim_start);
    let name_start = exported.map_or(start, |rest| line_end - rest.len());
    let rest = &text[name_start..line_end];
    let Some(sign) = rest.find(['=', ':']) else {
        let name = rest.split('#').next().unwrap_or_default().trim();
        let variable = Variable { name: name.to_owned(), value: None, range: name_start..name_start + name.len() };
        return Some(variable).filter(|it| is_name(&it.name));
    };
    let name = rest[..sign].trim();
    if !is_name(name) {
        return None;
    }
    let value_start = name_start + sign + 1;
    let (value, end) = value(text, value_start, line_end, known);
    *at = end;
    Some(Variable { name: name.to_owned(), value: Some(value), range: name_start..name_start + name.len() })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_name_part)
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']')
}

/// The value that begins at `start`, and where it ends.
fn value(text: &str, start: usize, line_end: usize, known: &Known<'_>) -> (Value, usize) {
    let rest = &text[start..line_end];
    let trimmed = rest.trim_start_matches([' ', '\t']);
    let begin = line_end - trimmed.len();
    if let Some(quote) = trimmed.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let Some(close) = closing(text, begin + 1, quote) else { return (Value::Unknown, line_end) };
        let inner = &text[begin + 1..close];
        let value =
            if quote == '\'' { Value::Known(inner.into()) } else { interpolate(&unescape(inner), known).value() };
        let end = text[close..].find('\n').map_or(text.len(), |newline| close + newline);
        return (value, end);
    }
    let plain = match trimmed.find(" #").or_else(|| trimmed.find("\t#")).or(trimmed.starts_with('#').then_some(0)) {
        Some(comment) => &trimmed[..comment],
        None => trimmed,
    };
    (interpolate(plain.trim_end(), known).value(), line_end)
}

fn closing(text: &str, start: usize, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (offset, c) in text[start..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            c if c == quote => return Some(start + offset),
            _ => {}
        }
    }
    None
}

/// The same where a backslash escapes in single quotes too.
fn closing_escaped(text: &str, start: usize, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (offset, c) in text[start..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(start + offset),
            _ => {}
        }
    }
    None
}

/// The escapes of a double-quoted value; an escaped dollar is one that begins no variable.
fn unescape(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            result.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => result.push('\n'),
            Some('r') => result.push('\r'),
            Some('t') => result.push('\t'),
            Some('$') => result.push_str("$$"),
            Some(other @ ('"' | '\\' | '\'')) => result.push(other),
            Some(other) => result.extend(['\\', other]),
            None => result.push('\\'),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use dlint_syntax::dockerfile::Value;

    use super::parse;
    use crate::compose::NoEnvironment;

    fn all(text: &str) -> Vec<(String, Option<String>)> {
        let value = |value: Option<Value>| match value {
            Some(Value::Known(text)) => Some(text.into()),
            Some(Value::Unknown) => Some("?".to_owned()),
            None => None,
        };
        parse(text, &NoEnvironment).into_iter().map(|it| (it.name, value(it.value))).collect()
    }

    #[test]
    fn reads_values_as_compose_does() {
        for (line, value) in [
            ("A=b", "b"),
            ("A: b", "b"),
            ("export A=b", "b"),
            ("A = b ", "b"),
            ("A=b # comment", "b"),
            ("A=b#c", "b#c"),
            ("A=# c", ""),
            ("A=", ""),
            ("A='b # $X'", "b # $X"),
            ("A=\"b # c\" # d", "b # c"),
            ("A=\"a\\nb\\$C\\\"d\"", "a\nb$C\"d"),
            ("A='two\nlines'", "two\nlines"),
            ("A=$X", "?"),
            ("A=${X:-d}", "d"),
            ("\u{feff}A=b\r\n", "b"),
        ] {
            assert_eq!(all(line), [("A".to_owned(), Some(value.to_owned()))], "{line}");
        }
    }

    #[test]
    fn earlier_variables_are_replaced() {
        let text = "# c\nA=1\n\nB=${A}2\nexport C\nno name=x\nA=3\nD='open";
        let of = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
        assert_eq!(
            all(text),
            [of("A", Some("1")), of("B", Some("12")), of("C", None), of("A", Some("3")), of("D", Some("?"))]
        );
    }
}
