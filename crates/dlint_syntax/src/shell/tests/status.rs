//! Who looks at a command's status, and what outlives it.
// A method path would fix the lifetime of the script.
#![allow(clippy::redundant_closure_for_method_calls)]

use super::{command, read};
use crate::shell::Command;

/// The names of the commands for which `asked` holds, of those with one letter.
fn which(text: &str, asked: impl Fn(&Command<'_>) -> bool) -> String {
    let script = read(text);
    script.commands().filter(asked).filter_map(|command| command.name()).filter(|name| name.len() == 1).collect()
}

#[test]
fn checked_commands() {
    for (text, checked) in [
        ("a; b && c", ""),
        ("a || b", "a"),
        ("a && b || c", "ab"),
        ("a || b && c", "a"),
        ("a || b || c", "ab"),
        ("! a && b", "a"),
        ("a | b || c", "ab"),
        ("if a && b; then c; elif d; then e; else f; fi", "abd"),
        ("while a; do b; done; until c; do d; done", "ac"),
        ("{ a; b; } || c", "ab"),
        ("(a; b) || c", "ab"),
        ("if x; then a; fi || b", "a"),
        ("f() { a; }; if f; then b; fi", "f"),
        ("echo $(a) || b", ""),
        ("for x in 1; do a || b; done", "a"),
        ("! { a; }", "a"),
        ("if (a; { b; }); then c; fi", "ab"),
    ] {
        assert_eq!(which(text, |command| command.is_checked()).replace(['x'], ""), checked, "{text}");
    }
}

#[test]
fn commands_that_act_on_the_script_itself() {
    for (text, acting) in [
        ("a && b; c", "abc"),
        ("(a); b", "b"),
        ("{ a; }; b", "ab"),
        ("a | b; c", "c"),
        ("a & b", "b"),
        ("a && b & c", "c"),
        ("x=$(a); b", "b"),
        ("if a; then b; fi", "ab"),
        ("f() { a; }; b", "b"),
        ("while a; do b; done | c; d", "d"),
        ("for x in 1; do a; done", "a"),
        ("{ (a); b; } | c", ""),
        ("case x in y) a;; esac", "a"),
        ("b <(a)", "b"),
    ] {
        assert_eq!(which(text, |command| command.affects_script()), acting, "{text}");
    }
}

#[test]
fn commands_that_may_be_skipped() {
    for (text, skipped) in [
        ("a && b; c", ""),
        ("a || b", "b"),
        ("a || b && c", "b"),
        ("if a; then b; else c; fi; d", "bc"),
        ("while a; do b; done", "b"),
        ("a || (b; c)", "bc"),
        ("case x in y) a;; esac", "a"),
        ("f() { a; }; b", "a"),
        ("(a); { b; }; echo $(c)", ""),
    ] {
        assert_eq!(which(text, |command| command.is_conditional()), skipped, "{text}");
    }
}

#[test]
fn background_lists() {
    let script = read("a && b & c");
    assert!(command(&script, "a").pipeline().is_background());
    assert!(command(&script, "b").pipeline().is_background());
    assert!(!command(&script, "c").pipeline().is_background());
}

#[test]
fn the_cd_of_a_dockerfile() {
    let script = read("cd /src && make && (cd docs && make html) && cd - | cat");
    let acting: Vec<_> = script
        .commands()
        .filter(|command| command.name().is_some_and(|name| name == "cd"))
        .map(|command| (command.text(), command.affects_script()))
        .collect();
    assert_eq!(acting, [("cd /src", true), ("cd docs", false), ("cd -", false)]);
}
