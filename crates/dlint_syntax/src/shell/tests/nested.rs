//! Shells within shells.

use super::{command, place, place_of, read};
use crate::shell::{Script, parse};

/// The texts of the commands of the first nested script, without masked bytes.
fn inner(text: &str) -> Vec<String> {
    let script = parse(text, 0.into());
    let Some(nested) = script.nested().first() else { return Vec::new() };
    nested.script().commands().map(|command| command.text().replace('\0', "")).collect()
}

#[test]
fn shells_with_a_command_string() {
    for text in [
        "sh -c 'a && b c'",
        "bash -c \"a && b c\"",
        "/bin/bash -exc 'a && b c'",
        "bash -e -o pipefail -c 'a && b c' name argument",
        "bash -euxo pipefail -c 'a && b c'",
        "bash -c -e 'a && b c'",
        "bash --norc +x +o posix -c 'a && b c'",
        "sudo -u x dash -lc 'a && b c'",
        "busybox ash -c 'a && b c'",
        "su - user -c 'a && b c'",
        "su -s /bin/sh -c 'a && b c' user",
        "su --command='a && b c' user",
        "runuser user -c 'a && b c'",
        "eval 'a && b c'",
        "eval a '&&' \"b c\"",
        "trap 'a && b c' EXIT INT",
        "xargs -n1 sh -c 'a && b c'",
        "bash <<'E'\na && b c\nE\n",
        "bash -s x <<E\na && b c\nE\n",
        "sh <<< 'a && b c'",
        "sh -c a\\ '&&'\" b\"' c'",
        "sh -c $'a &&\\x20b c'",
    ] {
        assert_eq!(inner(text), ["a", "b c"], "{text}");
    }
}

#[test]
fn what_runs_no_string() {
    for text in [
        "sh script.sh",
        "bash",
        "sh -c",
        "sh -c ''",
        "bash -x script -c 'a'",
        "sh < file",
        "eval",
        "trap - EXIT",
        "trap '' INT x$(",
        "su user",
        "echo -c 'a'",
        "bash script <<E\na\nE\n",
        "$SHELL -c 'a'",
        "trap -p",
    ] {
        assert_eq!(inner(text), [""; 0], "{text}");
    }
}

#[test]
fn places_are_exact_whatever_the_quoting() {
    let text = "bash -c \"apt-get \\\"in\"'stall'\"\\\" $X \\$Y && rm\" -rf";
    let script = read(text);
    let nested = command(&script, "bash").nested().unwrap();
    assert_eq!(nested.name(), "bash");
    assert_eq!(nested.range(), command(&script, "bash").words().get(2).unwrap().range());
    let install = command(nested.script(), "apt-get");
    let words: Vec<_> = install.words().iter().map(|word| word.range()).collect();
    assert_eq!(words[..2], [place(text, "apt-get"), place(text, "\"in\"'stall'\"\\\"")]);
    assert_eq!(install.words().get(1).unwrap().literal().unwrap(), "install");
    assert_eq!(words[2], place(text, "$X"));
    assert_eq!(words[3], place(text, "$Y"));
    assert_eq!(command(nested.script(), "rm").range(), place(text, "rm"));
}

#[test]
fn substitutions_of_the_outer_shell_are_unknown_inside() {
    let text = "sh -c \"$(curl -fsSL https://x)\" && sh -c \"echo ${A:-`b`} $((1)) c\"";
    let script = read(text);
    let deep: Vec<_> = script.commands_deep().map(|command| command.words().len()).collect();
    // sh, the nested `$@`, curl, sh, echo, b.
    assert_eq!(deep.len(), 6);
    let first = &script.nested()[0];
    let only = first.script().commands().next().unwrap();
    assert!(only.program().is_none());
    assert!(only.words().first().unwrap().may_split());
    assert_eq!(only.range(), place(text, "$(curl -fsSL https://x)"));
    let echo = command(script.nested()[1].script(), "echo");
    assert_eq!(echo.words().len(), 4);
    assert_eq!(echo.words().get(3).unwrap().range(), place_of(text, "c", text.matches('c').count() - 1));
}

#[test]
fn an_unclosed_substitution_before_any_character() {
    for text in ["sh -c \"a `é", "sh -c \"a `é日", "sh -c \"a `", "sh -c \"a $(é"] {
        let script = parse(text, 0.into());
        for nested in script.scripts_deep() {
            for word in nested.commands().flat_map(|command| command.words().iter().collect::<Vec<_>>()) {
                let range = word.range();
                assert!(text.get(range.start().into()..range.end().into()).is_some(), "{text}");
            }
        }
    }
}

#[test]
fn commands_deep_visits_nested_ones_after_their_command() {
    let script = read("a; sh -c 'b; bash -c \"c | d\"; e' && f");
    let names: Vec<_> = script.commands_deep().map(|command| command.name().unwrap()).collect();
    assert_eq!(names, ["a", "sh", "b", "bash", "c", "d", "e", "f"]);
    assert_eq!(script.scripts_deep().len(), 3);
    assert_eq!(script.commands().count(), 3);
}

#[test]
fn nesting_of_shells_is_bounded() {
    // Each level escapes the quotes of the one inside it; unquoted `eval` needs none.
    let script = read(&format!("{}x", "eval ".repeat(50)));
    assert_eq!(script.scripts_deep().len(), 9);
}

#[test]
fn settings_of_the_nested_shell() {
    fn at_end(script: &Script) -> crate::shell::Settings {
        let nested = script.nested()[0].script();
        nested.settings_at(nested.commands().last().unwrap())
    }
    let script = read("bash -euxo pipefail -c 'a | b'");
    let settings = at_end(&script);
    assert!(settings.errexit && settings.nounset && settings.xtrace && settings.pipefail);
    // A shell of its own starts afresh, `eval` does not.
    assert!(!at_end(&read("set -e; sh -c a")).errexit);
    assert!(at_end(&read("set -e; eval a")).errexit);
    assert!(at_end(&read("sh -c 'set -e; a'")).errexit);
}

#[test]
fn a_heredoc_with_expansions_feeds_a_shell() {
    let text = "bash <<E\necho $(a) \\$x \\\\n\nE\n";
    let script = read(text);
    let echo = command(script.nested()[0].script(), "echo");
    assert_eq!(echo.words().len(), 4);
    assert_eq!(echo.words().get(2).unwrap().range(), place(text, "$x"));
    assert_eq!(command(&script, "a").text(), "a");
}
