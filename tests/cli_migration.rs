//! Projects that are configured for hadolint, dclint and compose-lint.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dlint_linter::selector::Selector;
use support::{CLEAN, Project, few};

/// A finding: its path, line and rule.
type Finding = (String, u64, String);

/// Copies a project of `fixtures/migration`.
fn project(name: &str) -> Project {
    let project = Project::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/migration").join(name), "", &project);
    project
}

fn copy(from: &Path, to: &str, project: &Project) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{to}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            copy(&entry.path(), &format!("{path}/"), project);
        } else {
            project.write(path, fs::read(entry.path()).unwrap());
        }
    }
}

fn findings(project: &Project, args: &[&str]) -> BTreeSet<Finding> {
    let report = project.json(args);
    let all = report["diagnostics"].as_array().unwrap().iter();
    let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
    all.map(|it| (text(&it["path"]), it["start"]["line"].as_u64().unwrap(), text(&it["rule"]))).collect()
}

/// Checks that what another linter suppresses, dlint does, and that it suppresses nothing else but what lies in `excluded`. The other's
/// findings are recorded; `least` of them are dlint's, too, under the policy.
fn same_suppressions(name: &str, policy: &str, excluded: &str, least: usize) {
    let project = project(name);
    let tool = name;
    let recorded = project.read("suppressed.txt");
    let recorded: BTreeSet<Finding> = recorded
        .lines()
        .flat_map(|line| {
            let (place, code) = line.split_once(' ').unwrap();
            let (path, number) = place.split_once(':').unwrap();
            let tool = if code.starts_with("SC") { "shellcheck" } else { tool };
            let rules: Vec<_> = Selector::parse(&format!("{tool}:{code}")).unwrap().rules().collect();
            rules.into_iter().map(|rule| (path.to_owned(), number.parse().unwrap(), rule.rule().name.to_owned()))
        })
        .collect();
    let without = findings(&project, &["--policy", policy, "--no-compat"]);
    let with = findings(&project, &["--policy", policy]);
    let kept: Vec<_> = with.intersection(&recorded).collect();
    assert!(kept.is_empty(), "{tool} suppresses these, and dlint does not: {kept:?}");
    let gone: BTreeSet<Finding> = without.difference(&with).cloned().collect();
    let more: Vec<_> =
        gone.difference(&recorded).filter(|(path, ..)| excluded.is_empty() || !path.starts_with(excluded)).collect();
    assert!(more.is_empty(), "dlint suppresses these, and {tool} does not: {more:?}");
    assert!(gone.intersection(&recorded).count() >= least, "{gone:?}");
    // Converting the file once gives what reading it gives.
    project.dlint(&["init"]).ends_with(0);
    assert!(project.path("dlint.toml").exists());
    let said = project.dlint(&["--policy", policy]);
    assert!(!said.stderr.contains("--no-compat"), "{}", said.stderr);
    if name != "compose-lint" {
        assert_eq!(findings(&project, &["--policy", policy]), with);
    }
}

#[test]
fn hadolint() {
    same_suppressions("hadolint", "hadolint", "", 4);
    let project = project("hadolint");
    let levels = project.json(&["--select", "root-user,DL3042,DL3025", "--policy", "hadolint"]);
    assert_eq!(levels["diagnostics"][0]["rule"], "package-cache");
    assert_eq!(levels["diagnostics"][0]["level"], "error", "an override is a level");
    project.dlint(&["worker", "--select", "cd-instead-of-workdir"]).ends_with(0);
}

#[test]
fn dclint() {
    same_suppressions("dclint", "recommended", "legacy/", 5);
}

#[test]
fn compose_lint() {
    same_suppressions("compose-lint", "hardened", "", 6);
    let project = project("compose-lint");
    let said = project.dlint(&["docker-compose.yml", "--output-format", "sarif"]);
    let report: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    let results = report["runs"][0]["results"].as_array().unwrap();
    let external: Vec<_> = results.iter().filter(|it| it["suppressions"][0]["kind"] == "external").collect();
    assert_eq!(external.len(), 2, "those of one service are shown as suppressed");
    assert_eq!(external[0]["suppressions"][0].get("justification"), None);
    assert_eq!(
        external[1]["suppressions"][0]["justification"],
        "The proxy reads labels through the socket; see SEC-12."
    );
}

