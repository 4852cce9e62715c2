//! `stage-number-as-image`: a number that is taken for the name of an image.

use dlint_syntax::dockerfile::{Instruction, Kind, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "stage-number-as-image",
    summary: "A number that is taken for the name of an image",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("stage_number_as_image.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let words: Vec<&Word> = match &instruction.kind {
        Kind::From(from) => from.image.iter().collect(),
        Kind::Run(run) => run.mounts.iter().filter_map(|mount| mount.option(&["from"])?.value.as_ref()).collect(),
        _ => return,
    };
    for word in words {
        if !word.text.is_empty() && word.text.len() < 4 && word.text.bytes().all(|byte| byte.is_ascii_digit()) {
            cx.report(word.range, format!("`{}` is an image of that name here, not a stage", word.text))
                .help("Give the stage a name, `FROM … AS name`, and use that; only `COPY --from` takes numbers");
        }
    }
}
