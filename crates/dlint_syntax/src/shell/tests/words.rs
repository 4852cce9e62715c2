//! Words and their parts.

use super::{commands, last_word, place, read};
use crate::shell::{ParameterOperator, Part, PartKind, Script};

/// The kinds and texts of the parts of the last word, those inside others in brackets.
fn parts(script: &Script) -> String {
    fn show(part: Part<'_>) -> String {
        let kind = format!("{:?}", part.kind());
        let inside: Vec<_> = part.parts().map(show).collect();
        if inside.is_empty() { format!("{kind} {}", part.text()) } else { format!("{kind}[{}]", inside.join(", ")) }
    }
    last_word(script).parts().map(show).collect::<Vec<_>>().join(", ")
}

#[test]
fn parts_by_kind() {
    for (text, expected) in [
        ("abc", "Literal abc"),
        ("a'b c'd", "Literal a, SingleQuoted 'b c', Literal d"),
        ("\"\"", "DoubleQuoted \"\""),
        ("\"a $b\"", "DoubleQuoted[Literal a , Parameter $b]"),
        ("$'a\\'b'", "AnsiC $'a\\'b'"),
        ("$\"a\"", "DoubleQuoted[Literal a]"),
        ("a\\ b", "Literal a, Escaped \\ , Literal b"),
        ("\\é", "Escaped \\é"),
        ("$x$1$@$$-", "Parameter $x, Parameter $1, Parameter $@, Parameter $$, Literal -"),
        ("$12", "Parameter $1, Literal 2"),
        ("a$", "Literal a$"),
        ("$(a)`b`", "CommandSubstitution $(a), Backticks `b`"),
        ("$((1 + (2)))", "Arithmetic[Literal 1 + (2)]"),
        ("<(a)>(b)", "ProcessSubstitution <(a), ProcessSubstitution >(b)"),
        ("*.d?b", "Glob *, Literal .d, Glob ?, Literal b"),
        ("lib[ab]", "Literal lib, Glob [, Literal ab]"),
        ("a[b", "Literal a, Literal [, Literal b"),
        ("a]b", "Literal a]b"),
        ("x{a,$b}", "Literal x, Brace[Literal a,, Parameter $b]"),
        ("{1..9}", "Brace[Literal 1..9]"),
        ("{a,{b,c}}", "Brace[Literal a,, Brace[Literal b,c]]"),
        ("{}", "Literal {, Literal }"),
        ("{a}", "Literal {, Literal a, Literal }"),
        ("{a,b", "Literal {, Literal a,b"),
        ("~/x", "Tilde ~, Literal /x"),
        ("~root", "Tilde ~root"),
        ("a~", "Literal a~"),
        ("~$x", "Literal ~, Parameter $x"),
        ("@(a|*.b)", "Literal @, Glob[Literal a|*.b]"),
        ("\"a\\nb\\\"c\"", "DoubleQuoted[Literal a\\nb, Escaped \\\", Literal c]"),
        ("\"~ * {a,b}\"", "DoubleQuoted[Literal ~ * {a,b}]"),
    ] {
        assert_eq!(parts(&read(&format!("echo {text}"))), expected, "{text}");
    }
}

#[test]
fn parameters() {
    use ParameterOperator as Op;
    for (text, name, operator) in [
        ("$x", "x", Op::Plain),
        ("${x}", "x", Op::Plain),
        ("${10}", "10", Op::Plain),
        ("${#}", "#", Op::Plain),
        ("${#x}", "x", Op::Length),
        ("${#x[@]}", "x", Op::Length),
        ("${!x}", "x", Op::Indirect),
        ("${x[$i]}", "x", Op::Plain),
        ("${x:-a b}", "x", Op::Default),
        ("${x-}", "x", Op::Default),
        ("${x:=a}", "x", Op::Assign),
        ("${x:?no x}", "x", Op::Error),
        ("${x:+a}", "x", Op::Alternative),
        ("${x##*/}", "x", Op::TrimPrefix),
        ("${x%.*}", "x", Op::TrimSuffix),
        ("${x//a/b}", "x", Op::Replace),
        ("${x^^}", "x", Op::Case),
        ("${x,}", "x", Op::Case),
        ("${x:1:2}", "x", Op::Substring),
        ("${x@Q}", "x", Op::Transform),
        ("${@:2}", "@", Op::Substring),
        ("${ x; }", "", Op::Invalid),
    ] {
        for quoted in [false, true] {
            let text = if quoted { format!("echo \"{text}\"") } else { format!("echo {text}") };
            let script = read(&text);
            let word = last_word(&script);
            let part = word.expansions().next().unwrap();
            let parameter = part.parameter().unwrap();
            assert_eq!((parameter.name(), parameter.operator()), (name, operator), "{text}");
            assert_eq!(part.in_double_quotes(), quoted, "{text}");
            assert_eq!(script.text_at(parameter.name_range()), name, "{text}");
            assert!(part.parts().all(|part| part.range().end() < word.range().end()), "{text}");
        }
    }
}

