//! The command line: what is new, by a baseline and by a diff.
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::{CLEAN, Project, few};

fn places(project: &Project, args: &[&str]) -> Vec<String> {
    let report = project.json(&few(args));
    let of = |it: &Value| format!("{}:{}", it["path"].as_str().unwrap(), it["start"]["line"]);
    report["diagnostics"].as_array().unwrap().iter().map(of).collect()
}

const BASELINE: [&str; 2] = ["--baseline", "known.json"];

#[test]
fn only_new_findings_are_reported() {
    let project = Project::with(&[("Dockerfile", "FROM debian\nFROM alpine\n"), ("b/Dockerfile", CLEAN)]);
    project.dlint(&few(&BASELINE)).ends_with(2).complains("does not exist; `--write-baseline` writes one");
    let write = few(&["--baseline", "known.json", "--write-baseline"]);
    project.dlint(&write).ends_with(0).complains("`known.json` has 2 findings now");
    let first = project.read("known.json");
    project.dlint(&write).ends_with(0);
    assert_eq!(project.read("known.json"), first, "the same from run to run");

    let said = project.dlint(&few(&BASELINE)).ends_with(0);
    assert!(said.stdout.contains("2 findings of the baseline are not shown"), "{}", said.stdout);
    project.write("Dockerfile", "# moved\n\nFROM debian\nFROM busybox\n  FROM alpine\n");
    assert_eq!(places(&project, &BASELINE), ["Dockerfile:4"]);
    project.write("Dockerfile", "FROM debian\nFROM debian\n");
    assert_eq!(places(&project, &BASELINE), ["Dockerfile:2"], "one more of the same is new");
}

#[test]
fn stale_entries_are_said() {
    let project = Project::with(&[("Dockerfile", "FROM debian\nFROM alpine\n"), ("b/Dockerfile", "FROM debian\n")]);
    project.dlint(&few(&["--baseline", "known.json", "--write-baseline"])).ends_with(0);
    project.write("Dockerfile", "FROM debian\n");
    std::fs::remove_file(project.path("b/Dockerfile")).unwrap();
    project.dlint(&few(&BASELINE)).ends_with(0).complains("2 entries of `known.json` found no more");
    let other = project.dlint(&["--select", "floating-tag", "--baseline", "known.json", "Dockerfile"]);
    assert!(other.stderr.contains("1 entry"), "what is not looked for is not stale: {}", other.stderr);
}

#[test]
fn neither_its_place_nor_the_working_directory_matters() {
    let project = Project::with(&[("Dockerfile", "FROM debian\n"), ("sub/Dockerfile", "FROM alpine\n")]);
    project.dlint(&few(&["--baseline", "known.json", "--write-baseline"])).ends_with(0);
    std::fs::rename(project.path("known.json"), project.path("sub/moved.json")).unwrap();
    project.dlint(&few(&["--baseline", "sub/moved.json"])).ends_with(0);
    let mut command = project.command(&few(&["--baseline", "moved.json", ".", ".."]));
    let said = support::Said::of(command.current_dir(project.path("sub"))).ends_with(0);
    assert_eq!(said.stderr, "", "no entry is stale");
}

#[test]
fn what_was_not_looked_at_stays_known() {
    let files =
        [("a/Dockerfile", "FROM debian\n"), ("b/Dockerfile", "FROM alpine\n"), ("c/Dockerfile", "FROM nginx\n")];
    let project = Project::with(&files);
    let write = ["--baseline", "known.json", "--write-baseline"];
    project.dlint(&few(&write)).ends_with(0);
    project.write("a/Dockerfile", "FROM busybox\n");
    std::fs::remove_file(project.path("c/Dockerfile")).unwrap();
    project.dlint(&few(&[&write[..], &["a"]].concat())).ends_with(0).complains("has 2 findings now");
    project.dlint(&few(&BASELINE)).ends_with(0);
    project.write("known.json", "<<<<<<< of a merge");
    project.dlint(&few(&write)).ends_with(0).complains("has 2 findings now");
}

