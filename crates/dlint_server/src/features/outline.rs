//! The outline of a document, and what of it can be folded.

use dlint_linter::compose::Inline;
use dlint_linter::document::Tree;
use dlint_linter::{Document, NoFiles};
use dlint_syntax::dockerfile::{Dockerfile, Instruction, Kind, Model};
use dlint_syntax::yaml::{Kind as YamlKind, View};
use dlint_syntax::{TextRange, TextSize};

use super::inline;

/// How deep the keys of a Compose file go into the outline.
const DEPTH: usize = 4;

/// The key of a Dockerfile that stands in a Compose file.
const KEY: &str = "dockerfile_inline";

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// What it is called.
    pub(crate) name: String,
    /// What there is to say beside the name.
    pub(crate) detail: String,
    /// What it is.
    pub(crate) kind: ItemKind,
    /// All of it.
    pub(crate) range: TextRange,
    /// Its name; within `range`.
    pub(crate) name_range: TextRange,
    /// Its parts.
    pub(crate) children: Vec<Item>,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// A stage of a Dockerfile.
    Stage,
    /// An instruction.
    Instruction,
    /// A section of a Compose file, or a collection.
    Section,
    /// A service.
    Service,
    /// A network, volume, secret, config or model.
    Resource,
    /// A key with a value.
    Key,
}

/// The outline of a document.
pub(crate) fn outline(document: &Document) -> Vec<Item> {
    match document.tree() {
        Tree::Dockerfile(parts) => of_dockerfile(document, &parts.0, &parts.1),
        Tree::Compose(yaml) | Tree::Daemon(yaml) => {
            let mut items: Vec<Item> = yaml.roots().flat_map(|root| of_mapping(root, &[])).collect();
            // What other files say of variables does not matter for what stands where.
            inline::each(document, &NoFiles, |it| put_inside(it, &mut items));
            items
        }
    }
}

/// Puts the parts of a Dockerfile that stands in a Compose file below the key that holds it.
fn put_inside(inline: &Inline, items: &mut [Item]) {
    let holds = |item: &&mut Item| item.range.contains_range(inline.place.range);
    let Some(item) = items.iter_mut().find(holds) else { return };
    if item.name != KEY {
        return put_inside(inline, &mut item.children);
    }
    let Some((file, model)) = inline.document.dockerfile().filter(|_| inline.has_places()) else { return };
    item.children = of_dockerfile(&inline.document, file, model);
    item.children.iter_mut().for_each(|child| outside(child, inline));
}

/// The same part with its places in the Compose file.
fn outside(item: &mut Item, inline: &Inline) {
    item.range = inline.range(item.range);
    item.name_range = inline.range(item.name_range);
    item.range = item.range.cover(item.name_range);
    for child in &mut item.children {
        outside(child, inline);
        item.range = item.range.cover(child.range);
    }
}

fn of_dockerfile(document: &Document, file: &Dockerfile, model: &Model) -> Vec<Item> {
    let item = |instruction: &Instruction| Item {
        name: instruction.name().into(),
        detail: first_line(document.slice(instruction.arguments)),
        kind: ItemKind::Instruction,
        range: instruction.range,
        name_range: instruction.keyword.range,
        children: Vec::new(),
    };
    let first = model.stages.first().map_or(file.instructions.len(), |stage| stage.from);
    let mut items: Vec<Item> = file.instructions.iter().take(first).map(item).collect();
    for stage in &model.stages {
        let from = stage.from(file);
        let Kind::From(it) = &from.kind else { continue };
        let image = it.image.as_ref().map_or("", |word| word.text.as_str());
        let (name, detail) = match &it.name {
            Some(name) => (name.text.to_string(), image.to_owned()),
            None => (if image.is_empty() { "FROM" } else { image }.to_owned(), String::new()),
        };
        let children: Vec<Item> =
            file.instructions.get(stage.instructions.clone()).unwrap_or_default().iter().map(item).collect();
        let end = children.last().map_or(from.range.end(), |last| last.range.end());
        let word = it.name.as_ref().or(it.image.as_ref()).map_or(from.keyword.range, |word| word.range);
        let range = TextRange::new(from.range.start(), end.max(from.range.end()));
        items.push(Item { name, detail, kind: ItemKind::Stage, range, name_range: word, children });
    }
    items
}

fn of_mapping<'y>(mapping: View<'y>, path: &[&'y str]) -> Vec<Item> {
    if mapping.alias().is_some() {
        return Vec::new();
    }
    mapping
        .own_entries()
        .filter_map(|entry| {
            let name = entry.name()?;
            let path: Vec<&str> = path.iter().copied().chain([name]).collect();
            let is_collection = matches!(entry.value.kind(), YamlKind::Mapping | YamlKind::Sequence);
            let kind = match path.as_slice() {
                ["services", _] => ItemKind::Service,
                ["networks" | "volumes" | "secrets" | "configs" | "models", _] => ItemKind::Resource,
                _ if is_collection => ItemKind::Section,
                _ => ItemKind::Key,
            };
            let children = if path.len() < DEPTH { of_mapping(entry.value, &path) } else { Vec::new() };
            // Values are not shown: there may be secrets among them. What a service is made of is none.
            let detail = match (kind, entry.value.get("image").and_then(View::text)) {
                (ItemKind::Service, Some(image)) => image.to_owned(),
                _ => String::new(),
            };
            let range = entry.range().cover(entry.key.range());
            // A key without a name cannot be shown.
            let name = if name.is_empty() { "\"\"" } else { name }.to_owned();
            Some(Item { name, detail, kind, range, name_range: entry.key.range(), children })
        })
        .collect()
}

