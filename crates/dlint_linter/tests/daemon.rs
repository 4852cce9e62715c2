//! `daemon.json` under values that nobody would write.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::sync::Arc;

use dlint_linter::daemon::{Key, Type, keys};
use dlint_linter::fix::fix_document;
use dlint_linter::{Category, Config, Diagnostic, Document, Language, Level, NoFiles, RuleId, Safety, check};

fn everything() -> Config {
    let mut config = Config::default();
    config.enabled = RuleId::all().collect();
    config
}

fn findings(text: &str) -> Vec<Diagnostic> {
    check(&Document::parse("daemon.json", text, Language::Daemon), &everything(), &NoFiles)
}

/// The names of the rules that find something.
fn rules(text: &str) -> Vec<&'static str> {
    let names = findings(text).iter().map(|finding| finding.rule().name).collect::<Vec<_>>();
    // The examples are one line each, without its end.
    names.into_iter().filter(|name| *name != "missing-final-newline").collect()
}

fn sorted(text: &str) -> Vec<&'static str> {
    let mut names = rules(text);
    names.sort_unstable();
    names
}

/// Advice about what an empty file lacks.
fn advice() -> Vec<&'static str> {
    rules("{}")
}

#[test]
fn nothing_configured_is_fine() {
    for text in ["", "\n", "\u{feff}", "null", " null\n", "{}", "\u{feff}{\n}\n"] {
        let found = rules(text);
        assert!(found.iter().all(|name| advice().contains(name)), "{text:?}: {found:?}");
    }
    let is_on = |name: &&str| RuleId::of_name(name).unwrap().rule().default;
    assert!(!advice().iter().any(is_on));
}

#[test]
fn null_is_as_good_as_nothing() {
    for key in keys::all() {
        let text = format!("{{\"{}\": null}}", key.name);
        assert_eq!(sorted(&text), advice(), "{text}");
    }
    let all: Vec<String> =
        keys::all().filter(|key| key.name != "host-gateway-ip").map(|key| format!("\"{}\": null", key.name)).collect();
    let text = format!("{{{}}}", all.join(", "));
    assert_eq!(sorted(&text), advice());
}

#[test]
fn empty_values_are_as_good_as_nothing() {
    // Docker's own reference shows a file of such values.
    for key in keys::all() {
        let value = match key.ty {
            Type::String(_) if key.name != "default-shm-size" => "\"\"",
            Type::List(_) => "[]",
            Type::Map(_) | Type::Object(_) => "{}",
            Type::Integer(..) => "0",
            _ => continue,
        };
        let text = format!("{{\"{}\": {value}}}", key.name);
        assert_eq!(sorted(&text), advice(), "{text}");
    }
}

const VALUES: [&str; 22] = [
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e400",
    "-99999999999999999999999999",
    "\"\"",
    "\"x\"",
    "\"\\u0000\\ud83d\\udc33\\\"\"",
    "\"10.0.0.0/8\"",
    "\"tcp://:::::\"",
    "\"{{ x }}\"",
    "[]",
    "[null, [], {}, 1, true, \"\"]",
    "[[[[[[\"a\"]]]]]]",
    "{}",
    "{\"\": \"\"}",
    "{\"x\": {\"x\": {\"x\": []}}}",
    "{\"x\": [{\"x\": null}]}",
    "{\"Name\": 1, \"name\": 2, \"base\": [], \"size\": {}, \"gc\": [], \"path\": {}}",
    "null",
];

/// Every object of the tables, filled with `value` at one key.
fn texts(key: &Key, value: &str) -> Vec<String> {
    let mut texts = vec![format!("\"{}\": {value}", key.name)];
    for child in key.children() {
        for inner in texts_of(child, value, 3) {
            for shape in ["{}", "{\"a\": {}}", "[{}]"] {
                texts.push(format!("\"{}\": {}", key.name, shape.replace("{}", &format!("{{{inner}}}"))));
            }
        }
    }
    texts
}

fn texts_of(key: &Key, value: &str, depth: usize) -> Vec<String> {
    let mut texts = vec![format!("\"{}\": {value}", key.name)];
    for child in key.children().iter().filter(|_| depth > 0) {
        for inner in texts_of(child, value, depth - 1) {
            texts.push(format!("\"{}\": {{{inner}}}", key.name));
            texts.push(format!("\"{}\": [{{{inner}}}]", key.name));
        }
    }
    texts
}

#[test]
fn every_key_survives_every_value() {
    let config = everything();
    for key in keys::all().chain(keys::retired()) {
        for value in VALUES {
            for text in texts(key, value) {
                let document = Arc::new(Document::parse("daemon.json", format!("{{{text}}}"), Language::Daemon));
                for finding in check(&document, &config, &NoFiles) {
                    let range = std::ops::Range::<usize>::from(finding.range);
                    assert!(document.text().get(range).is_some(), "{text}");
                    assert!(!finding.message.ends_with('.') && !finding.message.contains('\n'), "{}", finding.message);
                    // Only what the daemon refuses is of that category, and that is always an error.
                    assert!(finding.category != Category::Syntax || finding.level == Level::Error, "{text}");
                }
                fix_document(&document, &config, &NoFiles, Safety::Unsafe);
            }
        }
    }
}

#[test]
fn a_wrong_type_is_found_at_every_key() {
    for key in keys::all() {
        let wrong = match key.ty {
            Type::Bool | Type::Integer(..) => "[]",
            Type::String(_) | Type::Map(_) | Type::Object(_) => "[true]",
            Type::List(_) => "true",
            Type::Either(_) | Type::Any => continue,
        };
        let text = format!("{{\"{}\": {wrong}}}", key.name);
        assert!(rules(&text).contains(&"wrong-type"), "{text}: {:?}", rules(&text));
    }
}

#[test]
fn deep_and_large_files_end() {
    for depth in [90, 120, 5000] {
        let deep = format!("{{\"builder\": {}1{}}}", "{\"gc\": ".repeat(depth), "}".repeat(depth));
        findings(&deep);
        findings(&format!("{{\"dns\": {}{}}}", "[".repeat(depth), "]".repeat(depth)));
    }
    let many = |entry: &dyn Fn(usize) -> String| {
        let mut text = "{".to_owned();
        for index in 0..3000 {
            write!(text, "{}{}", if index == 0 { "" } else { ",\n" }, entry(index)).unwrap();
        }
        findings(&(text + "}")).len()
    };
    assert!(many(&|_| "\"host\": []".to_owned()) > 1);
    assert!(many(&|index| format!("\"debugg{index}\": 1")) >= 3000);
    assert!(many(&|_| "\"runtimes\": {\"a\": {}, \"b\": {}}".to_owned()) > 1);
    let pools = vec!["{\"base\": \"10.0.0.0/8\", \"size\": 24}"; 3000].join(",");
    assert!(findings(&format!("{{\"default-address-pools\": [{pools}]}}")).len() > 100);
}
