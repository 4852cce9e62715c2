//! The command line: comments that suppress findings.
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{Project, few};

/// The places of what is found, as `rule:line`, and the number of suppressed findings.
fn found(path: &str, text: &str, args: &[&str]) -> (Vec<String>, Value) {
    let project = Project::with(&[(path, text)]);
    let report = project.json(args);
    let of = |it: &Value| format!("{}:{}", it["rule"].as_str().unwrap(), it["start"]["line"]);
    (report["diagnostics"].as_array().unwrap().iter().map(of).collect(), report["summary"]["suppressed"].clone())
}

fn dockerfile(text: &str) -> Vec<String> {
    found("Dockerfile", text, &few(&[])).0
}

fn compose(text: &str) -> Vec<String> {
    found("compose.yaml", text, &few(&[])).0
}

#[test]
fn the_next_instruction() {
    assert_eq!(dockerfile("# dlint ignore=untagged-image so be it\nFROM debian\nFROM alpine\n"), ["untagged-image:3"]);
    assert_eq!(dockerfile("# dlint ignore=DL3006\n\n# about the base\nFROM debian\n"), [""; 0]);
    assert_eq!(dockerfile("# dlint ignore=floating-tag\nFROM debian\n"), ["untagged-image:2"]);
    assert_eq!(dockerfile("FROM \\\n# dlint ignore=reproducibility\n debian\n"), [""; 0], "inside of an instruction");
    assert_eq!(dockerfile("FROM debian\n# dlint ignore=untagged-image\n"), ["untagged-image:1"], "not the one before");
}

#[test]
fn the_file() {
    let (rules, suppressed) =
        found("Dockerfile", "FROM debian\nFROM alpine\n# dlint ignore-file=untagged-image why\n", &few(&[]));
    assert_eq!((rules, suppressed), (vec![], json!(2)));
}

#[test]
fn a_line_and_an_entry() {
    let one = "services:\n  a:\n    image: nginx # dlint ignore=untagged-image\n  b:\n    image: nginx\n";
    assert_eq!(compose(one), ["untagged-image:5"]);
    let entry = "services:\n  # dlint ignore=untagged-image\n\n  # more\n  a:\n    labels: [x]\n    image: nginx\n  b:\n    image: nginx\n";
    assert_eq!(compose(entry), ["untagged-image:9"]);
    let all = "# dlint ignore=untagged-image\nservices:\n  a:\n    image: nginx\n  b:\n    image: nginx\n";
    assert_eq!(compose(all), [""; 0]);
}

#[test]
fn what_only_looks_like_a_comment() {
    let heredoc = "FROM x:1\nRUN <<EOT\n# dlint ignore-file=untagged-image\nEOT\nFROM debian\n";
    assert_eq!(dockerfile(heredoc), ["untagged-image:5"]);
    let scalar = "x-a: |\n  # dlint ignore-file=untagged-image\nservices:\n  a:\n    image: nginx\n";
    assert_eq!(compose(scalar), ["untagged-image:5"]);
    let quoted = "x-a: \"# dlint ignore-file=untagged-image\"\nservices:\n  a:\n    image: nginx\n";
    assert_eq!(compose(quoted), ["untagged-image:4"]);
}

