//! `invalid-expose-port`: a port that `EXPOSE` cannot read.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-expose-port",
    summary: "A port that `EXPOSE` cannot read",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3011",
        "hadolint:DL1000",
        "trivy:DS-0008",
        "semgrep:invalid-port",
        "dockerfile-utils:INVALID_PORT",
        "dockerfile-utils:INVALID_PROTO",
    ],
    docs: include_str!("invalid_expose_port.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
