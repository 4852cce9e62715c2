//! The command line: formats for other programs. `tests/readers/run` has them read by those programs, too.
#![allow(clippy::unwrap_used)]

mod support;

use roxmltree::Document as Xml;
use serde_json::{Value, json};
use support::{CLEAN, Project, Said, few};

const FORMATS: [&str; 12] = [
    "json",
    "jsonl",
    "github",
    "sarif",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "rdjsonl",
    "azure",
    "teamcity",
    "markdown",
];

/// `é😀` before a finding, and a path with characters that mean something in every format.
const ODD: &str = "a b/Dockerfile.x,y;z'[1]|`%&<\u{e9}>";
const WIDE: &str = "FROM x:1\nCOPY --from=\u{e9}\u{1f980}img a b\nFROM debian\n";

fn report(project: &Project, format: &str, args: &[&str]) -> String {
    let said = project.dlint(&[&few(&["-q", "--output-format", format])[..], args].concat());
    assert!(!said.stderr.contains("panicked"), "{}", said.stderr);
    said.stdout
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn xml(text: &str) -> Xml<'_> {
    Xml::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn nothing_to_report_is_a_report() {
    let project = Project::with(&[("Dockerfile", CLEAN)]);
    let of = |format| report(&project, format, &["Dockerfile"]);
    assert_eq!(of("jsonl"), "");
    assert_eq!(of("gitlab"), "[]\n");
    assert_eq!(of("rdjsonl"), "");
    assert_eq!(of("azure"), "");
    assert_eq!(of("teamcity"), "");
    assert_eq!(parsed(&of("rdjson"))["diagnostics"], json!([]));
    assert_eq!(parsed(&of("sarif"))["runs"][0]["results"], json!([]));
    assert_eq!(parsed(&of("sarif"))["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let junit = of("junit");
    let junit = xml(&junit);
    let cases: Vec<_> = junit.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    assert_eq!(cases.len(), 1, "an empty suite is taken for a run that failed");
    assert!(!cases[0].has_children());
    let checkstyle = of("checkstyle");
    assert_eq!(xml(&checkstyle).descendants().filter(|node| node.has_tag_name("file")).count(), 1);
    assert!(of("markdown").contains("No findings in 1 Dockerfile"));
}

#[test]
fn what_could_not_be_linted_is_in_every_report() {
    let project = Project::with(&[("Dockerfile", CLEAN)]);
    for format in FORMATS.into_iter().filter(|&format| format != "jsonl") {
        let said = project.dlint(&few(&["-q", "--output-format", format, "Dockerfile", "gone"])).ends_with(2);
        assert!(said.stdout.contains("gone"), "{format}: {}", said.stdout);
    }
    let sarif = parsed(&report(&project, "sarif", &["gone"]));
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().unwrap().len(), 1);
}

#[test]
fn reports_are_there_when_nothing_is_linted() {
    let project = Project::with(&[("README", "")]);
    for format in ["sarif", "gitlab", "rdjson", "json"] {
        let said = project.dlint(&["--output-format", format]).ends_with(2).complains("nothing to lint");
        parsed(&said.stdout);
    }
}

#[test]
fn each_format_counts_columns_in_its_own_unit() {
    let text = "services: {a: {labels: [\"\u{e9}\u{1f980}\"], image: nginx}}\n";
    let project = Project::with(&[("compose.yaml", text)]);
    let of = |format| report(&project, format, &[]);
    let chars = text[..text.find("nginx").unwrap()].chars().count() as u64 + 1;
    let column = |value: &Value| value.as_u64().unwrap();
    assert_eq!(column(&parsed(&of("json"))["diagnostics"][0]["start"]["column"]), chars);
    let region = &parsed(&of("sarif"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((column(&region["startColumn"]), column(&region["endColumn"])), (chars + 1, chars + 6), "UTF-16");
    let range = &parsed(&of("rdjson"))["diagnostics"][0]["location"]["range"];
    assert_eq!((column(&range["start"]["column"]), column(&range["end"]["column"])), (chars + 4, chars + 9), "bytes");
    let checkstyle = of("checkstyle");
    let error = xml(&checkstyle)
        .descendants()
        .find(|node| node.has_tag_name("error"))
        .unwrap()
        .attribute("column")
        .map(str::to_owned);
    assert_eq!(error, Some(chars.to_string()), "characters");
}

#[test]
fn odd_paths_and_texts_come_through() {
    let project = Project::with(&[(ODD, WIDE)]);
    let of = |format| report(&project, format, &[]);
    assert_eq!(parsed(&of("gitlab"))[0]["location"]["path"], ODD);
    assert_eq!(parsed(&of("rdjson"))["diagnostics"][0]["location"]["path"], ODD);
    let text = of("checkstyle");
    assert_eq!(xml(&text).descendants().find(|node| node.has_tag_name("file")).unwrap().attribute("name"), Some(ODD));
    let text = of("junit");
    let suite = xml(&text)
        .descendants()
        .find(|node| node.has_tag_name("testsuite"))
        .unwrap()
        .attribute("name")
        .map(str::to_owned);
    assert_eq!(suite.as_deref(), Some(ODD));
    let sarif = parsed(&of("sarif"));
    let uri = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "a%20b/Dockerfile.x%2Cy%3Bz%27%5B1%5D%7C%60%25%26%3C%C3%A9%3E");
    assert!(of("azure").contains("sourcepath=a b/Dockerfile.x,y%3Bz'[1%5D|`%AZP25&<\u{e9}>;"), "{}", of("azure"));
    assert!(of("teamcity").contains("file='a b/Dockerfile.x,y;z|'|[1|]||`%&<|0x00E9>'"), "{}", of("teamcity"));
    let bytes = Project::new();
    bytes.write("Dockerfile", b"FROM debian\nRUN echo '\xff\xfe\x01\x1b'\n");
    xml(&report(&bytes, "junit", &[]));
    xml(&report(&bytes, "checkstyle", &[]));
}

#[test]
fn sarif_has_what_github_asks_for() {
    let project = Project::with(&[("Dockerfile", "FROM debian\nUSER root\n")]);
    let said = project.dlint(&["--select", "untagged-image,root-user", "-q", "--output-format", "sarif"]).ends_with(1);
    let sarif = parsed(&said.stdout);
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let of = |name: &str| rules.iter().find(|rule| rule["id"] == name).unwrap();
    assert!(of("root-user")["properties"]["security-severity"].as_str().unwrap().parse::<f64>().unwrap() > 0.0);
    assert_eq!(of("untagged-image")["properties"]["security-severity"], Value::Null, "only security rules have it");
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            let text = rule[key]["text"].as_str().unwrap();
            assert!(!text.is_empty() && text.len() <= 1024, "{rule:#}");
        }
        assert!(!rule["help"]["markdown"].as_str().unwrap().is_empty());
    }
    for result in run["results"].as_array().unwrap() {
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
    }
    let hash = |text: &str| {
        project.write("Dockerfile", text);
        let sarif = parsed(&report(&project, "sarif", &[]));
        sarif["runs"][0]["results"][0]["partialFingerprints"]["primaryLocationLineHash"].clone()
    };
    assert_eq!(hash("FROM debian\nUSER root\n"), hash("# moved\n\n\nFROM debian\nUSER root\n"));
}

#[test]
fn gitlab_fingerprints_are_unique_and_stay() {
    let project = Project::with(&[("Dockerfile", "FROM debian\nFROM debian\n")]);
    let of = || {
        let issues = parsed(&report(&project, "gitlab", &[]));
        issues.as_array().unwrap().iter().map(|it| it["fingerprint"].clone()).collect::<Vec<_>>()
    };
    let before = of();
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    project.write("Dockerfile", "# moved\nFROM debian\n\nFROM debian\n");
    assert_eq!(of(), before);
}

#[test]
fn no_report_has_a_secret() {
    let secret = "correcthorsebatterystaple";
    let text = format!("FROM debian\nENV DB_PASSWORD={secret} A=b\nRUN curl -u me:{secret} https://example.com\n");
    let ignored = format!("FROM debian\n# dlint ignore=secrets,literal-secret\nENV DB_PASSWORD={secret} A=b\n");
    let project = Project::with(&[("Dockerfile", &text), ("Dockerfile.b", &ignored)]);
    for format in FORMATS.into_iter().chain(["text", "concise"]) {
        let said = project.dlint(&["--select", "ALL", "--output-format", format]).ends_with(1);
        assert!(!said.stdout.contains(secret), "{format}: {}", said.stdout);
    }
}

#[test]
fn several_reports_at_once() {
    let project = Project::with(&[("Dockerfile", "FROM debian\n")]);
    let said = project.dlint(&few(&["-q", "--output", "sarif=a.sarif", "--output=junit=b=c.xml"])).ends_with(1);
    assert!(said.stdout.contains("untagged-image"), "the usual report is there: {}", said.stdout);
    assert_eq!(project.read("a.sarif"), report(&project, "sarif", &[]));
    assert_eq!(project.read("b=c.xml"), report(&project, "junit", &[]));
    let said = project.dlint(&few(&["-q", "--output", "gitlab=-"])).ends_with(1);
    assert_eq!(said.stdout, report(&project, "gitlab", &[]), "it takes the place of the usual one");
    let twice = ["--output", "gitlab=-", "--output-format", "json"];
    project.dlint(&few(&twice)).ends_with(2).complains("two reports cannot both go to standard output");
    project.dlint(&few(&["--output", "xml=a"])).ends_with(2).complains("`xml` is no format");
    project.dlint(&few(&["--output", "sarif"])).ends_with(2).complains("a format and a file");
    project.dlint(&few(&["--output", "sarif=gone/a"])).ends_with(2).complains("cannot be written");
}

#[test]
fn a_report_overwrites_nothing_that_is_read() {
    let project = Project::with(&[("Dockerfile", "FROM debian\n"), ("odd", "FROM debian\n"), ("dlint.toml", "")]);
    for (args, file) in [
        (&["--output", "json=Dockerfile"][..], "Dockerfile"),
        (&["--output-file", "./Dockerfile", "-"], "./Dockerfile"),
        (&["--output", "json=dlint.toml"], "dlint.toml"),
        (&["--output", "json=odd", "odd"], "odd"),
        (&["--output-file", "odd", "--changed-lines", "odd"], "odd"),
    ] {
        project.dlint(&few(args)).ends_with(2).complains(&format!("`{file}` is read by dlint"));
    }
    project.dlint(&few(&["--baseline", "Dockerfile", "--write-baseline"])).ends_with(2).complains("is read by dlint");
    project.dlint(&few(&["--baseline", "-", "--write-baseline"])).ends_with(2).complains("`-` is no file");
    assert_eq!([project.read("Dockerfile"), project.read("odd")], ["FROM debian\n", "FROM debian\n"]);
}

#[test]
fn each_report_has_its_own_file() {
    let project = Project::with(&[("Dockerfile", "FROM debian\n")]);
    let twice = ["--output", "json=a", "--output", "sarif=./a"];
    project.dlint(&few(&twice)).ends_with(2).complains("`./a` cannot take two reports");
    let twice = ["--output-file", "a", "--output", "sarif=a"];
    project.dlint(&few(&twice)).ends_with(2).complains("`a` cannot take two reports");
    project.dlint(&few(&["--output", "json=-", "--output", "sarif=a"])).ends_with(1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_keeps_no_other_from_its_file() {
    let project = Project::with(&[("Dockerfile", "FROM debian\n")]);
    let args = ["--output", "json=/dev/full", "--output", "sarif=/dev/null", "--output", "sarif=a.sarif"];
    let said = project.dlint(&few(&args)).ends_with(2).complains("`/dev/full` cannot be written");
    assert!(said.stdout.contains("untagged-image"), "{}", said.stdout);
    assert_eq!(project.read("a.sarif"), report(&project, "sarif", &[]));
}

#[test]
fn reports_are_the_same_from_run_to_run() {
    let files: Vec<(String, &str)> =
        (0..40).map(|n| (format!("d{n}/Dockerfile"), "FROM debian\nFROM alpine\n")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let project = Project::with(&files);
    for format in FORMATS {
        assert_eq!(report(&project, format, &[]), report(&project, format, &[]), "{format}");
    }
}

#[test]
fn paths_can_have_a_prefix() {
    let project = Project::with(&[("Dockerfile", "FROM debian\n")]);
    for format in FORMATS.into_iter().chain(["text", "concise"]) {
        let said = project.dlint(&few(&["--path-prefix", "sub/dir", "--output-format", format])).ends_with(1);
        assert!(said.stdout.contains("sub/dir/Dockerfile"), "{format}: {}", said.stdout);
    }
    for (prefix, shown) in
        [("", "Dockerfile:1"), (".", "Dockerfile:1"), ("./a/", "a/Dockerfile:1"), ("/", "/Dockerfile:1")]
    {
        let said = project.dlint(&few(&["--path-prefix", prefix, "--output-format", "concise"])).ends_with(1);
        assert!(said.stdout.starts_with(shown), "{prefix}: {}", said.stdout);
    }
}

#[test]
fn github_gets_a_summary_of_the_job() {
    let project = Project::with(&[("Dockerfile", "FROM debian\n"), ("summary.md", "before\n")]);
    let mut command = project.command(&few(&["--output-format", "github"]));
    let said = Said::of(command.env("GITHUB_STEP_SUMMARY", project.path("summary.md"))).ends_with(1);
    assert!(!said.stdout.contains("| warning |"), "{}", said.stdout);
    let summary = project.read("summary.md");
    assert!(
        summary.starts_with("before\n## dlint\n") && summary.contains("| warning | `Dockerfile:1:6` |"),
        "{summary}"
    );
}

#[test]
fn a_summary_has_the_gravest_first_for_it_may_be_cut() {
    let project = Project::with(&[("Dockerfile", "FROM debian\n"), ("z/Dockerfile", "FORM debian\n")]);
    let table = report(&project, "markdown", &[]);
    let place = |text: &str| table.find(text).unwrap_or_else(|| panic!("{text}: {table}"));
    assert!(place("| error | `z/Dockerfile:1:1` |") < place("| warning | `Dockerfile:1:6` |"), "{table}");
}

/// What is at odds with a schema: the few keywords that ours has. So is a key that it does not know.
fn faults(schema: &Value, root: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    if schema.is_null() {
        return;
    }
    if let Some(name) = schema["$ref"].as_str() {
        faults(root.pointer(name.trim_start_matches('#')).unwrap(), root, value, at, out);
    }
    let mut complain = |message: String| out.push(format!("{at}: {message}"));
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is = |wanted: &Value| wanted == kind || (wanted == "number" && kind == "integer");
    match &schema["type"] {
        Value::Null => {}
        Value::Array(kinds) if kinds.iter().any(is) => {}
        wanted if is(wanted) => {}
        wanted => complain(format!("{kind} is not {wanted}")),
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value))
        || !(schema["const"].is_null() || schema["const"] == *value)
    {
        complain(format!("{value} is none of those"));
    }
    for key in schema["required"].as_array().into_iter().flatten().filter(|_| kind == "object") {
        if value.get(key.as_str().unwrap()).is_none() {
            complain(format!("{key} is missing"));
        }
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let at = format!("{at}.{key}");
        match (&schema["properties"][key], &schema["additionalProperties"]) {
            (Value::Null, Value::Null) if schema["$ref"].is_null() => out.push(format!("{at}: is not in the schema")),
            (Value::Null, other) => faults(other, root, value, &at, out),
            (own, _) => faults(own, root, value, &at, out),
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        faults(&schema["items"], root, item, &format!("{at}[{index}]"), out);
    }
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = parsed(include_str!("../docs/dlint-output.schema.json"));
    let names = |all: &[&str]| Value::from(all.to_vec());
    let diagnostic = &schema["$defs"]["diagnostic"]["properties"];
    assert_eq!(diagnostic["category"]["enum"], names(&dlint_linter::Category::ALL.map(dlint_linter::Category::name)));
    let mut levels = dlint_linter::Level::ALL.map(dlint_linter::Level::name);
    levels.reverse();
    assert_eq!(schema["$defs"]["level"]["enum"], names(&levels));
    let project = Project::with(&[
        (ODD, WIDE),
        (
            "Dockerfile",
            "FORM x\nFROM debian\n# dlint ignore=root-user\nUSER root\nRUN apt-get install curl\nENV A=1 A=2\n",
        ),
        ("compose.yaml", "services:\n  a:\n    build: .\n    privileged: true\n  b: [\n"),
        ("daemon.json", "{\"debgu\": true}"),
    ]);
    let mut seen = std::collections::BTreeSet::new();
    for args in [&["--select", "ALL"][..], &["."], &["gone", "Dockerfile"], &["compose.yaml", "--exit-zero"]] {
        let said = project.dlint(&[args, &["--output-format", "json"]].concat());
        let report = parsed(&said.stdout);
        let mut out = Vec::new();
        faults(&schema, &schema, &report, "", &mut out);
        assert_eq!(out, [] as [String; 0], "{report:#}");
        let lines = project.dlint(&[args, &["--output-format", "jsonl"]].concat()).stdout;
        for line in lines.lines() {
            faults(&schema["$defs"]["diagnostic"], &schema, &parsed(line), "", &mut out);
        }
        assert_eq!(out, [] as [String; 0]);
        for it in report["diagnostics"].as_array().unwrap() {
            seen.extend(
                ["cvss", "help", "related", "fixes"]
                    .into_iter()
                    .filter(|key| !(it[key].is_null() || it[key] == json!([]))),
            );
        }
    }
    assert_eq!(seen.len(), 4, "each kind of part is there: {seen:?}");
    faults(&schema, &schema, &json!({"version": 2, "odd": 1}), "", &mut Vec::new());
    let mut out = Vec::new();
    faults(
        &schema,
        &schema,
        &json!({"version": 2, "diagnostics": {}, "files": -1, "summary": {}, "odd": 1}),
        "",
        &mut out,
    );
    assert!(out.len() > 8, "the reader itself: {out:?}");
}

#[test]
fn a_log_has_no_commands_of_strangers() {
    let text = "FROM a##[error]x\nLABEL x=##vso[task.setvariable variable=A]b ::stop-commands::x\nFORM ##vso[task.complete]\nCOPY --from=##[add-mask]debian a b\n";
    let project = Project::with(&[("##vso[a]/Dockerfile", text), ("::error::x/Dockerfile", text)]);
    for format in ["text", "concise", "github", "azure"] {
        let said = project.dlint(&["--select", "ALL", "--output-format", format]).ends_with(1);
        for line in said.stdout.lines() {
            // What dlint says itself stands at the start of a line.
            let rest = line.strip_prefix("##vso[task.logissue ").unwrap_or(line);
            let is_own = format == "github" && line.starts_with("::") || rest.len() < line.len();
            assert!(is_own || !line.trim_start().starts_with("::"), "{format}: {line}");
            assert!(is_own || !(line.contains("##[") || line.contains("##vso[")), "{format}: {line}");
        }
    }
}
