//! For people: each finding with the lines it is about.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use dlint_linter::{Diagnostic, Document, Level, Related, RuleId, Safety};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use textwrap::{WordSeparator, WordSplitter};

use super::excerpt::{Excerpt, Place};
use crate::terminal::{Look, inert, visible};

/// Of a rule that says the same of more places than this in a file, only the first is drawn: a screen is small.
const DRAWN: usize = 3;

/// Writes findings.
pub(super) fn write(document: &Document, diagnostics: &[Diagnostic], look: Look) -> Vec<u8> {
    let mut out = Vec::new();
    let handler = handler(look);
    let mut text = String::new();
    let mut of_rule: BTreeMap<RuleId, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        of_rule.entry(diagnostic.rule).or_default().push(diagnostic);
    }
    let same: BTreeMap<RuleId, String> =
        of_rule.into_iter().filter_map(|(rule, all)| Some((rule, same(document, &all, look)?))).collect();
    let mut told = BTreeSet::new();
    for diagnostic in diagnostics {
        let others = same.get(&diagnostic.rule);
        if others.is_some() && !told.insert(diagnostic.rule) {
            continue;
        }
        let finding = Finding::new(document, diagnostic, look);
        handler.render_report(&mut text, &finding).expect("writing to memory does not fail");
        text.push('\n');
        if let Some(others) = others {
            text.push_str(others);
            text.push_str("\n\n");
        }
    }
    // What is drawn may end in blanks, which differ from what a person would type.
    for line in inert(&text).lines() {
        out.extend(line.trim_end().as_bytes());
        out.push(b'\n');
    }
    out
}

/// The lines of all findings of a rule but the first, with the words in which they differ from it; `None` where they are few, or say more
/// than that.
fn same(document: &Document, all: &[&Diagnostic], look: Look) -> Option<String> {
    let (first, others) = all.split_first().filter(|_| all.len() > DRAWN)?;
    let messages: Vec<_> = all.iter().map(|it| visible(&it.message)).collect();
    let helps: Vec<_> = all.iter().map(|it| visible(it.help.as_deref().unwrap_or_default())).collect();
    let is_alike = |other: &&Diagnostic| {
        other.level == first.level && other.related.is_empty() && other.fixes.len() == first.fixes.len()
    };
    let words = differing(&messages).filter(|_| others.iter().all(is_alike))?;
    differing(&helps)?;
    let lines: Vec<String> = others
        .iter()
        .zip(words.iter().skip(1))
        .map(|(other, word)| (document.position(other.range.start()).line, word))
        .map(|(line, word)| if word.is_empty() { line.to_string() } else { format!("{line} ({word})") })
        .collect();
    let options = textwrap::Options::new(look.width)
        .initial_indent("  ")
        .subsequent_indent("    ")
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    Some(textwrap::fill(&format!("the same on lines {}", lines.join(", ")), options))
}

