//! `executable-tmpfs`: a file system in memory from which programs may be run.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::FILES;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "executable-tmpfs",
    summary: "Programs may be run from a file system in memory",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(FILES),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0022"],
    docs: include_str!("executable_tmpfs.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for tmpfs in service.list("tmpfs") {
        let Some((path, options)) = tmpfs.known().and_then(|text| text.split_once(':')) else { continue };
        let last = |on: &str, off: &str| options.split(',').rfind(|option| *option == on || *option == off) == Some(on);
        let what = match (last("exec", "noexec"), last("suid", "nosuid")) {
            (_, true) => "hold setuid programs, with which a user becomes root",
            (true, _) => "hold programs, as which an intruder's are run first",
            _ => continue,
        };
        value::report(cx, &tmpfs, format!("`{}` may {what}", shorten(path)))
            .help("Leave the option out, unless the service unpacks programs there: Docker then mounts it with `noexec,nosuid`");
    }
}
