//! What is being typed at a place of a YAML or JSON file, by its lines alone: a half-typed file has no tree that could tell.

use std::ops::Range;

use super::yaml_place::{self, Place};

/// What is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// The keys that lead to it, with `[]` for an item of a list.
    pub(crate) path: Vec<String>,
    /// What of it is there already.
    pub(crate) typed: Range<usize>,
    /// Whether it may be a key.
    pub(crate) may_be_key: bool,
    /// Whether it may be a value.
    pub(crate) may_be_value: bool,
    /// The keys that are beside it.
    pub(crate) siblings: Vec<String>,
    /// The column in which a line begins behind its dashes; none within brackets.
    pub(crate) column: Option<usize>,
}

/// The pieces that a line consists of.
struct Line<'t> {
    /// The columns of its dashes.
    dashes: Vec<usize>,
    /// The column of what follows them.
    column: usize,
    /// What follows them.
    rest: &'t str,
}

impl<'t> Line<'t> {
    fn new(text: &'t str) -> Option<Self> {
        let mut column = text.len() - text.trim_start_matches(' ').len();
        let mut rest = text.get(column..)?;
        let mut dashes = Vec::new();
        while let Some(after) = rest.strip_prefix("- ").or_else(|| (rest == "-").then_some("")) {
            dashes.push(column);
            let blanks = after.len() - after.trim_start_matches(' ').len();
            column += 2 + blanks;
            rest = after.get(blanks..)?;
        }
        Some(Self { dashes, column, rest })
    }

    /// Its key, and what stands behind the colon.
    fn key(&self) -> Option<(&'t str, &'t str)> {
        let end = match self.rest.strip_suffix(':') {
            Some(key) if !key.contains(": ") => key.len(),
            _ => self.rest.find(": ")?,
        };
        let key = self.rest.get(..end)?.trim().trim_matches(['"', '\'']);
        Some((key, self.rest.get(end + 1..)?))
    }
}

/// What is being typed at a byte of a YAML file; `None` where nothing is offered, as in a comment.
pub(crate) fn yaml(text: &str, offset: usize) -> Option<Context> {
    match yaml_place::of(text, offset)? {
        Place::Comment => None,
        Place::Text => {
            let before = text.get(..offset)?;
            let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            Some(Context { typed: start..offset, ..Context::default() })
        }
        Place::Block => block(text, offset),
        Place::Flow(opening) => {
            let outer = block(text, opening)?;
            let mut inner = flow(text, opening, offset)?;
            inner.path.splice(0..0, outer.path);
            let has_quote = text.get(inner.typed.clone())?.starts_with(['"', '\'']);
            inner.typed.start += usize::from(has_quote);
            Some(inner)
        }
    }
}

/// What is being typed in a line that is not within brackets.
fn block(text: &str, offset: usize) -> Option<Context> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let before = text.get(start..offset)?;
    let line = Line::new(before)?;
    // A tab cannot indent, and a dash needs a blank behind it.
    if line.rest.starts_with('\t') || before.ends_with('-') && line.rest.is_empty() {
        return None;
    }
    let mut path: Vec<String> = Vec::new();
    let (may_be_key, value) = match line.key() {
        Some((key, value)) => {
            path.push(key.to_owned());
            (false, value)
        }
        None => (true, line.rest),
    };
    let typed = value.trim_start().trim_start_matches(['"', '\'']);
    let (parents, siblings) = around(text, start, &line)?;
    let mut full = parents;
    full.extend(line.dashes.iter().map(|_| "[]".to_owned()));
    full.extend(path);
    Some(Context {
        path: full,
        typed: offset - typed.len()..offset,
        may_be_key,
        may_be_value: !may_be_key || !line.dashes.is_empty(),
        siblings,
        column: Some(line.column),
    })
}

