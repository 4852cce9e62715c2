//! `system-workdir`: a working directory in a folder that belongs to the kernel or to the boot.

use dlint_syntax::dockerfile::{Instruction, Kind, remove_quotes};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::shell::is_windows;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "system-workdir",
    summary: "A working directory in a folder of the kernel",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["trivy:DS-0030"],
    docs: include_str!("system_workdir.md"),
    on: &[On::Instruction(instruction)],
};

/// What is mounted over when a container starts, or has no use in one.
const FOLDERS: [&str; 6] = ["/proc", "/sys", "/dev", "/boot", "/lost+found", "/initrd"];

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Workdir(Some(path)) = &instruction.kind else { return };
    if !FOLDERS.iter().any(|folder| path.text.contains(folder)) {
        return;
    }
    let escape = cx.document.dockerfile().map(|(file, _)| file.escape).unwrap_or_default();
    let text = remove_quotes(&path.text, escape);
    let inside = |folder: &&&str| text.strip_prefix(**folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let Some(folder) = FOLDERS.iter().find(inside) else { return };
    // Memory that programs share may be worked in.
    if text.starts_with("/dev/shm") {
        return;
    }
    // Windows has none of them.
    if StageNode::at(cx.document, instruction.range).is_some_and(|node| is_windows(node.file, node.model, node.stage)) {
        return;
    }
    cx.report(path.range, format!("`{folder}` belongs to the system and is no place for an application"))
        .help("Use a folder of the application: `/app`, `/srv/…`, `/opt/…`");
}
