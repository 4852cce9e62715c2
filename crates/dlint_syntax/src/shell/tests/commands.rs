//! Simple commands, operators, pipelines, assignments, comments.

use super::{Operator, command, commands, place, place_of, read, words};
use crate::shell::CommandKind;

#[test]
fn a_command_has_words_with_places() {
    let text = "  apt-get  install -y curl";
    let script = read(text);
    let command = command(&script, "apt-get");
    assert_eq!(command.range(), place(text, "apt-get  install -y curl"));
    assert_eq!(words(&command), ["apt-get", "install", "-y", "curl"]);
    assert_eq!(command.words().get(1).unwrap().range(), place(text, "install"));
    assert_eq!(command.words().range(), Some(command.range()));
    assert_eq!(command.words().from(2).len(), 2);
    assert!(command.words().from(9).is_empty());
    assert_eq!(command.words().from(9).range(), None);
}

#[test]
fn blank_texts_have_no_commands() {
    for text in ["", " ", "\n", "\t\n \n", "# only a comment", "# one\n# two\n", "\\\n"] {
        let script = read(text);
        assert_eq!(script.all_commands().len(), 0, "{text:?}");
        assert!(script.root().is_some());
    }
}

#[test]
fn every_operator_is_told_with_its_place() {
    let text = "a && b || c ; d | e |& f & g\nh";
    let script = read(text);
    let operators: Vec<_> = script.commands().map(|command| (command.text(), command.operator())).collect();
    assert_eq!(
        operators,
        [
            ("a", Operator::And),
            ("b", Operator::Or),
            ("c", Operator::Semicolon),
            ("d", Operator::Pipe),
            ("e", Operator::PipeBoth),
            ("f", Operator::Background),
            ("g", Operator::Newline),
            ("h", Operator::End),
        ]
    );
    for (name, operator) in [("a", "&&"), ("b", "||"), ("c", ";"), ("e", "|&"), ("g", "\n")] {
        assert_eq!(command(&script, name).operator_range(), place(text, operator));
    }
    let last = command(&script, "h");
    assert!(last.operator_range().is_empty());
    assert_eq!(last.operator_range().start(), last.range().end());
}

#[test]
fn a_list_may_go_on_after_its_operator_on_the_next_line() {
    let script = read("a &&\n # why\n\n b |\n c ||\n\nd");
    assert_eq!(commands(&script), ["a", "b", "c", "d"]);
    assert_eq!(command(&script, "a").operator(), Operator::And);
    assert_eq!(command(&script, "b").operator(), Operator::Pipe);
    assert_eq!(command(&script, "c").operator(), Operator::Or);
}

#[test]
fn pipelines_count_their_commands() {
    let text = "curl -fsSL https://example.com/key.gpg | gpg --dearmor | tee /etc/key && echo ok";
    let script = read(text);
    let gpg = command(&script, "gpg");
    assert!(gpg.is_piped());
    assert_eq!(gpg.position(), 1);
    assert!(!gpg.is_last_in_pipeline());
    assert_eq!(gpg.pipeline().len(), 3);
    assert_eq!(gpg.pipeline().operator(), Operator::And);
    assert_eq!(gpg.pipeline().range(), place(text, text.split(" && ").next().unwrap()));
    let of_pipeline: Vec<_> = gpg.pipeline().commands().map(|command| command.name().unwrap()).collect();
    assert_eq!(of_pipeline, ["curl", "gpg", "tee"]);
    assert!(command(&script, "tee").is_last_in_pipeline());
    let echo = command(&script, "echo");
    assert!(!echo.is_piped());
    assert!(echo.is_last_in_pipeline());
    assert_eq!(echo.pipeline().preceding_operator(), Some(Operator::And));
    assert_ne!(echo.pipeline().index(), gpg.pipeline().index());
}

#[test]
fn or_is_no_pipe() {
    let script = read("a || b");
    assert!(!command(&script, "a").is_piped());
    assert_eq!(command(&script, "b").pipeline().preceding_operator(), Some(Operator::Or));
}

#[test]
fn an_exclamation_mark_negates_the_pipeline() {
    let text = "! grep -q x file | cat && ! ! true";
    let script = read(text);
    assert!(command(&script, "grep").is_negated());
    assert!(command(&script, "cat").is_negated());
    assert!(!command(&script, "true").is_negated());
    assert_eq!(command(&script, "grep").pipeline().range(), place(text, "! grep -q x file | cat"));
    assert_eq!(commands(&read("!(a)")), ["a"]);
    assert_eq!(commands(&read("echo !")), ["echo !"]);
}

#[test]
fn assignments_come_before_the_command_word() {
    let text = "DEBIAN_FRONTEND=noninteractive LC_ALL+=\"$X y\" E= apt-get update A=b";
    let script = read(text);
    let command = command(&script, "apt-get");
    assert_eq!(command.range(), place(text, text));
    assert_eq!(words(&command), ["apt-get", "update", "A=b"]);
    let assignments: Vec<_> = command.assignments().collect();
    assert_eq!(assignments.len(), 3);
    assert_eq!(assignments[0].name(), "DEBIAN_FRONTEND");
    assert_eq!(assignments[0].range(), place(text, "DEBIAN_FRONTEND=noninteractive"));
    assert_eq!(assignments[0].value().range(), place(text, "noninteractive"));
    assert!(!assignments[0].is_append());
    assert_eq!(assignments[1].name_range(), place(text, "LC_ALL"));
    assert!(assignments[1].is_append());
    assert_eq!(assignments[1].value().unquoted(), "$X y");
    assert_eq!(assignments[2].range(), place(text, "E="));
    assert_eq!(assignments[2].value().literal().unwrap(), "");
    assert!(assignments[2].value().range().is_empty());
}

