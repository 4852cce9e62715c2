//! What Docker Compose refuses, with exact places. Every verdict here was checked against Docker Compose 2.40.

use super::super::{ErrorKind, parse};

/// Kind and place of all errors, as text.
fn errors(text: &str) -> Vec<(ErrorKind, &str)> {
    parse(text).errors().iter().map(|error| (error.kind, &text[error.range])).collect()
}

/// The messages of all errors with the text they point at.
fn messages(text: &str) -> Vec<(&str, String)> {
    parse(text).errors().iter().map(|error| (&text[error.range], error.message.clone())).collect()
}

#[track_caller]
fn refused(text: &str, at: &str, message: &str) {
    assert_eq!(messages(text), [(at, message.to_owned())], "{text}");
}

#[track_caller]
fn accepted(text: &str) {
    assert_eq!(errors(text), [], "{text}");
}

#[test]
fn duplicate_keys() {
    refused("a:\n  b: 1\n  c: 2\n  b: 3\n", "b", "key `b` is defined twice in this mapping");
    let text = "a:\n  b: 1\n  \"b\": 3\n";
    let yaml = parse(text);
    let (first, _) = yaml.errors()[0].related.clone().unwrap();
    assert_eq!((usize::from(first.start()), &text[first], &text[yaml.errors()[0].range]), (5, "b", "\"b\""));
    refused("{1: a, '1': b}", "'1'", "key `1` is defined twice in this mapping");
    refused("a: &a {}\nb:\n  <<: *a\n  <<: *a\n", "<<", "merge key `<<` is written twice in this mapping");
    // The text counts, not the value.
    accepted("{~: a, null: b}");
    let many: String = (0..40).map(|number| format!("k{number}: x\n")).collect();
    assert_eq!(errors(&format!("{many}k7: y\n")), [(ErrorKind::DuplicateKey, "k7")]);
}

#[test]
fn aliases() {
    assert_eq!(errors("a: *b\nc: &b x\n"), [(ErrorKind::UndefinedAlias, "*b")]);
    assert_eq!(errors("a: &a\n  b: [*a]\n"), [(ErrorKind::AliasCycle, "*a")]);
    accepted("a: &b x\n---\nc: *b\n");
    refused("a: &b.c x\n", ".", "the name of an anchor cannot contain `.`");
    accepted("a: &b_C-9 x\nd: *b_C-9\n");
}

#[test]
fn merge_values() {
    assert_eq!(errors("a:\n  <<: text\n"), [(ErrorKind::InvalidMerge, "text")]);
    assert_eq!(errors("a: {<<: }\n"), [(ErrorKind::InvalidMerge, "")]);
    assert_eq!(errors("a: &a x\nb: {<<: [*a]}\n"), [(ErrorKind::InvalidMerge, "*a")]);
    accepted("a: &a {}\nb: {<<: [*a, {c: d}]}\nc: {<<: []}\nd: {\"<<\": text}\n");
    accepted("a: &a [{b: c}]\nd: {<<: *a}\n");
}

#[test]
fn values_that_do_not_fit_their_tag() {
    for text in [
        "a: !!int abc\n",
        "a: !!bool yes\n",
        "a: !!float x\n",
        "a: !!null x\n",
        "a: !!timestamp x\n",
        "a: !!binary '@@'\n",
    ] {
        let found = errors(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].0, ErrorKind::InvalidTagValue, "{text}");
    }
    accepted(
        "a: !!float 5\nb: !!str 5\nc: !!int '0x1f'\nd: !unknown 5\ne: !reset\nf: !override [x]\ng: !!binary aGk=\n",
    );
}

#[test]
fn tabs() {
    const TAB: &str = "YAML is indented with spaces, this is a tab";
    refused("a:\n\tb: 1\n", "\t", TAB);
    refused("a:\n  -\tb\n", "\t", TAB);
    refused("a: 'b'\n\t\nc: d\n", "\t", TAB);
    refused("a: 'b' # c\n\t# d\n", "\t", TAB);
    refused("a: b\n\t\nc: d\n", "\t", TAB);
    refused("a: |\n  b\n\t\nc: d\n", "\t", TAB);
    // Between words, in brackets and quotes, in a text that goes on, and between comments, Docker Compose takes them.
    accepted("a:\tb\t# c\n");
    accepted("a: [b,\n\tc]\nd: \"e\n\tf\"\ng: h\n \ti\nj: k\n \t\nl: |\n  m\n  \tn\n   \t\n");
    accepted("# a\n\t# b\n \t\n# c\nd: e\n");
    accepted("a: [\n\tb,\n \tc\n]\nd: {\n\te: f }\n");
    refused("a: [\n\tb\n]\nc:\n\td: e\n", "\t", TAB);
    // Not where a text in brackets would go on, and not where the first line of a block says how far it is indented.
    refused("a: [\n  b\n\t]\n", "\t", TAB);
    refused("a: {\n  b: c\n\td}\n", "\t", TAB);
    accepted("a: [\n  b,\n\tc,\n\t'd'\n\t]\n");
    accepted("- [\n  b\n   \tc]\n");
    accepted("{\n\t\"a\": {\n\t\t\"b\": [1],\n\t\t\"c\": 2\n\t},\n\t\"d\": {}\n\t}\n");
    refused("a: |\n  \tb\n", "\t", TAB);
    accepted("a: |2\n  \tb\n");
    accepted("a: |\n  -\tb\n");
}