#[test]
fn it_is_said_once_which_file_holds() {
    let project = Project::with(&[("Dockerfile", CLEAN), (".hadolint.yaml", "ignored: [DL3007, DL9999]\n")]);
    let said = project.dlint(&few(&[])).ends_with(0);
    assert_eq!(said.stderr.matches("`.hadolint.yaml` holds, but for 1 setting").count(), 1, "{}", said.stderr);
    assert_eq!(project.dlint(&["-q"]).stderr, "");
    assert!(!project.dlint(&["--no-compat"]).stderr.contains("hadolint"));
    assert!(!project.dlint(&["--no-config"]).stderr.contains("hadolint"));
    let mut command = project.command(&[]);
    assert!(!support::Said::of(command.env("DLINT_NO_COMPAT", "1")).stderr.contains("hadolint"));
    project.write("dlint.toml", "");
    assert_eq!(project.dlint(&["-q"]).stderr, "", "dlint's own file goes before it");
}

#[test]
fn a_file_of_another_linter_that_cannot_be_read() {
    let project = Project::with(&[("Dockerfile", CLEAN), (".hadolint.yaml", "ignored: [\n")]);
    project.dlint(&[]).ends_with(2).complains(".hadolint.yaml:");
    project.dlint(&few(&["--no-compat"])).ends_with(0);
    project.dlint(&["init"]).ends_with(2).complains(".hadolint.yaml:");
    assert!(!project.path("dlint.toml").exists());
}

#[test]
fn init_writes_a_file_that_changes_nothing() {
    let project = Project::with(&[("Dockerfile", "FROM alpine\nFROM debian:latest\n")]);
    let before = findings(&project, &[]);
    let said = project.dlint(&["init"]).ends_with(0);
    assert!(said.stderr.contains("dlint.toml` is written: dlint has"), "{}", said.stderr);
    let text = project.read("dlint.toml");
    assert!(text.contains("# floating-tag = \"warning\""), "{text}");
    assert_eq!(findings(&project, &[]), before);
    // Each setting that it shows may be used.
    let uncommented: String = text
        .lines()
        .map(|line| {
            line.strip_prefix("# ").filter(|it| it.contains(" = ") || it.starts_with("[[")).unwrap_or(line).to_owned()
                + "\n"
        })
        .collect();
    project.write("dlint.toml", &uncommented);
    project.dlint(&[]).ends_with(1);
    project.dlint(&["init"]).ends_with(2).complains("is there already; `--force` replaces it");
    project.dlint(&["init", "--force"]).ends_with(0);
    assert_eq!(project.read("dlint.toml"), text);
}

#[test]
fn init_says_which_files_lie_below() {
    let project = project("compose-lint");
    let left = "`edge/.compose-lint.yml` is not in it, and holds no more: `dlint init edge` converts it";
    project.dlint(&["init"]).ends_with(0).complains(left);
    let found = |project: &Project| findings(project, &["edge", "--select", "privileged-container"]).len();
    let said = project.dlint(&["init", "edge"]).ends_with(0);
    assert!(!said.stderr.contains("holds no more"), "{}", said.stderr);
    assert!(project.read("edge/dlint.toml").contains("privileged-container"));
    assert_eq!(found(&project), 1, "what is asked for by name is looked for");
    assert!(!findings(&project, &["edge"]).iter().any(|(_, _, rule)| rule == "privileged-container"));
}

#[test]
fn init_says_what_it_cannot_do() {
    let project = Project::with(&[("Dockerfile", CLEAN), ("odd.yaml", ""), (".dclintrc.js", "")]);
    project.dlint(&["init", "gone"]).ends_with(2).complains("`gone` does not exist");
    project.dlint(&["init", "Dockerfile"]).ends_with(2).complains("`Dockerfile` is no folder");
    project.dlint(&["init", "--from", "odd.yaml"]).ends_with(2).complains("is no configuration file of hadolint");
    project.dlint(&["init", "--from", ".dclintrc.js"]).ends_with(2).complains(".dclintrc.js:1: is a program");
    project.dlint(&["init", "--from", ".hadolint.yaml"]).ends_with(2).complains("does not exist");
    assert!(!project.path("dlint.toml").exists());
    let said = project.dlint(&["init", "-o", "-"]).ends_with(0);
    assert!(said.stdout.contains("[rules]") && !project.path("dlint.toml").exists());
}

const OLD: &str = "version: \"3\"\nservices: {}\n";

