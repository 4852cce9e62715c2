//! The projects under `fixtures/`: what dlint says of each, and what `--fix --unsafe-fixes` would change.
//!
//! `INSTA_UPDATE=always cargo test --test fixtures` rewrites the snapshots in their folders. Read the difference before you
//! keep it.
#![allow(clippy::unwrap_used)]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use insta::{assert_snapshot, with_settings};
use support::Said;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn dlint(folder: &Path, args: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dlint"));
    command.current_dir(folder).args(["--color", "never", "--no-config"]).args(args).stdin(Stdio::null());
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    Said::of(&mut command)
}

/// Folders of projects whose expected answers are those of other programs; they have no snapshots.
const RECORDED: [&str; 3] = ["compose-projects", "compose-refused", "migration"];

fn cases() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("fixtures")).unwrap();
    let mut cases: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !RECORDED.iter().any(|name| path.ends_with(name)))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

#[test]
fn reports_and_fixes() {
    for case in cases() {
        let report = dlint(&case, &["."]);
        let fixes = dlint(&case, &["--diff", "--unsafe-fixes", "--quiet", "."]);
        with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
            assert_snapshot!("report", format!("exit status {}\n\n{}{}", report.status, report.stdout, report.stderr));
            assert_snapshot!("fixes", fixes.stdout);
        });
    }
}

#[test]
fn a_clean_project_gives_nothing() {
    let said = dlint(&root().join("fixtures/clean"), &["--output-format", "json", "."]);
    let report: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!((said.status, report["diagnostics"].as_array().unwrap().len()), (0, 0), "{}", said.stdout);
}

#[test]
fn the_readme_shows_what_dlint_prints() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let excerpt = readme.split_once("<!-- demo -->\n```text\n").unwrap().1.split_once("```\n<!-- /demo -->").unwrap().0;
    let said = dlint(root(), &["fixtures/demo"]);
    assert!(excerpt.lines().count() > 10, "the excerpt is too short to show anything");
    for part in excerpt.split("…\n") {
        assert!(
            said.stdout.contains(part.trim()),
            "README.md shows what dlint does not print:\n{part}\n{}",
            said.stdout
        );
    }
}
