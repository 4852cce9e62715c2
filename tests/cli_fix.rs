//! The command line: `--fix` and `--diff`. What is done with the fixes of a file has its tests beside the code.
#![allow(clippy::unwrap_used)]

mod support;

use support::{BROKEN, Project, few};

#[test]
fn without_anything_to_fix_nothing_is_written() {
    let project = Project::with(&[("Dockerfile", "FROM alpine\r\n")]);
    let before = std::fs::metadata(project.path("Dockerfile")).unwrap().modified().unwrap();
    let said = project.dlint(&few(&["--fix", "--output-format", "concise"])).ends_with(1);
    assert!(said.stdout.ends_with("Found 1 warning in 1 Dockerfile\n"), "{}", said.stdout);
    assert_eq!(std::fs::metadata(project.path("Dockerfile")).unwrap().modified().unwrap(), before);
    assert_eq!(project.read("Dockerfile"), "FROM alpine\r\n");
    assert_eq!(std::fs::read_dir(project.path("")).unwrap().count(), 2, "no temporary file is left");
}

#[test]
fn an_uncertain_fix_is_never_applied() {
    let project = Project::with(&[("Dockerfile", "FORM alpine:3\nFROM alpine:3\n")]);
    project.dlint(&few(&["--fix", "--unsafe-fixes"])).ends_with(1);
    assert_eq!(project.read("Dockerfile"), "FORM alpine:3\nFROM alpine:3\n");
}

#[test]
fn fixing_standard_input_gives_it_back() {
    let project = Project::new();
    let args = few(&["-", "--stdin-filename", "Dockerfile", "--fix", "--output-format", "concise"]);
    for input in [&b"FROM alpine\r\n"[..], b"\xef\xbb\xbfFROM alpine", b"FROM alpine # \xff\n"] {
        let mut command = project.command(&args);
        let input_file = project.path("input");
        std::fs::write(&input_file, input).unwrap();
        let output = command.stdin(std::fs::File::open(&input_file).unwrap()).output().unwrap();
        assert_eq!(output.stdout, input, "byte for byte");
        assert_eq!(output.status.code(), Some(1));
        let report = String::from_utf8(output.stderr).unwrap();
        assert!(report.contains("warning[untagged-image]"), "the report stands where the text does not: {report}");
    }
}

#[test]
fn standard_input_that_cannot_be_linted_is_given_back_too() {
    let project = Project::new();
    let said = project.dlint_with(&["-", "--fix"], "hello\n").ends_with(2);
    assert_eq!(said.stdout, "hello\n", "an editor would otherwise lose its text");
}

#[test]
fn a_diff_of_nothing_is_empty() {
    let project = Project::with(&[("Dockerfile", BROKEN)]);
    let said = project.dlint(&few(&["--diff"])).ends_with(1);
    assert_eq!(said.stdout, "");
    assert_eq!(said.stderr, "Would fix 0 findings in 0 files; 1 finding would be left\n");
    assert_eq!(project.read("Dockerfile"), BROKEN);
    project.dlint(&few(&["--diff", "--output-format", "json"])).ends_with(2).complains("cannot be used with");
}
