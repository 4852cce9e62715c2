//! For people: each finding with the lines it is about.

use std::fmt;

use dlint_linter::{Diagnostic, Document, Level, Safety};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use textwrap::{WordSeparator, WordSplitter};

use super::excerpt::{Excerpt, Place};
use crate::terminal::{Look, inert, visible};

/// Writes findings.
pub(super) fn write(document: &Document, diagnostics: &[Diagnostic], look: Look) -> Vec<u8> {
    let mut out = Vec::new();
    let handler = handler(look);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let finding = Finding::new(document, diagnostic, look);
        handler.render_report(&mut text, &finding).expect("writing to memory does not fail");
        text.push('\n');
    }
    // What is drawn may end in blanks, which differ from what a person would type.
    for line in inert(&text).lines() {
        out.extend(line.trim_end().as_bytes());
        out.push(b'\n');
    }
    out
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
        help.push(rule.url());
        let own = Place { document, range: diagnostic.range, label: None };
        let related = diagnostic.related.iter().map(|related| Place {
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
