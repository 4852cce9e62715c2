//! `shellcheck`: what ShellCheck itself says, where the user has it.

use serde::Deserialize;

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "shellcheck",
    summary: "What ShellCheck says of the scripts, if it is asked with `--shellcheck`",
    category: Category::Correctness,
    level: Level::Warning,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("shellcheck.md"),
    on: &[On::External(&[Language::Dockerfile])],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Codes that are not reported: `SC2086`.
    pub exclude: Vec<Code>,
}

impl Options {
    /// Whether a code is not reported.
    pub fn excludes(&self, code: u32) -> bool {
        self.exclude.contains(&Code(code))
    }
}

/// The code of a check of ShellCheck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
#[serde(try_from = "String")]
pub struct Code(u32);

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.strip_prefix("SC").or_else(|| text.strip_prefix("sc")).unwrap_or(&text);
        match digits.parse() {
            Ok(code @ 1000..=3999) => Ok(Self(code)),
            _ => Err(format!("`{text}` is no code of ShellCheck; they look like `SC2086`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn codes_are_read_with_and_without_their_letters() {
        let options: Options = toml::from_str("exclude = [\"SC2086\", \"1091\"]").unwrap_or_default();
        assert!(options.excludes(2086) && options.excludes(1091) && !options.excludes(2046));
        assert!(toml::from_str::<Options>("exclude = [\"DL3008\"]").is_err());
    }
}
