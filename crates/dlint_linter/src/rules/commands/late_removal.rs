//! `late-removal`: a file is removed in another layer than the one that it came with.

use dlint_syntax::shell::Word;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, CopyNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "late-removal",
    summary: "A copied file is removed, and stays in the layer below",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("late_removal.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if !matches!(node.name(), "rm" | "unlink") || !node.run.is_shipped || node.run.is_trigger {
        return;
    }
    let Some(program) = node.program else { return };
    let runs = cx.runs();
    for word in program.words.iter() {
        let Some(copy) = removed(node, word).and_then(|path| {
            runs.copies_of_chain(node.run.stage.index)
                .filter(|copy| copy.at < node.run.at)
                .find(|copy| copy.places.iter().any(|place| is_removed(place, &path)))
        }) else {
            continue;
        };
        let CopyNode { instruction, .. } = copy;
        let name = word.unquoted();
        cx.report(word.range(), format!("`{name}` stays in the layer that it was copied in: the image does not get smaller"))
            .related(instruction.range, "copied here")
            .help(
                "Use it with `RUN --mount=type=bind`, which copies nothing, or leave it out of what is copied",
            );
    }
}

/// The absolute path that a word names.
fn removed<'a>(node: &CommandNode<'a, '_>, word: Word<'a>) -> Option<String> {
    let text = node.value(word).filter(|text| !text.starts_with('-') && !text.is_empty())?;
    let path = node.run.absolute(&text)?;
    // Not what a build cleans up in general.
    let is_general = ["/", "/*", "/tmp/*", "/tmp", "/var/tmp/*", "/var/cache/*"].contains(&path.as_str());
    (!is_general).then_some(path)
}

/// Whether what is at `place` is removed with `path`, which may have a pattern in its last part.
fn is_removed(place: &str, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    if place == path || place.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')) {
        return true;
    }
    let (Some((folder, name)), Some((path_folder, pattern))) = (place.rsplit_once('/'), path.rsplit_once('/')) else {
        return false;
    };
    let (Some(before), Some(after)) = (pattern.split('*').next(), pattern.rsplit('*').next()) else { return false };
    // A bare `*` empties a folder of all kinds of things.
    folder == path_folder && pattern.len() > 1 && pattern.matches('*').count() == 1 && name.starts_with(before) && name.ends_with(after)
}
