//! The command line: what it checks, and how it ends.
#![allow(clippy::unwrap_used)]

mod support;

use support::{BROKEN, CLEAN, Project, few};

const UNTAGGED: &str = "FROM alpine\n";

#[test]
fn the_default_is_to_check_this_folder() {
    let project = Project::with(&[("sub/Dockerfile", UNTAGGED)]);
    let bare = project.dlint(&few(&["--output-format", "concise"])).ends_with(1);
    assert_eq!(
        bare.stdout,
        "sub/Dockerfile:1:6: warning[untagged-image] `alpine` has no tag, so it is whatever `latest` is at the time\n\
         Found 1 warning in 1 Dockerfile\n"
    );
    assert_eq!(bare.stderr, "");
    let named = project.dlint(&[&["check"], &few(&["--output-format", "concise", "."])[..]].concat()).ends_with(1);
    assert_eq!(named.stdout, bare.stdout);
}

#[test]
fn nothing_to_complain_of_is_status_0() {
    let project = Project::with(&[("Dockerfile", CLEAN), ("compose.yaml", "services: {}\n")]);
    let said = project.dlint(&few(&[])).ends_with(0);
    assert_eq!(said.stdout, "No findings in 1 Dockerfile and 1 Compose file\n");
}

#[test]
fn fail_on_decides_which_findings_matter() {
    let project = Project::with(&[("Dockerfile", UNTAGGED)]);
    project.dlint(&few(&["--fail-on", "error"])).ends_with(0);
    project.dlint(&few(&["--fail-on", "warning"])).ends_with(1);
    project.dlint(&few(&["--fail-on", "hint"])).ends_with(1);
    project.dlint(&few(&["--exit-zero"])).ends_with(0);
}

#[test]
fn exit_zero_does_not_hide_errors() {
    let project = Project::with(&[("Dockerfile", UNTAGGED)]);
    project.dlint(&few(&["--exit-zero", ".", "missing"])).ends_with(2).complains("`missing` does not exist");
}

#[test]
fn rules_are_chosen_by_name_code_and_category() {
    let project = Project::with(&[("Dockerfile", "FROM alpine\nFROM alpine:latest\n")]);
    let rules = |args: &[&str]| {
        let report = project.json(args);
        let names: Vec<String> = report["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|diagnostic| diagnostic["rule"].as_str().unwrap().to_owned())
            .collect();
        names
    };
    assert_eq!(rules(&["--select", "untagged-image"]), ["untagged-image"]);
    assert_eq!(rules(&["--select", "DL3007"]), ["floating-tag"]);
    assert_eq!(rules(&["--select", "DL3006,hadolint:DL3007"]), ["untagged-image", "floating-tag"]);
    assert_eq!(rules(&["--select", "DL3006", "--select", "DL3007"]), ["untagged-image", "floating-tag"]);
    assert_eq!(rules(&["--select", "untagged-image,floating-tag", "--ignore", "untagged-image"]), ["floating-tag"]);
    assert_eq!(rules(&["--select", "untagged-image", "--ignore", "ALL"]), [""; 0]);
}

#[test]
fn a_file_that_docker_refuses_is_never_fine() {
    let project = Project::with(&[("Dockerfile", BROKEN)]);
    let said = project.dlint(&few(&["--output-format", "concise"])).ends_with(1);
    assert!(said.stdout.starts_with("Dockerfile:2:1: error[unknown-instruction]"), "{}", said.stdout);
}

#[test]
fn quiet_leaves_the_findings() {
    let project = Project::with(&[("Dockerfile", UNTAGGED)]);
    let said = project.dlint(&few(&["--quiet", "--output-format", "concise"])).ends_with(1);
    assert_eq!(said.stdout.lines().count(), 1);
    project.write("Dockerfile", CLEAN);
    assert_eq!(project.dlint(&few(&["-q"])).ends_with(0).stdout, "");
}

#[test]
fn statistics_count_rules() {
    let project = Project::with(&[("a/Dockerfile", "FROM alpine\nFROM debian\n"), ("b/Dockerfile", "FROM a:latest\n")]);
    let said = project.dlint(&few(&["--statistics"])).ends_with(1);
    let lines: Vec<_> = said.stdout.lines().collect();
    assert!(lines[0].starts_with("2  untagged-image  "), "{lines:?}");
    assert!(lines[1].starts_with("1  floating-tag    "), "{lines:?}");
    assert_eq!(lines[2..], ["Found 3 warnings in 2 of 2 files (2 Dockerfiles)"]);
    project.dlint(&["--statistics", "--output-format", "json"]).ends_with(2).complains("--statistics goes with");
}

#[test]
fn standard_input_is_linted_under_a_name() {
    let project = Project::new();
    let args = few(&["-", "--output-format", "concise", "--stdin-filename"]);
    let said = project.dlint_with(&[&args[..], &["sub/Dockerfile"]].concat(), UNTAGGED).ends_with(1);
    assert!(said.stdout.starts_with("sub/Dockerfile:1:6: warning"), "{}", said.stdout);
    let said = project.dlint_with(&few(&["-", "--language", "dockerfile", "-q"]), UNTAGGED).ends_with(1);
    assert!(said.stdout.contains("<stdin>:1:6"), "{}", said.stdout);
    let said = project.dlint_with(&few(&["-", "--output-format", "concise"]), UNTAGGED).ends_with(1);
    assert!(said.stdout.starts_with("<stdin>:1:6"), "the content tells: {}", said.stdout);
}

#[test]
fn the_report_is_the_same_from_run_to_run() {
    let project = Project::new();
    for index in 0..60 {
        project.write(format!("d{}/s{}/Dockerfile", index % 7, index), "FROM alpine\nRUNN x\nFROM b:latest\n");
    }
    for format in ["text", "concise", "json", "github"] {
        let first = project.dlint(&few(&["--output-format", format])).ends_with(1);
        for _ in 0..3 {
            let again = project.dlint(&few(&["--output-format", format])).ends_with(1);
            assert!(again.stdout == first.stdout, "{format}");
        }
    }
    let said = project.dlint(&few(&["--output-format", "concise", "-q"]));
    let paths: Vec<_> = said.stdout.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert!(paths.is_sorted_by_key(std::path::Path::new), "in the order of paths");
}
