//! The command line: the formats of reports.
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{CLEAN, Project, Said, few};

/// A finding after characters of several bytes, and one with a display-only fix.
const FILE: &str = "# \u{e9}\u{1f980}\nFROM a\u{e9} AS \u{e9}\nFROM x:1 AS b\nFORM c:2\n";

#[test]
fn json_is_the_contract() {
    let project =
        Project::with(&[("sub/Dockerfile", "FROM b:1\nRUN echo '\u{e9}\u{1f980}'; x\nFROM alpine\nFORM c:2\n")]);
    let report = project.json(&few(&[]));
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report), ["diagnostics", "files", "summary", "version"]);
    assert_eq!(report["version"], 1);
    assert_eq!(report["files"], 1);
    let [untagged, unknown] = &report["diagnostics"].as_array().unwrap()[..] else { panic!("{report:#}") };
    for diagnostic in [untagged, unknown] {
        assert_eq!(
            keys(diagnostic),
            [
                "aliases", "category", "cvss", "end", "fixes", "help", "level", "message", "path", "related", "rule",
                "start", "url"
            ]
        );
    }
    assert_eq!(untagged["rule"], "untagged-image");
    assert!(untagged["aliases"].as_array().unwrap().contains(&json!("hadolint:DL3006")));
    assert_eq!(untagged["category"], "reproducibility");
    assert_eq!(untagged["level"], "warning");
    assert_eq!(untagged["cvss"], Value::Null);
    assert_eq!(untagged["path"], "sub/Dockerfile");
    // 9 bytes of the first line, 21 of the second (17 characters), 5 before the image.
    assert_eq!(untagged["start"], json!({"line": 3, "column": 6, "offset": 35}));
    assert_eq!(untagged["end"], json!({"line": 3, "column": 12, "offset": 41}));
    assert!(untagged["url"].as_str().unwrap().starts_with("https://"));
    assert_eq!(unknown["rule"], "unknown-instruction");
    assert_eq!(
        unknown["fixes"],
        json!([{
            "title": "Replace with `FROM`",
            "safety": "display",
            "edits": [{
                "start": {"line": 4, "column": 1, "offset": 42},
                "end": {"line": 4, "column": 5, "offset": 46},
                "text": "FROM"
            }]
        }])
    );
    assert_eq!(
        report["summary"],
        json!({
            "levels": {"error": 1, "warning": 1, "info": 0, "hint": 0},
            "rules": {"unknown-instruction": 1, "untagged-image": 1},
            "languages": {"dockerfile": 1, "compose": 0, "daemon": 0},
            "fixable": {"safe": 0, "unsafe": 0},
            "fixed": 0,
            "suppressed": 0,
            "known": 0,
            "skipped": [],
            "errors": []
        })
    );
}

#[test]
fn json_names_what_could_not_be_linted() {
    let project = Project::with(&[("Dockerfile", CLEAN)]);
    let report = project.json(&few(&["Dockerfile", "gone"]));
    assert_eq!(report["summary"]["errors"], json!([{"path": "gone", "message": "does not exist"}]));
    assert_eq!(report["files"], 1);
}

#[test]
fn columns_count_characters() {
    let project = Project::with(&[("Dockerfile", "FROM x:1\nCOPY --from=\u{e9}\u{1f980}img a b\n\u{e9}FORM c\n")]);
    let report = project.json(&few(&[]));
    let of = |rule: &str| {
        let diagnostics = report["diagnostics"].as_array().unwrap();
        diagnostics.iter().find(|it| it["rule"] == rule).unwrap_or_else(|| panic!("{report:#}")).clone()
    };
    let unknown = of("unknown-instruction");
    assert_eq!((&unknown["start"]["column"], &unknown["end"]["column"]), (&json!(1), &json!(6)));
    assert_eq!(unknown["end"]["offset"].as_u64().unwrap() - unknown["start"]["offset"].as_u64().unwrap(), 6);
}