#[test]
fn words_of_parameters_are_read_as_words() {
    let text = "echo ${a:-'}' $b \"c $(d)\"} \"${e:-'$f'}\" \"${g%'$h'}\"";
    let script = read(text);
    let words: Vec<_> = script.commands().next().unwrap().words().iter().collect();
    assert_eq!(words.len(), 4);
    let names = |index: usize| -> Vec<_> {
        words[index].expansions().filter_map(|part| part.parameter()).map(|parameter| parameter.name()).collect()
    };
    assert_eq!(names(1), ["a", "b"]);
    // Within double quotes single quotes are literal in a default, and quotes in a pattern.
    assert_eq!(names(2), ["e", "f"]);
    assert_eq!(names(3), ["g"]);
    assert_eq!(words[1].range(), place(text, "${a:-'}' $b \"c $(d)\"}"));
    assert_eq!(commands(&script)[1], "d");
}

#[test]
fn literal_is_the_value_where_nothing_is_expanded() {
    for (text, value) in [
        ("abc", Some("abc")),
        ("''", Some("")),
        ("'a'\"b\"c\\d", Some("abcd")),
        ("\"a\\$b\\c\"", Some("a$b\\c")),
        ("$'a\\tb\\x41\\u00e9\\'\\q'", Some("a\tbAé'\\q")),
        ("'a\\\nb'", Some("a\\\nb")),
        ("\"a\\\nb\"", Some("ab")),
        ("é", Some("é")),
        ("[", Some("[")),
        ("{}", Some("{}")),
        ("'*'", Some("*")),
        ("\\~", Some("~")),
        ("*", None),
        ("{a,b}", None),
        ("~", None),
        ("a$x", None),
        ("\"$(a)\"", None),
        ("$((1))", None),
    ] {
        assert_eq!(last_word(&read(&format!("echo {text}"))).literal().as_deref(), value, "{text}");
    }
    assert!(last_word(&read("echo 'a'b")).is("ab"));
    assert!(!last_word(&read("echo $a")).is("$a"));
}

#[test]
fn pattern_and_unquoted_keep_what_is_expanded_as_it_is_written() {
    for (text, pattern, unquoted) in [
        ("/var/lib/apt/lists/*", Some("/var/lib/apt/lists/*"), "/var/lib/apt/lists/*"),
        ("'package[extra]'==1", Some("package[extra]==1"), "package[extra]==1"),
        ("package[extra]", Some("package[extra]"), "package[extra]"),
        ("{a,'b c'}", Some("{a,b c}"), "{a,b c}"),
        ("~/'x'", Some("~/x"), "~/x"),
        ("\"$HOME\"/bin", None, "$HOME/bin"),
        ("a@(b|c)", Some("a@(b|c)"), "a@(b|c)"),
        ("${x:-'y'}", None, "${x:-'y'}"),
    ] {
        let script = read(&format!("echo {text}"));
        assert_eq!(last_word(&script).pattern().as_deref(), pattern, "{text}");
        assert_eq!(last_word(&script).unquoted(), unquoted, "{text}");
    }
}

#[test]
fn quoted_words() {
    for (text, quoted) in [
        ("'a'", true),
        ("\"a $b\"", true),
        ("$'a'", true),
        ("''", true),
        ("a", false),
        ("'a'b", false),
        ("'a''b'", false),
        ("\\a", false),
    ] {
        assert_eq!(last_word(&read(&format!("echo {text}"))).is_quoted(), quoted, "{text}");
    }
}

#[test]
fn words_that_may_split() {
    for (text, splits) in [
        ("$x", true),
        ("a$(b)", true),
        ("`b`", true),
        ("$@", true),
        ("${x:-1}", true),
        ("\"$x\"", false),
        ("\"a\"$x", true),
        ("\"$(b $c)\"", false),
        ("$#$?$$", false),
        ("${#x}", false),
        ("$((1 + $x))", false),
        ("*", false),
        ("'$x'", false),
        ("\\$x", false),
    ] {
        assert_eq!(last_word(&read(&format!("echo {text}"))).may_split(), splits, "{text}");
    }
}

#[test]
fn expansions_are_found_at_any_depth() {
    let script = read("echo a\"$b ${c:-$(d $e)}\"'$f'$((g + $h))");
    let texts: Vec<_> = script.commands().next().unwrap().words().get(1).unwrap().expansions().collect();
    let texts: Vec<_> = texts.iter().map(Part::text).collect();
    assert_eq!(texts, ["$b", "${c:-$(d $e)}", "$(d $e)", "$((g + $h))", "$h"]);
}

#[test]
fn a_substitution_leads_to_its_commands() {
    let script = read("echo \"$(a; b)\"");
    let word = last_word(&script);
    let scope = word.expansions().next().unwrap().scope().unwrap();
    assert_eq!(scope.commands().map(|command| command.text()).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn parts_have_places() {
    let text = "echo pre\"a $x\"'b'";
    let script = read(text);
    let word = last_word(&script);
    let ranges: Vec<_> = word.all_parts().map(|part| part.range()).collect();
    let expected = ["pre", "\"a $x\"", "a ", "$x", "'b'"].map(|needle| place(text, needle));
    assert_eq!(ranges, expected);
    assert!(word.all_parts().nth(3).unwrap().in_double_quotes());
    assert!(!word.all_parts().next().unwrap().in_double_quotes());
    assert!(PartKind::Brace.is_pattern() && !PartKind::Brace.expands());
}

#[test]
fn a_bracket_without_its_partner_is_literal_also_at_the_very_start() {
    for text in ["[ -f a ]", "a; [ -f a ]", "[[a", "[ ]"] {
        let script = read(text);
        let name = script.commands().last().and_then(|command| command.name());
        assert!(name.is_some_and(|name| name.starts_with('[')), "{text}");
    }
    assert_eq!(read("[ab]* x").commands().next().unwrap().name(), None);
}
