//! After an error, the rest of the file is read.

use super::super::{View, Yaml, parse};

const GOOD: &str = "\
services:
  web:
    image: nginx
    restart: always
    command: [\"a\", \"b\"]
    ports:
      - 80:80
      - 81:81
  db:
    image: postgres
    environment:
      A: one
volumes:
  data: {}
";

/// All values with the keys that lead to them.
fn paths(yaml: &Yaml) -> Vec<String> {
    fn add(view: View<'_>, path: &str, found: &mut Vec<String>) {
        if let Some(text) = view.text() {
            found.push(format!("{path} = {text}"));
        }
        view.items().for_each(|item| add(item, &format!("{path}[]"), found));
        view.entries().for_each(|entry| add(entry.value, &format!("{path}.{}", entry.name().unwrap_or("?")), found));
    }
    let mut found = Vec::new();
    yaml.roots().for_each(|root| add(root, "", &mut found));
    found
}

/// Replaces a line of the good file and expects one error, at `at`, and every value but those of the line.
#[track_caller]
fn heals(line: &str, broken: &str, at: &str, lost: &[&str]) {
    let text = GOOD.replacen(line, broken, 1);
    assert_ne!(text, GOOD);
    let yaml = parse(&text);
    let places: Vec<_> = yaml.errors().iter().map(|error| &text[error.range]).collect();
    assert_eq!(places, [at], "{text}");
    let found = paths(&yaml);
    let missing: Vec<_> = paths(&parse(GOOD)).into_iter().filter(|path| !found.contains(path)).collect();
    assert_eq!(missing, lost, "{text}");
}

#[test]
fn a_half_typed_key() {
    heals("    restart: always\n", "    restart\n", "restart", &[".services.web.restart = always"]);
}

#[test]
fn an_unclosed_double_quote() {
    heals("    restart: always\n", "    restart: \"always\n", "\"", &[".services.web.restart = always"]);
}

#[test]
fn an_unclosed_flow_sequence() {
    heals(
        "    command: [\"a\", \"b\"]\n",
        "    command: [\"a\", \"b\"\n",
        "[",
        &[".services.web.command[] = a", ".services.web.command[] = b"],
    );
}

#[test]
fn one_space_too_deep() {
    heals("    restart: always\n", "     restart: always\n", "restart: always", &[".services.web.restart = always"]);
}

#[test]
fn a_tab_instead_of_spaces() {
    heals("    restart: always\n", "\trestart: always\n", "\t", &[".services.web.restart = always"]);
}

#[test]
fn a_second_colon() {
    heals("    restart: always\n", "    restart: always: never\n", ":", &[".services.web.restart = always"]);
}

#[test]
fn errors_further_down_are_told_too() {
    let text = GOOD.replacen("restart: always", "restart: \"always", 1).replacen("A: one", "A: @one", 1);
    let yaml = parse(&text);
    let places: Vec<_> = yaml.errors().iter().map(|error| &text[error.range]).collect();
    assert_eq!(places, ["\"", "@"]);
    assert!(paths(&yaml).contains(&".services.db.image = postgres".to_owned()));
}

#[test]
fn what_a_lost_line_defined_is_no_second_error() {
    let text = "a: &base: [x\nb:\n  c: 1\nd: *base\n";
    let kinds: Vec<_> = parse(text).errors().iter().map(|error| error.kind.name()).collect();
    assert!(!kinds.contains(&"undefined-alias"), "{kinds:?}");
    // With `db` lost, both mappings would be one.
    let text = "s:\n  web:\n    image: a\n  db: \"\n    image: b\n";
    let kinds: Vec<_> = parse(text).errors().iter().map(|error| error.kind.name()).collect();
    assert_eq!(kinds, ["invalid-yaml"]);
}

#[test]
fn a_file_that_cannot_be_healed_keeps_its_beginning() {
    let text = format!("a: 1\nb: 2\n{}", "c: @\n".repeat(20));
    let yaml = parse(&text);
    assert_eq!(yaml.root().unwrap().get("b").and_then(View::text), Some("2"));
    assert!(!yaml.errors().is_empty());
}
