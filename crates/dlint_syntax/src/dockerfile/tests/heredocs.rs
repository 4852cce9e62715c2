//! Heredocs.

use super::super::ErrorKind::*;
use super::super::*;
use super::{accepted, refused_in_stage};

#[test]
fn bodies_follow_the_line() {
    let text = "FROM a\nRUN 3<<A <<-\"B\" cat \\\n  /x\n$a\nA\n\tb\n\t\tB\nUSER c\n";
    let file = accepted(text);
    let run = &file.instructions[1];
    let found: Vec<_> = run
        .heredocs
        .iter()
        .map(|it| {
            (
                &text[it.marker],
                it.name.as_str(),
                it.descriptor,
                it.strip_tabs,
                it.expand,
                &text[it.body],
                &text[it.end.unwrap()],
            )
        })
        .collect();
    assert_eq!(
        found,
        [("3<<A", "A", 3, false, true, "$a\n", "A"), ("<<-\"B\"", "B", 0, true, false, "\tb\n", "\t\tB")]
    );
    assert_eq!(&text[run.arguments], "3<<A <<-\"B\" cat \\\n  /x");
    assert!(text[run.range].ends_with("\t\tB"));
    assert_eq!(file.instructions.len(), 3);
}

#[test]
fn copy_takes_heredocs_for_sources() {
    let text = "FROM a\nCOPY b <<C <<'D' /e/\nc\nC\nD\n";
    let Kind::Copy(copy) = &accepted(text).instructions[1].kind else { panic!() };
    assert!(matches!(copy.sources[..], [Source::Path(_), Source::Heredoc(0), Source::Heredoc(1)]));
    refused_in_stage("COPY b «<<C»\nC\n", &[InvalidHeredoc]);
    refused_in_stage("ADD [\"b\", «\"<<C\"»]\n", &[InvalidHeredoc]);
}

#[test]
fn copied_bodies_are_expanded_unless_quoted() {
    super::refused_later("FROM a\nCOPY <<B /c\nit's «${x»\nB\n", &[InvalidSubstitution]);
    accepted("FROM a\nCOPY <<'B' /c\n${x\nB\nRUN <<B\n${x\nB\n");
}

#[test]
fn blanks_may_follow_the_operator() {
    let text = "FROM a\nRUN << \t'E F' cat\nx\nE F\n";
    let run = &accepted(text).instructions[1];
    assert_eq!(&text[run.heredocs[0].marker], "<< \t'E F'");
    assert_eq!(run.heredocs[0].name, "E F");
}

#[test]
fn what_looks_like_a_heredoc_may_be_none() {
    for text in [
        "RUN cat<<E",
        "RUN echo \"<<E\"",
        "RUN echo '<<E'",
        "RUN echo \\<<E",
        "RUN cat <<<E",
        "RUN x <<- E",
        "RUN x <<",
        "RUN a << << E",
        "RUN it's <<E",
        "RUN cat <<${E:-F}",
        "RUN cat <<\"x${E:-F}\"",
        "RUN [\"cat\", \"<<E\"]",
        "CMD cat <<E",
        "ONBUILD CMD <<E",
    ] {
        assert!(super::instruction(text).heredocs.is_empty(), "{text}");
    }
}

#[test]
fn variables_in_a_delimiter_stay() {
    let text = "FROM a\nRUN <<$E\\ F\n$E F\n";
    assert_eq!(accepted(text).instructions[1].heredocs[0].name, "$E F");
}

#[test]
fn triggers_have_heredocs() {
    let text = "FROM a\nONBUILD RUN <<E\nFROM x\nE\nUSER b\n";
    let file = accepted(text);
    let Kind::Onbuild(Some(trigger)) = &file.instructions[1].kind else { panic!() };
    assert_eq!(&text[trigger.heredocs[0].body], "FROM x\n");
    assert!(text[file.instructions[1].range].ends_with("\nE"));
}

#[test]
fn a_heredoc_needs_its_end() {
    let (text, _) = super::marked("FROM a\nRUN «<<E» x\nFROM b\n");
    let file = parse(&text);
    refused_in_stage("RUN «<<E» x\nb\n", &[InvalidHeredoc]);
    assert_eq!(&text[file.instructions[1].heredocs[0].body], "FROM b\n");
    assert_eq!(file.instructions[1].heredocs[0].end, None);
}

#[test]
fn an_end_with_blanks_is_mended() {
    let errors = refused_in_stage("RUN «<<E»\nx\n  E \nUSER b\n«BOGUS»\n", &[InvalidHeredoc, UnknownInstruction]);
    assert!(errors[0].related.is_some());
}

#[test]
fn carriage_returns_do_not_belong_to_the_end() {
    let text = "FROM a\r\nRUN <<E\r\nx\r\nE\r\nUSER b\r\n";
    let file = accepted(text);
    assert_eq!(&text[file.instructions[1].heredocs[0].body], "x\r\n");
    assert_eq!(&text[file.instructions[1].heredocs[0].end.unwrap()], "E");
}

/// Whether a heredoc is the whole script, and the simple commands of the script with their places.
fn script(text: &str) -> (bool, Vec<String>) {
    let text = &format!("FROM a\n{text}");
    let file = accepted(text);
    let run = match &file.instructions[1].kind {
        Kind::Onbuild(Some(trigger)) => &trigger.kind,
        kind => kind,
    };
    let Kind::Run(run) = run else { panic!("{text}") };
    let script = run.form.script();
    assert!(script.errors().is_empty(), "{:?} in {text}", script.errors());
    (run.is_heredoc, script.commands_deep().map(|command| text[command.range()].to_owned()).collect())
}

#[test]
fn a_heredoc_may_be_the_script() {
    assert_eq!(script("RUN <<E\na \\\n  b\n# c\nd; f\nE\n"), (true, vec!["a \\\n  b".into(), "d".into(), "f".into()]));
    assert_eq!(script("ONBUILD RUN --network=none <<-'E'\n\ta\n\t\tb <<-F\n\tx\n\tF\n\tE\n").1, ["a", "b <<-F"]);
    assert_eq!(script("RUN <<E\nE\n"), (true, vec![]));
}

#[test]
fn the_shell_reads_other_heredocs() {
    assert_eq!(
        script("RUN a <<A && b <<-\"B\" \\\n  # note\n  && c\nx; y\nA\n\tz\n\tB\nUSER c\n"),
        (false, vec!["a <<A".into(), "b <<-\"B\"".into(), "c".into()])
    );
    assert_eq!(script("RUN bash -e <<E\na\nb\nE\n").1, ["bash -e <<E", "a", "b"]);
    assert!(!script("RUN <<A <<B\na\nA\nb\nB\n").0);
}

#[test]
fn a_script_may_name_its_interpreter() {
    let shebang = |text: &str| {
        let Kind::Run(run) = super::instruction(text).kind else { panic!() };
        run.shebang().map(str::to_owned)
    };
    assert_eq!(shebang("RUN <<E\n#!/bin/bash -e\na\nE").as_deref(), Some("/bin/bash -e"));
    assert_eq!(shebang("RUN <<-E\n\t#!/bin/sh\n\tE").as_deref(), Some("/bin/sh"));
    assert_eq!(shebang("RUN <<E\na\n#!/bin/sh\nE"), None);
    assert_eq!(shebang("RUN cat <<E\n#!/bin/sh\nE"), None);
}
