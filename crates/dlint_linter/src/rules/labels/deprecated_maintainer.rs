//! `deprecated-maintainer`: `MAINTAINER`, which is deprecated.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "deprecated-maintainer",
    summary: "`MAINTAINER`, which is deprecated",
    category: Category::Maintainability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["hadolint:DL4000", "buildkit:MaintainerDeprecated", "trivy:DS-0022", "checkov:CKV_DOCKER_6", "kics:MAINTAINER Instruction Being Used", "semgrep:maintainer-is-deprecated", "dockerfile-utils:DEPRECATED_MAINTAINER"],
    docs: include_str!("deprecated_maintainer.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Maintainer(maintainer) = &instruction.kind else { return };
    let place = instruction.range;
    let label = maintainer.as_ref().and_then(|word| {
        let text = word.text.trim();
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        let is_plain = !text.is_empty() && !text.contains(['"', '\\', '$', '`']) && !text.chars().any(char::is_control);
        is_plain.then(|| format!("LABEL org.opencontainers.image.authors=\"{text}\""))
    });
    let mut report = cx.report(instruction.keyword.range, "`MAINTAINER` is deprecated");
    report.help("Write a label: `LABEL org.opencontainers.image.authors=\"…\"`");
    if let Some(label) = label {
        // The image loses its author, which `docker inspect` tells, and gets a label.
        report.unsafe_fix("Write a label", Edit::replace(TextRange::new(place.start(), place.end()), label));
    }
}
