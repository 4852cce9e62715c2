//! The reading API: aliases, merge keys, ranges.

use super::super::{Kind, Scalar, ScalarStyle, Style, View, Yaml, parse};
use crate::text::TextRange;

fn read(text: &str) -> Yaml {
    let yaml = parse(text);
    assert_eq!(yaml.errors(), [], "{text}");
    yaml
}

fn at<'y>(yaml: &'y Yaml, path: &[&str]) -> View<'y> {
    path.iter().fold(yaml.root().unwrap(), |view, key| view.get(key).unwrap_or_else(|| panic!("no {key}")))
}

fn slice(yaml: &Yaml, range: TextRange) -> &str {
    &yaml.text()[range]
}

const MERGES: &str = "\
x-base: &base
  user: app
  restart: always
x-log: &log {driver: json-file, restart: 'no'}
services:
  web:
    image: web
    <<: [*base, *log]
    user: root
  db:
    <<: *base
  inline:
    <<: {a: 1, b: 2}
    b: 3
";

#[test]
fn merge_keys_are_resolved_on_reading() {
    let yaml = read(MERGES);
    let web = at(&yaml, &["services", "web"]);
    let names: Vec<_> = web.entries().map(|entry| entry.name().unwrap()).collect();
    assert_eq!(names, ["image", "user", "restart", "driver"]);
    assert_eq!(web.get("user").unwrap().text(), Some("root"), "an own key wins");
    assert_eq!(web.get("restart").unwrap().text(), Some("always"), "the first of a list wins");
    assert_eq!(web.get("<<").map(View::range), None);

    let own: Vec<_> = web.own_entries().map(|entry| entry.name().unwrap()).collect();
    assert_eq!(own, ["image", "<<", "user"]);
    assert!(web.own_entries().nth(1).unwrap().is_merge());
}

#[test]
fn a_merged_entry_tells_where_it_is_written_and_how_it_came() {
    let yaml = read(MERGES);
    let driver = at(&yaml, &["services", "web"]).entry("driver").unwrap();
    assert_eq!(slice(&yaml, driver.range()), "driver: json-file");
    assert!(driver.range().start() < yaml.text().find("services").map(|at| (at as u32).into()).unwrap());
    let via = driver.via().unwrap();
    assert_eq!(slice(&yaml, via), "*log");
    assert_eq!(driver.value.via(), Some(via));
    assert_eq!(at(&yaml, &["services", "web"]).entry("image").unwrap().via(), None);

    let inline = at(&yaml, &["services", "inline"]);
    let merged: Vec<_> =
        inline.entries().map(|entry| (slice(&yaml, entry.range()), entry.via().map(|via| slice(&yaml, via)))).collect();
    assert_eq!(merged, [("b: 3", None), ("a: 1", Some("<<"))]);
}

#[test]
fn aliases_are_looked_through() {
    let yaml = read("a: &env [x, {k: v}]\nb: *env\nc: &s text\nd: *s\n");
    let b = at(&yaml, &["b"]);
    assert_eq!((slice(&yaml, b.range()), b.alias(), b.kind()), ("*env", Some("env"), Kind::Sequence));
    assert_eq!(b.via(), None, "the alias itself is where the reader is");
    let item = b.items().nth(1).unwrap();
    assert_eq!(item.via(), Some(b.range()));
    assert_eq!(slice(&yaml, item.range()), "{k: v}");
    assert_eq!(item.get("k").unwrap().via(), Some(b.range()));
    assert_eq!(b.resolve().anchor().unwrap().0, "env");
    assert_eq!(slice(&yaml, b.resolve().full_range()), "&env [x, {k: v}]");
    assert_eq!(at(&yaml, &["d"]).as_str(), Some("text"));
}

#[test]
fn the_first_alias_on_the_way_is_the_one_that_is_told() {
    let yaml = read("a: &a {k: v}\nb: &b {in: *a}\nc: *b\n");
    let value = at(&yaml, &["c", "in", "k"]);
    assert_eq!(slice(&yaml, value.range()), "v");
    assert_eq!(slice(&yaml, value.via().unwrap()), "*b");
}

#[test]
fn ranges_cover_whole_tokens() {
    let yaml = read("'k' : \"a\\tb\"\nlit: |- # note\n  one\n  two\n\n\nnext:   # none\nlast: !reset\n");
    let k = at(&yaml, &["k"]);
    assert_eq!(
        (slice(&yaml, k.range()), k.text(), k.scalar_style()),
        ("\"a\\tb\"", Some("a\tb"), Some(ScalarStyle::DoubleQuoted))
    );
    let literal = at(&yaml, &["lit"]);
    assert_eq!((slice(&yaml, literal.range()), literal.text()), ("|- # note\n  one\n  two", Some("one\ntwo")));
    assert_eq!(slice(&yaml, literal.block_scalar_header().unwrap()), "|-");
    let root = yaml.root().unwrap();
    let entries: Vec<_> = root.entries().map(|entry| slice(&yaml, entry.range())).collect();
    assert_eq!(entries, ["'k' : \"a\\tb\"", "lit: |- # note\n  one\n  two", "next:", "last: !reset"]);
    let next = at(&yaml, &["next"]);
    let colon = u32::try_from(yaml.text().find("next:").unwrap()).unwrap() + 5;
    assert_eq!(next.range(), TextRange::empty(colon.into()));
    assert!(next.is_null());
    let last = at(&yaml, &["last"]);
    assert_eq!((last.tag().unwrap().0, last.is_null()), ("!reset", true));
    assert_eq!(slice(&yaml, last.full_range()), "!reset");
}

