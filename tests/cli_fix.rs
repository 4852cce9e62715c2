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

/// A Compose file with a byte order mark and CRLF, whose port has an unsafe fix.
const PORT: &str = "\u{feff}services:\r\n  web:\r\n    image: nginx:1.27\r\n    ports: [\"8080:80\"]\r\n";
const FIXED: &str = "\u{feff}services:\r\n  web:\r\n    image: nginx:1.27\r\n    ports: [\"127.0.0.1:8080:80\"]\r\n";
const RULE: [&str; 2] = ["--select", "wildcard-port"];

fn with_rule<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [&RULE[..], args].concat()
}

#[test]
fn an_unsafe_fix_needs_both_flags() {
    let project = Project::with(&[("compose.yaml", PORT)]);
    for args in [&["--fix"][..], &["--unsafe-fixes"]] {
        let said = project.dlint(&with_rule(args)).ends_with(1);
        assert!(said.stdout.contains("`--fix --unsafe-fixes` can mend 1\n"), "{}", said.stdout);
        assert_eq!(project.read("compose.yaml"), PORT);
    }
    let said = project.dlint(&with_rule(&["--fix", "--unsafe-fixes"])).ends_with(0);
    assert_eq!(said.stdout, "No findings in 1 Compose file\nFixed 1 finding in 1 file\n");
    assert_eq!(project.read("compose.yaml"), FIXED);
}

#[test]
fn a_diff_shows_what_would_be_written() {
    let project = Project::with(&[("compose.yaml", PORT)]);
    let said = project.dlint(&with_rule(&["--diff", "--unsafe-fixes"])).ends_with(1);
    assert_eq!(
        said.stdout,
        "--- compose.yaml\n+++ compose.yaml\n@@ -1,4 +1,4 @@\n \u{feff}services:\r\n   web:\r\n     image: nginx:1.27\r\n\
         -    ports: [\"8080:80\"]\r\n+    ports: [\"127.0.0.1:8080:80\"]\r\n"
    );
    assert_eq!(said.stderr, "Would fix 1 finding in 1 file\n");
    assert_eq!(project.read("compose.yaml"), PORT);
    project.dlint(&with_rule(&["--diff", "--unsafe-fixes", "--exit-zero"])).ends_with(0);
}

#[test]
fn standard_input_is_fixed() {
    let project = Project::with(&[("compose.yaml", "untouched")]);
    let args = with_rule(&["-", "--stdin-filename", "compose.yaml", "--fix", "--unsafe-fixes"]);
    let said = project.dlint_with(&args, PORT).ends_with(0);
    assert_eq!(said.stdout, FIXED);
    assert_eq!(said.stderr, "No findings in 1 Compose file\nFixed 1 finding in 1 file\n");
    assert_eq!(project.read("compose.yaml"), "untouched");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_keeps_its_findings() {
    let project = Project::with(&[("a/compose.yaml", PORT), ("b/compose.yaml", PORT)]);
    let path = project.path("a/compose.yaml");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let args = with_rule(&["--fix", "--unsafe-fixes", "--output-format", "concise"]);
    let said = project.dlint(&args).ends_with(2);
    assert!(said.stdout.starts_with("a/compose.yaml:4:13: warning[wildcard-port]"), "{}", said.stdout);
    assert!(said.stdout.ends_with("Fixed 1 finding in 1 file\n"), "{}", said.stdout);
    said.complains("error: `a/compose.yaml` cannot be written: it is read-only\n");
    assert_eq!(project.read("a/compose.yaml"), PORT);
    assert_eq!(project.read("b/compose.yaml"), FIXED);
}