#[test]
fn text_shows_the_lines() {
    let project = Project::with(&[("Dockerfile", "FROM a:1\r\nRUN true\r\nFROM debian\r\nRUN true\r\n")]);
    let said = project.dlint(&few(&[])).ends_with(1);
    let expected = "\
warning[untagged-image]

  \u{26a0} `debian` has no tag, so it is whatever `latest` is at the time
   \u{256d}\u{2500}[Dockerfile:3:6]
 2 \u{2502} RUN true
 3 \u{2502} FROM debian
   \u{b7}      \u{2500}\u{2500}\u{2500}\u{2500}\u{2500}\u{2500}
 4 \u{2502} RUN true
   \u{2570}\u{2500}\u{2500}\u{2500}\u{2500}
";
    assert!(said.stdout.starts_with(expected), "{}", said.stdout);
    assert!(said.stdout.contains("  help: Name the version"), "{}", said.stdout);
    assert!(said.stdout.contains("\n        https://"), "{}", said.stdout);
    assert!(said.stdout.ends_with("\n\nFound 1 warning in 1 Dockerfile\n"), "{}", said.stdout);
    assert!(said.stdout.lines().all(|line| line == line.trim_end()), "no blanks at the end of lines");
}

#[test]
fn text_fits_the_width() {
    let project = Project::with(&[("Dockerfile", &format!("FROM {}\n", "registry.example/".repeat(20)))]);
    let said = Said::of(project.command(&few(&[])).env("COLUMNS", "60")).ends_with(1);
    let excerpt = said.stdout.lines().find(|line| line.contains("\u{2502} FROM")).unwrap();
    assert!(excerpt.chars().count() <= 60 && excerpt.ends_with('\u{2026}'), "{}", said.stdout);
}

