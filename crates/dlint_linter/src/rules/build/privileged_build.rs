//! `privileged-build`: a build step runs without the limits of a container.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "privileged-build",
    summary: "A build step runs without the limits of a container",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("privileged_build.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    if !matches!(instruction.kind, Kind::Run(_)) {
        return;
    }
    let is_insecure = |value: &dlint_syntax::dockerfile::Word| value.text == "insecure";
    if let Some(flag) = instruction.flag("security").filter(|flag| flag.value.as_ref().is_some_and(is_insecure)) {
        cx.report(flag.range, "this step runs with every right: what it runs controls the machine that builds")
            .help("Find out which right the step needs, and do that part outside of the build");
    }
}
