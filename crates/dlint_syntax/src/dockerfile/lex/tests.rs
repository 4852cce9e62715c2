//! Tests of variable expansion.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::text::range;

struct Variables;

impl Environment for Variables {
    fn get(&self, name: &str) -> Lookup {
        match name {
            "set" => Lookup::Set("value".into()),
            "empty" => Lookup::Set("".into()),
            "path" => Lookup::Set("/a/b.tar.gz".into()),
            "unknown" => Lookup::Unknown,
            _ => Lookup::Unset,
        }
    }
}

fn word(text: &str) -> Word {
    Word::new(range(0..text.len()), text)
}

fn value(text: &str) -> Value {
    expand(&word(text), Escape::Backslash, &Variables).value
}

#[track_caller]
fn is(text: &str, expected: &str) {
    let expansion = expand(&word(text), Escape::Backslash, &Variables);
    assert_eq!(expansion.errors, [], "{text}");
    assert_eq!(expansion.value, Value::Known(expected.into()), "{text}");
}

#[test]
fn quotes_and_escapes_vanish() {
    is("plain", "plain");
    is("\"a b\"'c $set'", "a bc $set");
    is(r"\$set\a", "$seta");
    is(r#""\$\"\\\a""#, r#"$"\\a"#);
    is(r"'\a'", r"\a");
    is("a\\", "a");
    is("$ $. $", "$ $. $");
}

#[test]
fn the_escape_character_can_be_a_backtick() {
    let expansion = expand(&word("c:\\a`$set`` \"`\"\""), Escape::Backtick, &Variables);
    assert_eq!(expansion.value, Value::Known("c:\\a$set` \"".into()));
}

#[test]
fn variables_have_values() {
    is("$set-${set}", "value-value");
    is("$settle$set.x", "value.x");
    is("\"$set\"", "value");
    is("$empty$unset$1$@", "");
    assert_eq!(value("a$unknown"), Value::Unknown);
    assert_eq!(value("\"$unknown\""), Value::Unknown);
}

#[test]
fn defaults_and_alternatives() {
    is("${set:-a}${empty:-a}${unset:-a}", "valueaa");
    is("${set-a}${empty-a}${unset-a}", "valuea");
    is("${set:+a}${empty:+a}${unset:+a}", "a");
    is("${set+a}${empty+a}${unset+a}", "aa");
    is("${unset:-${set}x}", "valuex");
    is("${unset:-'}'\"}\"\\}}", "}}}");
    is("${set:?a}${empty?a}", "value");
    assert_eq!(value("${unknown:-a}"), Value::Unknown);
    is("${unknown:+}", "");
}

#[test]
fn required_variables_must_be_set() {
    let expansion = expand(&word("a${unset:?why not}"), Escape::Backslash, &Variables);
    assert_eq!(expansion.value, Value::Unknown);
    assert_eq!(expansion.errors[0].range, range(1..18));
    assert_eq!(expansion.errors[0].help.as_deref(), Some("The file says of it: why not"));
    assert_eq!(expand(&word("${empty:?}"), Escape::Backslash, &Variables).errors.len(), 1);
    assert_eq!(expand(&word("${unknown:?}"), Escape::Backslash, &Variables).errors, []);
}

#[test]
fn patterns_take_away_prefixes_and_suffixes() {
    is("${path#*/}", "a/b.tar.gz");
    is("${path##*/}", "b.tar.gz");
    is("${path%.*}", "/a/b.tar");
    is("${path%%.*}", "/a/b");
    is("${path#x}${path%x}", "/a/b.tar.gz/a/b.tar.gz");
    is("${path##*}", "");
    is("${path%??}", "/a/b.tar.");
    is("${unset#a}", "");
    assert_eq!(value("${unknown#a}"), Value::Unknown);
}

#[test]
fn patterns_replace() {
    is("${path/a/x}", "/x/b.tar.gz");
    is("${path//a/x}", "/x/b.txr.gz");
    is("${path/\\//-}", "-a/b.tar.gz");
    is("${path//\\//}", "ab.tar.gz");
    is("${path/b*z/x}", "/a/x");
    is("${set//?/x}", "xxxxx");
    is("${set///x}", "xvxaxlxuxex");
    is("${set//z*/x}", "value");
}

#[test]
fn patterns_escape_few_characters() {
    let error = |text: &str| expand(&word(text), Escape::Backslash, &Variables).errors.remove(0);
    assert_eq!(error(r"${set#\a}").range, range(6..8));
    is(r"${set#\*}${path/\?/x}", "value/a/b.tar.gz");
}

#[test]
fn references_have_places() {
    let text = "a$b${c:-\"$d\"}${e##*/}$1$";
    let references = expand(&word(text), Escape::Backslash, &NothingKnown).references;
    let found: Vec<_> = references
        .iter()
        .map(|it| (&text[it.range], it.name.as_str(), &text[it.name_range], it.modifier, it.nested))
        .collect();
    assert_eq!(
        found,
        [
            ("$b", "b", "b", None, false),
            ("${c:-\"$d\"}", "c", "c", Some(Modifier::Default), false),
            ("$d", "d", "d", None, true),
            ("${e##*/}", "e", "e", Some(Modifier::RemovePrefix), false),
            ("$1", "1", "1", None, false),
        ]
    );
    assert!(references[1].has_default() && !references[0].has_default());
}

#[test]
fn words_of_a_value() {
    let words = |text: &str| expand_words(&word(text), Escape::Backslash, &Variables);
    assert_eq!(words("a 'b c'  $set").unwrap(), ["a", "b c", "value"]);
    assert_eq!(words("${unset:-a b}\\ c").unwrap(), ["a", "b c"]);
    assert_eq!(words("$empty \"\"").unwrap(), [""; 0]);
    assert_eq!(words("$unknown"), None);
}

#[test]
fn in_bodies_quotes_mean_nothing() {
    let expansion = expand_body(&word("it's \"$set\" \\$set `"), &Variables);
    assert_eq!(expansion.value, Value::Known("it's \"value\" $set `".into()));
    assert_eq!(expand_body(&word("'${set'"), &Variables).errors.len(), 1);
}

#[test]
fn quotes_alone_can_be_removed() {
    assert_eq!(remove_quotes("\"a $b\" ${c:-d}\\ e", Escape::Backslash), "a $b ${c:-d} e");
    assert_eq!(remove_quotes("it's", Escape::Backslash), "it's");
}