/// The keys that lead to a line, and those that stand beside it; `None` if the line goes on with a value of the line above.
fn around(text: &str, start: usize, line: &Line<'_>) -> Option<(Vec<String>, Vec<String>)> {
    let above = text.get(..start).unwrap_or_default();
    let mut path = Vec::new();
    // What leads here stands further left: of keys that have dashes below them, at the same column too.
    let (mut limit, mut or_at) = match line.dashes.first() {
        Some(&dash) => (dash, true),
        None => (line.column, false),
    };
    let mut siblings = Vec::new();
    let own = line.column;
    let mut is_beside = line.dashes.is_empty();
    for text in above.lines().rev() {
        if text.starts_with("---") {
            break;
        }
        let trimmed = text.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let Some(other) = Line::new(text.trim_end()) else { continue };
        let entry = other.key();
        let key = entry.map(|(key, _)| key);
        if is_beside && other.column == own {
            siblings.extend(key.map(str::to_owned));
        }
        if other.column < own || !other.dashes.is_empty() && other.dashes.first().is_some_and(|&dash| dash < own) {
            is_beside = false;
        }
        if let Some(key) = key
            && (other.column < limit || (or_at && other.column == limit && other.dashes.is_empty()))
        {
            if path.is_empty() && entry.is_some_and(|(_, value)| is_whole(value)) {
                return None;
            }
            path.push(key.to_owned());
            (limit, or_at) = (other.column, false);
        }
        for &dash in other.dashes.iter().rev() {
            if dash < limit {
                path.push("[]".to_owned());
                (limit, or_at) = (dash, true);
            }
        }
        if limit == 0 && !or_at {
            break;
        }
    }
    let below = text.get(start..).unwrap_or_default();
    for text in below.lines().skip(1) {
        let trimmed = text.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let Some(other) = Line::new(text.trim_end()) else { break };
        if other.column < own || !other.dashes.is_empty() && other.dashes.first().is_some_and(|&dash| dash < own) {
            break;
        }
        if other.column == own {
            siblings.extend(other.key().map(|(key, _)| key.to_owned()));
        }
    }
    path.reverse();
    Some((path, siblings))
}

/// Whether what stands behind a colon is a value of its own, so that nothing belongs to it in the lines below.
fn is_whole(value: &str) -> bool {
    let value = value.trim_start();
    !value.is_empty() && !value.starts_with(['#', '|', '>', '&', '!'])
}

/// What is being typed at a byte of a JSON file; `None` inside of a comment, or where neither a key nor a value may stand.
pub(crate) fn json(text: &str, offset: usize) -> Option<Context> {
    flow(text, 0, offset)
}

/// A collection in brackets that is open.
struct Frame {
    is_object: bool,
    key: Option<String>,
    keys: Vec<String>,
    /// Whether a value is awaited: behind a colon, or in a list.
    awaits_value: bool,
}

/// The end of the word that begins at a byte: of what is in quotes, or of a plain one.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.get(at) else { return at };
    if matches!(first, b'"' | b'\'') {
        let mut end = at + 1;
        while end < bytes.len() && bytes[end] != first && bytes[end] != b'\n' {
            end += if first == b'"' && bytes[end] == b'\\' { 2 } else { 1 };
        }
        return (end + usize::from(bytes.get(end) == Some(&first))).min(bytes.len());
    }
    let mut end = at;
    // The brackets of a variable are a part of the word.
    let mut depth = 0_usize;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'{' if end > at && bytes[end - 1] == b'$' => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            b',' | b'[' | b']' | b'{' | b'}' | b'\n' | b'\r' => break,
            b':' if depth == 0 && bytes.get(end + 1).is_none_or(|next| b" \t\r\n,]}".contains(next)) => break,
            _ => {}
        }
        end += 1;
    }
    end
}

