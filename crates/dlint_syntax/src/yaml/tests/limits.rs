//! Hostile files end soon, with an error where one is due.

use super::super::{ErrorKind, MAX_BYTES, MAX_DEPTH, MAX_EXPANDED_NODES, Yaml, parse};

fn kinds(yaml: &Yaml) -> Vec<ErrorKind> {
    yaml.errors().iter().map(|error| error.kind).collect()
}

/// Reads everything that can be reached, aliases and merge keys included.
fn reachable(yaml: &Yaml) -> usize {
    let mut stack: Vec<_> = yaml.roots().collect();
    let mut count = 0;
    while let Some(view) = stack.pop() {
        count += 1;
        stack.extend(view.items());
        stack.extend(view.entries().flat_map(|entry| [entry.key, entry.value]));
    }
    count
}

#[test]
fn a_billion_laughs() {
    let mut text = "a0: &a0 [lol, lol]\n".to_owned();
    for level in 1..40 {
        let below = level - 1;
        text += &format!("a{level}: &a{level} [*a{below}, *a{below}, *a{below}]\n");
    }
    let yaml = parse(&text);
    assert_eq!(kinds(&yaml), [ErrorKind::Limit]);
    assert!(reachable(&yaml) <= MAX_EXPANDED_NODES as usize + yaml.node_count());
}

#[test]
fn a_billion_merges() {
    let mut text = "a0: &a0 {k: v}\n".to_owned();
    for level in 1..40 {
        let below = level - 1;
        text += &format!("a{level}: &a{level} {{<<: [*a{below}, *a{below}, *a{below}], k{level}: v}}\n");
    }
    let yaml = parse(&text);
    assert_eq!(kinds(&yaml), [ErrorKind::Limit]);
    assert!(reachable(&yaml) <= MAX_EXPANDED_NODES as usize);
}

#[test]
fn a_chain_of_aliases_is_not_followed_for_ever() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..1000 {
        text += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    assert_eq!(kinds(&parse(&text)), [ErrorKind::Limit]);
}

#[test]
fn many_aliases_of_something_small_are_fine() {
    let yaml = parse(&format!("a: &a {{x: 1}}\nl:\n{}", "- *a\n".repeat(10_000)));
    assert_eq!(kinds(&yaml), []);
    assert_eq!(yaml.root().unwrap().get("l").unwrap().items().filter_map(|item| item.get("x")).count(), 10_000);
}

#[test]
fn nesting_is_limited() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(kinds(&parse(&deep(MAX_DEPTH))), []);
    assert_eq!(kinds(&parse(&deep(MAX_DEPTH + 1))), [ErrorKind::Limit]);
    let blocks: String = (0..500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for text in [deep(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), "? ".repeat(10_000), blocks] {
        assert_eq!(kinds(&parse(&text)), [ErrorKind::Limit]);
    }
}

#[test]
fn comments_are_no_reason_to_refuse_a_file() {
    assert_eq!(kinds(&parse(&format!("a:\n{}  b: 1\n", "  # c\n".repeat(2_000)))), []);
}

#[test]
fn large_files_are_read() {
    let text = "service:\n  image: nginx\n".len();
    let lines: String = (0..20_000).map(|number| format!("s{number}:\n  image: nginx\n")).collect();
    assert!(lines.len() > 20_000 * text / 2);
    let yaml = parse(&lines);
    assert_eq!((kinds(&yaml), yaml.root().unwrap().entries().len()), (vec![], 20_000));
}

#[test]
fn what_is_larger_than_anybody_writes_is_not_read() {
    let fits = format!("a: {}", "x".repeat(MAX_BYTES - 3));
    assert_eq!(kinds(&parse(&fits)), []);
    let yaml = parse(&(fits + "x"));
    assert_eq!(kinds(&yaml), [ErrorKind::Limit]);
    assert!(yaml.root().is_none());
}
