//! `redundant-target-platform`: `--platform=$TARGETPLATFORM`, which is the default.

use dlint_syntax::{TextRange, TextSize};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "redundant-target-platform",
    summary: "`--platform=$TARGETPLATFORM`, which is the default",
    category: Category::Style,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["hadolint:DL3065", "buildkit:RedundantTargetPlatform"],
    docs: include_str!("redundant_target_platform.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let instruction = node.stage.from(node.file);
    let Some(flag) = instruction.flag("platform") else { return };
    let Some(value) = &flag.value else { return };
    // A global argument of that name is another variable.
    if !matches!(value.text.as_str(), "$TARGETPLATFORM" | "${TARGETPLATFORM}")
        || node.model.globals.find("TARGETPLATFORM").is_some()
    {
        return;
    }
    let rest = cx.text(TextRange::new(flag.range.end(), instruction.range.end()));
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let place = TextRange::new(flag.range.start(), flag.range.end() + TextSize::new(blanks as u32));
    cx.report(flag.range, format!("`{}` is the default", value.text))
        .help("Delete the flag")
        .safe_fix("Delete the flag", Edit::delete(place));
}
