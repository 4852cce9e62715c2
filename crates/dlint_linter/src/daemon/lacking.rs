//! What a `daemon.json` should say and does not.

use dlint_syntax::{TextRange, TextSize};

use super::config::DaemonConfig;
use super::edit;
use crate::diagnostic::Fix;
use crate::rule::{Context, Report};

/// A switch that is not as it should be: it has the other value, or is absent.
pub(crate) struct Switch {
    /// The key.
    pub(crate) key: &'static str,
    /// The value that it should have.
    pub(crate) wanted: bool,
}

/// Reports a switch at its value, or at the brace that opens the file if it is absent, with a fix; nothing if it is as it should be, or if its value cannot
/// be read.
pub(crate) fn report_switch<'r>(
    cx: &'r mut Context<'_>,
    config: &DaemonConfig<'_>,
    switch: &Switch,
    message: &str,
) -> Option<Report<'r>> {
    let Switch { key, wanted } = *switch;
    if let Some(setting) = config.setting(key) {
        if setting.as_bool() != Some(!wanted) {
            return None;
        }
        let range = setting.value_range();
        let mut report = cx.report(range, message);
        let edit = crate::diagnostic::Edit::replace(range, wanted.to_string());
        report.fix(Fix::unsafe_(format!("Set it to `{wanted}`"), vec![edit]));
        return Some(report);
    }
    Some(report_absent(cx, config, message, &format!("\"{key}\": {wanted}")))
}

/// Reports what is absent, at the brace that opens the file. `text`: what a fix adds.
pub(crate) fn report_absent<'r>(
    cx: &'r mut Context<'_>,
    config: &DaemonConfig<'_>,
    message: &str,
    text: &str,
) -> Report<'r> {
    let mut report = cx.report(opening(config), message);
    // One that is `null` is absent as well, and a second one of its name would not help.
    let is_there = config.entries.iter().any(|entry| text.starts_with(&format!("\"{}\"", entry.name)));
    if let Some(edit) = edit::insert(config.root, text).filter(|_| !is_there) {
        report.fix(Fix::unsafe_(format!("Add `{text}`"), vec![edit]));
    }
    report
}

/// The brace that opens the file, or what there is instead of it.
pub(crate) fn opening(config: &DaemonConfig<'_>) -> TextRange {
    let range = config.root.range();
    if config.root.kind() == dlint_syntax::yaml::Kind::Mapping && !range.is_empty() {
        TextRange::at(range.start(), TextSize::new(1))
    } else {
        range
    }
}
