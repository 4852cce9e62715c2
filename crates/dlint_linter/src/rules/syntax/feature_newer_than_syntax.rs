//! `feature-newer-than-syntax`: something that the frontend that the file asks for does not know yet.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{DirectiveKind, Dockerfile, Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::image::Reference;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "feature-newer-than-syntax",
    summary: "Something that the frontend that the file asks for does not know yet",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("feature_newer_than_syntax.md"),
    on: &[On::Document(document)],
};

/// Flags, by instruction, with the minor version of `docker/dockerfile:1` that brought them.
///
/// Source: Docker documentation, "Dockerfile reference", and the release notes of github.com/moby/buildkit.
const FLAGS: [(&str, &str, u32); 15] = [
    ("RUN", "mount", 2),
    ("RUN", "network", 3),
    ("RUN", "security", 20),
    ("RUN", "device", 14),
    ("COPY", "chmod", 2),
    ("COPY", "link", 4),
    ("COPY", "exclude", 19),
    ("COPY", "parents", 20),
    ("ADD", "chmod", 2),
    ("ADD", "link", 4),
    ("ADD", "keep-git-dir", 1),
    ("ADD", "checksum", 6),
    ("ADD", "exclude", 19),
    ("ADD", "unpack", 17),
    ("HEALTHCHECK", "start-interval", 6),
];

/// The version that brought heredocs.
const HEREDOC: u32 = 4;

/// As many findings are told.
const MOST: usize = 50;

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    let Some(syntax) = file.directives.iter().find(|it| it.kind == DirectiveKind::Syntax) else { return };
    let Some(version) = asked_version(file) else { return };
    for instruction in &file.instructions {
        let instruction = match &instruction.kind {
            Kind::Onbuild(Some(trigger)) => trigger,
            _ => instruction,
        };
        for (place, what, since) in features(instruction).filter(|(_, _, since)| *since > version).take(1) {
            if cx.diagnostics.len() > MOST {
                return;
            }
            let message = format!("`{what}` came with version 1.{since}, and the file asks for 1.{version}");
            cx.report(place, message)
                .help("Ask for `docker/dockerfile:1`, which is always the newest that is compatible")
                .related(syntax.value.range, "the version that reads the file");
        }
    }
}

/// The minor version of `docker/dockerfile:1` that a file asks for, if it says one.
pub fn asked_version(file: &Dockerfile) -> Option<u32> {
    let syntax = file.directives.iter().find(|it| it.kind == DirectiveKind::Syntax)?;
    version(&syntax.value.text)
}

/// The minor version of `docker/dockerfile:1` that brought a flag, if not all have it.
pub fn version_of_flag(instruction: &str, flag: &str) -> Option<u32> {
    let named = |it: &&(&str, &str, u32)| flag == it.1 && instruction.eq_ignore_ascii_case(it.0);
    FLAGS.iter().find(named).map(|(_, _, since)| *since)
}

/// The minor version of Docker's own frontend of major version 1, if it is said and is of the stable channel.
fn version(syntax: &str) -> Option<u32> {
    let image = Reference::new(syntax.split_whitespace().next()?);
    if image.familiar_name() != "docker/dockerfile" || image.digest.is_some() && image.tag.is_none() {
        return None;
    }
    let minor = image.tag?.strip_prefix("1.")?;
    let minor = minor.split_once('.').map_or(minor, |(minor, _)| minor);
    minor.parse().ok()
}

/// What an instruction needs: place, name, minor version.
fn features(instruction: &Instruction) -> impl Iterator<Item = (TextRange, String, u32)> {
    let flags = instruction.flags.iter().filter_map(|flag| {
        let since = version_of_flag(&instruction.keyword.text, &flag.name.text)?;
        Some((flag.range, format!("--{}", flag.name.text), since))
    });
    let heredocs = instruction.heredocs.first().map(|heredoc| (heredoc.marker, format!("<<{}", heredoc.name), HEREDOC));
    flags.chain(heredocs)
}
