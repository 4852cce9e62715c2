//! The command line: ShellCheck, played by a script that writes down how it is called. The real one need not be there.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;
use support::Project;

const FILE: &str = "FROM debian:12\nARG A\nRUN make && \\\n    rm -r $A x\n";

/// What ShellCheck says of `FILE`: its text has the dialect, the variables and then the script.
const SAYS: &str = r#"{"comments":[
    {"file":"0","line":3,"endLine":3,"column":19,"endColumn":21,"level":"info","code":2086,"message":"Quote this.","fix":null},
    {"file":"0","line":3,"endLine":3,"column":1,"endColumn":5,"level":"style","code":9999,"message":"Say please."},
    {"file":"0","line":2,"endLine":2,"column":1,"endColumn":5,"level":"error","code":2034,"message":"About the declarations."}
]}"#;

/// A program that says `says`, writes its arguments to `calls`, and keeps the first script it is given.
fn tool(project: &Project, says: &str) -> String {
    project.write("says", says);
    let folder = project.path("");
    let folder = folder.to_str().unwrap();
    project.write(
        "tool",
        format!("#!/bin/sh\necho \"$@\" >> '{folder}/calls'\ncat 0 > '{folder}/script'\ncat '{folder}/says'\nexit 1\n"),
    );
    let path = project.path("tool");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

fn findings(report: &Value) -> Vec<(String, String, u64, u64)> {
    let all = report["diagnostics"].as_array().unwrap().iter();
    all.map(|it| {
        let text = |key: &str| it[key].as_str().unwrap().to_owned();
        (
            format!("{}[{}]", text("level"), text("rule")),
            text("message"),
            it["start"]["line"].as_u64().unwrap(),
            it["start"]["column"].as_u64().unwrap(),
        )
    })
    .collect()
}

#[test]
fn its_findings_stand_at_their_places() {
    let project = Project::with(&[("Dockerfile", FILE)]);
    let tool = tool(&project, SAYS);
    let report = project.json(&["--select", "floating-tag", &format!("--shellcheck={tool}"), "Dockerfile"]);
    assert_eq!(
        findings(&report),
        [
            ("hint[shellcheck]".to_owned(), "Say please (shellcheck:SC9999)".to_owned(), 3, 5),
            ("info[shellcheck]".to_owned(), "Quote this (shellcheck:SC2086)".to_owned(), 4, 11),
        ]
    );
    assert_eq!(project.read("script"), "# shellcheck shell=dash\nread -r A; export A\nmake &&     rm -r $A x\n");
}

#[test]
fn it_is_called_once_for_all_files() {
    let project = Project::with(&[
        ("Dockerfile", FILE),
        ("a/Dockerfile", "FROM alpine:3\nRUN a\nCMD b\n"),
        ("b/Dockerfile", "FROM x\n"),
    ]);
    let tool = tool(&project, "{\"comments\":[]}");
    project.dlint(&["--select", "floating-tag", &format!("--shellcheck={tool}")]).ends_with(0);
    assert_eq!(
        project.read("calls"),
        "--norc --format=json1 --exclude=SC1090,SC1091,SC1128,SC2148,SC2187,SC2239 0 1 2\n"
    );
}

#[test]
fn what_a_rule_has_found_is_not_told_again() {
    let project = Project::with(&[("Dockerfile", FILE)]);
    let tool = tool(&project, SAYS);
    let report = project.json(&["--select", "unquoted-variable", &format!("--shellcheck={tool}"), "Dockerfile"]);
    let rules: Vec<_> = findings(&report).into_iter().map(|it| it.0).collect();
    assert_eq!(rules, ["hint[shellcheck]", "hint[unquoted-variable]"]);
}

#[test]
fn codes_can_be_left_out() {
    let project =
        Project::with(&[("Dockerfile", FILE), ("dlint.toml", "[options.shellcheck]\nexclude = [\"SC2086\"]\n")]);
    let tool = tool(&project, SAYS);
    let report = project.json(&["--select", "floating-tag", &format!("--shellcheck={tool}"), "Dockerfile"]);
    assert_eq!(findings(&report).len(), 1);
}

#[test]
fn without_it_there_is_one_note() {
    let project = Project::with(&[("Dockerfile", FILE), ("a/Dockerfile", FILE)]);
    let said = project.dlint(&["--select", "floating-tag", "--shellcheck=/nowhere/shellcheck"]).ends_with(0);
    assert_eq!(said.stderr, "note: without ShellCheck: `/nowhere/shellcheck` is not installed\n");
    let tool = tool(&project, "unknown option --norc");
    let said = project.dlint(&["--select", "floating-tag", &format!("--shellcheck={tool}")]).ends_with(0);
    assert!(
        said.stderr.contains("it says: unknown option --norc") && said.stderr.lines().count() == 1,
        "{}",
        said.stderr
    );
}

#[test]
fn only_who_runs_dlint_can_ask_for_it() {
    let project = Project::with(&[("Dockerfile", FILE)]);
    let tool = tool(&project, SAYS);
    project.write("dlint.toml", format!("shellcheck = \"{tool}\"\n"));
    project.dlint(&["Dockerfile"]).ends_with(2).complains("a repository must not decide");
    assert!(!project.path("calls").exists());
    project.write("dlint.toml", "ignore = [\"unquoted-variable\"]\n");
    project.write("own/dlint/dlint.toml", format!("shellcheck = \"{tool}\"\n"));
    let of_tool =
        |args: &[&str]| findings(&project.json(args)).iter().filter(|it| it.0.ends_with("[shellcheck]")).count();
    assert_eq!(of_tool(&["Dockerfile"]), 2);
    assert_eq!(of_tool(&["--no-config", "Dockerfile"]), 0);
    assert_eq!(of_tool(&["--select", "floating-tag", "Dockerfile"]), 0);
    assert_eq!(of_tool(&["--ignore", "shellcheck", "Dockerfile"]), 0);
    project.write("own/dlint/dlint.toml", "shelcheck = true\n");
    project.dlint(&["Dockerfile"]).ends_with(2).complains("unknown field `shelcheck`");
}

#[test]
fn standard_input_and_fixed_files_are_looked_at() {
    let project = Project::with(&[("Dockerfile", "FROM debian:12\nRUN [ a == \"$A\" ]\n")]);
    let says = r#"{"comments":[{"file":"0","line":2,"endLine":2,"column":3,"endColumn":4,"level":"error","code":9999,"message":"x"}]}"#;
    let tool = tool(&project, says);
    let option = format!("--shellcheck={tool}");
    let said = project.dlint_with(
        &["--select", "floating-tag", &option, "--output-format", "concise", "--language", "dockerfile", "-"],
        FILE,
    );
    assert!(
        said.stdout.is_empty() || !said.stdout.contains("SC9999"),
        "the declarations are no part of the file: {}",
        said.stdout
    );
    let said =
        project.dlint(&["--select", "bash-syntax-in-sh", "--fix", &option, "--output-format", "concise", "Dockerfile"]);
    assert!(
        said.stdout.contains("Dockerfile:2:7: error[shellcheck] x (shellcheck:SC9999)"),
        "{}{}",
        said.stdout,
        said.stderr
    );
    assert_eq!(project.read("script"), "# shellcheck shell=dash\n[ a = \"$A\" ]\n");
}
