//! Values of JSON, read from the tree of the YAML parser, which accepts more than JSON.

use dlint_syntax::yaml::{Entry, Kind, Scalar, ScalarStyle, View, is_json_number};

/// A value as Go's JSON decoder sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number, written without fraction and exponent.
    Integer(i128),
    /// Any other number.
    Number,
    /// A string, decoded.
    String(&'a str),
    /// An array.
    Array,
    /// An object.
    Object,
    /// What is no JSON; there is an error for it.
    Invalid,
}

impl<'a> Json<'a> {
    /// Reads a value.
    pub fn of(value: View<'a>) -> Self {
        if value.alias().is_some() || value.tag().is_some() || value.anchor().is_some() {
            return Self::Invalid;
        }
        match value.kind() {
            Kind::Sequence => Self::Array,
            Kind::Mapping => Self::Object,
            Kind::Unknown => Self::Invalid,
            Kind::Scalar => Self::of_scalar(value),
        }
    }

    fn of_scalar(value: View<'a>) -> Self {
        let Some(text) = value.text() else { return Self::Invalid };
        match value.scalar_style() {
            // Not JSON with single quotes, but a string without doubt.
            Some(ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted) => Self::String(text),
            Some(ScalarStyle::Plain) => match text {
                "null" => Self::Null,
                "true" => Self::Bool(true),
                "false" => Self::Bool(false),
                _ if !is_json_number(text) => Self::Invalid,
                _ if text.contains(['.', 'e', 'E']) => Self::Number,
                // What does not fit is far out of every range.
                _ => match Scalar::of_plain(text) {
                    Scalar::Int(number) => Self::Integer(number),
                    _ if text.starts_with('-') => Self::Integer(i128::MIN),
                    _ => Self::Integer(i128::MAX),
                },
            },
            _ => Self::Invalid,
        }
    }

    /// What it is, with an article.
    pub fn described(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Integer(_) => "a number",
            Self::Number => "a number with a fraction or an exponent",
            Self::String(_) => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Invalid => "no JSON",
        }
    }
}

/// The name of a key: a string, or a word whose quotes are missing, so that one fault does not lead to others.
pub(super) fn name_of<'a>(entry: &Entry<'a>) -> Option<&'a str> {
    let is_word = |text: &&str| !text.is_empty() && !text.contains(char::is_whitespace);
    match Json::of(entry.key) {
        Json::String(name) => Some(name),
        Json::Array | Json::Object => None,
        _ => entry.key.text().filter(is_word),
    }
}

/// Whether a text is to be filled in before the daemon reads it: `{{ … }}`, `${…}`, `<%= … %>`, `@…@`, `__…__`. Nothing
/// can be said of such a value.
pub(crate) fn is_template(text: &str) -> bool {
    let is_between = |mark: &str| text.len() > 2 * mark.len() && text.starts_with(mark) && text.ends_with(mark);
    text.contains("{{")
        || text.contains("${")
        || text.contains("<%")
        || text.contains("{%")
        || is_between("@")
        || is_between("__")
        || (text.starts_with('$') && text.len() > 1)
}

#[cfg(test)]
mod tests {
    use dlint_syntax::yaml;

    use super::{Json, is_template};

    fn of(text: &str, with: impl FnOnce(Json<'_>)) {
        let tree = yaml::parse(text);
        with(tree.root().map_or(Json::Invalid, Json::of));
    }

    #[test]
    fn reads_what_is_json() {
        for (text, expected) in [
            ("null", Json::Null),
            ("true", Json::Bool(true)),
            ("-12", Json::Integer(-12)),
            ("99999999999999999999999999", Json::Integer(i128::MAX)),
            ("-99999999999999999999999999", Json::Integer(i128::MIN)),
            ("1.5", Json::Number),
            ("1e3", Json::Number),
            ("\"null\"", Json::String("null")),
            ("\"a\\u00e9\\/\\ud83d\\udc33\"", Json::String("aé/🐳")),
            ("[1]", Json::Array),
            ("{\"a\":1}", Json::Object),
            ("\u{feff}{\n\t\"a\":\n\t\t1\n}", Json::Object),
        ] {
            of(text, |json| assert_eq!(json, expected, "{text}"));
        }
    }

    #[test]
    fn leaves_the_rest_alone() {
        for text in
            ["yes", "True", "~", "0x10", "1_000", ".5", "+1", "01", "2001-01-01", "!!str a", "&a 1", "- 1", "a: 1"]
        {
            of(text, |json| {
                assert!(matches!(json, Json::Invalid | Json::Array | Json::Object), "{text}: {json:?}");
            });
        }
    }

    #[test]
    fn templates() {
        for text in ["{{ docker_root }}", "${ROOT}/docker", "<%= @root %>", "@ROOT@", "__ROOT__", "$ROOT"] {
            assert!(is_template(text), "{text}");
        }
        for text in ["", "/var/lib", "$", "@", "a@b", "__"] {
            assert!(!is_template(text), "{text}");
        }
    }
}
