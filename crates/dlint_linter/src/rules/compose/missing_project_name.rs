//! `missing-project-name`: a Compose file without a project name.

use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::layout::span;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-project-name",
    summary: "A Compose file without a project name",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:require-project-name-field"],
    docs: include_str!("missing_project_name.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    if project.is_partial || project.root.field("name").is_some() {
        return;
    }
    let Some(yaml) = project.document.yaml() else { return };
    let Some(first) = yaml.roots().flat_map(dlint_syntax::yaml::View::own_entries).next() else { return };
    let start = usize::from(first.key.range().start());
    cx.report(span(start, usize::from(first.key.range().end())), "the project has no name of its own, so it has that of its folder")
        .help("Give it one with a top-level `name`");
}
