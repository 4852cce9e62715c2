//! ShellCheck, where the user has it: the scripts of a Dockerfile as it reads them, and its findings as diagnostics.
//!
//! Nothing here runs it; only the command line may start a program. It asks for the [`scripts`] of a document, hands their
//! [`ShellScript::text`] to ShellCheck, and gives back what that says as [`Finding`]s, which [`diagnostics`] puts at their places in
//! the Dockerfile. [`merge`] puts them among the findings of [`check()`](crate::check()).

mod script;

use dlint_syntax::TextRange;
use serde::Deserialize;

use crate::check::sort;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::document::Document;
use crate::rule::RuleId;

pub use script::{ShellScript, scripts};

/// The rule whose findings these are.
const RULE: &str = "shellcheck";

/// What ShellCheck can say that means nothing here: it cannot follow a file that only the image has (1090, 1091), and it misses the
/// `#!` line that a `RUN` has no need of (1128, 2148, 2187, 2239).
pub const EXCLUDED: [u32; 6] = [1090, 1091, 1128, 2148, 2187, 2239];

/// A finding of ShellCheck, as its format `json1` gives it. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The line in the text that it was given.
    pub line: u32,
    /// The line of its end.
    pub end_line: u32,
    /// The column.
    pub column: u32,
    /// The column of its end.
    pub end_column: u32,
    /// `error`, `warning`, `info` or `style`.
    pub level: String,
    /// The number after `SC`.
    pub code: u32,
    /// What is wrong.
    pub message: String,
}

/// The rule, if the configuration has it on.
pub fn is_enabled(config: &Config) -> bool {
    RuleId::of_name(RULE).is_some_and(|rule| config.enabled.contains(rule))
}

/// Switches the rule on.
pub fn enable(config: &mut Config) {
    if let Some(rule) = RuleId::of_name(RULE) {
        config.enabled.insert(rule);
    }
}

/// The diagnostics for what ShellCheck says of a script of the document.
pub fn diagnostics(
    document: &Document,
    config: &Config,
    script: &ShellScript,
    findings: &[Finding],
) -> Vec<Diagnostic> {
    // It has no ratings.
    if config.min_rating.is_some() {
        return Vec::new();
    }
    let Some(rule) = RuleId::of_name(RULE).filter(|rule| config.enabled.contains(*rule)) else { return Vec::new() };
    let wanted =
        |finding: &&Finding| !EXCLUDED.contains(&finding.code) && !config.options.shellcheck.excludes(finding.code);
    let of_finding = |finding: &Finding| {
        let range = script.place((finding.line, finding.column), (finding.end_line, finding.end_column))?;
        let level = match finding.level.as_str() {
            "error" => Level::Error,
            "warning" => Level::Warning,
            "info" => Level::Info,
            _ => Level::Hint,
        };
        let code = format!("SC{}", finding.code);
        Some(Diagnostic {
            rule,
            category: rule.rule().category,
            level: config.level(rule).unwrap_or(level),
            cvss: None,
            range: within(document, range),
            message: format!("{} (shellcheck:{code})", finding.message.trim().trim_end_matches('.')),
            help: Some(format!("https://www.shellcheck.net/wiki/{code}")),
            related: Vec::new(),
            fixes: Vec::new(),
            codes: &[],
            hidden: None,
        })
    };
    findings.iter().filter(wanted).filter_map(of_finding).collect()
}

/// The number after `SC` of a diagnostic that is ShellCheck's.
pub(crate) fn code(diagnostic: &Diagnostic) -> Option<u32> {
    let (_, code) = diagnostic.message.rsplit_once("(shellcheck:SC").filter(|_| diagnostic.rule().name == RULE)?;
    code.strip_suffix(')')?.parse().ok()
}

/// A range that a document surely has.
fn within(document: &Document, range: TextRange) -> TextRange {
    let end = dlint_syntax::TextSize::of(&**document.text());
    TextRange::new(range.start().min(end), range.end().min(end))
}

/// Puts ShellCheck's diagnostics among those of [`check()`](crate::check()). What a rule of dlint's has found at the same place, it does
/// not say again.
pub fn merge(mut diagnostics: Vec<Diagnostic>, external: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if external.is_empty() {
        return diagnostics;
    }
    let is_told = |it: &Diagnostic| {
        let Some(alias) = it.message.rsplit_once(" (").map(|(_, alias)| alias.trim_end_matches(')')) else {
            return false;
        };
        diagnostics
            .iter()
            .any(|other| other.rule().aliases.contains(&alias) && other.range.intersect(it.range).is_some())
    };
    let new: Vec<Diagnostic> = external.into_iter().filter(|it| !is_told(it)).collect();
    diagnostics.extend(new);
    sort(&mut diagnostics);
    diagnostics
}
