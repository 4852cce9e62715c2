//! `persistent-debian-frontend`: `DEBIAN_FRONTEND` that stays in the image.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "persistent-debian-frontend",
    summary: "`DEBIAN_FRONTEND` that stays in the image",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("persistent_debian_frontend.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Env(env) = &instruction.kind else { return };
    for pair in env.pairs.iter().filter(|pair| pair.key.text == "DEBIAN_FRONTEND" && pair.value.text.starts_with("non")) {
        cx.report(pair.range, "`DEBIAN_FRONTEND` stays in the image, where `apt-get` then never asks anything")
            .help("Set it for the build only: `ARG DEBIAN_FRONTEND=noninteractive`");
    }
}
