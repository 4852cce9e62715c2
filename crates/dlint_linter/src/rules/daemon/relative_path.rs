//! `relative-path`: a path whose meaning depends on where the program was started.

use crate::daemon::{DaemonConfig, Format, Json, Type, is_template};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "relative-path",
    summary: "A path whose meaning depends on where the program was started",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("relative_path.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for value in &config.values {
        let is_refused = match value.ty {
            Type::String(Format::Path) => false,
            Type::String(Format::AbsolutePath) => true,
            _ => continue,
        };
        let Json::String(text) = Json::of(value.value) else { continue };
        if text.is_empty() || is_absolute(text) || is_template(text) || is_word(value.key.name, text) {
            continue;
        }
        if value.key.name == "userland-proxy-path" && !config.is_on("userland-proxy") {
            // Not looked at.
            continue;
        }
        let mut report =
            cx.report(value.value.range(), format!("`{}` is the relative path `{}`", value.path, shorten(text)));
        report.help(match (text.starts_with('~'), is_refused) {
            (true, _) => "The daemon does not replace `~`; write the path from the root on",
            (false, true) => "The daemon does not start; write the path from the root on",
            (false, false) => "It is looked up in the folder in which the daemon was started; write the path from the root on",
        });
        if !is_refused {
            report.category(Category::Correctness).level(Level::Warning);
        }
    }
}

/// Whether a path is absolute, on Unix or on Windows.
fn is_absolute(text: &str) -> bool {
    let is_drive = || matches!(text.as_bytes(), [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic());
    text.starts_with(['/', '\\', '%']) || is_drive()
}

/// Whether it is no path at all but a word that the key takes.
fn is_word(key: &str, text: &str) -> bool {
    key == "seccomp-profile" && matches!(text, "builtin" | "unconfined")
}
