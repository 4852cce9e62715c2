//! `unknown-instruction`.

use dlint_syntax::dockerfile::ErrorKind;

use crate::diagnostic::{Category, Level};
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-instruction",
    summary: "summary",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_instruction.md"),
    on: &[On::Syntax(ErrorKind::UnknownInstruction)],
};
