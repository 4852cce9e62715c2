//! `invalid-image-reference`: an image reference that does not follow the grammar.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-image-reference",
    summary: "An image reference that does not follow the grammar",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:INVALID_REFERENCE_FORMAT", "dockerfile-utils:BASE_NAME_EMPTY"],
    docs: include_str!("invalid_image_reference.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
