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
    complains(
        "\nslect = []\n",
        "error: `slect` is not a key that dlint knows; did you mean `select`?\n   ╭─[dlint.toml:2:1]",
    );
    complains("[rules]\n\nfloating-tga = \"off\"\n", "`floating-tga` is no rule, alias or category; did you mean");
    complains("fail-on = \"errr\"\n", "`errr` is not a level or rating; did you mean `error`?");
    complains("[options.no-such-rule]\nx = 1\n", "`no-such-rule` is not a key that dlint knows");
    complains("exclude = [\"ok\",\n\"[z-a]\"]\n", "[dlint.toml:2:1]");
    complains("select = [\n", "[dlint.toml:1:");
    #[cfg(unix)]
    {
        std::fs::remove_file(project.path("dlint.toml")).unwrap();
        std::os::unix::fs::symlink("gone", project.path("dlint.toml")).unwrap();
        project.dlint(&[]).ends_with(2).complains("dlint.toml: is a link to `gone`, which does not exist");
    }
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
    project.dlint(&[]).ends_with(2).complains("[sub/.dlint.toml:1:1]");
    project.dlint(&["other"]).ends_with(1);
}

#[test]
fn a_file_extends_another() {
    let project = Project::with(&[
        (
            "dlint.toml",
            "select = [\"untagged-image\", \"floating-tag\"]\nfail-on = \"error\"\nexclude = [\"sub/old\"]\n",
        ),
        ("sub/dlint.toml", "extends = \"../dlint.toml\"\n[rules]\nfloating-tag = \"hint\"\n"),
        ("sub/Dockerfile", FILE),
        ("sub/old/Dockerfile", FILE),
    ]);
    assert_eq!(rules(&project, &["sub"]), pairs(&[("untagged-image", "warning"), ("floating-tag", "hint")]));
    project.write("dlint.toml", "extends = \"sub/dlint.toml\"\n");
    project.dlint(&["sub"]).ends_with(2).complains("go round in a circle");
    project.write("sub/dlint.toml", "extends = \"../../../x.toml\"\n");
    project.dlint(&["--config", "sub/dlint.toml"]).ends_with(2).complains("does not exist");
    project.write("sub/dlint.toml", "\nextends = \"/etc/passwd\"\n");
    project.dlint(&["--config", "sub/dlint.toml"]).ends_with(2).complains("lies outside of the project");
    project.write("sub/dlint.toml", "extends = \"base.toml\"\n");
    project.write("sub/base.toml", "\n\nselekt = []\n");
    project.dlint(&["--config", "sub/dlint.toml"]).ends_with(2).complains("[sub/base.toml:3:1]");
}

#[test]
fn overrides_hold_for_paths_languages_and_services() {
    let compose =
        "services:\n  web:\n    image: app:latest\n    user: root\n  db:\n    image: db:latest\n    user: root\n";
    let project = Project::with(&[
        ("Dockerfile", FILE),
        ("old/Dockerfile", FILE),
        ("old/compose.yaml", compose),
        ("compose.yaml", compose),
    ]);
    project.write(
        "dlint.toml",
        "select = [\"floating-tag\", \"root-user\"]\n[[overrides]]\npaths = [\"old/\"]\nlanguages = [\"compose\"]\nrules.floating-tag = \"error\"\n\
         [[overrides]]\npaths = [\"/Dockerfile\"]\nignore = [\"floating-tag\"]\nselect = [\"untagged-image\"]\n\
         [[overrides]]\nservices = [\"d*\"]\nignore = [\"floating-tag\"]\nrules.root-user = \"hint\"\nreason = \"internal\"\n",
    );
    let found = |args: &[&str]| -> Vec<String> {
        let report = project.json(args);
        let all = report["diagnostics"].as_array().unwrap().iter();
        let line = |it: &serde_json::Value| {
            let text = |key: &str| it[key].as_str().unwrap().to_owned();
            format!("{}:{} {} {}", text("path"), it["start"]["line"], text("rule"), text("level"))
        };
        all.map(line).collect()
    };
    let all = [
        "Dockerfile:1 untagged-image warning",
        "compose.yaml:3 floating-tag warning",
        "compose.yaml:4 root-user warning",
        "compose.yaml:7 root-user hint",
        "old/Dockerfile:2 floating-tag warning",
        "old/compose.yaml:3 floating-tag error",
        "old/compose.yaml:4 root-user warning",
        "old/compose.yaml:7 root-user hint",
    ];
    assert_eq!(found(&[]), all);
    assert_eq!(found(&["old/compose.yaml"]), all[5..]);
    let said =
        project.dlint_with(&["-", "--stdin-filename", "old/compose.yaml", "--output-format", "concise", "-q"], compose);
    assert_eq!(said.stdout.lines().count(), 3, "{}", said.stdout);
    assert!(said.stdout.contains("error[floating-tag]"), "{}", said.stdout);
    let said = project.dlint(&["--output-format", "concise"]).ends_with(1);
    assert!(said.stdout.contains("2 findings are ignored by the configuration for their services"), "{}", said.stdout);
    // What Docker refuses is no matter of opinion.
    project.write("compose.yaml", "services:\n  db:\n    image: db:1\n    imagee: x\n");
    project.write("dlint.toml", "[[overrides]]\nservices = [\"*\"]\nignore = [\"ALL\"]\n");
    assert_eq!(found(&["compose.yaml"]), ["compose.yaml:4 unknown-key error"]);
}

#[test]
fn what_comments_ignore_may_be_for_the_configuration_to_say() {
    let project = Project::with(&[("Dockerfile", "# dlint ignore=untagged-image\nFROM alpine\n")]);
    project.write("dlint.toml", "select = [\"untagged-image\"]\n");
    assert_eq!(rules(&project, &[]), []);
    project.write("dlint.toml", "select = [\"untagged-image\"]\ninline-ignores = false\n");
    assert_eq!(rules(&project, &[]), pairs(&[("untagged-image", "warning")]));
}

