//! Texts that no shell accepts, and texts made to break a parser.

use super::{BASE, commands, words};
use crate::shell::{ShellErrorKind, parse};
use crate::text::{TextRange, TextSize};

#[test]
fn what_is_unclosed_reaches_to_the_end() {
    use ShellErrorKind as Kind;
    for (text, opener, kind, expected) in [
        ("a; b 'c && d", "'", Kind::UnclosedQuote, vec!["a", "b 'c && d"]),
        ("a; b \"c && d", "\"", Kind::UnclosedQuote, vec!["a", "b \"c && d"]),
        ("a $(b; c", "$(", Kind::UnclosedExpansion, vec!["a $(b; c", "b", "c"]),
        ("a `b; c", "`", Kind::UnclosedExpansion, vec!["a `b; c", "b", "c"]),
        ("a ${b; c", "${", Kind::UnclosedExpansion, vec!["a ${b; c"]),
        ("a; (b; c", "(", Kind::UnclosedCommand, vec!["a", "b", "c"]),
        ("a; { b; c", "{", Kind::UnclosedCommand, vec!["a", "b", "c"]),
        ("if a; then b", "if", Kind::UnclosedCommand, vec!["a", "b"]),
        ("for x in a; do b", "for", Kind::UnclosedCommand, vec!["b"]),
        ("while a; do b", "while", Kind::UnclosedCommand, vec!["a", "b"]),
        ("case a in b) d", "case", Kind::UnclosedCommand, vec!["d"]),
        ("cat <<E\nx", "E", Kind::UnclosedHeredoc, vec!["cat <<E"]),
        ("[[ a == b", "[[", Kind::UnclosedCommand, vec![]),
    ] {
        let script = parse(text, BASE.into());
        assert_eq!(commands(&script), expected, "{text}");
        let at = TextSize::new(BASE + text.find(opener).unwrap() as u32);
        let error = script.errors().first().unwrap();
        assert_eq!((error.kind, error.range), (kind, TextRange::at(at, TextSize::of(opener))), "{text}");
        assert_eq!(script.errors().len(), 1, "{text}");
    }
}

#[test]
fn stray_tokens_are_skipped() {
    for text in
        ["a && && b", "a; ) b", "a; fi; b", "| a; b", "a & & b", "done; a; b", "a;;b", "a ||; b", "} a; b", "& a; b"]
    {
        let script = parse(text, BASE.into());
        assert_eq!(commands(&script), ["a", "b"], "{text}");
        assert!(script.errors().iter().any(|error| error.kind == ShellErrorKind::Unexpected), "{text}");
    }
}

#[test]
fn an_unclosed_inner_command_ends_with_the_outer_one() {
    let script = parse("if a; then (b; fi; c", 0.into());
    assert_eq!(commands(&script), ["a", "b", "c"]);
    let script = parse("x=$(if a; then b) && c", 0.into());
    assert_eq!(commands(&script).last(), Some(&"c"));
    let script = parse("if a; b; fi; c", 0.into());
    assert_eq!(commands(&script), ["a", "b", "c"]);
}

#[test]
fn a_missing_redirection_target() {
    let script = parse("a > ; b", 0.into());
    assert_eq!(commands(&script), ["a >", "b"]);
    assert!(script.commands().next().unwrap().redirects().next().unwrap().target().range().is_empty());
}

#[test]
fn parentheses_within_a_word_are_literal() {
    let script = parse("echo :( a) && b", 0.into());
    assert_eq!(words(&script.commands().next().unwrap()), ["echo", ":", "(", "a"]);
    assert_eq!(commands(&script).last(), Some(&"b"));
}

#[test]
fn deep_nesting_ends_in_literal_text() {
    for opener in [
        "$(",
        "(",
        "{ ",
        "`",
        "${x:-",
        "\"$(",
        "\"${x:-",
        "if ",
        "while ",
        "$((",
        "((",
        "x=(",
        "f() ",
        "case $(",
        "<(",
        "[[ $(",
        "for x in $(",
    ] {
        let script = parse(&opener.repeat(100_000), 0.into());
        assert!(script.all_commands().len() < 100_001);
        let deepest = script.all_commands().map(|command| command.scopes().count()).max().unwrap_or_default();
        assert!(deepest <= 130, "{opener}: {deepest}");
    }
    let nested = |levels: usize| format!("{}a{}", "( ".repeat(levels), ")".repeat(levels));
    assert_eq!(parse(&nested(60), 0.into()).errors(), []);
    assert!(parse(&nested(70), 0.into()).errors().iter().any(|error| error.kind == ShellErrorKind::TooDeep));
}

#[test]
fn other_languages_do_no_harm() {
    for text in [
        "$ErrorActionPreference = 'Stop'; (New-Object Net.WebClient).DownloadFile('http://x', 'y')",
        "import os\nprint(f\"{os.getcwd()}\")\n",
        "if exist C:\\x (del C:\\x) else (echo no)",
        "{{ range .Items }}{{ .Name }}{{ end }}",
    ] {
        assert!(parse(text, 0.into()).all_commands().len() > 0, "{text}");
    }
}