/// What is being typed within brackets, the first of which open at a byte or behind it.
fn flow(text: &str, from: usize, offset: usize) -> Option<Context> {
    let mut stack: Vec<Frame> = Vec::new();
    let mut found: Option<(usize, Context)> = None;
    let mut at = from;
    let bytes = text.as_bytes();
    let context = |stack: &[Frame], typed: Range<usize>| {
        let mut path = Vec::new();
        let (last, outer) = stack.split_last()?;
        for frame in outer {
            path.push(frame.key.clone().unwrap_or_else(|| "[]".to_owned()));
        }
        let is_value = !last.is_object || last.awaits_value;
        if is_value {
            path.push(if last.is_object { last.key.clone()? } else { "[]".to_owned() });
        }
        let (may_be_key, siblings) = (!is_value, last.keys.clone());
        Some(Context { path, typed, may_be_key, may_be_value: is_value, siblings, column: None })
    };
    while at < bytes.len() {
        let is_word = !b"{}[]:, \t\r\n".contains(&bytes[at]);
        let end = if is_word { word_end(text, at) } else { at + 1 };
        let is_inside = if is_word { at < offset && offset <= end } else { at >= offset };
        if found.is_none() && (is_inside || at >= offset) {
            let typed = if is_inside && is_word { at..offset } else { offset..offset };
            found = Some((stack.len(), context(&stack, typed)?));
        }
        if is_word {
            if let Some(frame) = stack.last_mut().filter(|frame| frame.is_object && !frame.awaits_value) {
                let name = text.get(at..end).unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned();
                if !(at < offset && offset <= end) {
                    frame.keys.push(name.clone());
                    if let Some((depth, context)) = found.as_mut()
                        && *depth == stack.len()
                    {
                        context.siblings.push(name.clone());
                    }
                }
                if let Some(frame) = stack.last_mut() {
                    frame.key = Some(name);
                }
            }
        } else {
            match bytes[at] {
                b'{' | b'[' => {
                    let is_object = bytes[at] == b'{';
                    stack.push(Frame { is_object, key: None, keys: Vec::new(), awaits_value: !is_object });
                }
                b'}' | b']' => {
                    if found.as_ref().is_some_and(|(depth, _)| *depth == stack.len()) {
                        break;
                    }
                    stack.pop();
                }
                b':' => {
                    if let Some(frame) = stack.last_mut() {
                        frame.awaits_value = true;
                    }
                }
                b',' => {
                    if let Some(frame) = stack.last_mut() {
                        frame.awaits_value = !frame.is_object;
                    }
                }
                _ => {}
            }
        }
        at = end.max(at + 1);
    }
    match found {
        Some((_, context)) => Some(context),
        None => context(&stack, offset..offset),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Context, json, yaml};

    /// The context at the `|` of a text.
    fn at(text: &str, of: fn(&str, usize) -> Option<Context>) -> (String, String, bool, bool, String) {
        let offset = text.find('|').unwrap();
        let text = text.replace('|', "");
        let it = of(&text, offset).unwrap();
        (it.path.join("."), text[it.typed].to_owned(), it.may_be_key, it.may_be_value, it.siblings.join(","))
    }

    fn is(text: &str, path: &str, typed: &str, key: bool, value: bool, siblings: &str) {
        assert_eq!(at(text, yaml), (path.into(), typed.into(), key, value, siblings.into()), "{text}");
    }

    #[test]
    fn what_is_typed_in_yaml() {
        is("ser|", "", "ser", true, false, "");
        is("services:\n  web:\n    im|\n    user: x\n", "services.web", "im", true, false, "user");
        is("services:\n  web:\n    image: x\n    |", "services.web", "", true, false, "image");
        is("services:\n  web:\n    image: x\n  |", "services", "", true, false, "web");
        is("services:\n  web:\n    restart: al|\n", "services.web.restart", "al", false, true, "");
        is("services:\n  web:\n    networks:\n      - fr|", "services.web.networks.[]", "fr", true, true, "");
        is("services:\n  web:\n    networks:\n    - a\n    - fr|", "services.web.networks.[]", "fr", true, true, "");
        is("services:\n  web:\n    networks: [a, b|", "services.web.networks.[]", "b", false, true, "");
        is(
            "services:\n  web:\n    ports:\n      - target: 80\n        pro|",
            "services.web.ports.[]",
            "pro",
            true,
            false,
            "target",
        );
        is(
            "a: {}\nservices:\n  web:\n    build:\n      target: \"p|\"",
            "services.web.build.target",
            "p",
            false,
            true,
            "",
        );
    }

    #[test]
    fn what_is_typed_in_json() {
        let is = |text: &str, path: &str, typed: &str, key: bool, siblings: &str| {
            assert_eq!(at(text, json), (path.into(), typed.into(), key, !key, siblings.into()), "{text}");
        };
        is("{|}", "", "", true, "");
        is("{\"a\": 1, \"lo|\"}", "", "\"lo", true, "a");
        is("{\"a\": 1, \"lo|\", \"b\": 2}", "", "\"lo", true, "a,b");
        is("{\"log-driver\": \"jo|\"}", "log-driver", "\"jo", false, "log-driver");
        is("{\"builder\": {\"gc\": {\"en|", "builder.gc", "\"en", true, "");
        is("{\"debug\": |}", "debug", "", false, "debug");
        is("{\"dns\": [\"|", "dns.[]", "\"", false, "");
    }
}