#[test]
fn a_baseline_that_is_none() {
    let project = Project::with(&[("Dockerfile", CLEAN), ("known.json", "{\"version\":9,\"files\":{}}")]);
    project.dlint(&few(&BASELINE)).ends_with(2).complains("is of version 9");
    project.write("known.json", "[");
    project.dlint(&few(&BASELINE)).ends_with(2).complains("is no baseline");
    let said = project.dlint(&few(&["--baseline", "."])).ends_with(2).complains("is a folder");
    assert!(!said.stderr.contains("--write-baseline"), "{}", said.stderr);
}

#[test]
fn only_what_is_reported_is_fixed() {
    let text = "FROM alpine:3.22\nRUN apk add curl\nRUN apk add git\nUSER 1\n";
    let project = Project::with(&[("Dockerfile", text)]);
    let only = ["--select", "package-cache"];
    let with = |args: &[&'static str]| [&only[..], args].concat();
    let second = "--- a/Dockerfile\n+++ b/Dockerfile\n@@ -2,0 +3 @@\n+RUN apk add git\n";
    let fixed = "FROM alpine:3.22\nRUN apk add curl\nRUN apk add --no-cache git\nUSER 1\n";
    let said = project.dlint_with(&with(&["--changed-lines", "-", "--fix"]), second).ends_with(0);
    assert!(said.stdout.contains("Fixed 1 finding in 1 file"), "{}", said.stdout);
    assert_eq!(project.read("Dockerfile"), fixed);
    project.write("Dockerfile", "FROM alpine:3.22\nRUN apk add curl\nUSER 1\n");
    project.dlint(&with(&["--baseline", "known.json", "--write-baseline"])).ends_with(0);
    project.write("Dockerfile", text);
    project.dlint(&with(&["--baseline", "known.json", "--fix"])).ends_with(0);
    assert_eq!(project.read("Dockerfile"), fixed);
    // What a fix moves is still reported: the sixth line is the fourth then.
    let moved = "FROM alpine:3.22\nLABEL a=b\n\n\n\nFROM debian\nUSER 1\n";
    project.write("Dockerfile", moved);
    let diff = "+++ b/Dockerfile\n@@ -2,0 +3,4 @@\n+\n+\n+\n+FROM debian\n";
    let args = [
        "--select",
        "untagged-image,repeated-blank-lines",
        "--changed-lines",
        "-",
        "--fix",
        "-q",
        "--output-format",
        "concise",
    ];
    let said = project.dlint_with(&args, diff).ends_with(1);
    assert_ne!(project.read("Dockerfile"), moved);
    assert!(said.stdout.contains("[untagged-image]"), "{}", said.stdout);
}

#[test]
fn only_added_lines_are_reported() {
    let project = Project::with(&[("Dockerfile", "FROM debian\nFROM alpine\n"), ("sub/Dockerfile", "FROM debian\n")]);
    let diff = "--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1 +1,2 @@\n FROM debian\n+FROM alpine\n";
    project.write("x.diff", diff);
    assert_eq!(places(&project, &["--changed-lines", "x.diff"]), ["Dockerfile:2"]);
    let said =
        project.dlint_with(&few(&["--changed-lines", "-", "--output-format", "concise", "-q"]), diff).ends_with(1);
    assert_eq!(said.stdout.lines().count(), 1, "{}", said.stdout);
    assert_eq!(places(&project, &["--changed-lines", "/dev/null", "Dockerfile"]).len(), 0);
    let other = diff.replace("Dockerfile", "gone");
    project.dlint_with(&few(&["--changed-lines", "-"]), other).ends_with(0).complains("none of the files");
    project.dlint_with(&few(&["--changed-lines", "-"]), b"\xff\xfed\0").ends_with(2).complains("is UTF-16");
    project.write("x.diff", "@@ no @@\n");
    project.dlint(&few(&["--changed-lines", "x.diff"])).ends_with(2).complains("no unified diff");
}
