//! `add-instead-of-copy`: `ADD` of plain files.

use dlint_syntax::dockerfile::{Instruction, Kind, Source};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "add-instead-of-copy",
    summary: "`ADD` of plain files",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["hadolint:DL3020", "trivy:DS-0005", "checkov:CKV_DOCKER_4", "kics:Add Instead of Copy", "semgrep:prefer-copy-over-add", "cis:4.9"],
    docs: include_str!("add_instead_of_copy.md"),
    on: &[On::Instruction(instruction)],
};

/// How the names of files end that `ADD` unpacks: tar archives, plain or compressed, and packages that are such archives under another name (of
/// Ruby, Rust and Alpine, and virtual machines). `ADD` looks at the content.
const ARCHIVES: [&str; 21] = [
    ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".tb2", ".xz", ".txz", ".zst", ".tzst", ".lz", ".lzma", ".tlz", ".z", ".taz", ".gem",
    ".crate", ".apk", ".ova", ".box",
];

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Add(add) = &instruction.kind else { return };
    let only_add = ["checksum", "keep-git-dir", "unpack"];
    if add.sources.is_empty() || add.destination.is_none() || instruction.flags.iter().any(|it| only_add.contains(&it.name.text.as_str())) {
        return;
    }
    let paths = || add.sources.iter().filter_map(|source| match source {
        Source::Path(word) => Some(word.text.as_str()),
        Source::Heredoc(_) => None,
    });
    if !paths().all(is_plain_file) {
        return;
    }
    let keyword = instruction.keyword.range;
    let written = &instruction.keyword.text;
    let copy = if written.bytes().all(|byte| byte.is_ascii_lowercase()) { "copy" } else { "COPY" };
    let is_sure = paths().all(is_surely_no_archive);
    let mut report = cx.report(keyword, "nothing here is downloaded or unpacked, so `COPY` does the same");
    report.help("Write `COPY`, which does nothing else");
    let edit = Edit::replace(keyword, copy);
    if is_sure {
        report.safe_fix(format!("Write `{copy}`"), edit);
    } else {
        report.unsafe_fix(format!("Write `{copy}`"), edit);
    }
}

/// Whether a source is a path of the build context that does not look like an archive.
fn is_plain_file(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let is_remote = ["://", ".git#"].iter().any(|part| lower.contains(part)) || lower.starts_with("git@");
    let is_archive = ARCHIVES.iter().chain(&[".git"]).any(|end| lower.ends_with(end));
    let is_pattern_of_archives = lower.contains(".tar") && lower.contains('*');
    !(is_remote || is_archive || is_pattern_of_archives || lower.contains('$'))
}

/// Whether it cannot be a file that `ADD` would unpack: that is told by its content, which a name without an ending, or a
/// pattern, says nothing of.
fn is_surely_no_archive(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let has_ending = name.trim_start_matches('.').rsplit_once('.').is_some_and(|(_, end)| end.len() < 6 && end.bytes().all(|byte| byte.is_ascii_alphanumeric()) && end.bytes().any(|byte| byte.is_ascii_alphabetic()));
    name.is_empty() || name == "." || name == ".." || has_ending
}
