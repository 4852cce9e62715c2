//! Fingerprints of findings: what says that a finding is the same as one of yesterday, though lines were moved.

use dlint_syntax::TextSize;
use dlint_syntax::hash::{HashMap, HashMapExt};

use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// The fingerprints of the findings of a document, in their order, which has to be that of their places:
/// `0123456789abcdef:1`. The first part is made of the rule and the text of the finding's first line without the blanks
/// around it; the second says which of those that share it this is, from 1. Neither the path nor the number of the line
/// is in it, and nothing of a secret.
pub fn fingerprints<'d>(document: &Document, diagnostics: impl Iterator<Item = &'d Diagnostic> + Clone) -> Vec<String> {
    let masked = document.masked_text(diagnostics.clone());
    let text = masked.as_deref().unwrap_or(document.text());
    let mut counts: HashMap<u64, usize> = HashMap::new();
    // Many findings may be in one long line.
    let mut last: Option<(u32, u64)> = None;
    diagnostics
        .map(|diagnostic| {
            let line = line_of(document, diagnostic.range.start());
            let of_line = match last {
                Some((number, hash)) if number == line => hash,
                _ => hash(START, line_text(document, text, line).trim().as_bytes()),
            };
            last = Some((line, of_line));
            let hash = hash(hash(of_line, b"\0"), diagnostic.rule().name.as_bytes());
            let count = counts.entry(hash).or_default();
            *count += 1;
            format!("{hash:016x}:{count}")
        })
        .collect()
}

fn line_of(document: &Document, offset: TextSize) -> u32 {
    document.position(offset).line - 1
}

fn line_text<'t>(document: &Document, text: &'t str, line: u32) -> &'t str {
    document.lines().line(line).and_then(|range| text.get(std::ops::Range::<usize>::from(range))).unwrap_or_default()
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, which is the same on every machine and in every version.
fn hash(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{START, fingerprints, hash};
    use crate::{Config, Document, Language, NoFiles, check};

    fn of(text: &str) -> Vec<String> {
        let document = Document::parse("Dockerfile", text, Language::Dockerfile);
        let mut config = Config::default();
        config.select(&["untagged-image".to_owned(), "literal-secret".to_owned()]).expect("rules");
        fingerprints(&document, check(&document, &config, &NoFiles).iter())
    }

    // Test vectors of the hash's authors.
    #[test]
    fn the_hash_is_the_one_it_says() {
        assert_eq!(hash(START, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(START, b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn moved_lines_keep_theirs() {
        let old = of("FROM alpine\nUSER a\n");
        assert_eq!(old.len(), 1);
        assert!(old[0].ends_with(":1"));
        assert_eq!(of("# more\n\n  FROM alpine\r\nUSER a\n"), old);
        assert_ne!(of("FROM debian\n"), old);
    }

    #[test]
    fn the_same_twice_is_two() {
        let both = of("FROM alpine\nFROM alpine\n");
        assert_eq!(both.len(), 2);
        assert_eq!(both[0].replace(":1", ":2"), both[1]);
    }

    #[test]
    fn a_secret_is_not_in_it() {
        let one = of("FROM alpine:3\nENV DB_PASSWORD=correcthorsebattery\n");
        assert_eq!(one.len(), 1);
        assert_eq!(one, of("FROM alpine:3\nENV DB_PASSWORD=batterycorrecthorse\n"));
    }
}
