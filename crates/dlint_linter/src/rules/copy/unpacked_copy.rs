//! `unpacked-copy`: an archive that is copied, and then unpacked.

use dlint_syntax::dockerfile::{Kind, Source};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unpacked-copy",
    summary: "An archive that is copied, and then unpacked",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3010"],
    docs: include_str!("unpacked_copy.md"),
    on: &[On::Program(&["tar"], command)],
};

/// How the names of tar archives end that `ADD` unpacks.
const ARCHIVES: [&str; 13] = [
    ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tb2", ".tar.xz", ".txz", ".tar.zst", ".tzst", ".tar.lzma", ".tlz",
];

/// As many instructions before the command are looked at.
const MOST: usize = 200;

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if node.name() != "tar" || node.run.is_trigger {
        return;
    }
    let words: Vec<_> = node.command.words().iter().skip(1).map(|word| word.unquoted().into_owned()).collect();
    let extracts = words.iter().enumerate().any(|(index, word)| match word.strip_prefix("--") {
        Some(long) => long == "extract" || long == "get",
        None => (index == 0 || word.starts_with('-')) && !word.contains(['/', '.']) && word.contains('x'),
    });
    let Some(archive) = words.iter().map(|word| basename(word)).find(|name| is_archive(name)).filter(|_| extracts) else { return };
    let Some((file, model)) = cx.document.dockerfile() else { return };
    let Some(stage) = model.stages.get(node.run.stage.index) else { return };
    let here = file.instructions.partition_point(|it| it.range.start() < node.run.instruction.range.start());
    let copied = (stage.instructions.start..here).rev().take(MOST).find_map(|index| {
        let instruction = file.instructions.get(index)?;
        let Kind::Copy(copy) = &instruction.kind else { return None };
        if instruction.flag("from").is_some() {
            return None;
        }
        copy.sources.iter().find_map(|source| match source {
            Source::Path(word) if basename(&word.text) == archive => Some((word.range, word.text.clone())),
            _ => None,
        })
    });
    let Some((place, path)) = copied else { return };
    let command = node.command.range();
    cx.report(place, format!("`{path}` is unpacked later, but stays in this layer"))
        .help("`ADD` unpacks an archive of the build context as it copies it; or mount it: `RUN --mount=type=bind,target=…`")
        .related(command, "it is unpacked here");
}

fn basename(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_archive(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ARCHIVES.iter().any(|end| lower.ends_with(end) && lower.len() > end.len())
}
