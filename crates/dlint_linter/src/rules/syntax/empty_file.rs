//! `empty-file`: a Compose file, or one of its documents, without content.

use dlint_syntax::TextRange;
use dlint_syntax::yaml::Kind;

use crate::compose::{Place, ProblemKind, Project, is_alone, report_problems};
use crate::diagnostic::{Category, Level};
use crate::document::{Document, Tree};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "empty-file",
    summary: "A Compose file, or one of its documents, without content",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("empty_file.md"),
    on: &[On::Document(document), On::Compose(project)],
};

/// What cannot be seen from a project, because nothing of it can be read.
fn document(document: &Document, cx: &mut Context<'_>) {
    let Tree::Compose(yaml) = document.tree() else { return };
    if !yaml.errors().is_empty() || !document.invalid_bytes().is_empty() {
        return;
    }
    if yaml.documents().is_empty() {
        if is_alone(document, cx.files) {
            report_empty(TextRange::default(), cx);
        }
        return;
    }
    let is_one = yaml.documents().len() == 1;
    for part in yaml.documents() {
        let Some(root) = part.root.map(|id| yaml.view(id)) else { continue };
        if root.kind() != Kind::Scalar || !root.is_null() {
            continue;
        }
        let marker = TextRange::new(part.range.start(), (part.range.start() + dlint_syntax::TextSize::new(3)).min(part.range.end()));
        let range = if root.range().is_empty() { marker } else { root.range() };
        if is_one {
            report_empty(range, cx);
        } else {
            cx.report(range, "this document is empty, and Compose wants a mapping in each")
                .help("Delete it with one of the lines `---` beside it");
        }
    }
}

fn report_empty(range: TextRange, cx: &mut Context<'_>) {
    cx.report(range, "the file is empty, and Compose refuses such a project").help("Add `services`, or delete the file");
}

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::Empty, cx);
    if project.is_empty() && !project.is_told_elsewhere() {
        let root = &project.written[0];
        let place = match root.view().and_then(|view| view.own_entries().next()) {
            Some(entry) => Place::checked(entry.key.range()),
            None => root.place(),
        };
        cx.report_at(place, "the file says nothing of a project, so Compose refuses it as empty").help("Add `services`");
    }
}