fn first_line(text: &str) -> String {
    /// What is longer does not fit anyway.
    const LONGEST: usize = 80;
    text.lines().next().unwrap_or_default().trim_end_matches(['\\', '`', ' ']).chars().take(LONGEST).collect()
}

/// A piece that can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fold {
    /// From the line that stays to the last that goes.
    pub(crate) range: TextRange,
    /// Whether it is comments.
    pub(crate) is_comment: bool,
}

/// What can be folded: whatever has more than one line.
pub(crate) fn folds(document: &Document) -> Vec<Fold> {
    let mut folds = Vec::new();
    for item in outline(document) {
        add(&item, &mut folds);
    }
    match document.tree() {
        Tree::Dockerfile(parts) => {
            for heredoc in parts.0.instructions.iter().flat_map(|it| &it.heredocs) {
                let end = heredoc.end.map_or(heredoc.body.end(), TextRange::end);
                folds.push(Fold { range: TextRange::new(heredoc.marker.start(), end), is_comment: false });
            }
            folds.extend(comments(document, parts.0.comments.iter().map(|it| it.range)));
        }
        Tree::Compose(yaml) | Tree::Daemon(yaml) => {
            let own_line = yaml.comments().iter().filter(|it| it.own_line).map(|it| it.range);
            folds.extend(comments(document, own_line));
        }
    }
    let line = |at: TextSize| document.position(at).line;
    folds.retain(|fold| line(fold.range.start()) < line(fold.range.end()));
    folds.sort_by_key(|fold| (fold.range.start(), std::cmp::Reverse(fold.range.end())));
    folds.dedup_by_key(|fold| (line(fold.range.start()), line(fold.range.end())));
    folds
}

fn add(item: &Item, folds: &mut Vec<Fold>) {
    folds.push(Fold { range: item.range, is_comment: false });
    item.children.iter().for_each(|child| add(child, folds));
}

/// Comments on lines that follow each other.
fn comments(document: &Document, comments: impl Iterator<Item = TextRange>) -> Vec<Fold> {
    let mut blocks: Vec<TextRange> = Vec::new();
    for range in comments {
        let line = document.position(range.start()).line;
        match blocks.last_mut() {
            Some(last) if document.position(last.end()).line + 1 == line => *last = last.cover(range),
            _ => blocks.push(range),
        }
    }
    blocks.into_iter().map(|range| Fold { range, is_comment: true }).collect()
}

#[cfg(test)]
mod tests {
    use dlint_linter::{Document, Language};

    use super::{Item, folds, outline};

    fn drawn(items: &[Item], indent: usize, lines: &mut Vec<String>) {
        for item in items {
            assert!(item.range.contains_range(item.name_range), "{item:?}");
            lines.push(format!("{}{:?} {} {}", " ".repeat(indent), item.kind, item.name, item.detail));
            drawn(&item.children, indent + 1, lines);
        }
    }

    fn outlined(language: Language, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        drawn(&outline(&Document::parse("x", text, language)), 0, &mut lines);
        lines
    }

    #[test]
    fn outlines() {
        let text = "ARG V=1\nFROM a:$V AS b\nRUN x && \\\n  y\nFROM c\n";
        let wanted = ["Instruction ARG V=1", "Stage b a:$V", " Instruction RUN x &&", "Stage c "];
        assert_eq!(outlined(Language::Dockerfile, text), wanted);
        let text = "services:\n  web:\n    image: x\n    environment: {A: secret}\nvolumes:\n  data:\n";
        let wanted = [
            "Section services ",
            " Service web x",
            "  Key image ",
            "  Section environment ",
            "   Key A ",
            "Section volumes ",
            " Resource data ",
        ];
        assert_eq!(outlined(Language::Compose, text), wanted);
    }

    #[test]
    fn what_has_lines_folds() {
        let text = "# a\n# b\nFROM a\nRUN <<EOF\nx\nEOF\nRUN a \\\n  b\n";
        let document = Document::parse("x", text, Language::Dockerfile);
        let lines = |at| document.position(at).line;
        let folds: Vec<_> =
            folds(&document).iter().map(|it| (lines(it.range.start()), lines(it.range.end()), it.is_comment)).collect();
        assert_eq!(folds, [(1, 2, true), (3, 8, false), (4, 6, false), (7, 8, false)]);
    }
}
