//! Writing the comments that suppress findings.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::DirectiveKind;
use dlint_syntax::text::range;

use super::Suppressions;
use super::comment::{self, Cursor};
use crate::diagnostic::{Category, Diagnostic, Edit};
use crate::document::{Document, Tree};

/// What a comment is to hold for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The instruction, entry or item that a finding is in.
    Here,
    /// The file.
    File,
}

/// How many lines upwards a place for the comment is looked for.
const MOST: usize = 8;

/// The edit that has a finding ignored by a comment; a comment for dlint that is there already gets one more name. `None` where no comment
/// can do that: `daemon.json` has none, and what the program that reads the file refuses cannot be ignored.
pub fn edit(document: &Document, diagnostic: &Diagnostic, extent: Extent) -> Option<Edit> {
    if !may_be_ignored(document, diagnostic) {
        return None;
    }
    let places = match extent {
        Extent::File => vec![after_head(document.text())],
        Extent::Here => lines(document, diagnostic),
    };
    let candidates = places.into_iter().map(|line| at_line(document.text(), line, diagnostic, extent));
    let directive = (extent == Extent::File).then(|| in_directive(document, diagnostic)).flatten();
    directive.into_iter().chain(candidates).find(|edit| is_enough(document, diagnostic, edit))
}

/// Whether a comment may ignore a finding, as far as can be told without a look at the text with it.
pub fn may_be_ignored(document: &Document, diagnostic: &Diagnostic) -> bool {
    diagnostic.category != Category::Syntax && !matches!(document.tree(), Tree::Daemon(_))
}

/// The edit that gives BuildKit's directive one more name, where there is one already, and the rule is one of BuildKit's checks: a second
/// directive would be refused.
fn in_directive(document: &Document, diagnostic: &Diagnostic) -> Option<Edit> {
    let (file, _) = document.dockerfile()?;
    let mut codes = diagnostic.rule.rule().aliases.iter().filter_map(|alias| alias.strip_prefix("buildkit:"));
    let code = codes.next()?;
    let directive = file.directives.iter().find(|it| it.kind == DirectiveKind::Check)?;
    let value = directive.value.range;
    let (_, last) = comment::skipped(&mut Cursor::new(document.slice(value), value.start()))?.pop()?;
    Some(Edit { range: TextRange::empty(last.end()), text: format!(",{code}") })
}

/// Where lines start above which a comment may cover a finding, the best first: bytes.
fn lines(document: &Document, diagnostic: &Diagnostic) -> Vec<usize> {
    let text = document.text();
    let at = usize::from(diagnostic.range.start());
    if let Some((file, _)) = document.dockerfile() {
        let inner = file.instructions.iter().find(|it| it.range.contains_inclusive(diagnostic.range.start()));
        return inner.map(|it| line_start(text, it.range.start().into())).into_iter().collect();
    }
    // A text that goes on over several lines has its comment above the first, whose line is indented less.
    let mut line = line_start(text, at);
    let mut found = vec![line];
    let mut indent = indent_of(text, line).len();
    while let Some(end) = line.checked_sub(1).filter(|_| found.len() < MOST && indent > 0) {
        line = line_start(text, end);
        let own = indent_of(text, line).len();
        if own < indent && !text[line..].trim_start_matches(' ').starts_with(['\n', '\r', '#']) {
            indent = own;
            found.push(line);
        }
    }
    found
}

