//! The command line: the configuration file.
#![allow(clippy::unwrap_used)]

mod support;

use support::{CLEAN, Project, Said};

const FILE: &str = "FROM alpine\nFROM debian:latest\n";

fn rules(project: &Project, args: &[&str]) -> Vec<(String, String)> {
    let report = project.json(args);
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let of = |it: &serde_json::Value, key: &str| it[key].as_str().unwrap().to_owned();
    diagnostics.iter().map(|it| (of(it, "rule"), of(it, "level"))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|&(rule, level)| (rule.to_owned(), level.to_owned())).collect()
}

#[test]
fn the_nearest_file_upwards_counts() {
    let project = Project::with(&[("a/b/Dockerfile", FILE), ("dlint.toml", "select = [\"floating-tag\"]\n")]);
    assert_eq!(rules(&project, &[]), pairs(&[("floating-tag", "warning")]));
    let from = |folder: &str| {
        let mut command = project.command(&["--output-format", "concise", "-q"]);
        Said::of(command.current_dir(project.path(folder))).stdout
    };
    assert_eq!(from("a/b").lines().count(), 1, "{}", from("a/b"));
    project.write("a/.dlint.toml", "select = [\"untagged-image\"]\n");
    assert!(from("a/b").starts_with("Dockerfile:1:6: warning[untagged-image]"), "{}", from("a/b"));
    project.write("a/dlint.toml", "select = [\"floating-tag\"]\n");
    assert!(from("a").starts_with("b/Dockerfile:2:"), "dlint.toml goes before .dlint.toml: {}", from("a"));
}

#[test]
fn arguments_go_before_the_file() {
    let project = Project::with(&[("Dockerfile", FILE), ("other.toml", "select = [\"floating-tag\"]\n")]);
    project.write(
        "dlint.toml",
        "select = [\"untagged-image\", \"floating-tag\"]\nignore = [\"floating-tag\"]\nfail-on = \"error\"\n",
    );
    project.dlint(&[]).ends_with(0);
    project.dlint(&["--fail-on", "warning"]).ends_with(1);
    assert_eq!(rules(&project, &[]), pairs(&[("untagged-image", "warning")]));
    assert_eq!(rules(&project, &["--select", "floating-tag"]), pairs(&[("floating-tag", "warning")]));
    assert_eq!(rules(&project, &["--ignore", "untagged-image"]), []);
    assert_eq!(rules(&project, &["--config", "other.toml"]), pairs(&[("floating-tag", "warning")]));
    assert!(rules(&project, &["--no-config"]).len() >= 2);
}

#[test]
fn levels_of_rules() {
    let project = Project::with(&[("Dockerfile", FILE)]);
    project.write("dlint.toml", "select = []\n[rules]\nDL3007 = \"error\"\nuntagged-image = \"hint\"\n");
    assert_eq!(rules(&project, &[]), pairs(&[("untagged-image", "hint"), ("floating-tag", "error")]));
    project.write("dlint.toml", "select = [\"DL3006\", \"DL3007\"]\n[rules]\nfloating-tag = \"off\"\n");
    assert_eq!(rules(&project, &[]), pairs(&[("untagged-image", "warning")]));
}

#[test]
fn faults_have_a_place_and_a_suggestion() {
    let project = Project::with(&[("Dockerfile", CLEAN)]);
    let complains = |config: &str, message: &str| {
        project.write("dlint.toml", config);
        let said = project.dlint(&[]).ends_with(2).complains(message);
        assert_eq!(said.stdout, "", "nothing is linted by half a configuration");
    };
    complains("\nslect = []\n", "error: dlint.toml:2: `slect` is not a key that dlint knows; did you mean `select`?");
    complains(
        "[rules]\n\nfloating-tga = \"off\"\n",
        "dlint.toml:3: `floating-tga` is no rule, alias or category; did you mean",
    );
    complains("fail-on = \"errr\"\n", "dlint.toml:1: `errr` is not a level or rating; did you mean `error`?");
    complains("[options.no-such-rule]\nx = 1\n", "dlint.toml:1: `no-such-rule` is not a key that dlint knows");
    complains("exclude = [\"ok\",\n\"[z-a]\"]\n", "dlint.toml:2: `[z-a]` is not a pattern");
    complains("select = [\n", "error: dlint.toml:");
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    let project = Project::with(&[("Dockerfile", CLEAN)]);
    project.dlint(&["--config", "gone.toml"]).ends_with(2).complains("error: gone.toml: does not exist");
    project.write("latin1.toml", b"# \xe9\n");
    project.dlint(&["--config", "latin1.toml"]).ends_with(2).complains("latin1.toml: is not UTF-8");
    project.dlint(&["--config", "x.toml", "--no-config"]).ends_with(2).complains("cannot be used with");
}

