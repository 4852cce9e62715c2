//! A table in Markdown as GitHub and GitLab read it: for comments on pull requests and for summaries of a job.

use std::fmt::Write;

use dlint_linter::{Diagnostic, Level};

use super::Findings;
use crate::discover::Note;
use crate::paths::reported;
use crate::summary::Summary;
use crate::terminal::visible;

/// A finding, written as a row.
#[derive(Debug)]
pub(crate) struct Row {
    level: Level,
    text: String,
}

/// Writes findings.
pub(super) fn rows(findings: &Findings<'_>) -> Vec<Row> {
    let row = |diagnostic: &Diagnostic| {
        let start = findings.document.position(diagnostic.range.start());
        let place = format!("{}:{}:{}", visible(&findings.path), start.line, start.column);
        let rule = diagnostic.rule();
        let rating = diagnostic.cvss.map(|cvss| format!(" ({} {:.1})", cvss.rating().name(), cvss.score()));
        let text = format!(
            "| {}{} | {} | [{}]({}) | {} |\n",
            diagnostic.level.name(),
            rating.unwrap_or_default(),
            code(&place),
            rule.name,
            rule.url(),
            prose(&visible(&diagnostic.message)),
        );
        Row { level: diagnostic.level, text }
    };
    findings.diagnostics.iter().map(row).collect()
}

/// Puts the rows together, the gravest first, as many as `limit` bytes hold.
pub(super) fn assemble(mut rows: Vec<Row>, summary: &Summary, limit: usize) -> Vec<Vec<u8>> {
    rows.sort_by_key(|row| std::cmp::Reverse(row.level));
    let mut head = "## dlint\n\n".to_owned();
    for line in summary.lines() {
        head += &prose(&line);
        head += "\n\n";
    }
    for Note { path, message } in &summary.problems {
        let _ = writeln!(head, "- {} {}", code(&visible(&reported(path))), prose(&visible(message)));
    }
    if !summary.problems.is_empty() {
        head.push('\n');
    }
    if summary.counts.total() > 0 {
        head += "| Level | Place | Rule | Message |\n| --- | --- | --- | --- |\n";
    }
    let mut room = limit.saturating_sub(head.len());
    let mut report = vec![head.into_bytes()];
    let mut left = summary.counts.total();
    for Row { text, .. } in rows {
        if text.len() > room {
            break;
        }
        room -= text.len();
        left -= left.min(1);
        report.push(text.into_bytes());
    }
    if left > 0 {
        report.push(format!("\n{left} more are not shown\n").into_bytes());
    }
    report
}

/// Text as code in a table. A backslash is the only way to write a `|` there.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let text = text.replace('|', "\\|");
    if longest > 0 { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// A sentence in which what stands between backticks is code, and the rest means nothing to Markdown.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (index, part) in parts.iter().enumerate() {
        let is_code = index % 2 == 1 && index + 1 < parts.len();
        if is_code && !part.is_empty() {
            out += &code(part);
        } else {
            if index % 2 == 1 {
                out.push_str("\\`");
            }
            escape(part, &mut out);
            if is_code {
                out.push_str("\\`");
            }
        }
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A name after it would get a message.
            '@' => out.push_str("&#64;"),
            '\\' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{code, prose};

    #[test]
    fn nothing_breaks_out_of_a_cell() {
        assert_eq!(prose("`a|b` is *not* <b> @you"), "`a\\|b` is \\*not\\* &lt;b&gt; &#64;you");
        assert_eq!(prose("odd ` one"), "odd \\` one");
        assert_eq!(prose("a `` b"), "a \\`\\` b");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
