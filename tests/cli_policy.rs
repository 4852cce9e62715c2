//! Policies and ratings on the command line.
#![allow(clippy::unwrap_used)]

mod support;

use support::Project;

const FILES: [(&str, &str); 2] = [
    ("Dockerfile", "FROM debian\nUSER root\n"),
    (
        "compose.yaml",
        "services:\n  db:\n    image: postgres:17\n    ports: ['5432:5432']\n    volumes: [/var/run/docker.sock:/s]\n",
    ),
];

fn rules(project: &Project, args: &[&str]) -> Vec<String> {
    let report = project.json(args);
    let mut rules: Vec<String> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {}", it["rule"].as_str().unwrap(), it["level"].as_str().unwrap()))
        .collect();
    rules.sort();
    rules.dedup();
    rules
}

#[test]
fn a_policy_chooses_rules_and_levels() {
    let project = Project::with(&FILES);
    assert_eq!(
        rules(&project, &["--policy", "hadolint", "Dockerfile"]),
        ["root-user warning", "untagged-image warning"]
    );
    project.write(
        "dlint.toml",
        "[policy.ours]\nextends = \"hadolint\"\n[policy.ours.rules]\nDL3006 = \"error\"\nDL3002 = \"off\"\n",
    );
    assert_eq!(rules(&project, &["--policy", "ours", "Dockerfile"]), ["untagged-image error"]);
    project.dlint(&["--policy", "orus"]).ends_with(2).complains("`orus` is not a policy; did you mean `ours`?");
    project.write("dlint.toml", "use-policy = \"hadolint\"\n");
    assert_eq!(rules(&project, &["compose.yaml"]), Vec::<String>::new(), "hadolint knows no Compose");
    project.write("dlint.toml", "select = [\"style\"]\n");
    assert_eq!(rules(&project, &["--policy", "hadolint", "Dockerfile"]).len(), 2, "the command line goes first");
}

#[test]
fn ratings_filter_and_fail() {
    let project = Project::with(&FILES);
    assert_eq!(
        rules(&project, &["--min-rating", "high", "compose.yaml"]),
        ["docker-socket-mount error", "wildcard-database-port error"]
    );
    assert_eq!(rules(&project, &["--min-rating", "critical", "compose.yaml"]), ["docker-socket-mount error"]);
    for (threshold, file, status) in [
        ("critical", "compose.yaml", 1),
        ("critical", "Dockerfile", 0),
        ("medium", "Dockerfile", 1),
        ("error", "Dockerfile", 0),
        ("warning", "Dockerfile", 1),
    ] {
        project.dlint(&["--fail-on", threshold, file]).ends_with(status);
    }
    project.dlint(&["--min-rating", "hihg"]).ends_with(2).complains("'high'");
}

#[test]
fn the_image_of_dlint_is_hardened_and_has_what_it_is_built_from() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let project = Project::with(&[("Dockerfile", &read("Dockerfile"))]);
    let report = project.json(&["--policy", "hardened", "--no-config"]);
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    // What the program has of other folders than its own.
    let context = read(".dockerignore");
    let source = read("crates/dlint/src/config.rs");
    let (_, outside) = source.split_once("include_str!(\"../../../").unwrap();
    let folder = outside.split('/').next().unwrap();
    assert!(context.lines().any(|line| line == format!("!{folder}")), "{folder} is not in the context of the build");
}
