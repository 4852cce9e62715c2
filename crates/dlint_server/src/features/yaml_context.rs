//! What is being typed at a place of a YAML or JSON file, by its lines alone: a half-typed file has no tree that could tell.

use std::ops::Range;

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// What is being typed at a byte of a YAML file; `None` in a comment.
pub(crate) fn yaml(text: &str, offset: usize) -> Option<Context> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let before = text.get(start..offset)?;
    if before.trim_start().starts_with('#') || before.contains(" #") {
        return None;
    }
    let line = Line::new(before)?;
    let mut path: Vec<String> = Vec::new();
    let (may_be_key, value) = match line.key() {
        Some((key, value)) => {
            path.push(key.to_owned());
            (false, value)
        }
        None => (true, line.rest),
    };
    let (typed, in_flow) = typed(value);
    if in_flow {
        path.push("[]".to_owned());
    }
    let (parents, siblings) = around(text, start, &line);
    let mut full = parents;
    full.extend(line.dashes.iter().map(|_| "[]".to_owned()));
    full.extend(path);
    Some(Context {
        path: full,
        typed: offset - typed.len()..offset,
        may_be_key: may_be_key && !in_flow,
        may_be_value: !may_be_key || in_flow || !line.dashes.is_empty(),
        siblings,
    })
}

/// The word at the end of a value, and whether it is in a list in brackets.
fn typed(value: &str) -> (&str, bool) {
    let opened = value.rfind('[').filter(|at| !value.get(*at..).unwrap_or_default().contains(']'));
    let from = match opened {
        Some(at) => value.get(at..).and_then(|list| list.rfind([',', '['])).map_or(0, |comma| at + comma + 1),
        None => 0,
    };
    (value.get(from..).unwrap_or_default().trim_start().trim_start_matches(['"', '\'']), opened.is_some())
}

/// The keys that lead to a line, and those that stand beside it.
fn around(text: &str, start: usize, line: &Line<'_>) -> (Vec<String>, Vec<String>) {
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
        let key = other.key().map(|(key, _)| key);
        if is_beside && other.column == own {
            siblings.extend(key.map(str::to_owned));
        }
        if other.column < own || !other.dashes.is_empty() && other.dashes.first().is_some_and(|&dash| dash < own) {
            is_beside = false;
        }
        if let Some(key) = key
            && (other.column < limit || (or_at && other.column == limit && other.dashes.is_empty()))
        {
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
    (path, siblings)
}

/// What is being typed at a byte of a JSON file; `None` inside of a comment, or where neither a key nor a value may stand.
pub(crate) fn json(text: &str, offset: usize) -> Option<Context> {
    /// A collection that is open.
    struct Frame {
        is_object: bool,
        key: Option<String>,
        keys: Vec<String>,
        /// Whether a value is awaited: behind a colon, or in a list.
        awaits_value: bool,
    }
    let mut stack: Vec<Frame> = Vec::new();
    let mut found: Option<(usize, Context)> = None;
    let mut at = 0;
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
        Some(Context { path, typed, may_be_key, may_be_value: is_value, siblings })
    };
    while at < bytes.len() {
        let end = match bytes[at] {
            b'"' => {
                let mut end = at + 1;
                while end < bytes.len() && !matches!(bytes[end], b'"' | b'\n') {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                (end + usize::from(bytes.get(end) == Some(&b'"'))).min(bytes.len())
            }
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_') => {
                let word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_');
                at + bytes[at..].iter().take_while(word).count()
            }
            _ => at + 1,
        };
        let is_word = bytes[at] == b'"' || end > at + 1 || bytes[at].is_ascii_alphanumeric();
        let is_inside = if is_word { at < offset && offset <= end } else { at >= offset };
        if found.is_none() && (is_inside || at >= offset) {
            let typed = if is_inside && is_word { at..offset } else { offset..offset };
            found = Some((stack.len(), context(&stack, typed)?));
        }
        if is_word {
            if let Some(frame) = stack.last_mut().filter(|frame| frame.is_object && !frame.awaits_value) {
                let name = text.get(at..end).unwrap_or_default().trim_matches('"').to_owned();
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
        at = end;
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
