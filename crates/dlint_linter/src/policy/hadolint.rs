//! What hadolint checks by default, and at which level: as hadolint 2.15 reports it.

use super::codes;
use crate::diagnostic::Level;
use crate::rule::RuleId;

/// Checks of hadolint that are off until somebody configures them: inline ignores, types of labels, health checks. The rules
/// for trusted registries and for which labels there have to be and may be are on, since they, too, say nothing until they are configured.
const OFF: [&str; 10] =
    ["DL1001", "DL3051", "DL3052", "DL3053", "DL3054", "DL3055", "DL3056", "DL3057", "DL3058", "DL1000"];

const ERRORS: [&str; 13] = [
    "DL3000", "DL3004", "DL3011", "DL3012", "DL3020", "DL3021", "DL3023", "DL3024", "DL3043", "DL3044", "DL3061",
    "DL4000", "DL4004",
];

const NOTES: [&str; 11] =
    ["DL3001", "DL3009", "DL3010", "DL3015", "DL3019", "DL3047", "DL3049", "DL3050", "DL3059", "DL3060", "DL3066"];

/// The level of a rule that stands for a check of hadolint; the gravest where it stands for several.
pub(super) fn level(rule: RuleId) -> Option<Level> {
    codes(rule, "hadolint").filter(|code| !OFF.contains(code)).map(of_code).max()
}

fn of_code(code: &str) -> Level {
    match code {
        code if ERRORS.contains(&code) => Level::Error,
        // What hadolint calls style is a hint.
        "DL3048" => Level::Hint,
        code if NOTES.contains(&code) => Level::Info,
        _ => Level::Warning,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{RuleId, level};
    use crate::diagnostic::Level;

    #[test]
    fn levels_are_hadolints() {
        let of = |name| level(RuleId::of_name(name).unwrap());
        assert_eq!(of("untagged-image"), Some(Level::Warning));
        assert_eq!(of("missing-healthcheck"), None, "off in hadolint");
        assert_eq!(of("docker-socket-mount"), None, "unknown to hadolint");
    }
}
