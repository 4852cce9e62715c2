//! `ignored-copy-source`: a `COPY` of something that the `.dockerignore` keeps out of the build.

use dlint_syntax::dockerfile::{Instruction, Kind, Source, Word};

use crate::diagnostic::{Category, Level};
use crate::dockerignore::{Dockerignore, clean};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-copy-source",
    summary: "A `COPY` of something that the `.dockerignore` keeps out of the build",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["buildkit:CopyIgnoredFile"],
    docs: include_str!("ignored_copy_source.md"),
    on: &[On::Document(document)],
};

/// As many sources are looked at, and the longest is of as many bytes. Nobody has more.
const MOST: usize = 200;
const LONGEST: usize = 500;

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    let mut sources = file.instructions.iter().flat_map(sources).take(MOST).peekable();
    if sources.peek().is_none() {
        return;
    }
    // The context is not known, but who puts a `.dockerignore` beside a Dockerfile builds in that folder.
    let Some(folder) = document.path().parent() else { return };
    let ignore = Dockerignore::find(folder, Some(document.path()), cx.files);
    if ignore.is_empty() {
        return;
    }
    for word in sources {
        let path = clean(&word.text);
        if !path.is_empty() && ignore.leaves_out_wholly(&path) {
            let message = format!("the `.dockerignore` leaves `{}` out, so that the build does not find it", shorten(&word.text));
            cx.report(word.range, message)
                .help("Delete the pattern that leaves it out, or add an exception behind it: `!path`");
        }
    }
}

/// What an instruction copies out of the build context, as far as it is said by name.
fn sources(instruction: &Instruction) -> impl Iterator<Item = &Word> {
    let copy = match &instruction.kind {
        Kind::Copy(copy) | Kind::Add(copy) if instruction.flag("from").is_none() => Some(copy),
        _ => None,
    };
    copy.into_iter().flat_map(|copy| &copy.sources).filter_map(|source| match source {
        Source::Path(word) if is_path(&word.text) => Some(word),
        _ => None,
    })
}

/// Whether it is the path of one file or folder: no pattern, no variable, nothing from elsewhere.
fn is_path(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains(['*', '?', '[', '$', '\\', '"', '\'', ':', '@']) && !text.contains("..")
}