#[test]
fn forms_of_other_tools() {
    assert_eq!(dockerfile("# hadolint ignore=DL3006\nFROM debian\nFROM alpine\n"), ["untagged-image:3"]);
    assert_eq!(dockerfile("# hadolint global ignore=DL3006,DL3007\nFROM debian\nFROM alpine:latest\n"), [""; 0]);
    let stage = "# hadolint stage ignore=DL3006\nFROM x:1\nCOPY --from=debian a b\nFROM alpine\n";
    assert_eq!(dockerfile(stage), ["untagged-image:4"]);
    let select = ["--select", "buildkit:SecretsUsedInArgOrEnv"];
    let of = |text: &str| found("Dockerfile", text, &select).0.len();
    let text = "FROM x:1\n# check=skip=SecretsUsedInArgOrEnv\nENV DB_PASSWORD=a1b2c3d4e5\n";
    assert_eq!(of(&text.replace("check", "chek")), 1);
    assert_eq!(of(text), 0, "above an instruction");
    assert_eq!(of("# check=skip=all\nFROM x:1\nENV DB_PASSWORD=a1b2c3d4e5\n"), 0, "the directive");
    assert_eq!(of("# check=error=true\nFROM x:1\nENV DB_PASSWORD=a1b2c3d4e5\n"), 1);
    let dclint = ["--select", "dclint:service-image-require-explicit-tag"];
    let of = |text: &str| found("compose.yaml", text, &dclint).0.len();
    let text = "services:\n  a:\n    image: nginx\n";
    assert_eq!(of(text), 1);
    let rule = "service-image-require-explicit-tag";
    assert_eq!(of(&format!("# dclint disable {rule}\n{text}")), 0);
    assert_eq!(of(&format!("# dclint disable-file\n{text}")), 0);
    assert_eq!(of(&format!("name: x\n# dclint disable-file\n{text}")), 1, "only at the top");
    assert_eq!(of(&format!("services:\n  a:\n    image: nginx # dclint disable-line {rule}\n")), 0);
    assert_eq!(of(&format!("services:\n  a:\n    # dclint disable-line {rule}\n    image: nginx\n")), 0);
    assert_eq!(of("services:\n  a:\n    # dclint disable-next-line\n    image: nginx\n"), 0);
}

#[test]
fn syntax_cannot_be_suppressed() {
    let report = found("Dockerfile", "# dlint ignore=ALL\nFORM debian\n", &few(&[])).0;
    assert!(report.contains(&"unknown-instruction:2".to_owned()), "{report:?}");
}

#[test]
fn fixes_of_suppressed_findings_are_not_made() {
    let text = "services:\n  web:\n    image: nginx:1.27.3\n    ports:\n      - \"8080:80\" # dlint ignore=wildcard-port\n      - \"8081:81\"\n";
    let project = Project::with(&[("compose.yaml", text)]);
    project.dlint(&["--select", "wildcard-port", "--fix", "--unsafe-fixes"]).ends_with(0);
    let fixed = project.read("compose.yaml");
    assert!(fixed.contains("\"8080:80\"") && fixed.contains("\"127.0.0.1:8081:81\""), "{fixed}");
}

#[test]
fn they_can_be_switched_off_and_are_counted() {
    let project = Project::with(&[("Dockerfile", "# dlint ignore=untagged-image\nFROM debian\n")]);
    let said = project.dlint(&few(&[])).ends_with(0);
    assert!(said.stdout.contains("1 finding is ignored by a comment"), "{}", said.stdout);
    project.dlint(&few(&["--no-inline-ignores"])).ends_with(1);
}

#[test]
fn sarif_has_them_as_suppressed() {
    let project =
        Project::with(&[("Dockerfile", "# dlint ignore=untagged-image -- so be it\nFROM debian\nFROM alpine\n")]);
    let results = |args: &[&str]| {
        let said = project.dlint(&[&few(&["--output-format", "sarif"])[..], args].concat()).ends_with(1);
        serde_json::from_str::<Value>(&said.stdout).unwrap()["runs"][0]["results"].clone()
    };
    let all = results(&[]);
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(all[0]["suppressions"], Value::Null);
    assert_eq!(all[1]["suppressions"], json!([{"kind": "inSource", "justification": "so be it"}]));
    assert_eq!(results(&["--hide-suppressed"]).as_array().unwrap().len(), 1);
}

#[test]
fn very_many_comments_take_no_longer_than_they_have_to() {
    let text = "# dlint ignore=untagged-image,nothing\n".repeat(10_000) + &"FROM debian\n".repeat(3_000);
    let start = std::time::Instant::now();
    let (rules, _) = found("Dockerfile", &text, &["--select", "untagged-image,unknown-ignore,unused-ignore"]);
    assert!(rules.len() >= 10_000);
    assert!(start.elapsed() < std::time::Duration::from_secs(60), "{:?}", start.elapsed());
}
