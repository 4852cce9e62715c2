//! `constant-platform`: a base image for one platform only.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "constant-platform",
    summary: "A base image for one platform only",
    category: Category::Maintainability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3029", "buildkit:FromPlatformFlagConstDisallowed", "kics:Using Platform Flag with FROM Command", "semgrep:avoid-platform-with-from"],
    docs: include_str!("constant_platform.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let Some(flag) = node.stage.from(node.file).flag("platform") else { return };
    let Some(value) = flag.value.as_ref().filter(|value| !value.text.is_empty() && !value.text.contains('$')) else { return };
    // A stage that says in its name for which platform it is means it.
    let name = node.stage.name.as_deref().unwrap_or_default();
    if value.text.split('/').take(2).any(|part| !part.is_empty() && name.contains(&part.to_ascii_lowercase())) {
        return;
    }
    cx.report(flag.range, format!("the stage is built for `{}`, whatever platform is asked for", value.text))
        .help("Leave the platform to `docker build --platform`, or use `$BUILDPLATFORM` for a stage that runs on the builder");
}
