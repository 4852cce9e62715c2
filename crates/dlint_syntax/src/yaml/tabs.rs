//! Tabs where Go's YAML scanner refuses them. The parser underneath is laxer.
//!
//! Go's scanner skips a tab only where no key can start. At the start of a line, and behind a block's `-` or `?`, one can; so a
//! tab is refused there even before a comment or on a line with nothing else. Inside of brackets, quotes and block scalars, and
//! behind a plain scalar that may go on in this line, tabs are blanks.

use super::error::{ErrorKind, YamlError};
use super::layout::{line_end, line_start, next_line};
use super::tree::{Data, NodeId, ScalarStyle, Style, Yaml};
use crate::text::{self, TextRange, TextSize};

/// A stretch of text that is one token, or one bracketed collection, to this check.
struct Token {
    start: usize,
    end: usize,
    kind: Kind,
}

enum Kind {
    /// Tabs are blanks in it.
    Opaque,
    /// A text that goes on in later lines if they are indented this much.
    GoesOn { column: usize },
    /// A text in a bracketed collection, which goes on in later lines if they are indented this much; and where the collection ends.
    InFlow { column: usize, flow_end: usize },
    /// A block scalar: where its first line with text starts, and how far it is indented.
    Block { first_line: usize, column: usize },
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
        if (leads || follows_indicator(&source[line..tab]))
            && !between_comments(yaml, source, tab)
            && is_refused(source, &tokens, tab, line)
        {
            let len = source[tab..].bytes().take_while(|byte| *byte == b'\t').count();
            errors.push(error(text::range(tab..tab + len)));
            if errors.len() >= MOST {
                break;
            }
        }
        start = if leads { next_line(source, tab) } else { tab + 1 };
        if leads {
            // Behind the indentation, only a tab after a dash matters.
            let end = line_end(source, tab);
            let content = tab + source[tab..end].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            if content < end && matches!(source.as_bytes()[content], b'-' | b'?' | b':') {
                start = content;
            }
        }
    }
    errors
}

/// A file that is indented with tabs says it often enough with this many errors.
const MOST: usize = 20;

/// The error for tabs at `range`.
pub(super) fn error(range: TextRange) -> YamlError {
    YamlError::new(ErrorKind::Syntax, range, "YAML is indented with spaces, this is a tab")
        .help("Replace the tab with spaces")
}

/// Whether a line so far is only indentation and block indicators (`- `, `? `, `: `).
fn follows_indicator(before: &str) -> bool {
    let mut rest = before.trim_start_matches(' ');
    if rest.is_empty() {
        return false;
    }
    while let Some(behind) = rest.strip_prefix(['-', '?', ':']) {
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

/// Go reads comments that follow each other on their own lines at once, whatever blanks are between them.
fn between_comments(yaml: &Yaml, source: &str, tab: usize) -> bool {
    let before = yaml.comments.partition_point(|comment| usize::from(comment.range.end()) <= tab);
    let Some(comment) = before.checked_sub(1).map(|index| yaml.comments[index]) else { return false };
    comment.own_line
        && source[usize::from(comment.range.end())..tab].trim().is_empty()
        && source[tab..].trim_start().starts_with('#')
}

fn is_refused(source: &str, tokens: &[Token], tab: usize, line: usize) -> bool {
    let before = tokens.partition_point(|token| token.start <= tab);
    let Some(token) = before.checked_sub(1).map(|index| &tokens[index]) else { return true };
    match token.kind {
        Kind::Opaque => tab >= token.end,
        // Anything but blanks in between (a comment, an indicator) ends the text.
        Kind::GoesOn { column } => tab - line < column || tab >= token.end && !source[token.end..tab].trim().is_empty(),
        Kind::InFlow { column, flow_end } => {
            tab >= flow_end || tab - line < column && source[token.end.min(tab)..tab].trim().is_empty()
        }
        Kind::Block { first_line, column } => {
            // The first line with text says how far it is indented.
            let is_measured = line < first_line || line == first_line && tab - line == column;
            is_measured || tab - line < column || tab >= token.end && !source[token.end..tab].trim().is_empty()
        }
    }
}

/// The tokens in the order of the text.
fn tokens(yaml: &Yaml) -> Vec<Token> {
    let mut tokens = Vec::new();
    let roots = yaml.documents.iter().rev().filter_map(|document| document.root);
    let mut stack: Vec<(NodeId, usize, Option<usize>)> = roots.map(|root| (root, 0, None)).collect();
    while let Some((id, indent, flow_end)) = stack.pop() {
        let node = yaml.node(id);
        let (start, end) = (usize::from(node.range.start()), usize::from(node.range.end()));
        let kind = match node.data {
            Data::Sequence { style: Style::Block, items: children }
            | Data::Mapping { style: Style::Block, entries: children, .. } => {
                let indent = column(yaml, node.range.start()) + 1;
                stack.extend(yaml.children(children).iter().rev().map(|child| (child.node, indent, None)));
                continue;
            }
            Data::Sequence { items: children, .. } | Data::Mapping { entries: children, .. } => {
                let outer = flow_end;
                let flow_end = Some(outer.unwrap_or(end));
                stack.extend(yaml.children(children).iter().rev().map(|child| (child.node, indent, flow_end)));
                if outer.is_some() {
                    continue;
                }
                Kind::Opaque
            }
            Data::Scalar { style: ScalarStyle::Plain, .. } if start < end => match flow_end {
                Some(flow_end) => Kind::InFlow { column: indent, flow_end },
                None => Kind::GoesOn { column: indent },
            },
            Data::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } => block(&yaml.text, start, end),
            Data::Scalar { .. } | Data::Alias { .. } if flow_end.is_some() => continue,
            Data::Scalar { .. } | Data::Alias { .. } => Kind::Opaque,
        };
        tokens.push(Token { start, end, kind });
    }
    tokens
}

fn block(text: &str, start: usize, end: usize) -> Kind {
    let mut line = next_line(text, start);
    while line < end && text[line..line_end(text, line)].trim().is_empty() {
        line = next_line(text, line);
    }
    let column = text[line.min(end)..end].bytes().take_while(|byte| *byte == b' ').count();
    // An indentation that is given in the header allows any line.
    let given = text[start..line_end(text, start)]
        .split('#')
        .next()
        .unwrap_or_default()
        .contains(|char: char| char.is_ascii_digit());
    Kind::Block { first_line: if given { 0 } else { line }, column: if given { 1 } else { column } }
}

fn column(yaml: &Yaml, at: TextSize) -> usize {
    let at = usize::from(at);
    at - line_start(&yaml.text, at)
}
