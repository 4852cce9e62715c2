//! What can be found by its name in documents: stages, services, networks, volumes and the like.

use dlint_linter::Document;

use super::outline::{Item, ItemKind, outline};

/// The named parts of a document whose names have the characters of `query`, in that order and in any case.
pub(crate) fn symbols(document: &Document, query: &str) -> Vec<Item> {
    let mut found = Vec::new();
    add(outline(document), query, &mut found);
    found
}

fn add(items: Vec<Item>, query: &str, found: &mut Vec<Item>) {
    for mut item in items {
        let children = std::mem::take(&mut item.children);
        match item.kind {
            ItemKind::Stage | ItemKind::Service | ItemKind::Resource if matches(&item.name, query) => found.push(item),
            _ => {}
        }
        // Nothing that has a name of its own is inside of another.
        if has_named(&children) {
            add(children, query, found);
        }
    }
}

fn has_named(items: &[Item]) -> bool {
    items.iter().any(|it| matches!(it.kind, ItemKind::Service | ItemKind::Resource))
}

fn matches(name: &str, query: &str) -> bool {
    let mut rest = name.chars().flat_map(char::to_lowercase);
    query.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).all(|wanted| rest.any(|c| c == wanted))
}

#[cfg(test)]
mod tests {
    use dlint_linter::{Document, Language};

    use super::symbols;

    #[test]
    fn names_are_found_by_their_characters() {
        let names = |language, text: &str, query| -> Vec<String> {
            symbols(&Document::parse("x", text, language), query).into_iter().map(|it| it.name).collect()
        };
        let compose = "services:\n  web-api:\n    networks: [front]\nnetworks:\n  front:\nvolumes:\n  data:\n";
        assert_eq!(names(Language::Compose, compose, ""), ["web-api", "front", "data"]);
        assert_eq!(names(Language::Compose, compose, "WA"), ["web-api"]);
        assert_eq!(names(Language::Compose, compose, "aw"), [] as [&str; 0]);
        assert_eq!(names(Language::Dockerfile, "FROM a AS Build\nRUN x\nFROM b\n", "b"), ["Build", "b"]);
    }
}
