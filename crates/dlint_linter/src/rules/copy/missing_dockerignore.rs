//! `missing-dockerignore`: all of the folder is copied, and no `.dockerignore` keeps anything out.

use dlint_syntax::dockerfile::{Instruction, Kind, Source};

use crate::check::FileKind;
use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-dockerignore",
    summary: "All of the folder is copied, and no `.dockerignore` keeps anything out",
    category: Category::Efficiency,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_dockerignore.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    let Some(copy) = file.instructions.iter().find(|instruction| copies_all(instruction)) else { return };
    let Some(folder) = document.path().parent() else { return };
    let mut own = document.path().as_os_str().to_owned();
    own.push(".dockerignore");
    // The context may be a folder above.
    let folders = folder.ancestors().map(|folder| folder.join(".dockerignore")).chain([own.into()]);
    if folders.into_iter().all(|path| cx.files.kind(&path) == FileKind::Missing) {
        cx.report(copy.range, "all of the folder is copied, and no `.dockerignore` keeps anything out")
            .help("Write a `.dockerignore` that names what the image does not need: `.git`, `.env`, `node_modules`");
    }
}

/// Whether an instruction copies the whole build context.
fn copies_all(instruction: &Instruction) -> bool {
    let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { return false };
    let is_all = |source: &Source| matches!(source, Source::Path(word) if matches!(word.text.as_str(), "." | "./" | "/"));
    ["from", "exclude"].iter().all(|flag| instruction.flag(flag).is_none()) && copy.sources.iter().any(is_all)
}
