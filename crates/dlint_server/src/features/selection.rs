//! What an editor selects next as a selection is widened: a word, an argument, an instruction, a stage; a scalar, an entry, a mapping.

use dlint_linter::Document;
use dlint_linter::document::Tree;
use dlint_syntax::dockerfile::{Dockerfile, Form, Instruction, Kind, Model, Source};
use dlint_syntax::text::range;
use dlint_syntax::yaml::{ScalarStyle, View, Yaml};
use dlint_syntax::{TextRange, TextSize};

/// The parts of a document that a place is in, the smallest first; each holds the one before it, and the last is the whole text.
pub(crate) fn ranges(document: &Document, offset: TextSize) -> Vec<TextRange> {
    let text = document.text();
    let mut found = Vec::new();
    match document.tree() {
        Tree::Dockerfile(parts) => in_dockerfile(text, &parts.0, &parts.1, offset, &mut found),
        Tree::Compose(yaml) | Tree::Daemon(yaml) => in_yaml(yaml, offset, &mut found),
    }
    found.push(word(text, offset, |c| c.is_alphanumeric() || c == '_'));
    found.push(range(0..text.len()));
    found.retain(|it| !it.is_empty() && it.contains_inclusive(offset));
    found.sort_by_key(|it| it.len());
    let mut nested: Vec<TextRange> = Vec::new();
    for it in found {
        if nested.last().is_none_or(|last| it.contains_range(*last) && it != *last) {
            nested.push(it);
        }
    }
    if nested.is_empty() { vec![TextRange::empty(offset)] } else { nested }
}

/// The characters around a place that belong together.
fn word(text: &str, offset: TextSize, belongs: impl Fn(char) -> bool) -> TextRange {
    let at = usize::from(offset);
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return TextRange::empty(offset) };
    let start = before.char_indices().rev().take_while(|(_, c)| belongs(*c)).last().map_or(at, |(start, _)| start);
    let end = after.find(|c| !belongs(c)).unwrap_or(after.len());
    range(start..at + end)
}

fn in_dockerfile(text: &str, file: &Dockerfile, model: &Model, offset: TextSize, found: &mut Vec<TextRange>) {
    found.push(word(text, offset, |c| !c.is_whitespace()));
    found.extend(file.comments.iter().map(|it| it.range).filter(|it| it.contains_inclusive(offset)));
    for directive in &file.directives {
        found.extend([directive.range, directive.name, directive.value.range]);
    }
    let after = file.instructions.partition_point(|it| it.range.start() <= offset);
    let Some(at) = after.checked_sub(1) else { return };
    let Some(instruction) = file.instructions.get(at) else { return };
    if instruction.range.contains_inclusive(offset) {
        in_instruction(text, instruction, offset, found);
    }
    if let Some(stage) = model.stage_of(at) {
        let start = stage.from(file).range.start();
        let last = stage.instructions.end.checked_sub(1).and_then(|last| file.instructions.get(last));
        let end = last.map_or(start, |last| last.range.end());
        found.push(TextRange::new(start, end.max(start)));
    }
}

fn in_instruction(text: &str, instruction: &Instruction, offset: TextSize, found: &mut Vec<TextRange>) {
    found.extend([instruction.range, instruction.keyword.range, instruction.arguments]);
    for flag in &instruction.flags {
        found.extend([flag.range, flag.name.range]);
        found.extend(flag.value.as_ref().map(|value| value.range));
    }
    for heredoc in &instruction.heredocs {
        let end = heredoc.end.map_or(heredoc.body.end(), TextRange::end);
        found.extend([heredoc.marker, heredoc.body, TextRange::new(heredoc.marker.start(), end)]);
        if heredoc.body.contains_inclusive(offset) {
            found.push(word(text, offset, |c| c != '\n'));
        }
    }
    let words = match &instruction.kind {
        Kind::From(from) => from.image.iter().chain(&from.name).collect(),
        Kind::Run(run) => {
            for option in run.mounts.iter().flat_map(|mount| &mount.options) {
                found.extend([option.range, option.key.range]);
                found.extend(option.value.as_ref().map(|value| value.range));
            }
            of_form(&run.form)
        }
        Kind::Cmd(form) | Kind::Entrypoint(form) => of_form(form),
        Kind::Healthcheck(check) => {
            check.kind.iter().chain(check.command.as_ref().map(of_form).unwrap_or_default()).collect()
        }
        Kind::Copy(copy) | Kind::Add(copy) => {
            let paths = copy.sources.iter().filter_map(|source| match source {
                Source::Path(path) => Some(path),
                Source::Heredoc(_) => None,
            });
            paths.chain(&copy.destination).collect()
        }
        Kind::Env(pairs) | Kind::Label(pairs) => {
            found.extend(pairs.pairs.iter().map(|pair| pair.range));
            pairs.pairs.iter().flat_map(|pair| [&pair.key, &pair.value]).collect()
        }
        Kind::Arg(declarations) => {
            found.extend(declarations.iter().map(|it| it.range));
            declarations.iter().flat_map(|it| std::iter::once(&it.name).chain(&it.default)).collect()
        }
        Kind::Expose(words) | Kind::Shell(words) | Kind::Volume(words) => words.iter().collect(),
        Kind::User(word) | Kind::Workdir(word) | Kind::Stopsignal(word) | Kind::Maintainer(word) => {
            word.iter().collect()
        }
        Kind::Onbuild(trigger) => {
            if let Some(trigger) = trigger {
                in_instruction(text, trigger, offset, found);
            }
            Vec::new()
        }
        Kind::Unknown => Vec::new(),
    };
    found.extend(words.into_iter().map(|word| word.range));
}

