//! In what kind of place of a YAML file a byte is, by a look at the text from its beginning: lines that are broken cost themselves only.

/// The kinds of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a comment.
    Comment,
    /// In a text of several lines (`|`, `>`).
    Text,
    /// Within brackets, of which the outermost is opened at this byte.
    Flow(usize),
    /// Anywhere else.
    Block,
}

/// A look at a line.
struct Scan {
    /// The brackets that are open, by how many, and where the outermost is.
    depth: usize,
    opening: usize,
    /// How far the line is indented in which it stands.
    opening_indent: usize,
    /// How far the entry is indented whose value is a text of several lines.
    text_of: Option<usize>,
}

/// The kind of a place; none for one that is none.
pub(super) fn of(text: &str, offset: usize) -> Option<Place> {
    if !text.is_char_boundary(offset) {
        return None;
    }
    let mut scan = Scan { depth: 0, opening: 0, opening_indent: 0, text_of: None };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_here = offset < start + line.len() || (start + line.len() == text.len() && !line.ends_with('\n'));
        let seen = if is_here { offset - start } else { line.len() };
        if let Some(place) = scan.line(line, start, seen, is_here) {
            return Some(place);
        }
        start += line.len();
    }
    // Behind the last line end.
    scan.line("", start, 0, true)
}

impl Scan {
    /// Looks at a line up to the byte `seen` of it. Gives the kind of that place, if it is wanted.
    fn line(&mut self, line: &str, start: usize, seen: usize, is_wanted: bool) -> Option<Place> {
        let content = line.trim_end_matches(['\n', '\r']);
        let indent = content.len() - content.trim_start_matches(' ').len();
        let is_blank = content.trim().is_empty();
        if let Some(outer) = self.text_of {
            // A place in a blank line is where the next line of the text would begin.
            let is_text = if is_blank { !is_wanted || seen > outer } else { indent > outer };
            if is_text {
                return is_wanted.then_some(Place::Text);
            }
            self.text_of = None;
        }
        let is_closing = content.trim_start().starts_with([']', '}']);
        if self.depth > 0 && !is_blank && indent <= self.opening_indent && !is_closing && !self.is_whole_file() {
            self.depth = 0;
        }
        self.pieces(content, start, seen, indent, is_wanted)
    }

    /// Whether the brackets are the file itself, as in JSON, so that no indentation says anything.
    fn is_whole_file(&self) -> bool {
        self.opening == 0
    }

    fn pieces(&mut self, content: &str, start: usize, seen: usize, indent: usize, is_wanted: bool) -> Option<Place> {
        let bytes = content.as_bytes();
        let mut at = 0;
        // Whether a value or key may begin here, so that quotes and brackets are what they look like.
        let mut is_at_start = true;
        while at < bytes.len().min(seen) {
            let is_apart = at == 0 || bytes[at - 1].is_ascii_whitespace();
            match bytes[at] {
                b'#' if is_apart => return is_wanted.then_some(Place::Comment),
                quote @ (b'"' | b'\'') if is_at_start => {
                    at += 1;
                    while at < bytes.len().min(seen) {
                        let is_doubled = quote == b'\'' && bytes[at..].starts_with(b"''");
                        if bytes[at] == quote && !is_doubled {
                            break;
                        }
                        at += if is_doubled || (quote == b'"' && bytes[at] == b'\\') { 2 } else { 1 };
                    }
                    is_at_start = false;
                }
                b'[' | b'{' if is_at_start || self.depth > 0 && !is_variable(bytes, at) => {
                    if self.depth == 0 {
                        (self.opening, self.opening_indent) = (start + at, indent);
                    }
                    self.depth += 1;
                    is_at_start = true;
                }
                b'{' if is_variable(bytes, at) => {
                    at += bytes[at..].iter().position(|byte| *byte == b'}').unwrap_or(bytes.len() - at);
                }
                b']' | b'}' if self.depth > 0 => self.depth -= 1,
                b',' if self.depth > 0 => is_at_start = true,
                b':' if bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) => is_at_start = true,
                b'-' if is_at_start && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) => {}
                b'|' | b'>' if is_at_start && self.depth == 0 && is_end(bytes, at) => {
                    if !is_wanted {
                        self.text_of = Some(indent_of_entry(content));
                    }
                    return is_wanted.then(|| self.here());
                }
                b'&' | b'!' if is_at_start => {
                    at += bytes[at..].iter().take_while(|byte| !byte.is_ascii_whitespace()).count().saturating_sub(1);
                }
                byte if byte.is_ascii_whitespace() => {}
                _ => is_at_start = false,
            }
            at += 1;
        }
        is_wanted.then(|| self.here())
    }

    fn here(&self) -> Place {
        if self.depth > 0 { Place::Flow(self.opening) } else { Place::Block }
    }
}

/// Whether a bracket is that of a variable: `${NAME}`.
fn is_variable(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'{' && at > 0 && bytes[at - 1] == b'$'
}

/// Whether nothing but the header of a text stands behind its sign.
fn is_end(bytes: &[u8], at: usize) -> bool {
    let rest = bytes[at + 1..].iter().skip_while(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-'));
    rest.clone().all(u8::is_ascii_whitespace) || rest.clone().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'#')
}

/// How far the entry at the end of a line is indented: behind its dashes, if it has a key, and else the last dash itself.
fn indent_of_entry(content: &str) -> usize {
    let mut indent = content.len() - content.trim_start_matches(' ').len();
    let mut rest = &content[indent..];
    let mut last_dash = None;
    while let Some(after) = rest.strip_prefix("- ") {
        last_dash = Some(indent);
        let blanks = after.len() - after.trim_start_matches(' ').len();
        indent += 2 + blanks;
        rest = &after[blanks..];
    }
    match last_dash {
        Some(dash) if !rest.contains(": ") && !rest.ends_with(':') => dash,
        _ => indent,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Place, of};

    #[test]
    fn places_are_told_apart() {
        let at = |text: &str| of(&text.replacen('^', "", 1), text.find('^').unwrap()).unwrap();
        for text in
            ["^", "a: ^", "a: x#^", "a: 'it''s # ^'", "a: \"\\\" # ^\"", "a: [x]\nb: ^", "a: [x\nb: ^", "a: {\nb:\n  ^"]
        {
            assert_eq!(at(text), Place::Block, "{text}");
        }
        for text in ["# ^", "a: b # ^", "a: [x, # ^\n"] {
            assert_eq!(at(text), Place::Comment, "{text}");
        }
        for text in [
            "a: |\n  x ^",
            "a: >-\n  # ^",
            "a:\n  - b: |2\n      c: ^",
            "- |\n a^",
            "a: | # x\n  y\n  ^",
            "a: |\n  x\n\n  ^\nb: y",
        ] {
            assert_eq!(at(text), Place::Text, "{text}");
        }
        for text in ["a: |\n  x\nb: ^", "a: |\n  x\n^", "a: don't\nb: ^'", "a: x [^", "a: ${^", "a: ${X:-{}^"] {
            assert_eq!(at(text), Place::Block, "{text}");
        }
        assert_eq!(at("a: [^"), Place::Flow(3));
        assert_eq!(at("a: {b: [x], c: ^}"), Place::Flow(3));
        assert_eq!(at("a: {b: ${X}, ^}"), Place::Flow(3));
        assert_eq!(at("a: &b {\n  x: ']',\n  ^\n}"), Place::Flow(6));
        assert_eq!(at("{\n\"a\":\n^"), Place::Flow(0));
    }
}