#[test]
fn assignments_may_be_all_of_a_command() {
    let script = read("A=1 B=2; C[\"]\"]=3 d[$i]=4 e=(1 'two words' $x # comment\n four) f");
    let all: Vec<_> = script.commands().map(|command| command.assignments().count()).collect();
    assert_eq!(all, [2, 3]);
    let second = script.commands().last().unwrap();
    assert_eq!(second.name().unwrap(), "f");
    let array = second.assignments().last().unwrap().value();
    assert_eq!(array.text(), "(1 'two words' $x # comment\n four)");
    assert_eq!(array.literal(), None);
    assert!(script.commands().next().unwrap().name().is_none());
}

#[test]
fn all_words_and_assignments_are_those_at_any_depth() {
    let script = read("A=1 x \"$(B=2 --y=z 'é')\" > out; for i in a; do C=; done");
    let mut assignments: Vec<_> = script.all_assignments().map(|it| it.name()).collect();
    assignments.sort_unstable();
    assert_eq!(assignments, ["A", "B", "C"]);
    let words: Vec<_> = script.all_words().map(|word| word.text()).collect();
    for word in ["x", "--y=z", "'é'", "a"] {
        assert_eq!(words.iter().filter(|it| **it == word).count(), 1, "{word}");
    }
    assert!(script.all_words().all(|word| word.bytes() == word.text().as_bytes()));
}

#[test]
fn what_only_looks_like_an_assignment_is_a_word() {
    for text in ["2x=1", "a-b=1", "=1", "'A'=1", "a/b=c", "a[1 2]=3", "a[1"] {
        let script = read(text);
        let first = script.commands().next().unwrap();
        assert_eq!(first.assignments().count(), 0, "{text}");
        assert!(!first.words().is_empty(), "{text}");
    }
}

#[test]
fn comments_start_only_where_a_word_may() {
    assert_eq!(commands(&read("a # b && c\nd # e")), ["a", "d"]);
    assert_eq!(commands(&read("echo a#b 'x' #c")), ["echo a#b 'x'"]);
    assert_eq!(commands(&read("a;# b\nc")), ["a", "c"]);
    assert_eq!(commands(&read("a \"# b\" \\# c")), ["a \"# b\" \\# c"]);
    assert_eq!(command(&read("a # b\nc"), "a").operator(), Operator::Newline);
}

#[test]
fn a_continued_line_is_nothing() {
    let text = "apt-get \\\n  install \\\n\\\n  cu\\\nrl\\\n && rm x";
    let script = read(text);
    let install = command(&script, "apt-get");
    assert_eq!(words(&install), ["apt-get", "install", "cu\\\nrl"]);
    let curl = install.words().get(2).unwrap();
    assert_eq!(curl.literal().unwrap(), "curl");
    assert_eq!(curl.range(), place(text, "cu\\\nrl"));
    assert_eq!(install.range().end(), curl.range().end());
    let script = read("a &\\\n& b |\\\n| c >\\\n> d");
    assert_eq!(command(&script, "a").operator(), Operator::And);
    assert_eq!(command(&script, "b").operator(), Operator::Or);
    assert_eq!(command(&script, "c").redirects().count(), 1);
}

#[test]
fn carriage_returns_before_a_newline_are_blanks() {
    let script = read("a b\r\nif c\r\nthen\r\n d \\\r\n e\r\nfi\r\n");
    assert_eq!(commands(&script), ["a b", "c", "d \\\r\n e"]);
    assert_eq!(command(&script, "d").words().len(), 2);
}

#[test]
fn reserved_words_count_only_as_commands() {
    for text in ["echo if then fi done }", "echo a; 'if' b", "make -C case", "\\if x", "iff", "done2", "{a", "a }"] {
        assert!(read(text).compounds().next().is_none(), "{text}");
    }
}

#[test]
fn commands_and_compounds_are_told_apart() {
    let script = read("a; { b; }");
    assert_eq!(commands(&script), ["a", "b"]);
    assert_eq!(script.compounds().map(|command| command.kind()).collect::<Vec<_>>(), [CommandKind::Group]);
    assert_eq!(script.all_commands().len(), 3);
    assert!(script.compounds().next().unwrap().name().is_none());
}

#[test]
fn text_can_be_asked_for_by_place() {
    let text = "a 'b c' é";
    let script = read(text);
    assert_eq!(script.text_at(place_of(text, "'b c'", 0)), "'b c'");
    assert_eq!(script.text_at(crate::text::range(0..5)), "");
    assert_eq!(last(&script), place(text, "é"));
}

fn last(script: &crate::shell::Script) -> crate::text::TextRange {
    super::last_word(script).range()
}

#[test]
fn commands_of_a_scope_follow_each_other() {
    let follow = |text: &str| {
        let script = read(text);
        let mut names = Vec::new();
        let mut next = script.root().and_then(|root| root.commands().next());
        while let Some(command) = next {
            names.push(command.text().split([' ', '(', ';']).next().unwrap_or_default().to_owned());
            next = command.next_in_scope();
        }
        assert_eq!(names.len(), script.root().map_or(0, |root| root.commands().count()), "{text}");
        names
    };
    assert_eq!(follow("a $(b; c) && (d; e) | f; if g; then h; fi; i"), ["a", "", "f", "if", "i"]);
    assert_eq!(follow("a <<E && b\n$(c)\nE\nd"), ["a", "b", "d"]);
    assert_eq!(follow("a"), ["a"]);
}
