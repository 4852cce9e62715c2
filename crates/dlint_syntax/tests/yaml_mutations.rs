//! Whatever the text, reading YAML ends, does not panic, and gives ranges that hold.
//!
//! `DLINT_MUTATIONS` is the number of mutated texts (default 3,000), `DLINT_SEED` the start of their sequence.

use dlint_syntax::TextRange;
use dlint_syntax::yaml::{self, Kind, View, Yaml, json_errors};

const SAMPLES: &[&str] = &[
    "x-base: &base\n  user: app # who\n  restart: always\nx-log: &log {driver: json-file, options: {max-size: '10m'}}\nservices:\n  web:\n    <<: [*base, *log]\n    image: \"nginx:1.27\"\n    ports:\n    - 8080:80\n    - target: 443\n      published: \"8443\"\n    command: [\"sh\", -c, 'echo it''s']\n    environment: &env\n      A: é\u{1F600}\n      B:\n      C: !!str 5\n  db:\n    <<: *base\n    environment: *env\n    entrypoint: |-\n      one\n\n      two\n    labels: >+\n      folded\n      text\n\nvolumes:\n  data: {}\n",
    "%TAG ! tag:x,2000:\n--- # first\na: &a [1, [2, {b: c, ? d : e}], f: g,\n]\n? complex\n: - value\n  - - nested\n    -\n...\n---\n\"k\\u00e9y\" : *a\nplain text: over\n  two lines\nnot: !reset null\n",
    "{\n  \"hosts\": [\"unix:///run/docker.sock\", \"tcp://0.0.0.0:2375\"],\n  \"log-opts\": {\"max-size\": \"10m\", \"é\": \"\\u00e9\\n\"},\n  \"debug\": true, \"n\": -1.5e3\n}\n",
    "\u{feff}a:\r\n  b: 1\r\n  c: |\r\n    x\r\n    y\r\nd: \"q\\\r\n  r\"\r\n",
];

const PIECES: &[&str] = &[
    ":",
    ": ",
    "- ",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "\t",
    "#",
    " #",
    "&a ",
    "*a",
    "!t ",
    "|",
    ">",
    "? ",
    "%",
    "@",
    "---\n",
    "...\n",
    ",",
    "\\",
    "  ",
    "\n",
    "\r",
    "é",
    "\u{1F600}",
    "<<: ",
    "*",
    "&",
    "!",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "~",
    "<<: *base\n",
    "\"\\x4",
    "*base",
    "&base ",
];

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("it is below a usize")
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutate(text: &mut String, random: &mut Random) {
    let at = random.below(text.len() + 1);
    let at = boundary(text, at);
    match random.below(5) {
        0 | 1 => text.insert_str(at, PIECES[random.below(PIECES.len())]),
        2 => {
            let end = boundary(text, (at + random.below(12)).min(text.len())).max(at);
            text.replace_range(at..end, "");
        }
        3 => {
            let end = boundary(text, (at + random.below(60)).min(text.len())).max(at);
            let part = text[at..end].to_owned();
            let to = random.below(text.len() + 1);
            text.insert_str(boundary(text, to), &part);
        }
        _ => {
            let end = boundary(text, (at + 1).min(text.len())).max(at);
            text.replace_range(at..end, PIECES[random.below(PIECES.len())]);
        }
    }
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn hold(text: &str, range: TextRange, what: &str) {
    assert!(text.get(usize::from(range.start())..usize::from(range.end())).is_some(), "{what} {range:?} of {text:?}");
}

fn check_view(yaml: &Yaml, view: View<'_>) {
    let text = yaml.text();
    hold(text, view.range(), "node");
    hold(text, view.full_range(), "node with properties");
    let outer = view.range();
    let inside = |inner: TextRange| assert!(outer.contains_range(inner), "{inner:?} is not in {outer:?} of {text:?}");
    if view.alias().is_none() {
        let mut end = outer.start();
        for (item, range) in view.items_with_range() {
            hold(text, range, "item");
            inside(range);
            inside(item.full_range());
            assert!(range.start() >= end, "items overlap in {text:?}");
            end = range.end();
        }
        for entry in view.own_entries() {
            hold(text, entry.range(), "entry");
            inside(entry.range());
            assert!(entry.range().contains_range(entry.key.full_range()), "key outside of its entry in {text:?}");
            assert!(entry.range().contains_range(entry.value.range()), "value outside of its entry in {text:?}");
            assert!(entry.key.range().end() <= entry.value.range().start(), "value before its key in {text:?}");
            assert!(entry.range().start() >= end, "entries overlap in {text:?}");
            end = entry.range().end();
        }
    }
    for entry in view.entries() {
        assert!(!entry.is_merge());
        if let Some(name) = entry.name() {
            assert!(view.get(name).is_some(), "{name} in {text:?}");
        }
    }
    if let Some(at) = view.insertion_offset() {
        hold(text, TextRange::empty(at), "insertion");
    }
    let _ = (view.scalar(), view.tag(), view.anchor(), view.block_scalar_header(), view.whole_lines(view.range()));
    assert!(view.kind() != Kind::Unknown || view.alias().is_some());
}

fn check(text: &str) {
    let yaml = yaml::parse(text);
    assert_eq!(yaml.text(), text);
    for root in yaml.roots() {
        for view in root.walk() {
            check_view(&yaml, view);
        }
    }
    for comment in yaml.comments() {
        hold(text, comment.range, "comment");
    }
    for error in yaml.errors() {
        hold(text, error.range, &error.message);
        assert!(!error.message.is_empty());
        if let Some((range, _)) = &error.related {
            hold(text, *range, "related");
        }
    }
    for error in json_errors(text) {
        hold(text, error.range, &error.message);
    }
}

#[test]
fn every_prefix_and_suffix_is_read() {
    for sample in SAMPLES {
        for (at, _) in sample.char_indices() {
            check(&sample[..at]);
            check(&sample[at..]);
        }
    }
}

#[test]
fn mutated_texts_are_read() {
    let count = number("DLINT_MUTATIONS", 3_000);
    let seed = number("DLINT_SEED", 1);
    let mut samples: Vec<String> = SAMPLES.iter().map(|&sample| sample.to_owned()).collect();
    if let Some(list) = std::env::var_os("DLINT_SAMPLES") {
        let list = std::fs::read_to_string(list).expect("a file with a list of files");
        samples.extend(
            list.lines().filter_map(|path| std::fs::read_to_string(path).ok()).filter(|text| text.len() < 8_000),
        );
    }
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..count {
        let mut text = samples[random.below(samples.len())].clone();
        for _ in 0..=random.below(4) {
            mutate(&mut text, &mut random);
        }
        check(&text);
    }
}
