//! Compound commands and scopes.

use super::{command, commands, place, place_of, read, words};
use crate::shell::{CommandKind, Operator, ScopeKind, Script};

/// The texts of all simple commands with the kind of the scope that each is directly in.
fn scopes(script: &Script) -> Vec<(&str, ScopeKind)> {
    script.commands().map(|command| (command.text(), command.scope().kind())).collect()
}

/// The only compound command.
fn compound(script: &Script) -> crate::shell::Command<'_> {
    let mut compounds = script.compounds();
    let only = compounds.next().unwrap();
    assert!(compounds.next().is_none());
    only
}

#[test]
fn branches_of_if() {
    use ScopeKind::{Condition, Else, Then};
    let text = "if a; then b; elif c\nthen d; else e; fi > log && f";
    let script = read(text);
    assert_eq!(
        scopes(&script),
        [
            ("a", ScopeKind::Condition),
            ("b", ScopeKind::Then),
            ("c", ScopeKind::Condition),
            ("d", ScopeKind::Then),
            ("e", ScopeKind::Else),
            ("f", ScopeKind::Script),
        ]
    );
    let compound = compound(&script);
    assert_eq!(compound.kind(), CommandKind::If);
    assert_eq!(compound.range(), place(text, text.strip_suffix(" && f").unwrap()));
    assert_eq!(compound.redirects().count(), 1);
    assert_eq!(compound.operator(), Operator::And);
    assert_eq!(compound.descendants().count(), 5);
    let kinds: Vec<_> = compound.own_scopes().map(|scope| scope.kind()).collect();
    assert_eq!(kinds, [Condition, Then, Condition, Then, Else]);
    let b = command(&script, "b");
    assert_eq!(b.parent(), Some(compound));
    assert_eq!(script.text_at(b.scope().range()).trim(), "b;");
    assert_eq!(b.scopes().map(|scope| scope.kind()).collect::<Vec<_>>(), [Then, ScopeKind::Script]);
}

#[test]
fn loops() {
    let script = read("while a; do b; done; until c; do d\ndone < file");
    assert_eq!(
        scopes(&script),
        [
            ("a", ScopeKind::Condition),
            ("b", ScopeKind::LoopBody),
            ("c", ScopeKind::Condition),
            ("d", ScopeKind::LoopBody),
        ]
    );
    let kinds: Vec<_> = script.compounds().map(|command| command.kind()).collect();
    assert_eq!(kinds, [CommandKind::While, CommandKind::Until]);
}

#[test]
fn for_tells_its_variable_and_what_it_runs_over() {
    let text = "for package in curl \"$x\" $(cat list); do apt-get install $package; done | cat";
    let script = read(text);
    let compound = compound(&script);
    assert_eq!(compound.kind(), CommandKind::For);
    assert_eq!(compound.variable().unwrap().range(), place_of(text, "package", 0));
    let subjects: Vec<_> = compound.subjects().iter().map(|word| word.text()).collect();
    assert_eq!(subjects, ["curl", "\"$x\"", "$(cat list)"]);
    assert_eq!(compound.range(), place(text, text.strip_suffix(" | cat").unwrap()));
    assert_eq!(commands(&script), ["cat list", "apt-get install $package", "cat"]);
    assert_eq!(command(&script, "apt-get").scope().kind(), ScopeKind::LoopBody);
}

#[test]
fn other_forms_of_for() {
    for text in [
        "for x; do a; done",
        "for x\ndo a; done",
        "for x in; do a; done",
        "for x in 1 2\n\ndo\na\ndone",
        "for ((i = 0; i < 3; i++)); do a; done",
        "for ((;;)) { a; }",
        "for x in 1; { a; }",
        "for x in in; do a; done",
        "select x in 1 2; do a; done",
        "for in in in; do a; done",
    ] {
        let script = read(text);
        assert_eq!(scopes(&script), [("a", ScopeKind::LoopBody)], "{text}");
        assert_eq!(compound(&script).range(), place(text, text), "{text}");
    }
}

#[test]
fn case_tells_its_word_and_the_patterns_of_each_arm() {
    let text = "case \"$(dpkg --print-architecture)\" in amd64|x86_64) a;; (arm*) b; c ;& *) esac";
    let script = read(text);
    let compound = compound(&script);
    assert_eq!(compound.kind(), CommandKind::Case);
    assert_eq!(words(&compound), ["\"$(dpkg --print-architecture)\""]);
    assert_eq!(compound.subjects().len(), 1);
    assert_eq!(commands(&script), ["dpkg --print-architecture", "a", "b", "c"]);
    let arms: Vec<Vec<_>> = compound
        .own_scopes()
        .filter(|scope| scope.kind() == ScopeKind::CaseArm)
        .map(|scope| scope.patterns().iter().map(|word| word.text()).collect())
        .collect();
    assert_eq!(arms, [vec!["amd64", "x86_64"], vec!["arm*"], vec!["*"]]);
    assert_eq!(command(&script, "a").scope().patterns().first().unwrap().range(), place(text, "amd64"));
    assert_eq!(command(&script, "a").operator(), Operator::End);
    assert_eq!(command(&script, "c").operator(), Operator::End);
}

#[test]
fn other_forms_of_case() {
    for text in [
        "case x in\n a) b\n ;;\n # comment\n c|d) e ;;&\n esac",
        "case x\nin a) b;; c) e; esac",
        "case in in a) b;; c) e;; esac",
        "case x in a) b;; esac; e",
    ] {
        assert_eq!(commands(&read(text)), ["b", "e"], "{text}");
    }
    assert_eq!(commands(&read("case x in esac")), [""; 0]);
}