/// The edit for a comment above the line that starts at a byte.
fn at_line(text: &str, line: usize, diagnostic: &Diagnostic, extent: Extent) -> Edit {
    let word = if extent == Extent::File { "ignore-file=" } else { "ignore=" };
    let name = diagnostic.rule.rule().name;
    let above = text[..line].trim_end_matches(['\n', '\r']);
    let above_start = line_start(text, above.len());
    if line > 0
        && let Some(names) =
            text[above_start..above.len()].trim_start().strip_prefix("# dlint ").and_then(|it| it.strip_prefix(word))
    {
        let length = names.find(char::is_whitespace).unwrap_or(names.len());
        let end = above.len() - names.len() + length;
        return Edit { range: range(end..end), text: format!(",{name}") };
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent = if extent == Extent::File { "" } else { indent_of(text, line) };
    Edit { range: range(line..line), text: format!("{indent}# dlint {word}{name}{end}") }
}

/// Whether the finding would be ignored after the edit.
fn is_enough(document: &Document, diagnostic: &Diagnostic, edit: &Edit) -> bool {
    let mut text = document.text().to_string();
    text.insert_str(usize::from(edit.range.start()), &edit.text);
    let edited = Document::parse(document.path(), text, document.language());
    let mut moved = diagnostic.clone();
    if edit.range.start() <= moved.range.start() {
        moved.range += dlint_syntax::TextSize::new(edit.text.len() as u32);
    }
    let before = document.slice(diagnostic.range);
    let is_same = edited.text().get(std::ops::Range::<usize>::from(moved.range)) == Some(before);
    is_same && !Suppressions::new(&edited).split(&edited, vec![moved]).1.is_empty()
}

/// The first line that is no comment: directives and some comments of other tools count only at the top.
fn after_head(text: &str) -> usize {
    let body = text.trim_start_matches('\u{feff}');
    let mut at = text.len() - body.len();
    for line in body.split_inclusive('\n') {
        if !line.starts_with('#') || !line.ends_with('\n') {
            break;
        }
        at += line.len();
    }
    at
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn indent_of(text: &str, line: usize) -> &str {
    let rest = &text[line..];
    &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Extent, edit};
    use crate::check::{NoFiles, check_all};
    use crate::config::Config;
    use crate::document::Document;
    use crate::language::Language;

    /// The text after the first finding of a rule is ignored.
    fn ignored(language: Language, text: &str, rule: &str, extent: Extent) -> Option<String> {
        let mut config = Config::default();
        config.select(&[rule.to_owned()]).unwrap();
        let document = Document::parse("x", text, language);
        let found = check_all(&document, &config, &NoFiles).diagnostics;
        let edit = edit(&document, &found[0], extent)?;
        let mut text = text.to_owned();
        text.insert_str(usize::from(edit.range.start()), &edit.text);
        let after = check_all(&Document::parse("x", text.as_str(), language), &config, &NoFiles);
        assert_eq!(after.diagnostics.len() + 1, found.len(), "{text}");
        Some(text)
    }

    #[test]
    fn comments_go_above_what_they_are_about() {
        let docker = |text, rule, extent| ignored(Language::Dockerfile, text, rule, extent).unwrap();
        assert_eq!(
            docker("FROM a:1\nRUN x && \\\n  apt-get upgrade -y\nUSER root\n", "root-user", Extent::Here),
            "FROM a:1\nRUN x && \\\n  apt-get upgrade -y\n# dlint ignore=root-user\nUSER root\n"
        );
        assert_eq!(
            docker("FROM a:1\r\nRUN x && \\\r\n  sudo y\r\n", "sudo-in-run", Extent::Here),
            "FROM a:1\r\n# dlint ignore=sudo-in-run\r\nRUN x && \\\r\n  sudo y\r\n"
        );
        assert_eq!(
            docker("# syntax=docker/dockerfile:1\n\nFROM a\n", "untagged-image", Extent::File),
            "# syntax=docker/dockerfile:1\n# dlint ignore-file=untagged-image\n\nFROM a\n"
        );
        assert_eq!(
            docker(
                "# check=skip=JSONArgsRecommended;error=true\nFROM a:1 as b\n",
                "inconsistent-as-casing",
                Extent::File
            ),
            "# check=skip=JSONArgsRecommended,FromAsCasing;error=true\nFROM a:1 as b\n",
            "a second directive would be refused"
        );
        assert_eq!(
            docker("FROM a:1\n# dlint ignore=missing-user it is so\nUSER root\n", "root-user", Extent::Here),
            "FROM a:1\n# dlint ignore=missing-user,root-user it is so\nUSER root\n"
        );
    }

    #[test]
    fn entries_of_compose_files_have_their_comments() {
        let compose = |text, rule| ignored(Language::Compose, text, rule, Extent::Here).unwrap();
        assert_eq!(
            compose("services:\n  a:\n    image: x:1\n    ports:\n      - 80:80\n", "wildcard-port"),
            "services:\n  a:\n    image: x:1\n    ports:\n      # dlint ignore=wildcard-port\n      - 80:80\n"
        );
    }

    #[test]
    fn what_is_refused_cannot_be_ignored() {
        assert_eq!(ignored(Language::Dockerfile, "FROM a\nFORM b\n", "syntax", Extent::Here), None);
    }
}
