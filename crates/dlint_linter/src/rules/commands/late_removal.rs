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
    on: &[On::Program(&["rm", "unlink"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if !matches!(node.name(), "rm" | "unlink") || !node.run.is_shipped || node.run.is_trigger {
        return;
    }
    let Some(program) = node.program else { return };
    let runs = cx.runs();
    for word in program.words.iter() {
        let Some(path) = removed(node, word) else { continue };
        let removed = Removed::new(&path);
        let mut copies = runs.copies_of_chain(node.run.stage.index).filter(|copy| copy.at < node.run.at);
        let Some(copy) = copies.find(|copy| copy.places.iter().any(|place| removed.has(place))) else { continue };
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

/// What a path removes, which may have a pattern in its last part.
struct Removed<'p> {
    path: &'p str,
    /// The folder with its last `/`, and what stands before and after the only `*` of the name.
    pattern: Option<(&'p str, &'p str, &'p str)>,
}

impl<'p> Removed<'p> {
    fn new(path: &'p str) -> Self {
        let path = path.trim_end_matches('/');
        let (folder, name) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
        // A bare `*` empties a folder of all kinds of things.
        let pattern = name.split_once('*').filter(|(_, after)| name.len() > 1 && !after.contains('*'));
        Self { path, pattern: pattern.map(|(before, after)| (folder, before, after)) }
    }

    /// Whether what is at `place` is removed.
    fn has(&self, place: &str) -> bool {
        if let Some(rest) = place.strip_prefix(self.path) {
            return rest.is_empty() || rest.starts_with('/');
        }
        let Some((folder, before, after)) = self.pattern else { return false };
        let name = place.strip_prefix(folder).filter(|name| !name.contains('/'));
        name.and_then(|name| name.strip_prefix(before)).is_some_and(|rest| rest.ends_with(after))
    }
}