#[test]
fn groups_subshells_and_arithmetic() {
    let text = "{ a; (b); } ; ((x = y + $(c))) ; ( (d) ; e )";
    let script = read(text);
    assert_eq!(
        scopes(&script),
        [
            ("a", ScopeKind::Group),
            ("b", ScopeKind::Subshell),
            ("c", ScopeKind::CommandSubstitution),
            ("d", ScopeKind::Subshell),
            ("e", ScopeKind::Subshell),
        ]
    );
    let arithmetic = script.compounds().find(|command| command.kind() == CommandKind::Arithmetic).unwrap();
    assert_eq!(arithmetic.range(), place(text, "((x = y + $(c)))"));
    assert_eq!(arithmetic.words().len(), 1);
    assert_eq!(scopes(&read("((a); (b))")), [("a", ScopeKind::Subshell), ("b", ScopeKind::Subshell)]);
}

#[test]
fn functions() {
    for text in
        ["f() { a; }", "f ()\n{ a; }", "function f { a; }", "function f() { a; }", "f() (a)", "f() { a; } > log"]
    {
        let script = read(text);
        let function = script.compounds().next().unwrap();
        assert_eq!(function.kind(), CommandKind::Function, "{text}");
        assert_eq!(function.range(), place(text, text));
        assert_eq!(words(&function), ["f"], "{text}");
        let body: Vec<_> = function.own_scopes().map(|scope| scope.kind()).collect();
        assert_eq!(body, [ScopeKind::FunctionBody], "{text}");
        assert_eq!(commands(&script), ["a"], "{text}");
        assert!(command(&script, "a").scopes().any(|scope| scope.kind() == ScopeKind::FunctionBody));
    }
}

#[test]
fn tests_in_double_brackets_are_no_simple_commands() {
    let text = "[[ -f \"$x\" && ( $a == b* || $c =~ ^(d|e f)$ ) && $(g) < h ]] && i";
    let script = read(text);
    let brackets = compound(&script);
    assert_eq!(brackets.kind(), CommandKind::Test);
    assert_eq!(
        words(&brackets),
        ["-f", "\"$x\"", "&&", "(", "$a", "==", "b*", "||", "$c", "=~", "^(d|e f)$", ")", "&&", "$(g)", "<", "h"]
    );
    assert_eq!(commands(&script), ["g", "i"]);
    assert_eq!(brackets.range(), place(text, text.strip_suffix(" && i").unwrap()));
    assert_eq!(commands(&read("[ -f x ] && [ a = b ]")), ["[ -f x ]", "[ a = b ]"]);
}

#[test]
fn substitutions_belong_to_the_command_around() {
    let text = "echo \"$(date `hostname` | tr a b)\" <(ls) ${x:-$(id -u)} $(( $(nproc) + 1 ))";
    let script = read(text);
    assert_eq!(
        scopes(&script)[1..],
        [
            ("date `hostname`", ScopeKind::CommandSubstitution),
            ("hostname", ScopeKind::Backticks),
            ("tr a b", ScopeKind::CommandSubstitution),
            ("ls", ScopeKind::ProcessSubstitution),
            ("id -u", ScopeKind::CommandSubstitution),
            ("nproc", ScopeKind::CommandSubstitution),
        ]
    );
    let echo = command(&script, "echo");
    assert_eq!(command(&script, "ls").parent(), Some(echo));
    assert_eq!(command(&script, "hostname").parent(), Some(command(&script, "date")));
    assert_eq!(echo.own_scopes().count(), 4);
    assert_eq!(echo.own_scopes().next().unwrap().range(), place(text, "date `hostname` | tr a b"));
    assert_eq!(echo.own_scopes().next().unwrap().commands().count(), 2);
    assert_eq!(echo.descendants().count(), 6);
}

#[test]
fn backslashes_in_backticks_are_undone() {
    let script = read("echo `a \\`b \\$x\\`` \"`c \\\"d e\\\"`\"");
    assert_eq!(command(&script, "b").scopes().count(), 3);
    let x = command(&script, "b").words().get(1).unwrap();
    assert!(x.may_split());
    assert_eq!(command(&script, "c").words().get(1).unwrap().literal().unwrap(), "d e");
}

#[test]
fn a_closing_parenthesis_of_case_does_not_end_a_substitution() {
    let text = "x=$(case $y in a) b;; esac) && c";
    let script = read(text);
    assert_eq!(commands(&script), ["x=$(case $y in a) b;; esac)", "b", "c"]);
}

#[test]
fn time_may_stand_before_a_compound_command() {
    let script = read("time { a; } && time -p (b) && time c");
    assert_eq!(commands(&script), ["a", "b", "time c"]);
}

#[test]
fn scopes_give_their_commands() {
    let script = read("a; if b; then c; d; fi; e");
    let root = script.root().unwrap();
    assert_eq!(root.kind(), ScopeKind::Script);
    assert_eq!(root.commands().count(), 3);
    assert_eq!(root.descendants().count(), 6);
    assert!(root.parent().is_none() && root.owner().is_none());
    let then = command(&script, "c").scope();
    assert_eq!(then.commands().map(|command| command.text()).collect::<Vec<_>>(), ["c", "d"]);
}
