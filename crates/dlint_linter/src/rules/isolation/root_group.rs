//! `root-group`: a container whose process is in a group that may much.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::ROOT;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::user::UserSpec;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "root-group",
    summary: "A container's process is in a group of root or of an administrator",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(ROOT),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("root_group.md"),
    on: &[On::Service(service)],
};

/// What being in a group of the image means.
const GROUPS: [(&str, &str); 8] = [
    ("0", "many files of an image may be written by group 0"),
    ("root", "many files of an image may be written by group 0"),
    ("disk", "it may read and write whole disks"),
    ("kmem", "it may read the kernel's memory"),
    ("shadow", "it may read the passwords of all accounts"),
    ("docker", "with Docker's socket it is as good as root of the host"),
    ("sudo", "it may become root"),
    ("wheel", "it may become root"),
];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for group in service.list("group_add") {
        let Some((name, means)) = group.known().and_then(|name| GROUPS.iter().find(|(it, _)| *it == name)) else { continue };
        value::report(cx, &group, format!("service `{}` is in the group `{name}`: {means}", service.name))
            .help("Delete the entry, and give the files that are needed to a group of their own");
    }
    let Some(user) = service.user() else { return };
    let Some(text) = user.known() else { return };
    let spec = UserSpec::new(text);
    if let Some(group) = spec.group.filter(|group| ["0", "root"].contains(group) && !spec.is_root()) {
        value::report(cx, &user, format!("service `{}` runs in the group `{group}`, whose files are root's", service.name))
            .help("Name a group of its own, unless the image is made for group 0, as those for OpenShift are")
            .level(Level::Info);
    }
}
