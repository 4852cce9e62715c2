//! `unnamed-tls-files`: a daemon with TLS whose certificates are not named.

use crate::daemon::{DaemonConfig, TlsMode};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::list;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unnamed-tls-files",
    summary: "TLS is on, and the file does not name the certificates",
    category: Category::Syntax,
    level: Level::Error,
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
    let Some(switch) = config.setting("tlsverify").or_else(|| config.setting("tls")) else { return };
    // Only switched on by an option of the command line, TLS has files that are looked for in a home folder.
    let own: Vec<&str> = ["tlscert", "tlskey"].into_iter().filter(|key| config.setting(key).is_none()).collect();
    if !own.is_empty() {
        let message = format!("TLS is on without {}, and the daemon does not start", list(own, "and"));
        cx.report(switch.range, message).help("Name the files, with absolute paths");
    } else if config.tls() == TlsMode::Verified && config.setting("tlscacert").is_none() {
        let message = "clients are let in with the certificate of any authority that this host trusts, for there is no `tlscacert`";
        cx.report(switch.range, message)
            .category(Category::Security)
            .level(Level::Warning)
            .help("Name the authority that signs the certificates of your clients, with an absolute path");
    }
}
