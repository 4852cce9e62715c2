//! Scalars with their place in the file.

use std::ops::Range;
use std::time::Duration;

use dlint_syntax::dockerfile::Value;
use dlint_syntax::text::has_byte;
use dlint_syntax::text::range;
use dlint_syntax::yaml::{self, ScalarStyle, View};
use dlint_syntax::{TextRange, TextSize};

use super::duration::parse_duration;
use super::interpolate::{HOLE, Interpolation, Piece, evaluate, value_of};
use super::node::Layer;
use super::place::Place;
use super::size::parse_size;
use crate::go;

/// A scalar, or a part of one, with the place where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The value after interpolation.
    pub value: Value,
    /// Where it is written: the token with its quotes, or for a part the bytes that give it. What comes out of a variable is
    /// written where the whole `${…}` is.
    pub place: Place,
    /// Whether [`inner_range`](Self::inner_range) holds exactly the value: no variable, escape or folding. A fix may edit it.
    pub is_literal: bool,
    /// The alias or merge key by which the value came to where it was looked for. A message wants a label there, and an edit
    /// of the value changes other places too.
    pub alias: Option<Place>,
    inner: TextRange,
    /// What the value is put together from, where it is not literal.
    template: Option<Box<Template>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Template {
    /// The value with a NUL for each variable that is not known; empty where the value is known.
    text: String,
    pieces: Vec<Piece>,
}

impl Scalar {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&str> {
        match &self.value {
            Value::Known(text) => Some(text),
            Value::Unknown => None,
        }
    }

    /// Whether the value is known and is `text`.
    pub fn is(&self, text: &str) -> bool {
        self.known() == Some(text)
    }

    /// Whether the value is known and is a true boolean: Compose takes `true`, `yes`, `y` and `on` in any case.
    pub fn is_true(&self) -> bool {
        self.boolean() == Some(true)
    }

