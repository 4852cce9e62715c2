//! Keys of Compose files and of `daemon.json`.

use std::fmt::Write;

use dlint_linter::compose::schema;
use dlint_linter::daemon::{Key, Type, keys};
use dlint_syntax::yaml::{View, Yaml};
use dlint_syntax::{TextRange, TextSize};

/// The key at an offset, with the path that leads to it: names of keys, `[]` for an item of a list.
pub(super) fn key_at(yaml: &Yaml, offset: TextSize) -> Option<(Vec<String>, TextRange)> {
    let mut path = Vec::new();
    let mut view = yaml.root()?;
    loop {
        if let Some(item) = view.items().find(|item| item.alias().is_none() && contains(*item, offset)) {
            path.push("[]".to_owned());
            view = item;
            continue;
        }
        let entry = view.own_entries().find(|entry| entry.range().contains_inclusive(offset))?;
        path.push(entry.name()?.to_owned());
        if entry.key.range().contains_inclusive(offset) {
            return Some((path, entry.key.range()));
        }
        // What an alias stands for is written elsewhere.
        if entry.value.alias().is_some() {
            return None;
        }
        view = entry.value;
    }
}

fn contains(view: View<'_>, offset: TextSize) -> bool {
    view.full_range().contains_inclusive(offset)
}

/// What a key of a Compose file is for.
pub(super) fn compose(yaml: &Yaml, offset: TextSize) -> Option<(String, TextRange)> {
    let (path, range) = key_at(yaml, offset)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let entry = schema::at(&path)?;
    let key = entry.key?;
    let mut text = format!("`{}`: {}\n\n{}", key.name, entry.shape.described(), key.description);
    if let Some(since) = key.since {
        let _ = write!(text, " Since Docker Compose {since}.");
    }
    if let Some(instead) = key.instead {
        let _ = write!(text, " Deprecated; use {instead}.");
    }
    let _ = write!(text, "\n\n[Compose file reference]({})", key.link());
    Some((text, range))
}

/// What a key of a `daemon.json` is for.
pub(super) fn daemon(yaml: &Yaml, offset: TextSize) -> Option<(String, TextRange)> {
    let (path, range) = key_at(yaml, offset)?;
    let (first, rest) = path.split_first()?;
    let top = keys::find(first).or_else(|| keys::find_retired(first))?;
    let (mut key, mut ty) = (Some(top), top.ty);
    for name in rest {
        (key, ty) = step(ty, name)?;
    }
    let key = key?;
    Some((of_daemon_key(key), range))
}

/// What there is to say about a key of `daemon.json`, in Markdown.
pub(crate) fn of_daemon_key(key: &Key) -> String {
    let mut text = format!("`{}`\n\n{}", key.name, key.description);
    if let Some(default) = key.default {
        let _ = write!(text, " Default: `{default}`.");
    }
    if let Some(since) = key.since {
        let _ = write!(text, " Since Docker Engine {since}.");
    }
    if key.is_reloadable {
        text += " A running daemon takes it over on reload.";
    }
    let _ = write!(text, "\n\n[Docker documentation]({})", key.link);
    text
}

/// What belongs at a name, or at an item, below a type: a key that is known, or one of the author's choice.
fn step(ty: Type, name: &str) -> Option<(Option<&'static Key>, Type)> {
    match ty {
        Type::Object(object) => object.find(name).map(|key| (Some(key), key.ty)),
        Type::Map(inner) => Some((None, *inner)),
        Type::List(inner) => (name == "[]").then_some((None, *inner)),
        Type::Either(types) => types.iter().find_map(|ty| step(*ty, name)),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_linter::{Document, Language};

    fn at(name: &str, text: &str, language: Language, word: &str) -> Option<String> {
        let document = Document::parse(name, text, language);
        let offset = (text.find(word).unwrap() as u32 + 1).into();
        crate::hover::hover(&document, &[], true, Vec::new(), offset).map(|(markdown, range)| {
            assert_eq!(document.slice(range), word);
            markdown
        })
    }

    #[test]
    fn keys_of_compose_are_explained_by_their_place() {
        let text =
            "services:\n  web:\n    image: x\n    healthcheck:\n      interval: 5s\n    ports:\n      - target: 80\n";
        let of = |word| at("compose.yaml", text, Language::Compose, word);
        assert!(of("interval").unwrap().contains("docs.docker.com/reference/compose-file/"));
        assert!(of("target").unwrap().starts_with("`target`"));
        assert!(of("web").is_none(), "a name is no key");
    }

    #[test]
    fn keys_of_the_daemon_are_explained() {
        let text = "{\n  \"live-restore\": true,\n  \"log-opts\": {\"max-size\": \"1m\"}\n}\n";
        let found = at("daemon.json", text, Language::Daemon, "\"live-restore\"").unwrap();
        assert!(found.starts_with("`live-restore`") && found.contains("Docker documentation"), "{found}");
    }
}
