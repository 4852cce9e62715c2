//! Nothing panics, nothing hangs, and every range is one, whatever the text.
//!
//! By default a small run over `fixtures/`. For a large one:
//!
//! ```sh
//! DLINT_CORPUS=FOLDER DLINT_MUTATIONS=100000 DLINT_PREFIXES=200 DLINT_SEED=1 \
//!     cargo test --release -p dlint_linter --test robustness -- --nocapture
//! ```
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dlint_linter::fix::fix_document;
use dlint_linter::{Config, Document, Language, NoFiles, RuleId, Safety, check};

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().map_or(default, |value| value.parse().unwrap())
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Language, Vec<u8>)>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if Language::is_candidate(&path) {
            let bytes = std::fs::read(&path).unwrap();
            if let Some(language) = Language::detect(&path, &String::from_utf8_lossy(&bytes)) {
                files.push((path, language, bytes));
            }
        }
    }
}

fn corpus() -> Vec<(PathBuf, Language, Vec<u8>)> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures"), &mut files);
    if let Some(folder) = std::env::var_os("DLINT_CORPUS") {
        collect(Path::new(&folder), &mut files);
    }
    assert!(!files.is_empty());
    files
}

/// Checks and fixes a document with every rule on, and looks at what comes of it.
fn exercise(path: &Path, language: Language, bytes: &[u8], config: &Config) {
    let start = Instant::now();
    let document = Arc::new(Document::parse_bytes(path, bytes.to_vec(), language));
    let text = document.text();
    let in_text = |range: dlint_syntax::TextRange| {
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{range:?} is no range of the text");
    };
    for diagnostic in check(&document, config, &NoFiles) {
        in_text(diagnostic.range);
        assert!(!diagnostic.message.is_empty() && !diagnostic.message.ends_with('.'), "{}", diagnostic.message);
        diagnostic.related.iter().filter(|it| it.document.is_none()).for_each(|it| in_text(it.range));
        diagnostic.fixes.iter().flat_map(|fix| &fix.edits).for_each(|edit| in_text(edit.range));
    }
    if let Some((file, _)) = document.dockerfile() {
        let mut at = 0;
        for token in &file.tokens {
            assert_eq!(usize::from(token.range.start()), at, "tokens tile the text");
            at = usize::from(token.range.end());
        }
        assert_eq!(at, text.len(), "tokens tile the text");
    }
    fix_document(&document, config, &NoFiles, Safety::Unsafe);
    // No measure of speed: only far beyond anything a busy machine explains.
    assert!(start.elapsed() < Duration::from_secs(60), "{} took {:?}", path.display(), start.elapsed());
}

fn everything() -> Config {
    let mut config = Config::default();
    config.enabled = RuleId::all().collect();
    config
}

#[test]
fn whole_files_and_their_prefixes() {
    let config = everything();
    let files = corpus();
    for (path, language, bytes) in &files {
        exercise(path, *language, bytes, &config);
    }
    let count = number("DLINT_PREFIXES", 3);
    let step = (files.len() / count.max(1)).max(1);
    for (path, language, bytes) in files.iter().step_by(step).take(count) {
        for end in 0..bytes.len() {
            exercise(path, *language, &bytes[..end], &config);
        }
    }
}

#[test]
fn mutated_files() {
    let config = everything();
    let files = corpus();
    let seed = number("DLINT_SEED", 42) as u64;
    let mut rng = fastrand::Rng::with_seed(seed);
    for round in 0..number("DLINT_MUTATIONS", 400) {
        let (path, language, bytes) = &files[rng.usize(..files.len())];
        let mutated = mutate(bytes, &files, &mut rng);
        let result = std::panic::catch_unwind(|| exercise(path, *language, &mutated, &config));
        if result.is_err() {
            let text = String::from_utf8_lossy(&mutated);
            panic!("round {round} with seed {seed}, from {}:\n{text}", path.display());
        }
    }
}

/// What tends to confuse parsers.
const PIECES: [&str; 40] = [
    "\\\n",
    "`\n",
    "# escape=`\n",
    "<<EOF\n",
    "<<-\"E O\"",
    "EOF\n",
    "${",
    "${A:-",
    "}",
    "$",
    "$(",
    "`",
    "\"",
    "'",
    "[\"",
    "\"]",
    "{",
    "}",
    "---\n",
    "\t",
    "&a ",
    "*a",
    "<<: *a\n",
    "<<: [*a, *b]\n",
    "- ",
    ": ",
    "? ",
    "|\n",
    ">-\n",
    "!reset ",
    "\u{feff}",
    "\r\n",
    "\0",
    "é",
    "🐳",
    "--mount=type=",
    "--from=0 ",
    "ONBUILD ",
    "FROM ",
    "\u{2028}",
];

fn mutate(bytes: &[u8], files: &[(PathBuf, Language, Vec<u8>)], rng: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = bytes[..bytes.len().min(6000)].to_vec();
    for _ in 0..rng.usize(1..6) {
        let at = rng.usize(..=bytes.len());
        let end = (at + rng.usize(..20)).min(bytes.len());
        match rng.u8(..7) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, PIECES[rng.usize(..PIECES.len())].bytes())),
            2 => drop(bytes.splice(at..end, PIECES[rng.usize(..PIECES.len())].bytes())),
            3 => {
                let copy = bytes[at..end].to_vec();
                let to = rng.usize(..=bytes.len());
                drop(bytes.splice(to..to, copy));
            }
            4 if at < bytes.len() => bytes[at] = rng.u8(..),
            5 => {
                let other = &files[rng.usize(..files.len())].2;
                let from = rng.usize(..=other.len());
                let piece = other[from..(from + 60).min(other.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
    }
    bytes
}