    /// The value as a boolean, if it is known and is one: `true`, `yes`, `y`, `on` and their opposites, in any case.
    pub fn boolean(&self) -> Option<bool> {
        match self.known()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" | "on" => Some(true),
            "false" | "no" | "n" | "off" => Some(false),
            _ => None,
        }
    }

    /// The value as a size in bytes, if it is known and is one. See [`parse_size`].
    pub fn size(&self) -> Option<u64> {
        parse_size(self.known()?)
    }

    /// The value as a span of time, if it is known and is one. See [`parse_duration`].
    pub fn duration(&self) -> Option<Duration> {
        parse_duration(self.known()?)
    }

    /// The range without quotes, in the file of [`place`](Self::place).
    pub fn inner_range(&self) -> TextRange {
        self.inner
    }

    /// Where a part of the value is written, if the value is literal. The range is of bytes in the value, half-open.
    ///
    /// # Panics
    /// If the value is literal and the range lies outside it.
    pub fn sub_range(&self, part: Range<usize>) -> Option<TextRange> {
        self.is_literal.then(|| self.at(part))
    }

    /// The value with a NUL for each variable that is not known.
    pub(crate) fn text(&self) -> &str {
        match (&self.value, &self.template) {
            (Value::Known(text), _) => text,
            (Value::Unknown, Some(template)) => &template.text,
            (Value::Unknown, None) => "\0",
        }
    }

    /// A part of the value, by its byte range in [`text`](Self::text).
    pub(crate) fn part(&self, part: Range<usize>) -> Self {
        let (range, is_literal) = self.locate(part.clone());
        Self {
            value: value_of(&self.text()[part]),
            place: self.place.with_range(range),
            is_literal,
            alias: self.alias,
            inner: range,
            template: None,
        }
    }

    /// The same value at another place of the same file.
    pub(super) fn with_range(self, range: TextRange) -> Self {
        Self { place: self.place.with_range(range), ..self }
    }

    /// Where a part of the text is written, and whether it is written there literally.
    fn locate(&self, part: Range<usize>) -> (TextRange, bool) {
        if self.is_literal {
            return (self.at(part), true);
        }
        let pieces = match &self.template {
            Some(template) if !template.pieces.is_empty() => &template.pieces,
            _ => return (self.place.range, false),
        };
        let touched = |piece: &&Piece| {
            if part.is_empty() {
                piece.value.start <= part.start && part.start <= piece.value.end
            } else {
                piece.value.start < part.end && part.start < piece.value.end
            }
        };
        let mut is_literal = true;
        let mut found: Option<Range<usize>> = None;
        for piece in pieces.iter().filter(touched) {
            let source = if piece.is_literal {
                let start = part.start.max(piece.value.start) - piece.value.start;
                let end = part.end.min(piece.value.end) - piece.value.start;
                piece.source.start + start..piece.source.start + end
            } else {
                is_literal = false;
                piece.source.clone()
            };
            found = Some(found.map_or(source.clone(), |it| it.start..source.end));
        }
        found.map_or((self.place.range, false), |source| (self.at(source), is_literal))
    }

    fn at(&self, part: Range<usize>) -> TextRange {
        range(part) + self.inner.start()
    }

    /// The scalar at a node, with variables replaced; none for a collection and for null.
    pub(super) fn of(view: View<'_>, layer: &Layer) -> Option<Self> {
        Self::read(view, layer, true)
    }

    /// The scalar that is a key; Compose replaces no variables in it.
    pub(super) fn key(view: View<'_>, layer: &Layer) -> Option<Self> {
        Self::read(view, layer, false)
    }

    fn read(view: View<'_>, layer: &Layer, has_variables: bool) -> Option<Self> {
        let view = view.resolve();
        let resolved = view.scalar().filter(|it| *it != yaml::Scalar::Null)?;
        let (text, range) = (view.text()?, view.range());
        let at = |range| Place { file: layer.file, range };
        let alias = view.via().map(at);
        // Compose makes a value of a value before it looks at what is wanted: 0x10 is "16", 1.10 is "1.1", and True is "true".
        let number = match resolved {
            yaml::Scalar::Bool(value) => Some(value.to_string()),
            yaml::Scalar::Int(number) => Some(number.to_string()),
            yaml::Scalar::Float(number) => Some(go::float(number)),
            _ => None,
        };
        if let Some(number) = number.filter(|number| number != text) {
            return Some(Self {
                value: Value::Known(number.into()),
                place: at(range),
                is_literal: false,
                alias,
                inner: range,
                template: None,
            });
        }
        let inner = inner_range(view);
        let is_verbatim = inner.is_some_and(|inner| view.yaml().text().get(std::ops::Range::from(inner)) == Some(text));
        let plain = |value: Value, is_literal: bool| Self {
            is_literal: is_literal && value != Value::Unknown,
            value,
            place: at(range),
            alias,
            inner: inner.filter(|_| is_verbatim).unwrap_or(range),
            template: None,
        };
        if !has_variables || !has_byte(text, b'$') {
            return Some(plain(value_of(text), is_verbatim));
        }
        let Interpolation { text: value, pieces, .. } = evaluate(text, &*layer.env);
        let is_literal = is_verbatim && value == text;
        let (value, text) =
            if value.contains(HOLE) { (Value::Unknown, value) } else { (Value::Known(value.into()), String::new()) };
        let mut scalar = plain(value, is_literal);
        let pieces = if is_verbatim { pieces } else { Vec::new() };
        scalar.template = Some(Box::new(Template { text, pieces }));
        Some(scalar)
    }
}

