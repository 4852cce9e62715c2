//! `writable-file-mount`: a settings file of the host that a container may change.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::FILES;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "writable-file-mount",
    summary: "A container may change a settings file that it only reads",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(FILES),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["owasp:8"],
    docs: include_str!("writable_file_mount.md"),
    on: &[On::Service(service)],
};

/// Endings of files that programs read and people write.
const SETTINGS: [&str; 16] =
    ["cert", "cfg", "cnf", "conf", "crt", "env", "ini", "json", "key", "pem", "properties", "sql", "toml", "xml", "yaml", "yml"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for mount in service.mounts() {
        let Some(source) = mount.host_source().filter(|_| mount.read_only == Some(false)) else { continue };
        let Some(path) = source.known() else { continue };
        let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
        if ending.is_some_and(|ending| SETTINGS.contains(&ending)) {
            value::report_at(cx, source.place, mount.alias, format!("service `{}` may change `{}` on the host", service.name, shorten(path)))
                .help("Mount it read-only: `:ro`");
        }
    }
}