fn of_form(form: &Form) -> Vec<&dlint_syntax::dockerfile::Word> {
    match form {
        Form::Exec(words) => words.iter().collect(),
        Form::Shell(_) => Vec::new(),
    }
}

fn in_yaml(yaml: &Yaml, offset: TextSize, found: &mut Vec<TextRange>) {
    found.extend(yaml.comments().iter().map(|it| it.range).filter(|it| it.contains_inclusive(offset)));
    found.extend(yaml.documents().iter().map(|it| it.range));
    let mut next = yaml.roots().find(|root| root.full_range().contains_inclusive(offset));
    while let Some(view) = next {
        of_node(view, found);
        if view.alias().is_some() {
            return;
        }
        let entry = view.own_entries().find(|entry| entry.range().contains_inclusive(offset));
        next = match entry {
            Some(entry) => {
                found.push(entry.range());
                of_node(entry.key, found);
                (!entry.key.full_range().contains_inclusive(offset)).then_some(entry.value)
            }
            None => view.items_with_range().find(|(_, it)| it.contains_inclusive(offset)).map(|(item, it)| {
                found.push(it);
                item
            }),
        };
    }
}

/// A node, and what stands between its quotes.
fn of_node(view: View<'_>, found: &mut Vec<TextRange>) {
    let whole = view.range();
    found.extend([whole, view.full_range()]);
    let is_quoted = matches!(view.scalar_style(), Some(ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
    if is_quoted && view.alias().is_none() && u32::from(whole.len()) > 2 {
        let quote = TextSize::new(1);
        found.push(TextRange::new(whole.start() + quote, whole.end() - quote));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_linter::{Document, Language};
    use dlint_syntax::TextSize;

    use super::ranges;

    /// What is selected around the `|`, the whole text left out.
    fn at(language: Language, text: &str) -> Vec<String> {
        let offset = TextSize::new(text.find('|').unwrap() as u32);
        let document = Document::parse("x", text.replacen('|', "", 1), language);
        let mut all: Vec<_> = ranges(&document, offset).iter().map(|it| document.slice(*it).to_owned()).collect();
        all.pop();
        all
    }

    #[test]
    fn dockerfiles() {
        let at = |text| at(Language::Dockerfile, text);
        assert_eq!(
            at("FROM a\nRUN --mount=type=ca|che,id=x make\nFROM b\n"),
            [
                "cache",
                "type=cache",
                "type=cache,id=x",
                "--mount=type=cache,id=x",
                "RUN --mount=type=cache,id=x make",
                "FROM a\nRUN --mount=type=cache,id=x make"
            ]
        );
        assert_eq!(at("FROM a\nENV A=1 B=t|wo\n")[..3], ["two", "B=two", "A=1 B=two"]);
        assert_eq!(at("FROM a\nRUN <<EOF\necho x|y\nEOF\n")[..3], ["xy", "echo xy", "echo xy\n"]);
        assert_eq!(at("FROM a\nCMD [\"a b\", \"c|d\"]\n")[..2], ["cd", "\"cd\""]);
        assert_eq!(at("# one t|wo\nFROM a\n"), ["two", "# one two"]);
        assert_eq!(at("FROM|"), [] as [&str; 0]);
        assert_eq!(at("|"), [] as [&str; 0]);
    }

    #[test]
    fn yaml() {
        let at = |text| at(Language::Compose, text);
        assert_eq!(
            at("a: 1\nservices:\n  web:\n    image: \"x:l|a\"\n    tty: true\n"),
            [
                "la",
                "x:la",
                "\"x:la\"",
                "image: \"x:la\"",
                "image: \"x:la\"\n    tty: true",
                "web:\n    image: \"x:la\"\n    tty: true",
                "services:\n  web:\n    image: \"x:la\"\n    tty: true",
                "a: 1\nservices:\n  web:\n    image: \"x:la\"\n    tty: true"
            ]
        );
        assert_eq!(at("a:\n  - b|c\n")[..3], ["bc", "- bc", "a:\n  - bc"]);
        assert_eq!(at("a: {b: c|d, e: f}\n")[..4], ["cd", "b: cd", "{b: cd, e: f}", "a: {b: cd, e: f}"]);
        assert_eq!(at("a: {b: |"), [] as [&str; 0]);
    }
}