#[test]
fn the_environment_goes_before_the_file_and_the_command_line_before_it() {
    let project = Project::with(&[("Dockerfile", FILE), ("dlint.toml", "select = [\"untagged-image\"]\n")]);
    project.write("other.toml", "select = [\"floating-tag\", \"untagged-image\"]\n");
    let found = |env: &[(&str, &str)], args: &[&str]| {
        let mut command = project.command(&["--output-format", "concise", "-q"]);
        Said::of(command.args(args).envs(env.iter().copied()))
    };
    assert!(found(&[("DLINT_SELECT", "floating-tag")], &[]).stdout.contains("[floating-tag]"));
    assert!(
        found(&[("DLINT_SELECT", "floating-tag")], &["--select", "untagged-image"]).stdout.contains("[untagged-image]")
    );
    assert_eq!(found(&[("DLINT_CONFIG", "other.toml")], &[]).stdout.lines().count(), 2);
    assert!(found(&[("DLINT_CONFIG", "other.toml")], &["--no-config"]).stdout.contains("[untagged-image]"));
    assert_eq!(found(&[("DLINT_FAIL_ON", "error")], &[]).status, 0);
    assert_eq!(found(&[("DLINT_EXIT_ZERO", "1")], &[]).status, 0);
    assert_eq!(found(&[("DLINT_EXIT_ZERO", "0"), ("DLINT_SELECT", "")], &[]).status, 1, "empty is not set");
    found(&[("DLINT_FAIL_ON", "eror")], &[]).ends_with(2).complains("DLINT_FAIL_ON: invalid value 'eror'");
    found(&[("DLINT_NO_CONFIG", "maybe")], &[]).ends_with(2).complains("is neither `1` nor `0`");
    found(&[("DLINT_IGNORE", "no-such")], &[]).ends_with(2).complains("DLINT_IGNORE: `no-such` is no rule");
}

#[test]
fn config_show_says_where_each_value_is_from() {
    let project = Project::with(&[
        ("Dockerfile", FILE),
        (
            "base.toml",
            "fail-on = \"error\"\nexclude = [\"vendor/\"]\n[options.untrusted-registry]\nallow = [\"ghcr.io\"]\n",
        ),
        (
            "dlint.toml",
            "extends = \"base.toml\"\nuse-policy = \"hadolint\"\nignore = [\"DL3006\"]\n[[overrides]]\nlanguages = [\"dockerfile\"]\nrules.root-user = \"error\"\n",
        ),
    ]);
    let said = project.dlint(&["config", "show", "Dockerfile"]).ends_with(0).stdout;
    let has = |line: &str| said.lines().any(|it| it.split_whitespace().collect::<Vec<_>>().join(" ") == line);
    for line in [
        "# Dockerfile (dockerfile)",
        "# base.toml, which that one extends",
        "use-policy = \"hadolint\" # dlint.toml:2",
        "fail-on = \"error\" # base.toml:1",
        "\"vendor/\", # base.toml:2",
        "allow = [\"ghcr.io\"] # base.toml",
        "untagged-image = \"off\" # dlint.toml:3",
        "root-user = \"error\" # dlint.toml:6",
        "unpinned-package = \"warning\" # dlint.toml:2",
        "inline-ignores = true # default",
    ] {
        assert!(has(line), "{line}\n{said}");
    }
    assert!(toml::from_str::<toml::Table>(&said).is_ok(), "{said}");
    // A file need not be there; a folder must.
    project.dlint(&["config", "show", "compose.yaml"]).ends_with(0);
    project.dlint(&["config", "show", "gone/compose.yaml"]).ends_with(2).complains("`");
    let said = project.dlint(&["config", "show", "vendor/../Dockerfile"]);
    assert_ne!(said.status, 1);
    let mut command = project.command(&["config", "show", "compose.yaml", "--no-config"]);
    let said = Said::of(command.env("DLINT_POLICY", "hardened")).ends_with(0).stdout;
    let line = said.lines().find(|line| line.starts_with("writable-root-filesystem")).unwrap();
    assert!(line.ends_with("# DLINT_POLICY"), "{line}");
    let mut command = project.command(&["config", "show"]);
    let said = Said::of(command.env("DLINT_IGNORE", "root-user")).ends_with(0).stdout;
    assert!(said.contains("# ., a folder") && said.contains("# DLINT_IGNORE"), "{said}");
}

#[test]
fn the_schema_knows_what_the_file_may_say() {
    let project = Project::new();
    let schema: serde_json::Value =
        serde_json::from_str(&project.dlint(&["config", "schema"]).ends_with(0).stdout).unwrap();
    for key in [
        "extends",
        "select",
        "ignore",
        "use-policy",
        "policy",
        "min-rating",
        "fail-on",
        "exclude",
        "rules",
        "overrides",
        "options",
    ] {
        assert!(schema["properties"].get(key).is_some(), "{key}");
    }
    assert_eq!(schema["additionalProperties"], false);
    assert!(schema["$defs"]["Levels"]["properties"].get("root-user").is_some());
}

#[test]
fn the_examples_of_the_documentation_can_be_read() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md")).unwrap();
    let examples: Vec<&str> = text.split("```toml\n").skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    assert!(examples.len() >= 4);
    for example in examples {
        let project = Project::with(&[("sub/Dockerfile", CLEAN), ("dlint.toml", "")]);
        project.write("sub/dlint.toml", example);
        let said = project.dlint(&["sub", "-q"]);
        assert_ne!(said.status, 2, "{example}\n{}", said.stderr);
    }
}
