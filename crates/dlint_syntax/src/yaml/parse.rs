//! The one place that knows the parser underneath.

use std::ops::Range;

use granit_parser::{ErrorKind as Granit, Event, Options, Parser, ScalarStyle as GranitScalar, Span, StructureStyle};

use super::MAX_DEPTH;
use super::build::Builder;
use super::explain::{self, Fault};
use super::tree::{ScalarStyle, Style, floor};

/// Where and why the parser stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    /// The byte offset that the parser blames.
    pub(super) at: usize,
    pub(super) fault: Fault,
    /// The innermost bracket that is open there, or the quote before it that was closed.
    pub(super) opener: Option<usize>,
}

fn options() -> Options {
    granit_parser::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        // Comments are no reason to refuse a file.
        max_buffered_comment_events: usize::MAX,
        // As Go's parser does.
        block_scalar_eof_without_line_feed: true,
        bom_inside_document_as_content: true,
        // The tree has its own limit, which comes first.
        flow_nesting_limit: MAX_DEPTH + 8,
        block_nesting_limit: MAX_DEPTH + 8,
    }
}

/// Reads `text` into `builder` until its end or the first error.
pub(super) fn run(text: &str, builder: &mut Builder<'_>) -> Option<Stop> {
    for event in Parser::new_from_str_with_options(text, options()) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = floor(text, error.marker().byte_offset().unwrap_or_else(|| builder.cursor()));
                let fault = fault(error.kind());
                let opener = match fault {
                    Fault::AfterQuotes => explain::last_quote(text, builder.cursor(), at),
                    _ => builder.open_bracket(),
                };
                return Some(Stop { at: explain::place(text, &fault, at), fault, opener });
            }
        };
        let range = bytes(text, &span);
        let is_sequence = matches!(event, Event::SequenceStart(..));
        match event {
            Event::DocumentStart(explicit, _) => builder.document_start(explicit, &range),
            Event::DocumentEnd => builder.document_end(&range),
            Event::Comment(..) => builder.comment(range),
            Event::Scalar(value, style, anchor, _) => {
                builder.scalar(&value, scalar_style(style), range, tag(text, &span), anchor);
            }
            Event::SequenceStart(style, anchor, _) | Event::MappingStart(style, anchor, _) => {
                let opened = builder.open(is_sequence, collection_style(style), &range, tag(text, &span), anchor);
                if !opened {
                    return Some(Stop { at: range.start, fault: Fault::TooDeep, opener: None });
                }
            }
            Event::SequenceEnd | Event::MappingEnd => builder.close(&range),
            Event::Anchor(..) => builder.anchor(range),
            Event::Alias(anchor) => builder.alias(range, Some(anchor)),
            Event::UnresolvedAlias(_) => builder.alias(range, None),
            _ => {}
        }
    }
    None
}

fn bytes(text: &str, span: &Span) -> Range<usize> {
    let range = span.byte_range().unwrap_or(0..0);
    let start = floor(text, range.start);
    start..floor(text, range.end).max(start)
}

fn tag(text: &str, span: &Span) -> Option<Range<usize>> {
    span.tag_span().map(|span| bytes(text, &span))
}

fn scalar_style(style: GranitScalar) -> ScalarStyle {
    match style {
        GranitScalar::SingleQuoted => ScalarStyle::SingleQuoted,
        GranitScalar::DoubleQuoted => ScalarStyle::DoubleQuoted,
        GranitScalar::Literal => ScalarStyle::Literal,
        GranitScalar::Folded => ScalarStyle::Folded,
        GranitScalar::Plain => ScalarStyle::Plain,
    }
}

fn collection_style(style: StructureStyle) -> Style {
    match style {
        StructureStyle::Block => Style::Block,
        StructureStyle::Flow => Style::Flow,
    }
}

