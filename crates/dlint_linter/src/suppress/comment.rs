//! What a comment says: the forms of dlint, hadolint, BuildKit and dclint.

use dlint_syntax::{TextRange, TextSize};

/// Whose form a comment has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    Dlint,
    Hadolint,
    Buildkit,
    Dclint,
}

/// What a comment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The instruction, entry or item that follows; after something on its line, that line.
    Next,
    /// The line that follows; after something on its line, that line.
    Line,
    /// The line that follows.
    NextLine,
    /// The stage that follows, but for its `FROM`.
    Stage,
    /// The file.
    File,
    /// The file, if nothing is above the comment.
    Top,
}

/// A comment that suppresses findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment<'t> {
    pub(super) tool: Tool,
    pub(super) reach: Reach,
    /// The rules as they are named, with their places; none stands for all.
    pub(super) names: Vec<(&'t str, TextRange)>,
    pub(super) reason: Option<&'t str>,
    /// The whole comment.
    pub(super) range: TextRange,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Read<'t> {
    Comment(Comment<'t>),
    /// It is meant for dlint, and dlint does not understand it: the word at fault, and its place.
    Unknown(&'t str, TextRange),
}

/// A first word that is nearly right.
pub(super) const COLON: &str = "dlint:";

/// Reads a comment, `#` included, that stands at `at`; `None` if it suppresses nothing.
pub(super) fn read(text: &str, at: TextSize) -> Option<Read<'_>> {
    let body = text.strip_prefix('#')?.trim_start();
    let mut cursor = Cursor { text, rest: body, at };
    let range = TextRange::at(at, TextSize::of(text));
    let comment = |tool, reach, (names, reason)| Some(Read::Comment(Comment { tool, reach, names, reason, range }));
    match cursor.word() {
        "dlint" => {
            // `# dlint: ignore=RULE`, as other tools have it.
            if let Some(rest) = cursor.rest.strip_prefix(':') {
                cursor.rest = rest;
                let is_meant = !cursor.word().is_empty() && cursor.rest.trim_start().starts_with('=');
                return is_meant.then(|| Read::Unknown(&body[..COLON.len()], cursor.range_of(&body[..COLON.len()])));
            }
            let word = cursor.word();
            let reach = match word {
                "ignore" => Reach::Next,
                "ignore-file" => Reach::File,
                _ => {
                    // Prose may start like this, too.
                    let is_meant = !word.is_empty() && cursor.rest.starts_with('=');
                    return is_meant.then(|| Read::Unknown(word, cursor.range_of(word)));
                }
            };
            let names = cursor.equals().then(|| cursor.names());
            match names {
                Some(names) if !names.0.is_empty() => comment(Tool::Dlint, reach, names),
                _ => Some(Read::Unknown(word, cursor.range_of(word))),
            }
        }
        "hadolint" => {
            let reach = match cursor.word() {
                "ignore" => Reach::Next,
                "global" if cursor.word() == "ignore" => Reach::File,
                "stage" if cursor.word() == "ignore" => Reach::Stage,
                _ => return None,
            };
            let names = cursor.equals().then(|| cursor.names()).filter(|names| !names.0.is_empty())?;
            comment(Tool::Hadolint, reach, names)
        }
        "check" => {
            let names = checks(&mut cursor)?;
            comment(Tool::Buildkit, Reach::Next, (names, None))
        }
        "dclint" => {
            let reach = match cursor.word() {
                "disable-file" => return comment(Tool::Dclint, Reach::Top, (Vec::new(), None)),
                "disable" => Reach::Top,
                "disable-line" => Reach::Line,
                "disable-next-line" => Reach::NextLine,
                _ => return None,
            };
            let mut names = Vec::new();
            loop {
                let word = cursor.word();
                if word.is_empty() {
                    break;
                }
                names.push((word, cursor.range_of(word)));
                cursor.rest = cursor.rest.trim_start_matches(',');
            }
            comment(Tool::Dclint, reach, (names, None))
        }
        _ => None,
    }
}

/// The names of BuildKit's `check=skip=A,B;error=true`, of a comment or a directive.
pub(super) fn checks<'t>(cursor: &mut Cursor<'t>) -> Option<Vec<(&'t str, TextRange)>> {
    if !cursor.equals() {
        return None;
    }
    skipped(cursor)
}

/// The names of `skip=A,B` among parts that semicolons separate.
pub(super) fn skipped<'t>(cursor: &mut Cursor<'t>) -> Option<Vec<(&'t str, TextRange)>> {
    loop {
        if cursor.word().eq_ignore_ascii_case("skip") && cursor.equals() {
            return Some(cursor.names().0).filter(|names| !names.is_empty());
        }
        cursor.rest = cursor.rest.split_once(';')?.1;
    }
}

/// Reads words of a comment.
pub(super) struct Cursor<'t> {
    text: &'t str,
    rest: &'t str,
    at: TextSize,
}

