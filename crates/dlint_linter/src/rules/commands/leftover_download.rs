//! `leftover-download`: an archive that was unpacked, and stays in the image.

use crate::diagnostic::{Category, Level};
use crate::downloads::{file_name};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "leftover-download",
    summary: "An archive stays in the image after it was unpacked",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("leftover_download.md"),
    on: &[On::Download(command)],
};

const ARCHIVES: [&str; 14] = [
    ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".tar.zst", ".zip", ".deb", ".rpm", ".apk", ".7z", ".jar.gz",
];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if !node.run.is_shipped {
        return;
    }
    let Some(download) = node.download() else { return };
    for file in download.files() {
        let name = file_name(file);
        if name.contains('$') || !ARCHIVES.iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let unpacked = node.later().find(|later| unpacks(later, name));
        let Some(unpacked) = unpacked.filter(|_| !is_gone(node, file, name)) else { continue };
        cx.report(download.program.range(), format!("`{name}` stays in the image after it was unpacked"))
            .related(unpacked.command.range(), "unpacked here")
            .help("Remove it in the same `RUN`, or pipe the download into the program that unpacks it");
        return;
    }
}

/// Whether a command takes an archive apart or installs it.
fn unpacks(node: &CommandNode<'_, '_>, name: &str) -> bool {
    const PROGRAMS: [&str; 14] = [
        "tar", "bsdtar", "unzip", "7z", "7za", "dpkg", "rpm", "apt-get", "apt", "dnf", "yum", "gdebi", "zypper", "apk",
    ];
    PROGRAMS.contains(&node.name()) && mentions(node, name)
}

fn mentions(node: &CommandNode<'_, '_>, name: &str) -> bool {
    node.command.words().iter().any(|word| {
        let text = node.value(word).unwrap_or_else(|| word.unquoted().into_owned());
        file_name(&text) == name || (text.contains('*') && matches_end(&text, name))
    })
}

/// Whether a pattern such as `*.deb` may match a name.
fn matches_end(pattern: &str, name: &str) -> bool {
    let pattern = file_name(pattern);
    let (before, after) = (pattern.split('*').next().unwrap_or(""), pattern.rsplit('*').next().unwrap_or(""));
    name.starts_with(before) && name.ends_with(after)
}

/// Whether a later command removes or moves the file, or may; or it lies in a mount.
fn is_gone(node: &CommandNode<'_, '_>, file: &str, name: &str) -> bool {
    let path = node.run.absolute(file);
    let kinds = ["cache", "tmpfs"];
    let is_mounted = match &path {
        Some(path) => node.run.mounts_over(&kinds, path).next().is_some(),
        // The folder may be the mount.
        None => node.run.run.mounts.iter().any(|mount| kinds.contains(&mount.kind().as_str())),
    };
    let moves = || node.run.nodes().any(|other| matches!(other.name(), "cd" | "pushd"));
    let is_removed = |later: CommandNode<'_, '_>| match later.name() {
        "rm" | "unlink" | "shred" => {
            let covers = match &path {
                // Nobody knows where a relative path leads after `cd`.
                Some(path) => later.removes(path) || (moves() && removes_some_folder(&later, |target| !target.starts_with('/'))),
                None => removes_some_folder(&later, |target| !target.starts_with("/var/")),
            };
            covers || mentions(&later, name)
        }
        "mv" => mentions(&later, name),
        other => other == "find" || other.contains("clean"),
    };
    is_mounted || node.later().any(is_removed)
}

/// Whether a command removes a folder that may be the one in which a file is whose folder is not known.
fn removes_some_folder(node: &CommandNode<'_, '_>, may_be_it: impl Fn(&str) -> bool) -> bool {
    let Some(program) = node.program else { return false };
    let is_recursive =
        program.words.iter().any(|word| word.text().starts_with('-') && word.text().contains(['r', 'R']));
    let mut targets = program.words.iter().filter(|word| !word.text().starts_with('-'));
    is_recursive && targets.any(|word| may_be_it(word.text()))
}
