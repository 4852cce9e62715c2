//! What a name of a Compose file stands for: the anchor of an alias, the service, network or volume that is named.

use std::borrow::Cow;

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_linter::compose::{FileId, Project, Service, Sources};
use dlint_syntax::yaml::{View, Yaml};
use dlint_syntax::{TextRange, TextSize};

use crate::features::inlays::is_secret;

/// So many lines are shown of what is meant.
const MOST: usize = 15;

/// What the name at an offset stands for.
pub(super) fn describe(document: &Document, files: &dyn Files, offset: TextSize) -> Option<(String, TextRange)> {
    alias(document, offset).or_else(|| reference(document, files, offset))
}

fn alias(document: &Document, offset: TextSize) -> Option<(String, TextRange)> {
    let mut all = document.yaml().into_iter().flat_map(Yaml::roots).flat_map(View::walk);
    let alias = all.find(|view| view.alias().is_some() && view.range().contains_inclusive(offset))?;
    let anchor = alias.resolve();
    let line = document.position(anchor.range().start()).line;
    Some((format!("The anchor in line {line}:\n\n{}", excerpt(document.text(), anchor.range())), alias.range()))
}

fn reference(document: &Document, files: &dyn Files, offset: TextSize) -> Option<(String, TextRange)> {
    let sources = Sources::new(document);
    let project = Project::load(&sources, files)?;
    let mut all = project.services.iter().flat_map(Service::references);
    let it = all.find(|it| it.place.file == FileId::CHECKED && it.place.range.contains_inclusive(offset))?;
    let field = project.root.get(it.section)?.field(&it.name)?;
    let (key, value) = (field.key_place, field.value.place());
    let file = sources.document(key.file);
    let line = file.position(key.range.start()).line;
    let noun = it.section.trim_end_matches('s');
    let place = match sources.shared(key.file) {
        None => format!("line {line}"),
        Some(other) => format!("`{}`, line {line}", other.path().display()),
    };
    let end = if value.file == key.file { value.range.end().max(key.range.end()) } else { key.range.end() };
    let text = excerpt(file.text(), TextRange::new(key.range.start(), end));
    Some((format!("The {noun} `{}`, {place}:\n\n{text}", it.name), it.place.range))
}

/// The lines of a place, without the indentation that all of them have.
fn excerpt(text: &str, range: TextRange) -> String {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    let line = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let is_alone = text.get(line..start).is_some_and(|before| before.trim().is_empty());
    let from = if is_alone { line } else { start };
    let lines: Vec<&str> = text.get(from..end).unwrap_or_default().trim_end().lines().collect();
    let indent = |line: &&&str| line.len() - line.trim_start_matches(' ').len();
    let skipped = usize::from(!is_alone);
    let is_full = |line: &&&str| !line.trim().is_empty();
    let least = lines.iter().skip(skipped).filter(is_full).map(|line| indent(&line)).min().unwrap_or(0);
    let mut shown: Vec<Cow<'_, str>> = Vec::new();
    for (at, line) in lines.iter().take(MOST).enumerate() {
        let blanks = if at < skipped { 0 } else { least };
        shown.push(masked(line.get(blanks..).unwrap_or_default()));
    }
    if lines.len() > MOST {
        shown.push("# …".into());
    }
    format!("```yaml\n{}\n```", shown.join("\n"))
}

/// A line without the secret that it may give a value.
fn masked(line: &str) -> Cow<'_, str> {
    let Some(at) = line.find([':', '=']) else { return line.into() };
    let (name, value) = line.split_at(at);
    let name = name.trim().trim_start_matches("- ").trim_matches(['"', '\'', ' ']);
    let value = value.trim_start_matches([':', '=']).trim();
    let is_hidden = !value.is_empty() && is_secret([name, ""], value.trim_matches(['"', '\'']));
    if is_hidden { format!("{}  # a secret, not shown", &line[..=at]).into() } else { line.into() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_linter::{Document, Language, NoFiles};
    use dlint_syntax::TextSize;

    fn at(text: &str) -> String {
        let offset = TextSize::new(text.find('^').unwrap() as u32);
        let document = Document::parse("x", text.replacen('^', "", 1), Language::Compose);
        super::describe(&document, &NoFiles, offset).map(|it| it.0).unwrap_or_default()
    }

    #[test]
    fn names_are_shown_with_what_they_stand_for() {
        assert_eq!(
            at("x-a: &a\n  image: b\n  environment:\n    A: b\nservices:\n  c:\n    <<: *^a\n"),
            "The anchor in line 2:\n\n```yaml\nimage: b\nenvironment:\n  A: b\n```"
        );
        assert_eq!(
            at("services:\n  a:\n    image: x\n    depends_on: [^db]\n  db:\n    image: y\n\n    init: true\n"),
            "The service `db`, line 5:\n\n```yaml\ndb:\n  image: y\n\n  init: true\n```"
        );
        assert_eq!(
            at("services:\n  a:\n    image: x\n    networks: {n^: {}}\nnetworks: {n: {driver: bridge}}\n"),
            "The network `n`, line 5:\n\n```yaml\nn: {driver: bridge}\n```"
        );
        assert_eq!(at("services:\n  a:\n    image: ^x\n"), "");
        let hidden = at("x: &a\n  DB_PASSWORD: hunter2hunter2\n  B: [\"PASSWORD=hunter2hunter2\"]\ny: *^a\n");
        assert!(hidden.contains("DB_PASSWORD:  # a secret, not shown"), "{hidden}");
        let long: String = (0..30).map(|at| at.to_string() + ": a\n").collect::<Vec<_>>().join("  ");
        assert!(at(&format!("x: &a\n  {long}y: *^a\n")).ends_with("14: a\n# …\n```"));
    }
}