#[test]
fn images_are_judged_by_a_day_and_a_table() {
    let project = Project::with(&[("Dockerfile", "FROM python:3.8\nFROM app:1\n")]);
    let found = |args: &[&str]| {
        let mut args = args.to_vec();
        args.extend(["--select", "end-of-life-image"]);
        rules(&project, &args).len()
    };
    assert_eq!(found(&["--as-of", "2024-10-07"]), 0);
    assert_eq!(found(&["--as-of", "2024-10-08"]), 1);
    assert_eq!(found(&["--as-of", "today"]), 1);
    project.dlint(&["--as-of", "tomorrow"]).ends_with(2);
    project.write(
        "lifecycles.toml",
        "as-of = 2026-01-01\n[[product]]\nname = \"App\"\nsource = \"its page\"\nimages = [\"app\"]\nwords = []\n\
         [product.ends]\n\"1\" = 2025-01-01\n",
    );
    project.write("dlint.toml", "[options.end-of-life-image]\ndata = \"lifecycles.toml\"\n");
    let report = project.json(&["--select", "end-of-life-image"]);
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(report["diagnostics"][0]["message"], "`app:1` has App 1, which was supported until 2025-01-01");
    assert_eq!(found(&["--as-of", "2024-12-31"]), 0, "the command line has the last word");
    project.write("dlint.toml", "[options.end-of-life-image]\ndata = \"../lifecycles.toml\"\n");
    project.dlint(&[]).ends_with(2);
    project.write("dlint.toml", "[options.end-of-life-image]\ndata = \"Dockerfile\"\n");
    project.dlint(&[]).ends_with(2);
}

#[test]
fn each_file_goes_by_the_nearest_configuration() {
    let project = Project::with(&[
        ("dlint.toml", "select = [\"untagged-image\"]\n"),
        ("Dockerfile", "FROM app\nUSER root\n"),
        ("sub/.dlint.toml", "select = [\"root-user\"]\nexclude = [\"old\"]\n"),
        ("sub/deep/Dockerfile", "FROM app\nUSER root\n"),
        ("sub/old/Dockerfile", "FROM app\nUSER root\n"),
        ("other/Dockerfile", "FROM app\nUSER root\n"),
    ]);
    let found = |args: &[&str]| -> Vec<String> {
        let report = project.json(args);
        let all = report["diagnostics"].as_array().unwrap().iter();
        all.map(|it| format!("{} {}", it["path"].as_str().unwrap(), it["rule"].as_str().unwrap())).collect()
    };
    let own = ["Dockerfile untagged-image", "other/Dockerfile untagged-image", "sub/deep/Dockerfile root-user"];
    assert_eq!(found(&[]), own);
    assert_eq!(found(&["sub/old/Dockerfile"]), ["sub/old/Dockerfile root-user"], "who names it has it linted");
    assert!(
        found(&["--ignore", "root-user"]).iter().all(|it| !it.contains("root-user")),
        "the command line has the last word"
    );
    assert_eq!(found(&["--config", "dlint.toml"]).len(), 4, "one for all");
    project.write("sub/.dlint.toml", "selekt = []\n");
    project.dlint(&[]).ends_with(2).complains("sub/.dlint.toml:1: ");
    project.dlint(&["other"]).ends_with(1);
}
