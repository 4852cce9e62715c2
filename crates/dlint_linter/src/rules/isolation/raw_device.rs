//! `raw-device`: a disk or the memory of the host.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{DISCLOSURE, NEIGHBOURS, TAKEOVER, devices};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "raw-device",
    summary: "A container gets a disk or the memory of the host",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(TAKEOVER),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0016", "cis:5.18"],
    docs: include_str!("raw_device.md"),
    on: &[On::Service(service)],
};

/// Names under `/dev` that begin with one of these and go on with the letter or number of a device.
const DISKS: [&str; 14] = ["dm-", "hd", "loop", "md", "mmcblk", "mtdblock", "nbd", "nvme", "rbd", "sd", "vd", "xvd", "zd", "sr"];

/// Folders of such devices, and single ones.
const OTHERS: [&str; 11] = [
    "/dev", "/dev/block", "/dev/disk", "/dev/mapper", "/dev/md", "/dev/zvol", "/dev/nbd", "/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg",
];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for (path, place, alias, rights) in devices(service) {
        if !rights.contains(['r', 'w', 'W']) || !is_raw(&path) {
            continue;
        }
        let may = if rights.contains(['w', 'W']) { "reads and writes" } else { "reads" };
        let message = format!("service `{}` {may} `{}` past every right of the host's files", service.name, shorten(&path));
        let mut report = value::report_at(cx, place, alias, message);
        report.help("Mount the file system on the host and give the container a folder of it; what only asks a disk for its health does so from the host");
        if is_optical(&path) {
            report.level(Level::Info).cvss(NEIGHBOURS);
        } else if !rights.contains(['w', 'W']) {
            report.cvss(DISCLOSURE);
        }
    }
}

fn is_raw(path: &str) -> bool {
    let inner = |folder: &&str| path.strip_prefix(*folder).is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && *folder != "/dev"));
    let name = path.strip_prefix("/dev/").filter(|name| !name.contains('/'));
    let is_disk = |name: &str| {
        DISKS.iter().any(|disk| {
            let rest = name.strip_prefix(disk);
            // `sda`, `vda` and the like have a letter, the others a number.
            let has_letter = matches!(*disk, "hd" | "sd" | "vd" | "xvd");
            rest.is_some_and(|rest| rest.starts_with(|first: char| if has_letter { first.is_ascii_lowercase() } else { first.is_ascii_digit() }))
        })
    };
    OTHERS.iter().any(inner) || name.is_some_and(is_disk)
}

/// A drive for discs holds nothing of the host.
fn is_optical(path: &str) -> bool {
    path.starts_with("/dev/sr")
}
