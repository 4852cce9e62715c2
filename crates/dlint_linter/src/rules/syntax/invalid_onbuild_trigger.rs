//! `invalid-onbuild-trigger`: `ONBUILD` of an instruction that cannot be put off.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-onbuild-trigger",
    summary: "`ONBUILD` of an instruction that cannot be put off",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3043",
        "dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED",
        "dockerfile-utils:ONBUILD_CHAINING_DISALLOWED",
    ],
    docs: include_str!("invalid_onbuild_trigger.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