#[test]
fn collections_run_from_the_first_token_to_the_last_value() {
    let yaml =
        read("list:\n- a\n-\n- k: v\n  # note\n  w: x # note\nmap:\n    ? q\n    : r\nflow: [ 1, {a, b: }, c: d ]\n");
    let list = at(&yaml, &["list"]);
    assert_eq!(slice(&yaml, list.range()), "- a\n-\n- k: v\n  # note\n  w: x");
    assert_eq!((list.style(), list.indentation()), (Some(Style::Block), Some(0)));
    let items: Vec<_> = list.items_with_range().map(|(_, range)| slice(&yaml, range)).collect();
    assert_eq!(items, ["- a", "-", "- k: v\n  # note\n  w: x"]);
    assert_eq!(list.items().nth(2).unwrap().indentation(), Some(2));
    assert_eq!(slice(&yaml, at(&yaml, &["map"]).range()), "? q\n    : r");
    let flow = at(&yaml, &["flow"]);
    assert_eq!((slice(&yaml, flow.range()), flow.indentation()), ("[ 1, {a, b: }, c: d ]", None));
    let written: Vec<_> = flow.items().map(|item| slice(&yaml, item.range())).collect();
    assert_eq!(written, ["1", "{a, b: }", "c: d"]);
    let inner: Vec<_> = flow
        .items()
        .nth(1)
        .unwrap()
        .entries()
        .map(|entry| (slice(&yaml, entry.range()), entry.colon().is_some()))
        .collect();
    assert_eq!(inner, [("a", false), ("b:", true)]);
}

#[test]
fn comments_come_in_order() {
    let yaml = read("# one\na: 1 # two\n  # three\nb: '# no'\nc: x#no\n");
    let comments: Vec<_> =
        yaml.comments().iter().map(|comment| (slice(&yaml, comment.range), comment.own_line)).collect();
    assert_eq!(comments, [("# one", true), ("# two", false), ("# three", true)]);
}

#[test]
fn documents_are_kept_apart() {
    let yaml = read("a: 1\n---\nb: 2\n...\n---\n");
    let roots: Vec<_> = yaml.roots().map(|root| slice(&yaml, root.range())).collect();
    assert_eq!(roots, ["a: 1", "b: 2", ""]);
    assert!(read("# nothing\n").documents().is_empty());
    assert!(read("").root().is_none());
}

#[test]
fn lines_for_fixes() {
    let yaml = read("a:\n  b: 1 # why\n  c: 2\nd: {e: 1, f: 2}\ng: end");
    let a = at(&yaml, &["a"]);
    assert_eq!(a.indentation(), Some(2));
    assert_eq!(usize::from(a.insertion_offset().unwrap()), yaml.text().find("d:").unwrap());
    let b = a.entry("b").unwrap();
    assert_eq!(slice(&yaml, a.whole_lines(b.range()).unwrap()), "  b: 1 # why\n");
    let d = at(&yaml, &["d"]);
    assert_eq!(d.insertion_offset(), None);
    assert_eq!(d.whole_lines(d.entry("e").unwrap().range()), None);
    assert_eq!(usize::from(yaml.root().unwrap().insertion_offset().unwrap()), yaml.text().len());
}

#[test]
fn scalars_resolve_as_in_go() {
    for (text, wanted) in [
        ("", Scalar::Null),
        ("~", Scalar::Null),
        ("NULL", Scalar::Null),
        ("nUll", Scalar::Str),
        ("true", Scalar::Bool(true)),
        ("False", Scalar::Bool(false)),
        ("yes", Scalar::Str),
        ("off", Scalar::Str),
        ("0", Scalar::Int(0)),
        ("+12", Scalar::Int(12)),
        ("0777", Scalar::Int(0o777)),
        ("0o777", Scalar::Int(0o777)),
        ("-0x1F", Scalar::Int(-31)),
        ("0b101", Scalar::Int(5)),
        ("1_000", Scalar::Int(1000)),
        ("18446744073709551615", Scalar::Int(u64::MAX.into())),
        ("+18446744073709551615", Scalar::Float(18_446_744_073_709_551_615.0)),
        ("1234567890123456789012", Scalar::Float(1_234_567_890_123_456_789_012.0)),
        ("08", Scalar::Float(8.0)),
        ("3.8", Scalar::Float(3.8)),
        (".5", Scalar::Float(0.5)),
        ("1.", Scalar::Float(1.0)),
        ("1e3", Scalar::Float(1000.0)),
        ("1e999", Scalar::Str),
        ("-.INF", Scalar::Float(f64::NEG_INFINITY)),
        (".inf", Scalar::Float(f64::INFINITY)),
        ("22:22", Scalar::Str),
        ("1.2.3", Scalar::Str),
        ("0x", Scalar::Str),
        ("--1", Scalar::Str),
        ("-", Scalar::Str),
        ("2020-01-01", Scalar::Timestamp),
        ("2020-1-1T1:2:3Z", Scalar::Timestamp),
        ("2020-01-01 10:00:00.5", Scalar::Timestamp),
        ("2021-02-29", Scalar::Str),
        ("2020-01-01T10:00:00", Scalar::Str),
    ] {
        assert_eq!(Scalar::of_plain(text), wanted, "{text}");
    }
    assert!(matches!(Scalar::of_plain(".NaN"), Scalar::Float(number) if number.is_nan()));
    let yaml =
        read("a: '5'\nb: !!str 5\nc: !!float 5\nd: !custom 5\ne: ! 5\nf: !!int '5'\ng: !custom\nh: !!other null\n");
    let types: Vec<_> = yaml.root().unwrap().entries().map(|entry| entry.value.scalar().unwrap()).collect();
    let (text, five) = (Scalar::Str, Scalar::Int(5));
    assert_eq!(types, [text, text, Scalar::Float(5.0), text, five, five, text, text]);
}