#[test]
fn colons_and_indentation() {
    refused("a:\n  b: c: d\n", ":", "a second `: ` in this line, where no key can be");
    refused(
        "a:\n  b: 1\n   c: 2\n",
        "c: 2",
        "this key is indented deeper than the line above, which has a value already",
    );
    refused("a:\n   b: 1\n  c: 2\n", "c: 2", "this line is not indented like the keys around it");
    refused("a:\n  - b\n - c\n", "- c", "this list item is not indented like the ones above it");
    refused("a:\n  b\n  c: 1\n", "b", "a colon is missing after `b`");
    refused("a:\n  image:nginx\n  c: 1\n", ":", "a space is missing after this colon");
    refused("a: 1\n: b\n", ":", "a key is missing before this colon");
    refused("a: - b\n", "-", "a list item cannot start here");
    refused("a: {b c\n  d: e}\n", "b c\n  d", "a key cannot go over several lines");
}

#[test]
fn quotes_and_brackets() {
    refused("a: \"b\nc: d\n", "\"", "this quote is never closed");
    refused("a: [b, c\n", "[", "this `[` is never closed");
    refused("a:\n  b: [c, d\n  e: f\n  g: h\n", "[", "this `[` is never closed");
    refused("a: [b, c}\n", "}", "`}` does not close `[`");
    refused("a: b\nc: ]\n", "]", "this bracket closes nothing");
    refused("a: [\n  b: c\n  d: e\n]\n", ":", "a comma or a closing bracket is missing before this");
    refused("a: \"b\" c\n", "c", "text follows the closing quote");
    refused("a: \"b\nc: \"d\"\n", "\"", "this quote is not closed on its line");
    // A comment does not need a space behind a quote or a bracket.
    let yaml = parse("a: \"b\"#c\nd: [e]#f\n");
    assert_eq!(yaml.errors(), []);
    let comments: Vec<_> = yaml.comments().iter().map(|comment| &yaml.text()[comment.range]).collect();
    assert_eq!(comments, ["#c", "#f"]);
}

#[test]
fn escapes() {
    refused("a: \"c:\\dir\"\n", "\\d", "`\\d` is no escape sequence of Docker Compose's YAML");
    refused("a: \"b\\/c\"\n", "\\/", "`\\/` is no escape sequence of Docker Compose's YAML");
    refused("a: \"\\ud834\\udd1e\"\n", "\\ud834", "`\\ud834` is no escape sequence of Docker Compose's YAML");
    let yaml = parse("a: \"it\\'s \\x41\\u00e9\\U0001F600\\\n  b\"\n");
    assert_eq!(yaml.errors(), []);
    assert_eq!(yaml.root().unwrap().get("a").unwrap().text(), Some("it's Aé\u{1F600}b"));
}

#[test]
fn characters_that_start_no_text() {
    refused("a: @b\n", "@", "a text without quotes cannot start with `@`");
    refused("a: `b`\n", "`", "a text without quotes cannot start with a backtick");
    refused("a: b\u{7}c\n", "\u{7}", "control character U+0007 is not allowed");
    refused("a: 1\n<<<<<<< HEAD\nb: 1\n", "<<<<<<< HEAD", "this is the marker of a merge conflict");
}

#[test]
fn documents_and_directives() {
    accepted("%YAML 1.1\n%TAG !e! tag:e,2000:\n---\na: !e!x b\n");
    refused(
        "%YAML 1.2\n---\na: b\n",
        "%YAML 1.2",
        "Docker Compose reads YAML 1.1 only and refuses a file that says 1.2",
    );
    refused("%FOO\n---\na: b\n", "%FOO", "`%FOO` is no directive");
    refused("a: b\n...\nc: d\n", "c:", "only a new document can follow `...`");
    refused("# a\n...\nb: c\n", "...", "`...` ends a document, and none has begun");
    refused("...\n---\na: b\n", "...", "`...` ends a document, and none has begun");
    accepted("# ...\na: b\n...\n");
}

#[test]
fn line_separators_end_a_line() {
    accepted("a: b # c\u{2028}d: e\n");
    assert_eq!(errors("a\u{2028}b: c\n").len(), 1);
}
