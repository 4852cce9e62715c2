//! The rules, a folder a topic, two files a rule: `name.rs` with its metadata and code, `name.md` with its page.
//!
//! To add one, run `cargo xtask new-rule TOPIC NAME`, which writes both files and the line below.

use crate::rule::Rule;

macro_rules! rules {
    ($($topic:ident { $($rule:ident),* $(,)? })*) => {
        $(
            #[doc = concat!("Rules of the topic `", stringify!($topic), "`.")]
            pub mod $topic {
                $(pub mod $rule;)*
            }
        )*

        const COUNT: usize = 0 $($(+ { let _ = &$topic::$rule::RULE; 1 })*)*;

        const SORTED: [(&Rule, &str); COUNT] = sorted([$($((&$topic::$rule::RULE, stringify!($topic))),*),*]);

        /// All rules, in the order of their names.
        pub static RULES: [&Rule; COUNT] = {
            let mut rules = [SORTED[0].0; COUNT];
            let mut i = 0;
            while i < COUNT {
                rules[i] = SORTED[i].0;
                i += 1;
            }
            rules
        };
    };
}

rules! {
    image { floating_tag, untagged_image }
    syntax { missing_from, unknown_instruction }
}

/// The folder of a rule's files below `rules/`.
pub fn topic(rule: &Rule) -> &'static str {
    SORTED.binary_search_by(|(other, _)| other.name.cmp(rule.name)).map_or("", |index| SORTED[index].1)
}

/// Sorts the rules by name, at compile time, so that a rule can be found by its name and reports are in a stable order.
const fn sorted<const N: usize>(mut rules: [(&'static Rule, &'static str); N]) -> [(&'static Rule, &'static str); N] {
    let mut i = 1;
    while i < N {
        let mut j = i;
        while j > 0 && is_less(rules[j].0.name.as_bytes(), rules[j - 1].0.name.as_bytes()) {
            let swap = rules[j];
            rules[j] = rules[j - 1];
            rules[j - 1] = swap;
            j -= 1;
        }
        i += 1;
    }
    rules
}

const fn is_less(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] < b[i];
        }
        i += 1;
    }
    a.len() < b.len()
}