fn fault(kind: &Granit) -> Fault {
    match kind {
        Granit::RecursionLimitExceeded => Fault::TooDeep,
        Granit::TabNotAllowed
        | Granit::TabInBlockIndentation
        | Granit::TabInIndentation
        | Granit::TabInPlainScalar
        | Granit::TabAtBlockScalarStart => Fault::Tab,
        Granit::UnclosedQuotedScalar => Fault::UnclosedQuote,
        Granit::DocumentIndicatorInQuotedScalar => Fault::DocumentMarkerInQuotes,
        Granit::UnclosedFlowCollection { open } => Fault::UnclosedBracket(*open),
        Granit::MismatchedFlowCollectionEnd { open, close } => Fault::MismatchedBracket(*open, *close),
        Granit::MisplacedFlowCollectionEnd => Fault::StrayBracket,
        Granit::UnexpectedEofFlowSequence
        | Granit::UnexpectedEofFlowMapping
        | Granit::UnexpectedEofImplicitFlowMapping
        | Granit::ExpectedFlowSequenceSeparator
        | Granit::ExpectedFlowMappingSeparator => Fault::FlowSeparator,
        Granit::PlainScalarStartsWithDashFlowIndicator
        | Granit::BlockEntryInFlowCollection
        | Granit::BlockSequenceEntryNotAllowed
        | Granit::InvalidBlockEntryWhitespace => Fault::Dash,
        Granit::SimpleKeyExpected | Granit::InvalidSimpleKey => Fault::MissingColon,
        Granit::MappingValueNotAllowed
        | Granit::MappingKeyNotAllowed
        | Granit::InvalidColonPlacement
        | Granit::InvalidMappingValueWhitespace
        | Granit::FlowMappingValueAdjacentCollection => Fault::Colon,
        Granit::UnexpectedEof
        | Granit::UnexpectedEofBlockMapping
        | Granit::UnexpectedEofBlockSequence
        | Granit::ExpectedBlockMappingKey
        | Granit::ExpectedBlockSequenceEntry
        | Granit::InvalidIndentation
        | Granit::InvalidFlowScalarIndent
        | Granit::InvalidQuotedScalarIndent => Fault::Indentation,
        Granit::InvalidBlockScalarIndent => Fault::BlockScalarIndentation,
        Granit::ZeroBlockScalarIndent | Granit::InvalidBlockScalarHeader => Fault::BlockScalarHeader,
        Granit::InvalidTrailingSingleQuotedScalar | Granit::InvalidTrailingDoubleQuotedScalar => Fault::AfterQuotes,
        Granit::UnknownQuotedScalarEscape
        | Granit::InvalidQuotedScalarHexEscape
        | Granit::InvalidLowSurrogateHexEscape
        | Granit::InvalidLowSurrogate
        | Granit::MissingLowSurrogate
        | Granit::UnpairedLowSurrogate
        | Granit::InvalidUnicodeEscape => Fault::Escape,
        Granit::UnexpectedCharacter { character } => Fault::Character(*character),
        Granit::CommentInterceptedScalar => Fault::Comment,
        Granit::CommentNotSeparated => Fault::GluedComment,
        Granit::ExpectedNodeContent | Granit::UnexpectedEndOfPlainScalar => Fault::Content,
        Granit::ExpectedWhitespace => Fault::Space,
        Granit::MissingAnchorOrAliasName => Fault::AnchorName,
        Granit::UndeclaredTagHandle
        | Granit::ExpectedTagBang
        | Granit::InvalidGlobalTagCharacter
        | Granit::InvalidTagTerminator
        | Granit::MissingTagUri
        | Granit::UnclosedVerbatimTag
        | Granit::InvalidTagEscape
        | Granit::InvalidTagUtf8LeadingByte
        | Granit::InvalidTagUtf8TrailingByte
        | Granit::InvalidTagUtf8 => Fault::Tag,
        Granit::DuplicateVersionDirective
        | Granit::UnsupportedYamlMajorVersion
        | Granit::DuplicateTagDirective
        | Granit::ExpectedTagDirectiveBang
        | Granit::InvalidDirectiveTerminator
        | Granit::MissingYamlVersionSeparator
        | Granit::MissingDirectiveName
        | Granit::InvalidDirectiveName
        | Granit::DirectiveByteLimitExceeded { .. }
        | Granit::TooManyReservedDirectiveParams { .. }
        | Granit::YamlVersionTooLong
        | Granit::MissingYamlVersion
        | Granit::InvalidTagDirectiveTerminator
        | Granit::MissingDocumentEndBeforeDirective => Fault::Directive,
        Granit::ExpectedDocumentStart | Granit::InvalidDocumentEnd => Fault::AfterDocument,
        Granit::BomInsideDocument => Fault::ByteOrderMark,
        other => Fault::Other(other.to_string()),
    }
}
