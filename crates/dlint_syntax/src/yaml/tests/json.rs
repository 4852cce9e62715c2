//! Strict JSON.

use super::super::{ErrorKind, json_errors};

/// The errors as the text they point at and their message.
fn errors(text: &str) -> Vec<(&str, String)> {
    json_errors(text)
        .into_iter()
        .map(|error| {
            assert_eq!(error.kind, ErrorKind::Json);
            (&text[error.range], error.message)
        })
        .collect()
}

#[test]
fn json_is_accepted() {
    for text in [
        "",
        " \n",
        "null",
        "{}",
        "\u{feff}{\"a\": [1, -0.5e+3, true, {\"b\": null}, [], \"\\u00e9\\/\\n é\"],\t\"a\": {}}\r\n",
        "[0, 10, 1E5]",
    ] {
        assert_eq!(errors(text), [], "{text}");
    }
}

#[test]
fn the_place_is_exact() {
    for (text, at, message) in [
        ("{\"a\": 1,}", ",", "a comma before `}` is not allowed in JSON"),
        ("{\"a\": [1, 2, ]}", ",", "a comma before `]` is not allowed in JSON"),
        ("{\"a\": 1 // why\n}", "// why", "JSON has no comments"),
        ("{/* x */}", "/* x */", "JSON has no comments"),
        ("# x\n{}", "# x", "JSON has no comments"),
        ("{'a': 1}", "'a'", "JSON has double quotes only"),
        ("{debug: true}", "debug", "the key `debug` must be in double quotes"),
        ("{\"a\": 1 \"b\": 2}", "\"b\"", "a comma is missing before this"),
        ("[1 2]", "2", "a comma is missing before this"),
        ("{\"a\" 1}", "1", "a colon is missing before this"),
        ("{\"a\": }", "}", "a value is missing before this"),
        ("[,1]", ",", "a value is missing before this comma"),
        ("{\"a\": \"x\ty\"}", "\t", "control character U+0009 must be written as an escape"),
        ("{\"a\": \"x\\dy\"}", "\\d", "`\\d` is no escape sequence of JSON"),
        ("{\"a\": \"\\u12\"}", "\\u12", "four hexadecimal digits must follow `\\u`"),
        ("{\"a\": \"x\n}", "\"", "this quote is not closed on its line"),
        ("{} x", "x", "text follows the end of the JSON value"),
        ("{}}", "}", "this `}` closes nothing"),
        ("{\"a\": [1}", "}", "`}` does not close `[`"),
        ("{\"a\": {\"b\": 1}", "{", "this `{` is never closed"),
        ("{\"a\": True}", "True", "`True` is no JSON value"),
        ("{\"a\": 01}", "01", "`01` is no number in JSON"),
        ("{\"a\": 1.}", "1.", "`1.` is no number in JSON"),
        ("{\"a\": 10m}", "10m", "`10m` is no number in JSON"),
        ("{1: 2}", "1", "a key in double quotes is expected here"),
    ] {
        assert_eq!(errors(text), [(at, message.to_owned())], "{text}");
    }
}

#[test]
fn it_reads_on_where_the_meaning_is_plain() {
    let text = "{\n  // one\n  'a': 1\n  b: [True,],\n}\n";
    let found: Vec<_> = errors(text).into_iter().map(|(at, _)| at).collect();
    assert_eq!(found, ["// one", "'a'", "b", "b", "True", ",", ","]);
}

#[test]
fn deep_nesting_is_no_recursion() {
    let text = "[".repeat(1_000_000);
    assert_eq!(json_errors(&text).len(), 1);
}

#[test]
fn comments_are_masked_in_place() {
    use crate::yaml::mask_json_comments;
    for (text, masked) in [
        ("{\"a\": \"http://x\"} // é\n", "{\"a\": \"http://x\"}      \n"),
        ("/* a\n b */{}", "    \n     {}"),
        ("# a\r\n{\"#\": '//'}", "   \r\n{\"#\": '//'}"),
        ("\"a\\\"//\"//", "\"a\\\"//\"  "),
        ("\"open // x\n// y", "\"open // x\n    "),
        ("/*", "  "),
        ("/", "/"),
        ("\"\\", "\"\\"),
    ] {
        assert_eq!(mask_json_comments(text), masked, "{text:?}");
        assert_eq!(mask_json_comments(text).len(), text.len());
    }
}
