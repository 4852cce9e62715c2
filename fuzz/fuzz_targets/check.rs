//! Whatever the bytes, checking them ends without a panic, and the tokens of a Dockerfile tile its text.
#![no_main]

use dlint_linter::{Config, Document, Language, NoFiles, RuleId, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let language = Language::ALL[usize::from(*first) % 3];
    let document = Document::parse_bytes("input", rest.to_vec(), language);
    let mut config = Config::default();
    config.enabled = RuleId::all().collect();
    for diagnostic in check(&document, &config, &NoFiles) {
        let _ = document.slice(diagnostic.range);
        let _ = document.position(diagnostic.range.end());
    }
    if let Some((file, _)) = document.dockerfile() {
        let mut at = 0;
        for token in &file.tokens {
            assert_eq!(usize::from(token.range.start()), at);
            at = usize::from(token.range.end());
        }
        assert_eq!(at, document.text().len());
    }
});