/// The range of a scalar without quotes; none for a block scalar.
fn inner_range(view: View<'_>) -> Option<TextRange> {
    let range = view.range();
    match view.scalar_style()? {
        ScalarStyle::Plain => Some(range),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
            let quote = TextSize::new(1);
            let (start, end) = (range.start() + quote, range.end().checked_sub(quote)?);
            (start <= end).then(|| TextRange::new(start, end))
        }
        ScalarStyle::Literal | ScalarStyle::Folded => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_syntax::dockerfile::Value;
    use dlint_syntax::text::range;
    use dlint_syntax::yaml::{self, Yaml};

    use super::Scalar;
    use crate::compose::{Layer, Node};

    fn root(yaml: &Yaml) -> Node<'_> {
        Node::written(yaml.root().unwrap(), Layer::alone("".as_ref()))
    }

    fn read(yaml: &Yaml, key: &str) -> Option<Scalar> {
        root(yaml).scalar_of(key)
    }

    fn place<'t>(text: &'t str, scalar: &Scalar) -> (&'t str, &'t str) {
        (&text[scalar.place.range], &text[scalar.inner_range()])
    }

    #[test]
    fn ranges_of_styles() {
        let text = "plain: a b\nsingle: 'a'\ndouble: \"a\"\nescape: \"a\\x62\"\nquote: 'it''s'\nfolded: >-\n  a\n  b\n";
        let yaml = yaml::parse(text);
        for (key, value, token, inner, is_literal) in [
            ("plain", "a b", "a b", "a b", true),
            ("single", "a", "'a'", "a", true),
            ("double", "a", "\"a\"", "a", true),
            ("escape", "ab", "\"a\\x62\"", "\"a\\x62\"", false),
            ("quote", "it's", "'it''s'", "'it''s'", false),
        ] {
            let scalar = read(&yaml, key).unwrap();
            assert_eq!(scalar.known(), Some(value), "{key}");
            assert_eq!(place(text, &scalar), (token, inner), "{key}");
            assert_eq!(scalar.is_literal, is_literal, "{key}");
        }
        let folded = read(&yaml, "folded").unwrap();
        assert_eq!((folded.known(), folded.is_literal), (Some("a b"), false));
        assert!(text[folded.place.range].starts_with(">-"));
    }

    #[test]
    fn parts_point_at_their_bytes() {
        let text = "a: \"0.0.0.0:${P}:${T:-80}/tcp\"";
        let yaml = yaml::parse(text);
        let scalar = read(&yaml, "a").unwrap();
        assert_eq!(scalar.value, Value::Unknown);
        assert_eq!(scalar.text(), "0.0.0.0:\0:80/tcp");
        let part = |at: std::ops::Range<usize>| {
            let part = scalar.part(at);
            (part.known().map(str::to_owned), &text[part.place.range], part.is_literal)
        };
        assert_eq!(part(0..7), (Some("0.0.0.0".into()), "0.0.0.0", true));
        assert_eq!(part(8..9), (None, "${P}", false));
        assert_eq!(part(10..12), (Some("80".into()), "${T:-80}", false));
        assert_eq!(part(13..16), (Some("tcp".into()), "tcp", true));
        assert_eq!(part(10..16), (Some("80/tcp".into()), "${T:-80}/tcp", false));
        assert_eq!(scalar.sub_range(0..1), None);
    }

    #[test]
    fn parts_of_what_is_not_verbatim_point_at_the_token() {
        let text = "a: \"\\x38:${P}\"\nb: 'x:y'";
        let yaml = yaml::parse(text);
        let scalar = read(&yaml, "a").unwrap();
        let part = scalar.part(0..1);
        assert_eq!((part.known(), &text[part.place.range], part.is_literal), (Some("8"), "\"\\x38:${P}\"", false));
        let literal = read(&yaml, "b").unwrap();
        assert_eq!(literal.sub_range(2..3), Some(range(21..22)));
    }

    #[test]
    fn numbers_are_decimal_and_null_is_nothing() {
        let text =
            "hex: 0x10\nplain: 8080\nquoted: '0x10'\nnull: ~\nempty:\nlist: [a]\nreset: !reset null\nescaped: $$5";
        let yaml = yaml::parse(text);
        let known = |key| read(&yaml, key).map(|scalar| (scalar.known().unwrap().to_owned(), scalar.is_literal));
        assert_eq!(known("hex"), Some(("16".into(), false)));
        assert_eq!(known("plain"), Some(("8080".into(), true)));
        assert_eq!(known("quoted"), Some(("0x10".into(), true)));
        assert_eq!(known("escaped"), Some(("$5".into(), false)));
        for key in ["null", "empty", "list", "reset", "missing"] {
            assert_eq!(known(key), None, "{key}");
        }
    }

    #[test]
    fn booleans_as_compose_takes_them() {
        let yaml = yaml::parse("a: true\nb: 'Yes'\nc: ON\nd: 1\ne: no\nf: ${P:-true}\ng: ${P}\nh: Off");
        let of = |key| read(&yaml, key).unwrap().boolean();
        assert_eq!(["a", "b", "c", "d"].map(of), [Some(true), Some(true), Some(true), None]);
        assert_eq!(["e", "f", "g", "h"].map(of), [Some(false), Some(true), None, Some(false)]);
    }

    #[test]
    fn aliases_and_merge_keys_are_told() {
        let text = "x: &x\n  image: a\ny: &y b\nz:\n  <<: *x\n  user: *y\n  tty: true\n";
        let yaml = yaml::parse(text);
        let body = root(&yaml).get("z").unwrap();
        let of = |key| {
            let scalar = body.scalar_of(key).unwrap();
            (&text[scalar.place.range], scalar.alias.map(|alias| &text[alias.range]))
        };
        assert_eq!(of("image"), ("a", Some("*x")));
        assert_eq!(of("user"), ("b", Some("*y")));
        assert_eq!(of("tty"), ("true", None));
    }
}
