//! `missing-file`: a file that is named is not there.

use crate::check::FileKind;
use crate::compose::{ProblemKind, Project, named_files, report_problems};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-file",
    summary: "A file that is named is not there",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_file.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::MissingFile, cx);
    for file in named_files(project) {
        let text = file.name.known().unwrap_or_default();
        let message = match cx.files.kind(&file.path) {
            FileKind::Missing => format!("the file `{text}` of {} is not there", described(file.key)),
            FileKind::Folder => format!("`{text}` is a folder, and {} has to be a file", described(file.key)),
            _ => continue,
        };
        let mut report = cx.report_at(file.name.place, message);
        // Such a file is often made where the project is started.
        report.level(if file.key.ends_with("_file") { Level::Info } else { Level::Hint });
        if file.key == "env_file" {
            report.help("Compose refuses the project without it; write `required: false` if it may be missing");
        }
    }
}

fn described(key: &str) -> String {
    if key.contains(' ') { key.to_owned() } else { format!("`{key}`") }
}
