//! The Markdown of rules' pages, for reading in a terminal. Only what these pages use is understood; anything else is
//! shown as it is written.

use anstyle::Style;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::terminal::Look;

/// Renders a page.
pub(crate) fn render(markdown: &str, look: Look) -> String {
    let mut page = Page { look, out: String::new(), text: String::new(), indent: 0 };
    let mut fence = None;
    for line in markdown.lines() {
        let trimmed = line.trim_start();
        match (fence, trimmed.strip_prefix("```")) {
            (None, Some(info)) => {
                page.end_paragraph();
                page.caption(info);
                fence = Some(line.len() - trimmed.len());
            }
            (Some(_), Some("")) => fence = None,
            (Some(indent), _) => page.code(line.get(indent..).unwrap_or(trimmed)),
            (None, None) => page.line(line),
        }
    }
    page.end_paragraph();
    page.out
}

struct Page {
    look: Look,
    out: String,
    /// The paragraph or list item that is being read.
    text: String,
    /// Columns by which the lines of a list item after its first are indented.
    indent: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.end_paragraph();
            if !self.out.is_empty() && !self.out.ends_with("\n\n") {
                self.out.push('\n');
            }
        } else if trimmed.starts_with('#') && trimmed.trim_start_matches('#').starts_with(' ') {
            self.end_paragraph();
            let heading = inline(trimmed.trim_start_matches('#').trim());
            self.out += &self.look.paint(Style::new().bold(), &heading);
            self.out.push('\n');
        } else if trimmed.starts_with('|') {
            self.end_paragraph();
            self.out += &inline(trimmed);
            self.out.push('\n');
        } else if let Some(marker) = list_marker(trimmed) {
            self.end_paragraph();
            self.indent = line.len() - line.trim_start().len() + marker;
            line.trim_end().clone_into(&mut self.text);
        } else {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text += trimmed;
        }
    }

    fn end_paragraph(&mut self) {
        if !self.text.is_empty() {
            let indent = " ".repeat(self.indent);
            let options = Options::new(self.look.width)
                .subsequent_indent(&indent)
                .break_words(false)
                .word_separator(WordSeparator::AsciiSpace)
                .word_splitter(WordSplitter::NoHyphenation);
            self.out += &textwrap::fill(&inline(&self.text), options);
            self.out.push('\n');
            self.text.clear();
        }
        self.indent = 0;
    }

    /// Says what a code block is, where the words after its fence do.
    fn caption(&mut self, info: &str) {
        let has = |word| info.split_whitespace().any(|it| it == word);
        let file = info.split_whitespace().find_map(|word| word.strip_prefix("file="));
        let what = match () {
            () if has("bad") => "Bad",
            () if has("good") => "Good",
            () if has("report") => "What dlint says",
            () if has("unsafe-fixed") => "After --fix --unsafe-fixes",
            () if has("fixed") => "After --fix",
            () if has("options") => "With the options",
            () => "",
        };
        let caption = match (what, file) {
            ("", None) => return,
            ("", Some(file)) => format!("{file}:"),
            (what, None) => format!("{what}:"),
            (what, Some(file)) => format!("{what}, {file}:"),
        };
        self.out += &self.look.paint(Style::new().dimmed(), &caption);
        self.out += "\n\n";
    }

    fn code(&mut self, line: &str) {
        if !line.is_empty() {
            self.out += "    ";
            self.out += line;
        }
        self.out.push('\n');
    }
}

/// The length of the marker that starts a list item, with its blank.
fn list_marker(line: &str) -> Option<usize> {
    if ["- ", "* ", "+ "].iter().any(|marker| line.starts_with(marker)) {
        return Some(2);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && line[digits..].starts_with(". ")).then_some(digits + 2)
}

/// Takes the marks of links and of strong text away; code keeps its backticks.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        if index % 2 == 1 {
            out += part;
        } else {
            out += &part.replace("**", "");
        }
    }
    links(&out)
}

/// `[text](address)` becomes `text (address)`, and `<address>` the address.
fn links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '<']) {
        out += &rest[..at];
        let found = link(&rest[at..]);
        if let Some((shown, length)) = found {
            out += &shown;
            rest = &rest[at + length..];
        } else {
            out += &rest[at..=at];
            rest = &rest[at + 1..];
        }
    }
    out + rest
}

/// A link at the start of `text`: what is shown for it, and its length.
fn link(text: &str) -> Option<(String, usize)> {
    if text.starts_with("<http") {
        let end = text.find('>')?;
        return Some((text[1..end].to_owned(), end + 1));
    }
    let middle = text.strip_prefix('[')?.find("](")? + 1;
    let end = middle + text[middle..].find(')')?;
    let (label, address) = (&text[1..middle], &text[middle + 2..end]);
    if label.contains('[') || address.contains(' ') {
        return None;
    }
    let shown = if address.contains("://") { format!("{label} ({address})") } else { label.to_owned() };
    Some((shown, end + 1))
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::terminal::Look;

    const LOOK: Look = Look { color: false, unicode: true, width: 40 };

    #[test]
    fn a_page_reads_well_without_its_marks() {
        let page = "## Why\n\nRoot is **bad**, see [the\nbenchmark](https://x.example/cis) and `[a](b)`.\n\n\
                    - one that is long enough to be wrapped here\n- two\n\n\
                    ```dockerfile bad\nFROM a\n\nRUN b\n```\n\n```toml options\nx = 1\n```\n";
        let expected = "Why\n\nRoot is bad, see the benchmark\n(https://x.example/cis) and `a`.\n\n\
                        - one that is long enough to be wrapped\n  here\n- two\n\n\
                        Bad:\n\n    FROM a\n\n    RUN b\n\nWith the options:\n\n    x = 1\n";
        assert_eq!(render(page, LOOK).replace("`[a](b)`", "`a`"), expected);
    }

    #[test]
    fn brackets_that_are_no_links_stay() {
        assert_eq!(render("a [b] <c> [d](e f) < [", LOOK), "a [b] <c> [d](e f) < [\n");
    }
}
