//! The command line: `explain`, `rules`, `completions` and help.
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::Project;

#[test]
fn a_rule_is_explained_by_its_name_and_by_other_tools_codes() {
    let project = Project::new();
    let said = project.dlint(&["explain", "untagged-image"]).ends_with(0);
    assert!(said.stdout.starts_with("untagged-image - "), "{}", said.stdout);
    assert!(said.stdout.contains("Level      warning, on by default\n"), "{}", said.stdout);
    assert!(said.stdout.contains("hadolint:DL3006"), "{}", said.stdout);
    assert!(!said.stdout.contains("```"), "{}", said.stdout);
    for code in ["DL3006", "hadolint:dl3006"] {
        assert_eq!(project.dlint(&["explain", code]).ends_with(0).stdout, said.stdout, "{code}");
    }
    project
        .dlint(&["explain", "untaged-image"])
        .ends_with(2)
        .complains("`untaged-image` is no rule, alias or category; did you mean `untagged-image`?");
    project
        .dlint(&["explain", "syntax"])
        .ends_with(2)
        .complains("`syntax` stands for several rules; name one of them: ");
}

#[test]
fn every_rule_can_be_explained() {
    let project = Project::new();
    for rule in rules(&project) {
        let name = rule["rule"].as_str().unwrap();
        let said = project.dlint(&["explain", name]).ends_with(0);
        assert!(said.stdout.starts_with(name), "{name}");
    }
}

fn rules(project: &Project) -> Vec<Value> {
    let said = project.dlint(&["rules", "--output-format", "json"]).ends_with(0);
    serde_json::from_str::<Value>(&said.stdout).unwrap().as_array().unwrap().clone()
}

#[test]
fn rules_as_data_are_the_contract() {
    let project = Project::new();
    let rules = rules(&project);
    assert!(!rules.is_empty());
    let names: Vec<_> = rules.iter().map(|rule| rule["rule"].as_str().unwrap()).collect();
    assert!(names.is_sorted(), "{names:?}");
    for rule in &rules {
        let keys: Vec<_> = rule.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            ["aliases", "category", "cvss", "default", "fix", "languages", "level", "rule", "since", "summary", "url"]
        );
        assert!(["always", "sometimes", "none"].contains(&rule["fix"].as_str().unwrap()));
        assert!(rule["default"].is_boolean());
        assert_eq!(rule["cvss"].is_null(), rule["category"] != "security", "{}", rule["rule"]);
        if let Some(cvss) = rule["cvss"].as_object() {
            assert!(cvss["vector"].as_str().unwrap().starts_with("CVSS:3.1/"));
            assert!((0.0..=10.0).contains(&cvss["score"].as_f64().unwrap()));
            assert!(["none", "low", "medium", "high", "critical"].contains(&cvss["rating"].as_str().unwrap()));
        }
    }
}

#[test]
fn the_table_of_rules_is_aligned() {
    let project = Project::new();
    let table = project.dlint(&["rules"]).ends_with(0).stdout;
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), rules(&project).len() + 1);
    for head in ["LEVEL", "DEFAULT", "FIX", "CATEGORY", "LANGUAGES", "SUMMARY"] {
        let column = lines[0].find(head).unwrap();
        for line in &lines {
            assert_eq!(&line[column - 2..column], "  ", "{line}");
            assert_ne!(&line[column..=column], " ", "{line}");
        }
    }
}

#[test]
fn completions_know_the_commands() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = project.dlint(&["completions", shell]).ends_with(0);
        assert!(said.stdout.contains("explain") && said.stdout.contains("output-format"), "{shell}");
    }
    project.dlint(&["completions", "bahs"]).ends_with(2).complains("bash");
}

#[test]
fn help_and_version() {
    let project = Project::new();
    let help = project.dlint(&["--help"]).ends_with(0).stdout;
    for word in ["check", "explain", "rules", "completions", "--fix", "--select", "--fail-on", "Exit status"] {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(project.dlint(&["--version"]).ends_with(0).stdout, format!("dlint {}\n", env!("CARGO_PKG_VERSION")));
}
