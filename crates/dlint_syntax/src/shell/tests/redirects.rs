//! Redirections and heredocs.

use super::{command, commands, place, read, words};
use crate::shell::{Descriptor, RedirectOperator, ScopeKind};

#[test]
fn operators_and_descriptors() {
    use Descriptor::{Both, Number, Variable};
    use RedirectOperator as Op;
    for (text, operator, descriptor, target, writes) in [
        ("> f", Op::Output, Number(1), "f", true),
        (">f", Op::Output, Number(1), "f", true),
        ("2> /dev/null", Op::Output, Number(2), "/dev/null", true),
        (">> f", Op::Append, Number(1), "f", true),
        (">| f", Op::Clobber, Number(1), "f", true),
        ("2>&1", Op::DuplicateOutput, Number(2), "1", false),
        (">& f", Op::DuplicateOutput, Number(1), "f", true),
        ("3>&-", Op::DuplicateOutput, Number(3), "-", false),
        ("< f", Op::Input, Number(0), "f", false),
        ("<&3", Op::DuplicateInput, Number(0), "3", false),
        ("3<> f", Op::ReadWrite, Number(3), "f", false),
        ("&> f", Op::OutputBoth, Both, "f", true),
        ("&>> f", Op::AppendBoth, Both, "f", true),
        ("<<< \"$x\"", Op::HereString, Number(0), "\"$x\"", false),
        ("{fd}> f", Op::Output, Variable("fd"), "f", true),
        ("> >(tee log)", Op::Output, Number(1), ">(tee log)", true),
    ] {
        let line = format!("a b {text} c");
        let script = read(&line);
        let command = command(&script, "a");
        assert_eq!(words(&command), ["a", "b", "c"], "{text}");
        let redirect = command.redirects().next().unwrap();
        assert_eq!((redirect.operator(), redirect.descriptor()), (operator, descriptor), "{text}");
        assert_eq!(redirect.target().text(), target, "{text}");
        assert_eq!(redirect.writes_file(), writes, "{text}");
        assert_eq!(redirect.range(), place(&line, text), "{text}");
        assert!(redirect.heredoc().is_none(), "{text}");
    }
}

#[test]
fn redirections_stand_anywhere_in_a_command() {
    let text = "2>&1 > log A=b make < in -j2 >> log2";
    let script = read(text);
    let make = command(&script, "make");
    assert_eq!(words(&make), ["make", "-j2"]);
    assert_eq!(make.redirects().count(), 4);
    assert_eq!(make.assignments().count(), 1);
    assert_eq!(make.range(), place(text, text));
    assert_eq!(words(&command(&read("echo 2 >x"), "echo")), ["echo", "2"]);
    assert_eq!(words(&command(&read("echo a2>x"), "echo")), ["echo", "a2"]);
}

#[test]
fn a_heredoc_has_a_body_after_its_line() {
    let text = "cat <<EOF > /etc/x && echo done\nline $x\n$(id -u)\nEOF\nnext";
    let script = read(text);
    let cat = command(&script, "cat");
    let redirect = cat.redirects().next().unwrap();
    assert_eq!(redirect.range(), place(text, "<<EOF"));
    assert_eq!(redirect.target().text(), "EOF");
    let heredoc = redirect.heredoc().unwrap();
    assert!(!heredoc.is_quoted() && !heredoc.strips_tabs());
    assert_eq!(heredoc.body().range(), place(text, "line $x\n$(id -u)\n"));
    assert_eq!(heredoc.body().expansions().count(), 2);
    assert!(!heredoc.body().may_split() || heredoc.body().parts().all(|part| part.in_double_quotes()));
    assert_eq!(heredoc.end().unwrap(), super::place_of(text, "EOF", 1));
    assert_eq!(cat.range(), place(text, "cat <<EOF > /etc/x"));
    assert_eq!(commands(&script), ["cat <<EOF > /etc/x", "echo done", "id -u", "next"]);
    let id = command(&script, "id");
    assert_eq!(id.scope().kind(), ScopeKind::CommandSubstitution);
    assert_eq!(id.parent(), Some(cat));
}

#[test]
fn a_quoted_delimiter_makes_the_body_literal() {
    for delimiter in ["'EOF'", "\"EOF\"", "\\EOF", "E'O'F"] {
        let text = format!("cat <<{delimiter}\n$(a) `b` \\\n'c\nEOF\nd");
        let script = read(&text);
        let heredoc = command(&script, "cat").redirects().next().unwrap().heredoc().unwrap();
        assert!(heredoc.is_quoted(), "{delimiter}");
        assert_eq!(heredoc.body().literal().unwrap(), "$(a) `b` \\\n'c\n", "{delimiter}");
        assert_eq!(commands(&script).len(), 2, "{delimiter}");
    }
}

#[test]
fn bodies_follow_in_the_order_of_their_delimiters() {
    let text = "cat <<A - <<-B | sort\na\nA\n\tb\n\tB\nlast";
    let script = read(text);
    let bodies: Vec<_> = command(&script, "cat").redirects().map(|redirect| redirect.heredoc().unwrap()).collect();
    assert_eq!(bodies[0].body().text(), "a\n");
    assert_eq!(bodies[1].body().text(), "\tb\n");
    assert!(bodies[1].strips_tabs());
    assert_eq!(commands(&script)[1..], ["sort", "last"]);
}

#[test]
fn in_a_body_quotes_and_hashes_are_text() {
    let script = read("cat <<EOF\n# it's \"a\" \\$x \\`y\\` \\z\nEOF\n");
    let body = command(&script, "cat").redirects().next().unwrap().heredoc().unwrap().body();
    assert_eq!(body.literal().unwrap(), "# it's \"a\" $x `y` \\z\n");
}

#[test]
fn heredocs_within_compounds_and_substitutions() {
    let script = read("if a; then cat <<E; fi\nb\nE\nx=$(cat <<'F'\nif (\nF\n) && c");
    assert_eq!(commands(&script), ["a", "cat <<E", "x=$(cat <<'F'\nif (\nF\n)", "cat <<'F'", "c"]);
}

#[test]
fn an_empty_heredoc_and_one_with_carriage_returns() {
    let script = read("cat <<A\nA\n");
    let heredoc = command(&script, "cat").redirects().next().unwrap().heredoc().unwrap();
    assert!(heredoc.body().range().is_empty());
    assert_eq!(heredoc.body().literal().unwrap(), "");
    let script = read("cat <<A\r\nb\r\nA\r\nc\r\n");
    assert_eq!(commands(&script), ["cat <<A", "c"]);
}