impl<'t> Cursor<'t> {
    /// At the start of a text.
    pub(super) fn new(text: &'t str, at: TextSize) -> Self {
        Self { text, rest: text, at }
    }

    /// Where a piece of the text stands that was just read.
    fn range_of(&self, piece: &str) -> TextRange {
        // Both are parts of one text.
        let offset = (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        TextRange::at(self.at + TextSize::new(offset as u32), TextSize::of(piece))
    }

    /// The word here, empty if there is none.
    fn word(&mut self) -> &'t str {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !is_of_name(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        // A colon or full stop after a name is punctuation.
        let name = word.trim_end_matches([':', '.']);
        let (name, after) = word.split_at(name.len());
        self.rest = if after.is_empty() { rest } else { &self.rest[name.len()..] };
        name
    }

    fn equals(&mut self) -> bool {
        let rest = self.rest.trim_start().strip_prefix('=');
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Names between commas, and the reason after them.
    fn names(&mut self) -> (Vec<(&'t str, TextRange)>, Option<&'t str>) {
        let mut names = Vec::new();
        loop {
            let name = self.word();
            if name.is_empty() {
                break;
            }
            names.push((name, self.range_of(name)));
            match self.rest.trim_start().strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        (names, reason(self.rest))
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':')
}

/// A reason, without what people put before one.
fn reason(text: &str) -> Option<&str> {
    let mut text =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2013}' | '\u{2014}' | '#' | ';' | ':'));
    for label in ["reason=", "reason:"] {
        if text.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label)) {
            text = text[label.len()..].trim_start();
        }
    }
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{Comment, Reach, Read, Tool, read};

    fn of(text: &str) -> Option<(Tool, Reach, Vec<&str>, Option<&str>)> {
        match read(text, 0.into())? {
            Read::Comment(Comment { tool, reach, names, reason, .. }) => {
                for (name, range) in &names {
                    assert_eq!(&text[*range], *name);
                }
                Some((tool, reach, names.into_iter().map(|it| it.0).collect(), reason))
            }
            Read::Unknown(..) => None,
        }
    }

    #[test]
    fn dlint() {
        let dlint = |reach, names: &[&'static str], reason| Some((Tool::Dlint, reach, names.to_vec(), reason));
        assert_eq!(of("# dlint ignore=root-user"), dlint(Reach::Next, &["root-user"], None));
        assert_eq!(
            of("#dlint ignore = DL3008 , hadolint:DL3009 because it is so"),
            dlint(Reach::Next, &["DL3008", "hadolint:DL3009"], Some("because it is so"))
        );
        assert_eq!(of("# dlint ignore=a: why"), dlint(Reach::Next, &["a"], Some("why")));
        assert_eq!(of("# dlint ignore=a -- why, a"), dlint(Reach::Next, &["a"], Some("why, a")));
        assert_eq!(of("# dlint ignore-file=ALL reason: generated"), dlint(Reach::File, &["ALL"], Some("generated")));
        assert_eq!(of("# dlint is fine"), None);
        assert_eq!(of("# ask dlint ignore=a"), None);
    }

    #[test]
    fn what_is_meant_and_wrong_is_told() {
        let unknown = |text| matches!(read(text, 0.into()), Some(Read::Unknown(..)));
        assert!(unknown("# dlint ignore"));
        assert!(unknown("# dlint ignore="));
        assert!(unknown("# dlint disable=root-user"));
        assert!(unknown("# dlint: ignore=root-user"));
        assert!(!unknown("# dlint disables nothing"));
        assert!(!unknown("# dlint: a linter"));
    }

    #[test]
    fn others() {
        assert_eq!(
            of("#hadolint ignore=DL3006, SC2086 # why"),
            Some((Tool::Hadolint, Reach::Next, vec!["DL3006", "SC2086"], Some("why")))
        );
        assert_eq!(of("# hadolint global ignore=DL3003"), Some((Tool::Hadolint, Reach::File, vec!["DL3003"], None)));
        assert_eq!(of("# hadolint stage ignore=DL3002"), Some((Tool::Hadolint, Reach::Stage, vec!["DL3002"], None)));
        assert_eq!(of("# hadolint shell=bash"), None);
        assert_eq!(
            of("# check=error=true;skip=JSONArgsRecommended,StageNameCasing"),
            Some((Tool::Buildkit, Reach::Next, vec!["JSONArgsRecommended", "StageNameCasing"], None))
        );
        assert_eq!(of("# check=error=true"), None);
        assert_eq!(of("# dclint disable-file"), Some((Tool::Dclint, Reach::Top, vec![], None)));
        assert_eq!(
            of("# dclint disable-line no-version-field service-keys-order"),
            Some((Tool::Dclint, Reach::Line, vec!["no-version-field", "service-keys-order"], None))
        );
        assert_eq!(of("# dclint disable-next-line"), Some((Tool::Dclint, Reach::NextLine, vec![], None)));
    }
}
