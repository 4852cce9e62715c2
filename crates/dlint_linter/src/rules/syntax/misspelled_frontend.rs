//! `misspelled-frontend`: a `syntax` directive that names nearly Docker's frontend.

use dlint_syntax::dockerfile::DirectiveKind;

use crate::diagnostic::{Category, Edit, Level};
use crate::document::Document;
use crate::image::Reference;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "misspelled-frontend",
    summary: "A `syntax` directive that names nearly Docker's frontend",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["tally:tally/syntax-directive-typo"],
    docs: include_str!("misspelled_frontend.md"),
    on: &[On::Document(document)],
};

const FRONTEND: &str = "docker/dockerfile";

/// As many letters may differ.
const NEAR: usize = 3;

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    let Some(syntax) = file.directives.iter().find(|it| it.kind == DirectiveKind::Syntax) else { return };
    let text = syntax.value.text.split_whitespace().next().unwrap_or_default();
    let image = Reference::new(text);
    let name = image.familiar_name();
    // An image in a registry of its own is called as its owner likes, and so is one of another organisation.
    let is_other = image.registry().is_some_and(|registry| !registry.contains("docker")) || name.starts_with("docker/dockerfile-");
    if name == FRONTEND || is_other || name.len() > 2 * FRONTEND.len() {
        return;
    }
    if strsim::osa_distance(&name.to_ascii_lowercase(), FRONTEND) > NEAR {
        return;
    }
    let Some(start) = text.find(name) else { return };
    let place = syntax.value.sub_range(start..start + name.len());
    let message = format!("`{}` is not Docker's frontend, which is called `{FRONTEND}`", shorten(name));
    cx.report(place, message)
        .help(format!("Write `{FRONTEND}:1`"))
        .unsafe_fix(format!("Write `{FRONTEND}`"), Edit::replace(place, FRONTEND));
}
