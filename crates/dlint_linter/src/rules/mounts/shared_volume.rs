//! `shared-volume`: a volume that several services write.


use dlint_syntax::hash::{HashMap, HashMapExt, HashSet, HashSetExt};
use crate::compose::{MountKind, Place, Project};
use crate::diagnostic::{Category, Level};
use crate::isolation::SEPARATION;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "shared-volume",
    summary: "Several services may write the same volume",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(SEPARATION),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["kics:8c978947"],
    docs: include_str!("shared_volume.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut writers: HashMap<String, (Place, String)> = HashMap::new();
    let mut told = HashSet::new();
    for service in &project.services {
        for mount in service.mounts() {
            let Some(source) = mount.source.as_ref().filter(|_| mount.read_only == Some(false)) else { continue };
            let Some(name) = source.known().filter(|_| mount.kind == MountKind::Volume) else { continue };
            match writers.get(name) {
                None => {
                    writers.insert(name.to_owned(), (source.place, service.name.to_string()));
                }
                Some((first, other)) if *other != service.name && told.insert(name.to_owned()) => {
                    value::report_at(cx, source.place, mount.alias, format!("services `{other}` and `{}` both write the volume `{}`", service.name, shorten(name)))
                        .help("Mount it read-only where it is only read")
                        .related_at(*first, "the other one");
                }
                _ => {}
            }
        }
    }
}
