//! `unnamed-tls-files`: a daemon that looks for its certificates in a home folder.

use crate::daemon::{DaemonConfig, TlsMode};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::list;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unnamed-tls-files",
    summary: "TLS is on, and the daemon looks for its certificates in a home folder",
    category: Category::Reliability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unnamed_tls_files.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.tls() == TlsMode::Off {
        return;
    }
    let needs: &[&str] = if config.tls() == TlsMode::Verified { &["tlscacert", "tlscert", "tlskey"] } else { &["tlscert", "tlskey"] };
    let missing: Vec<&str> = needs.iter().copied().filter(|key| config.setting(key).is_none()).collect();
    let Some(switch) = config.setting("tlsverify").or_else(|| config.setting("tls")).filter(|_| !missing.is_empty()) else { return };
    let keys = list(missing, "and");
    cx.report(switch.range, format!("TLS is on without {keys}, so that the daemon looks in `.docker` of its user's home folder"))
        .help("Name the files, with absolute paths");
}