#[test]
fn dclint_is_told_by_many_files() {
    let off = "{rules: {'no-version-field': 0}}";
    let package =
        |key: &str| format!("{{\n\t\"name\": \"x\",\n\t\"{key}\": {{\"rules\": {{\"no-version-field\": 0}}}}\n}}\n");
    let of = |files: &[(&str, &str)]| {
        let project = Project::with(&[("compose.yaml", OLD)]);
        for (name, text) in files {
            project.write(name, text);
        }
        let said = project.dlint(&["--output-format", "concise", "--ignore", "style"]);
        (said.stdout.contains("obsolete-version"), said.stderr)
    };
    assert!(of(&[]).0);
    assert!(of(&[("package.json", &package("other"))]).0);
    assert!(of(&[("package.json", &package("other"))]).1.is_empty());
    for (name, text) in [
        ("package.json", package("dclint")),
        (".dclintrc.js", format!("module.exports = {off};\n")),
        (".dclintrc.cjs", format!("'use strict'\nmodule.exports = {off}\n")),
        ("dclint.config.js", format!("export default {off};\n")),
        (".config/dclintrc.ts", format!("export default {off};\n")),
        (".dclintrc", off.to_owned()),
    ] {
        let (found, stderr) = of(&[(name, &text)]);
        assert!(!found && stderr.contains(&format!("`{name}` holds")), "{name}: {stderr}");
    }
    // The first that says something counts, and what is empty says nothing.
    assert!(!of(&[("package.json", &package("dclint")), (".dclintrc", "rules: {no-version-field: 2}")]).0);
    assert!(!of(&[(".dclintrc", "\n"), (".dclintrc.json", "{\"rules\": {\"no-version-field\": 0}}")]).0);
}

#[test]
fn a_program_is_not_run() {
    let program = "const base = require('./base');\nmodule.exports = {...base};\n";
    let project = Project::with(&[
        ("compose.yaml", OLD),
        ("Dockerfile", CLEAN),
        ("dclint.config.js", program),
        (".hadolint.yaml", "ignored: [DL3007]\n"),
    ]);
    let said = project.dlint(&[]);
    assert_eq!(
        said.stderr.matches("`dclint.config.js:1` is a program, which dlint does not run").count(),
        1,
        "{}",
        said.stderr
    );
    assert!(said.stderr.contains("`.hadolint.yaml` holds"), "{}", said.stderr);
    assert!(!project.dlint(&["--no-compat"]).stderr.contains("program"));
    let shown = project.dlint(&["config", "show", "compose.yaml"]).ends_with(0);
    assert!(shown.stdout.contains("# dclint.config.js, a program of dclint, which is not read"), "{}", shown.stdout);
    project.dlint(&["init"]).ends_with(0).complains("dclint.config.js:1` is a program");
    assert!(project.read("dlint.toml").contains("DL3007"));
    project
        .dlint(&["init", "--force", "--from", "dclint.config.js"])
        .ends_with(2)
        .complains("dclint.config.js:1: is a program");
    let dclint = Project::with(&[
        ("compose.yaml", OLD),
        ("package.json", "{\"dclint\": {\"rules\": {\"no-version-field\": 0}}}"),
    ]);
    dclint.dlint(&["init", "--from", "package.json"]).ends_with(0);
    assert!(dclint.read("dlint.toml").contains("obsolete-version"));
}

#[test]
fn files_of_several_linters_hold_side_by_side() {
    let project = Project::with(&[
        ("Dockerfile", "FROM alpine:latest\n"),
        ("compose.yaml", "services:\n  web:\n    image: nginx:latest\n"),
        (".hadolint.yaml", "ignored: [DL3007]\n"),
        (".dclintrc", "rules: {no-unbound-port-interfaces: 0}\n"),
    ]);
    let said = project.dlint(&["--output-format", "concise"]);
    assert!(
        said.stdout.contains("floating-tag") && !said.stdout.contains("Dockerfile:1:13: warning[floating-tag]"),
        "{}",
        said.stdout
    );
    assert!(
        said.stderr.contains("`.hadolint.yaml` holds") && said.stderr.contains("`.dclintrc` holds"),
        "{}",
        said.stderr
    );
    project.write("sub/Dockerfile", "FROM alpine:latest\n");
    project.write("sub/.hadolint.yaml", "ignored: [DL3006]\n");
    let said = project.dlint(&["--output-format", "concise", "sub/Dockerfile"]);
    assert_eq!(said.stdout.matches("floating-tag").count(), 0, "only the working directory's holds: {}", said.stdout);
}

#[test]
fn the_environment_names_a_diff() {
    let project = Project::with(&[("Dockerfile", "FROM alpine:latest\nFROM debian:latest\n")]);
    project.write("x.diff", "+++ b/Dockerfile\n@@ -1,0 +2 @@\n+FROM debian:latest\n");
    let mut command = project.command(&["--output-format", "concise", "-q", "--select", "floating-tag"]);
    let said = support::Said::of(command.env("DLINT_CHANGED_LINES", "x.diff"));
    assert!(said.stdout.starts_with("Dockerfile:2:") && said.stdout.lines().count() == 1, "{}", said.stdout);
}
