//! Safe fixes converge, and add no error.
#![no_main]

use std::sync::Arc;

use dlint_linter::fix::fix_document;
use dlint_linter::{Config, Document, Language, Level, NoFiles, RuleId, Safety, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let language = Language::ALL[usize::from(*first) % 3];
    let document = Arc::new(Document::parse("input", text, language));
    let mut config = Config::default();
    config.enabled = RuleId::all().collect();
    let errors = |document: &Document| {
        check(document, &config, &NoFiles).iter().filter(|diagnostic| diagnostic.level == Level::Error).count()
    };
    let fixed = fix_document(&document, &config, &NoFiles, Safety::Safe);
    assert!(errors(&fixed.document) <= errors(&document), "a safe fix adds an error");
    assert!(fix_document(&fixed.document, &config, &NoFiles, Safety::Safe).applied.is_empty(), "not idempotent");
});
