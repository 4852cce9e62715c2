//! What Docker Compose refuses is an error, at the place that is at fault; what it accepts has no finding of the category `syntax`.
//!
//! `dlint.txt` in each project of `fixtures/compose-refused` has what dlint says: `FILE:LINE:COLUMN RULE`, and behind a `#` why it says
//! nothing. `DLINT_UPDATE=1` writes the findings again; read the difference before you keep it.
#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dlint_linter::{Category, Config, Diagnostic, Files, Language, Level, check};
use support::MemoryFiles;

/// The rules of other categories that find what Compose refuses for the sake of another file, or of a part of it that not every command
/// reads, or in old versions.
const OTHERS: [&str; 3] = ["conflicting-keys", "missing-file", "redefined-resource"];

fn projects(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder);
    let mut projects: Vec<PathBuf> =
        std::fs::read_dir(&root).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_dir()).collect();
    projects.sort();
    projects
}

fn read(files: &mut MemoryFiles, root: &Path, folder: &Path, names: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if entry.is_dir() {
            read(files, root, &entry, names);
        } else if let Ok(text) = std::fs::read_to_string(&entry) {
            let path = entry.strip_prefix(root).unwrap().to_owned();
            files.insert(path.to_str().unwrap(), &text);
            names.push(path);
        }
    }
}

/// What dlint says of the Compose files of a project when all of them are checked.
fn findings(project: &Path, is_wanted: impl Fn(&dlint_linter::Diagnostic) -> bool) -> Vec<String> {
    let mut files = MemoryFiles::default();
    let mut names = Vec::new();
    read(&mut files, project, project, &mut names);
    names.retain(|name| Language::of_name(name) == Some(Language::Compose));
    // What is laid over others by its command line only is not seen to be.
    let command = std::fs::read_to_string(project.join("command.txt")).unwrap();
    let words: Vec<&str> = command.split_whitespace().collect();
    let over: Vec<&str> = words.windows(2).filter(|it| it[0] == "-f").map(|it| it[1]).skip(1).collect();
    names.retain(|name| !over.iter().any(|it| Path::new(it) == name));
    names.sort();
    for name in &names {
        files.check(name.to_str().unwrap());
    }
    let mut found = Vec::new();
    for name in names {
        let document = files.document(&name, Language::Compose).unwrap();
        for finding in check(&document, &Config::default(), &files).iter().filter(|it| is_wanted(it)) {
            let start = document.position(finding.range.start());
            found.push(format!("{}:{}:{} {}", name.display(), start.line, start.column, finding.rule.rule().name));
        }
    }
    found
}

#[test]
fn what_compose_refuses_is_found() {
    let mut differences = String::new();
    let projects = projects("compose-refused");
    assert!(projects.len() >= 83, "there are {} projects", projects.len());
    for project in projects {
        let name = project.file_name().unwrap().to_str().unwrap();
        let is_error = |it: &Diagnostic| it.category == Category::Correctness && it.level == Level::Error;
        let is_refused = |it: &Diagnostic| it.category == Category::Syntax || is_error(it);
        let ours = findings(&project, |it| is_refused(it) || OTHERS.contains(&it.rule.rule().name));
        let path = project.join("dlint.txt");
        let recorded = std::fs::read_to_string(&path).unwrap_or_default();
        let reasons: Vec<&str> = recorded.lines().filter(|line| line.starts_with('#')).collect();
        let lines: Vec<&str> = ours.iter().map(String::as_str).chain(reasons.iter().copied()).collect();
        let text = format!("{}\n", lines.join("\n"));
        if std::env::var_os("DLINT_UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        } else if text != recorded {
            writeln!(differences, "{name}:\n  now  {}\n  then {}", text.trim_end(), recorded.trim_end()).unwrap();
        }
        if ours.is_empty() && reasons.is_empty() {
            writeln!(differences, "{name}: nothing is found").unwrap();
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn what_compose_accepts_is_not_refused() {
    let mut refused = String::new();
    for project in projects("compose-projects") {
        let name = project.file_name().unwrap().to_str().unwrap();
        // What the command line switches on, no file says.
        let command = std::fs::read_to_string(project.join("command.txt")).unwrap_or_default();
        let switched_on = if command.contains("--profile") { "disabled-dependency" } else { "" };
        let is_refused = |it: &Diagnostic| it.category == Category::Syntax && it.rule().name != switched_on;
        for finding in findings(&project, is_refused) {
            writeln!(refused, "{name}: {finding}").unwrap();
        }
    }
    assert!(refused.is_empty(), "{refused}");
}