#[test]
fn colours_are_for_who_wants_them() {
    let project = Project::with(&[("Dockerfile", FILE)]);
    let colored = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = project.command(&few(args));
        command.envs(env.iter().copied());
        Said::of(&mut command).ends_with(1).stdout.contains('\u{1b}')
    };
    for format in ["text", "concise"] {
        let format = ["--output-format", format];
        let with = |more: &[&'static str]| [&format[..], more].concat();
        assert!(!colored(&with(&[]), &[]), "not into a pipe");
        assert!(colored(&with(&["--color", "always"]), &[("NO_COLOR", "1")]));
        assert!(colored(&with(&[]), &[("FORCE_COLOR", "1")]));
        assert!(colored(&with(&[]), &[("CLICOLOR_FORCE", "1")]));
        assert!(!colored(&with(&[]), &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
        assert!(!colored(&with(&["--color=never"]), &[("FORCE_COLOR", "1")]));
    }
    assert!(!colored(&["--output-format", "json", "--color", "always"], &[]));
}

#[test]
fn github_annotations() {
    let project = Project::with(&[("sub/Dockerfile", "FROM a\nFORM c:1\n")]);
    let args = few(&["--output-format", "github"]);
    let said = project.dlint(&args).ends_with(1);
    let lines: Vec<_> = said.stdout.lines().collect();
    assert_eq!(
        lines[0],
        "::error title=unknown-instruction,file=sub/Dockerfile,line=2,endLine=2,col=1,endColumn=4\
         ::sub/Dockerfile:2:1: error[unknown-instruction] `FORM` is not an instruction"
    );
    assert!(
        lines[1].starts_with("::warning title=untagged-image,file=sub/Dockerfile,line=1,endLine=1,col=6,endColumn=6::")
    );
    assert_eq!(lines[2..], ["dlint: 2 findings"]);

    let mut command = project.command(&args);
    let said =
        Said::of(command.current_dir(project.path("sub")).env("GITHUB_WORKSPACE", project.path(""))).ends_with(1);
    assert!(said.stdout.contains("file=sub/Dockerfile,"), "from the top of the repository: {}", said.stdout);
}

#[test]
fn a_file_name_is_no_github_command() {
    let project = Project::with(&[("::error::x/Dockerfile", "FROM a\n")]);
    for format in ["concise", "text"] {
        let said = project.dlint(&few(&["--output-format", format, "-q"])).ends_with(1);
        assert!(!said.stdout.lines().any(|line| line.trim_start().starts_with("::")), "{}", said.stdout);
    }
    let said = project.dlint(&few(&["--output-format", "github", "-q"])).ends_with(1);
    assert!(said.stdout.contains("file=%3A%3Aerror%3A%3Ax/Dockerfile,"), "{}", said.stdout);
}

#[test]
fn a_report_can_go_to_a_file() {
    let project = Project::with(&[("Dockerfile", FILE)]);
    let to_stdout = project.dlint(&few(&["--output-format", "concise"])).ends_with(1);
    let said = project.dlint(&few(&["--output-format", "concise", "--output-file", "report.txt"])).ends_with(1);
    assert_eq!(said.stdout, "");
    assert_eq!(project.read("report.txt"), to_stdout.stdout);
}

const BUILT: [(&str, &str); 2] =
    [("compose.yaml", "services:\n  web:\n    build: app\n"), ("app/Dockerfile", "FROM alpine:3.20\nUSER root\n")];

#[test]
fn a_place_in_another_file_is_shown() {
    let project = Project::with(&BUILT);
    let args = ["--select", "root-user", "compose.yaml"];
    let text = project.dlint(&args).ends_with(1).stdout;
    let own = text.find("[compose.yaml:2:3]").unwrap();
    let other = text.find("[app/Dockerfile:2:6]").unwrap();
    assert!(own < other, "{text}");
    let report = project.json(&args);
    let [diagnostic] = &report["diagnostics"].as_array().unwrap()[..] else { panic!("{report:#}") };
    assert_eq!(diagnostic["path"], "compose.yaml");
    assert_eq!(diagnostic["related"][0]["path"], "app/Dockerfile");
    assert_eq!(diagnostic["related"][0]["start"], json!({"line": 2, "column": 6, "offset": 22}));
    assert_eq!(report["files"], 1, "a file that a rule looked at is not a file that was linted");
    let cvss = &diagnostic["cvss"];
    assert!(cvss["vector"].as_str().unwrap().starts_with("CVSS:3.1/"), "{cvss}");
    assert!(cvss["score"].as_f64().unwrap() > 0.0 && cvss["rating"].is_string(), "{cvss}");
    let github = project.dlint(&[&args[..], &["--output-format", "github"]].concat()).ends_with(1).stdout;
    assert!(github.contains("%0Aapp/Dockerfile:2:6: "), "{github}");
}

#[test]
fn a_fault_is_told_once_where_it_is() {
    let project = Project::with(&BUILT);
    let report = project.json(&["--select", "root-user"]);
    let paths: Vec<_> = report["diagnostics"].as_array().unwrap().iter().map(|it| &it["path"]).collect();
    assert_eq!(paths, ["app/Dockerfile"]);
}

#[test]
fn a_file_outside_the_project_is_not_read() {
    let project = Project::with(&[
        ("project/.git/HEAD", ""),
        ("project/compose.yaml", "services:\n  web:\n    build: ../app\n"),
        ("app/Dockerfile", "FROM alpine:3.20\nUSER root\n"),
    ]);
    let of = |args: &[&str]| {
        let report = project.json(&[&["--select", "root-user"], args].concat());
        report["diagnostics"].as_array().unwrap().iter().map(|it| it["path"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(&["project/compose.yaml"]), [""; 0]);
    project.write("project/compose.yaml", "services:\n  web:\n    build: ./app\n");
    project.write("project/app/Dockerfile", "FROM alpine:3.20\nUSER root\n");
    assert_eq!(of(&["project/compose.yaml"]), ["project/compose.yaml"], "inside it is");
}
