//! Tabs where Go's YAML scanner refuses them. The parser underneath is laxer.
//!
//! Go's scanner skips a tab only where no key can start. At the start of a line, and behind a block's `-` or `?`, one can; so a
//! tab is refused there even before a comment or on a line with nothing else. Inside of brackets, quotes and block scalars, and
//! behind a plain scalar that may go on in this line, tabs are blanks.

use super::error::{ErrorKind, YamlError};
use super::layout::{line_end, line_start, next_line};
use super::tree::{Data, NodeId, ScalarStyle, Style, Yaml};
use crate::text::{self, TextSize};

/// A stretch of text that is one token, or one bracketed collection, to this check.
struct Token {
    start: usize,
    end: usize,
    /// A text that may go on in later lines if they are indented this much.
    goes_on_at: Option<usize>,
}

pub(super) fn check(yaml: &Yaml, source: &str) -> Vec<YamlError> {
    if !source.contains('\t') {
        return Vec::new();
    }
    let tokens = tokens(yaml);
    let mut errors = Vec::new();
    let mut start = 0;
    while let Some(found) = source[start..].find('\t') {
        let tab = start + found;
        let line = line_start(source, tab);
        let leads = source[line..tab].bytes().all(|byte| byte == b' ');
        if (leads || follows_indicator(&source[line..tab])) && is_refused(source, &tokens, tab, line) {
            let len = source[tab..].bytes().take_while(|byte| *byte == b'\t').count();
            let error = YamlError::new(ErrorKind::Syntax, text::range(tab..tab + len), MESSAGE)
                .help("replace the tab with spaces");
            errors.push(error);
            if errors.len() >= MOST {
                break;
            }
        }
        start = if leads { next_line(source, tab) } else { tab + 1 };
        if leads {
            // Behind the indentation, only a tab after a dash matters.
            let end = line_end(source, tab);
            let content = tab + source[tab..end].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            if content < end && matches!(source.as_bytes()[content], b'-' | b'?') {
                start = content;
            }
        }
    }
    errors
}

/// A file that is indented with tabs says it often enough with this many errors.
const MOST: usize = 20;

pub(super) const MESSAGE: &str = "YAML is indented with spaces, this is a tab";

/// Whether a line so far is only indentation and block indicators (`- `, `? `).
fn follows_indicator(before: &str) -> bool {
    let mut rest = before.trim_start_matches(' ');
    if rest.is_empty() {
        return false;
    }
    while let Some(behind) = rest.strip_prefix(['-', '?']) {
        if behind.is_empty() {
            return true;
        }
        if !behind.starts_with([' ', '\t']) {
            return false;
        }
        rest = behind.trim_start_matches([' ', '\t']);
    }
    rest.is_empty()
}

fn is_refused(source: &str, tokens: &[Token], tab: usize, line: usize) -> bool {
    let before = tokens.partition_point(|token| token.start <= tab);
    let Some(token) = before.checked_sub(1).map(|index| &tokens[index]) else { return true };
    if tab < token.end && token.goes_on_at.is_none() {
        return false;
    }
    let Some(column) = token.goes_on_at else { return true };
    // Anything but blanks in between (a comment, an indicator) ends the text.
    if tab >= token.end && !source[token.end..tab].trim().is_empty() {
        return true;
    }
    tab - line < column
}

/// The tokens in the order of the text.
fn tokens(yaml: &Yaml) -> Vec<Token> {
    let mut tokens = Vec::new();
    let roots = yaml.documents.iter().rev().filter_map(|document| document.root);
    let mut stack: Vec<(NodeId, usize)> = roots.map(|root| (root, 0)).collect();
    while let Some((id, indent)) = stack.pop() {
        let node = yaml.node(id);
        let (start, end) = (usize::from(node.range.start()), usize::from(node.range.end()));
        match node.data {
            Data::Sequence { style: Style::Block, items: children }
            | Data::Mapping { style: Style::Block, entries: children, .. } => {
                let indent = column(yaml, node.range.start()) + 1;
                stack.extend(yaml.children(children).iter().rev().map(|child| (child.node, indent)));
            }
            Data::Scalar { style: ScalarStyle::Plain, .. } if start < end => {
                tokens.push(Token { start, end, goes_on_at: Some(indent) })
            }
            Data::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } => {
                tokens.push(Token { start, end, goes_on_at: None });
                // Empty lines behind the body belong to it.
                tokens.push(Token { start: end, end, goes_on_at: Some(body_indent(&yaml.text[start..end])) });
            }
            Data::Scalar { .. } | Data::Alias { .. } | Data::Sequence { .. } | Data::Mapping { .. } => {
                tokens.push(Token { start, end, goes_on_at: None });
            }
        }
    }
    tokens
}

fn column(yaml: &Yaml, at: TextSize) -> usize {
    let at = usize::from(at);
    at - line_start(&yaml.text, at)
}

fn body_indent(scalar: &str) -> usize {
    let mut lines = scalar.lines().skip(1).filter(|line| !line.trim().is_empty());
    lines.next().map_or(0, |line| line.bytes().take_while(|byte| *byte == b' ').count())
}
