//! `drive-like-volume`: a volume with a name of one letter, which is read as a Windows drive.

use crate::compose::{MountKind, Service, Syntax};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "drive-like-volume",
    summary: "A volume with a name of one letter, which is read as a Windows drive",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("drive_like_volume.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for mount in service.mounts().iter().filter(|mount| mount.syntax == Syntax::Short) {
        let Some(first) = mount.source.as_ref().or(mount.target.as_ref()) else { continue };
        let Some(text) = first.known() else { continue };
        let Some((letter, rest)) = text.split_once(':').filter(|(letter, _)| letter.len() == 1) else { continue };
        if !rest.starts_with('/') {
            continue;
        }
        let Some(volume) = service.top_level("volumes", letter) else { continue };
        let what = match mount.kind {
            MountKind::Bind => "so that path of the host is mounted",
            _ => "so a new volume is mounted at that path",
        };
        let message = format!("`{text}` is read as a path on the Windows drive `{letter}`, {what}, and not the volume `{letter}`");
        value::report_at(cx, mount.place, mount.alias, message)
            .help("Give the volume a name of several letters, or use the long syntax (`type: volume`)")
            .related_at(volume.key_place, "the volume that is meant");
    }
}