/// The part of each text in which they differ, if that is a word or two of a sentence that is otherwise the same.
fn differing<'t>(texts: &'t [Cow<'_, str>]) -> Option<Vec<&'t str>> {
    /// In bytes.
    const LONGEST: usize = 32;
    let (first, rest) = texts.split_first()?;
    let is_boundary = |at: usize| texts.iter().all(|text| text.is_char_boundary(at));
    let same = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let mut prefix = rest.iter().map(|text| same(first, text)).min()?;
    // A word is told whole.
    let is_part = |byte: &u8| !matches!(byte, b' ' | b'`' | b'(' | b'"');
    let is_all = texts.iter().all(|text| text.len() == prefix);
    while prefix > 0 && !is_all && (!is_boundary(prefix) || is_part(&first.as_bytes()[prefix - 1])) {
        prefix -= 1;
    }
    let back = |a: &str, b: &str| {
        let most = a.len().min(b.len()) - prefix.min(a.len()).min(b.len());
        a.bytes().rev().zip(b.bytes().rev()).take(most).take_while(|(a, b)| a == b).count()
    };
    let mut suffix = rest.iter().map(|text| back(first, text)).min()?;
    let is_inside = |text: &str, suffix: usize| {
        let at = text.len() - suffix;
        !text.is_char_boundary(at)
            || text.as_bytes().get(at).is_some_and(|byte| !matches!(byte, b' ' | b'`' | b')' | b'"' | b','))
    };
    while suffix > 0 && texts.iter().any(|text| is_inside(text, suffix)) {
        suffix -= 1;
    }
    let words: Vec<&str> = texts.iter().map(|text| text.get(prefix..text.len() - suffix)).collect::<Option<_>>()?;
    let is_most = first.len() >= 2 * words.first()?.len();
    (is_most && words.iter().all(|word| word.len() <= LONGEST && !word.contains('`'))).then_some(words)
}

/// Draws the place that a failure is about, without what is said of it. Ends without a newline.
pub(crate) fn frame(failure: &dyn miette::Diagnostic, look: Look) -> String {
    let mut text = String::new();
    handler(look).render_report(&mut text, failure).expect("writing to memory does not fail");
    // The first line is for the sentence.
    let lines = text.lines().skip_while(|line| !line.contains('[')).map(str::trim_end);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn handler(look: Look) -> GraphicalReportHandler {
    let theme = match (look.unicode, look.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_urls(false)
        // A flag or an address that is cut in two is no good to anybody.
        .with_break_words(false)
        .with_word_separator(WordSeparator::AsciiSpace)
        .with_word_splitter(WordSplitter::NoHyphenation)
        .without_syntax_highlighting()
}

/// A finding in miette's terms.
#[derive(Debug)]
struct Finding {
    level: Level,
    code: String,
    message: String,
    help: String,
    excerpt: Excerpt,
}

impl Finding {
    fn new(document: &Document, diagnostic: &Diagnostic, look: Look) -> Self {
        let rule = diagnostic.rule();
        let cvss = diagnostic.cvss.map(|cvss| format!(" {} {:.1}", cvss.rating().name(), cvss.score()));
        let code = format!("{}[{}]{}", diagnostic.level.name(), rule.name, cvss.unwrap_or_default());
        let mut help = Vec::new();
        if let Some(text) = &diagnostic.help {
            help.push(visible(text).into_owned());
        }
        for fix in &diagnostic.fixes {
            let how = match fix.safety {
                Safety::Safe => " (`--fix` does it)",
                Safety::Unsafe => " (`--fix --unsafe-fixes` does it, and may change behaviour)",
                Safety::Display => "",
            };
            help.push(format!("{}{how}", visible(&fix.title)));
        }
        let (drawn, listed) = divide(document, &diagnostic.related);
        help.extend(listed);
        help.push(rule.url());
        let own = Place { document, range: diagnostic.range, label: None };
        let related = drawn.into_iter().map(|related| Place {
            document: related.document.as_deref().unwrap_or(document),
            range: related.range,
            label: Some(visible(&related.message).into_owned()),
        });
        let places: Vec<Place<'_>> = std::iter::once(own).chain(related).collect();
        Self {
            level: diagnostic.level,
            code,
            message: visible(&diagnostic.message).into_owned(),
            help: help.join("\n"),
            excerpt: Excerpt::new(&places, look.width),
        }
    }
}

/// The places beside a finding that are drawn, and lines for those that are not: the many in the file of which the same is said.
fn divide<'r>(document: &Document, related: &'r [Related]) -> (Vec<&'r Related>, Vec<String>) {
    let mut lines: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for it in related.iter().filter(|it| it.document.is_none()) {
        lines.entry(&it.message).or_default().push(document.position(it.range.start()).line);
    }
    lines.retain(|_, lines| lines.len() > DRAWN);
    let is_drawn = |it: &&Related| it.document.is_some() || !lines.contains_key(it.message.as_str());
    let drawn = related.iter().filter(is_drawn).collect();
    let listed = lines.into_iter().map(|(message, lines)| {
        let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
        format!("{}: lines {}", visible(message), lines.join(", "))
    });
    (drawn, listed.collect())
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Finding {}

impl miette::Diagnostic for Finding {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info | Level::Hint => Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::differing;

    #[test]
    fn sentences_differ_in_a_word() {
        let of = |texts: &[&'static str]| {
            let texts: Vec<Cow<'_, str>> = texts.iter().map(|text| Cow::Borrowed(*text)).collect();
            differing(&texts).map(|words| words.join(" | "))
        };
        assert_eq!(of(&["service `web` has no limit", "service `db` has no limit"]).as_deref(), Some("web | db"));
        assert_eq!(of(&["host port 8000 is open", "host port 80 is open"]).as_deref(), Some("8000 | 80"));
        assert_eq!(of(&["it is the same", "it is the same"]).as_deref(), Some(" | "));
        assert_eq!(of(&["the tag `latest` of `a` moves", "the tag `edge` of `b` moves"]).as_deref(), None);
        assert_eq!(of(&["`é` is short", "`è` is short"]).as_deref(), Some("é | è"));
        assert_eq!(of(&["nothing sets `A`", "there is no file"]), None);
    }
}
