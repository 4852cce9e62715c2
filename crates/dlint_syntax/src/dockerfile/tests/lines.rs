//! Physical lines: directives, comments, continuations, line ends.

use super::super::ErrorKind::*;
use super::super::*;
use super::{accepted, refused};

/// The kinds and texts of a file's tokens.
fn tokens(text: &str) -> Vec<(TokenKind, &str)> {
    parse(text).tokens.iter().map(|token| (token.kind, &text[token.range])).collect()
}

#[test]
fn directives_stand_at_the_top() {
    let text = "\u{feff}# syntax = docker/dockerfile:1 \n  #ESCAPE=`\n# check=skip=all\n\n# escape=x\nFROM a";
    let file = accepted(text);
    let found: Vec<_> = file.directives.iter().map(|it| (it.kind, &text[it.name], it.value.text.as_str())).collect();
    assert_eq!(
        found,
        [
            (DirectiveKind::Syntax, "syntax", "docker/dockerfile:1"),
            (DirectiveKind::Escape, "ESCAPE", "`"),
            (DirectiveKind::Check, "check", "skip=all"),
        ]
    );
    assert_eq!(&text[file.directives[0].range], "# syntax = docker/dockerfile:1");
    assert_eq!(file.escape, Escape::Backtick);
    assert_eq!(file.comments.len(), 1);
}

#[test]
fn a_comment_ends_the_directives() {
    for text in [
        "# note\n# escape=`\nFROM a",
        "#!/bin/x\n# escape=`\nFROM a",
        "\n# escape=`\nFROM a",
        "# escape=\n# escape=`\nFROM a",
    ] {
        assert_eq!(accepted(text).escape, Escape::Backslash, "{text:?}");
    }
}

#[test]
fn bad_directives_are_refused() {
    refused("# escape=«/»\nFROM a", &[InvalidEscapeDirective]);
    refused("# escape=  « »\nFROM a", &[InvalidEscapeDirective]);
    let errors = refused("# syntax=a\n«# Syntax=b»\nFROM a", &[DuplicateDirective]);
    assert!(errors[0].related.is_some());
}

#[test]
fn continued_lines_are_joined_and_comments_dropped() {
    let text = "FROM a\nENV b=1 \\  \n  # note\n\n\tc=2 \\\r\n d=3\n";
    let file = accepted(text);
    let Kind::Env(env) = &file.instructions[1].kind else { panic!() };
    let pairs: Vec<_> = env.pairs.iter().map(|pair| (pair.key.text.as_str(), &text[pair.range])).collect();
    assert_eq!(pairs, [("b", "b=1"), ("c", "c=2"), ("d", "d=3")]);
    assert_eq!(&text[file.comments[0].range], "# note");
    assert_eq!(&text[file.instructions[1].range], text["FROM a\n".len()..].trim_end());
}

#[test]
fn a_word_can_be_divided_by_a_continuation() {
    let text = "FR\\\nOM al\\\n# note\npine:3\n";
    let file = accepted(text);
    let Kind::From(from) = &file.instructions[0].kind else { panic!() };
    let image = from.image.as_ref().unwrap();
    assert_eq!(file.instructions[0].keyword.text, "FROM");
    assert_eq!(image.text, "alpine:3");
    assert_eq!(&text[image.range], "al\\\n# note\npine:3");
    assert_eq!(&text[image.sub_range(1..3)], "l\\\n# note\np");
    assert_eq!(&text[image.sub_range(7..8)], "3");
    assert_eq!(&text[image.slice(2..6).range], "pine");
}

#[test]
fn an_escaped_escape_character_continues_nothing() {
    accepted("FROM a\nRUN a\\\\\nRUN b\n");
    accepted("# escape=`\nFROM a\nRUN a``\nRUN b \\\nRUN c `\n d\n");
}

#[test]
fn a_continuation_needs_something_to_continue() {
    refused("FROM a\n«\\»\n", &[UnknownInstruction]);
    refused("FROM a\n  «\\»  \n\n# note\n", &[UnknownInstruction]);
}

#[test]
fn tokens_tell_what_a_line_consists_of() {
    use TokenKind::*;
    assert_eq!(
        tokens("\u{feff}# escape=`\r\n\n RUN --mount=x --  a b `  \n # c\n\n  d"),
        [
            (Bom, "\u{feff}"),
            (Directive, "# escape=`"),
            (Newline, "\r\n"),
            (Space, "\n"),
            (Space, " "),
            (Keyword, "RUN"),
            (Space, " "),
            (Flag, "--mount=x"),
            (Space, " "),
            (Text, "--  a b"),
            (Space, " "),
            (Continuation, "`  \n"),
            (Space, " "),
            (Comment, "# c"),
            (Newline, "\n"),
            (Space, "\n"),
            (Space, "  "),
            (Text, "d"),
        ]
    );
    assert_eq!(
        tokens("ONBUILD COPY --fr\\\nom=b <<E /c\nx\nE\n"),
        [
            (Keyword, "ONBUILD"),
            (Space, " "),
            (Keyword, "COPY"),
            (Space, " "),
            (Flag, "--fr"),
            (Continuation, "\\\n"),
            (Flag, "om=b"),
            (Space, " "),
            (Text, "<<E /c"),
            (Newline, "\n"),
            (HeredocLine, "x\n"),
            (HeredocEnd, "E"),
            (Newline, "\n"),
        ]
    );
}

#[test]
fn very_long_lines_are_refused() {
    let fits = "x".repeat(65_535 - "RUN ".len());
    accepted(&format!("FROM a\nRUN {fits}\nRUN {fits}"));
    refused(&format!("FROM a\n«RUN {fits}y»\n"), &[LineTooLong]);
    refused(&format!("FROM a\n«# {fits}yzz»\nRUN <<E\n«{fits}yzzyy»\nE\n"), &[LineTooLong, LineTooLong]);
}

#[test]
fn the_shell_sees_masked_text() {
    let masked = |text: &str| {
        let file = accepted(text);
        let Kind::Run(Run { form: Form::Shell(shell), .. }) = &file.instructions.last().unwrap().kind else { panic!() };
        assert_eq!(usize::from(shell.range.len()), shell.text().len());
        shell.text().to_owned()
    };
    assert_eq!(masked("FROM a\nRUN make all\n"), "make all");
    assert_eq!(masked("FROM a\nRUN a \\\n  b\n"), "a \0\0  b");
    let dropped = "\0".repeat("\\ \t\r\n\r\n # n\u{e9}\r\n".len());
    assert_eq!(masked("FROM a\nRUN a \\ \t\r\n\r\n # n\u{e9}\r\n  b\r\n"), format!("a {dropped}  b"));
    assert_eq!(masked("# escape=`\nFROM a\nRUN a`b `\n c:\\`\n\n"), "a`b \0\0 c:\\");
}
