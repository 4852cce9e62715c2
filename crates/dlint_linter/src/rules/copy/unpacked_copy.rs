//! `unpacked-copy`: an archive that is copied, and then unpacked.

use dlint_syntax::dockerfile::{Kind, Source};
use dlint_syntax::text::CompactString;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, is_archive};
use crate::text::basename;

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

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if node.name() != "tar" || node.run.is_trigger || !node.run.is_shipped {
        return;
    }
    let words: Vec<_> = node.command.words().iter().skip(1).map(|word| word.unquoted().into_owned()).collect();
    let extracts = words.iter().enumerate().any(|(index, word)| match word.strip_prefix("--") {
        Some(long) => long == "extract" || long == "get",
        None => (index == 0 || word.starts_with('-')) && !word.contains(['/', '.']) && word.contains('x'),
    });
    let Some(archive) = words.iter().find(|word| is_archive(word)).filter(|_| extracts) else { return };
    let path = node.run.absolute(archive);
    let runs = cx.runs();
    let before = runs.copies_of_chain(node.run.stage.index).filter(|it| it.stage == node.run.stage.index && it.at < node.run.at);
    let copied = before.filter(|it| matches!(it.instruction.kind, Kind::Copy(_)) && it.instruction.flag("from").is_none()).filter_map(|it| {
        let mut sources = it.copy.sources.iter().filter_map(|source| match source {
            Source::Path(word) => Some((word.range, word.text.clone())),
            Source::Heredoc(_) => None,
        });
        let is_named = |(_, text): &(_, CompactString)| basename(text) == basename(archive);
        match (&path, &it.destination) {
            (Some(path), Some(_)) if !it.places.contains(path) => None,
            // It may have another name there.
            (Some(_), Some(_)) if it.copy.sources.len() == 1 => sources.next(),
            _ => sources.find(is_named),
        }
    });
    let copied = copied.last();
    let Some((place, path)) = copied else { return };
    let command = node.command.range();
    cx.report(place, format!("`{path}` is unpacked later, but stays in this layer"))
        .help("`ADD` unpacks an archive of the build context as it copies it; or mount it: `RUN --mount=type=bind,target=…`")
        .related(command, "it is unpacked here");
}
