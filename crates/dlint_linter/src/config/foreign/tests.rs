//! What becomes of the configuration of other linters.
#![allow(clippy::unwrap_used)]

use super::{Converted, Foreign, Tool};
use crate::config::Config;
use crate::config::file::ConfigFile;
use crate::config::layers::Layers;
use crate::diagnostic::Level;
use crate::rule::RuleId;

fn rule(name: &str) -> RuleId {
    RuleId::of_name(name).unwrap()
}

fn convert(tool: Tool, text: &str) -> (Converted, Config) {
    convert_all(&[Foreign { tool, name: "the file", text }])
}

fn convert_all(files: &[Foreign<'_>]) -> (Converted, Config) {
    let converted = super::convert(files).unwrap();
    let file = ConfigFile::parse(&converted.toml).unwrap_or_else(|error| panic!("{error}\n{}", converted.toml));
    let config = Layers::new(vec![file]).unwrap().apply(None, &|_| true, &mut |_, _| ()).unwrap();
    (converted, config)
}

fn notes(converted: &Converted) -> Vec<(u32, &str)> {
    converted.notes.iter().flatten().map(|note| (note.line, note.message.as_str())).collect()
}

#[test]
fn hadolint() {
    let text = "failure-threshold: error\nignored:\n  - DL3059\n  - DL3002\n  - SC2086\n  - SC3999\n  - DL9999\n  - DL1000\noverride:\n  \
                error: [DL3008]\n  style:\n    - DL3003\ntrustedRegistries:\n  - docker.io\n  - \"*.gcr.io\"\nlabel-schema:\n  author: text\n  \
                org.example.mail: email\nstrict-labels: true\ndisable-ignore-pragma: yes\nformat: json\nno-fail: true\nodd: 1\n";
    let (converted, config) = convert(Tool::Hadolint, text);
    assert!(!config.enabled.contains(rule("consecutive-runs")));
    assert_eq!(config.level(rule("unpinned-package")), Some(Level::Error));
    assert!(config.enabled.contains(rule("unpinned-package")), "who gives it a level wants it");
    assert_eq!(config.level(rule("cd-instead-of-workdir")), Some(Level::Hint));
    assert_eq!(config.options.untrusted_registry.allow, ["docker.io", "*.gcr.io"]);
    assert_eq!(config.options.missing_label.labels, ["author", "org.example.mail"]);
    assert_eq!(config.options.unexpected_label.labels, ["author", "org.example.mail"]);
    assert_eq!(config.options.invalid_label_value.labels.len(), 2);
    assert!(!config.inline_ignores);
    assert!(converted.toml.contains("fail-on = \"error\""), "{}", converted.toml);
    assert_eq!(
        notes(&converted),
        [
            (7, "`DL9999`: dlint has no such check"),
            (8, "`DL1000` is about what Docker refuses, which cannot be changed"),
            (21, "`format` is `--output-format` on the command line, or `DLINT_OUTPUT_FORMAT`"),
            (22, "`no-fail` is `--exit-zero` on the command line"),
            (23, "`odd` is not a key that hadolint is known to have"),
        ]
    );
    // What hadolint is told of Dockerfiles says nothing of Compose files.
    let file = ConfigFile::parse(&converted.toml).unwrap();
    let root_user: Vec<_> = file.ignore.iter().filter(|(name, _)| name == "root-user").collect();
    assert!(root_user.is_empty(), "{}", converted.toml);
    assert!(file.overrides[0].ignore.iter().any(|(name, _)| name == "root-user"), "{}", converted.toml);
}

#[test]
fn dclint() {
    let text = "{\"rules\": {\"no-version-field\": 0, \"services-alphabetical-order\": 2, \"no-such\": 1,\n\
                \"service-keys-order\": [1, {\"groupOrder\": [\"b\", \"a\", \"c\"], \"groups\": {\"a\": [\"image\"], \"b\": [\"ports\", \"build\"]}}],\n\
                \"top-level-properties-order\": [1, {\"customOrder\": [\"name\", \"x-properties\"]}],\n\
                \"require-quotes-in-ports\": [2, {\"quoteType\": \"single\"}]},\n\"exclude\": [\"old\", \"a/b\"], \"quiet\": true}\n";
    let (converted, config) = convert(Tool::Dclint, text);
    assert!(!config.enabled.contains(rule("obsolete-version")));
    let layers = Layers::new(vec![ConfigFile::parse(&converted.toml).unwrap()]).unwrap();
    let everywhere = layers.apply(None, &|_| false, &mut |_, _| ()).unwrap();
    assert!(everywhere.enabled.contains(rule("unsorted-services")));
    assert_eq!(everywhere.level(rule("unsorted-services")), Some(Level::Error));
    assert_eq!(config.options.misplaced_service_key.order, ["ports", "build", "image"]);
    assert_eq!(config.options.misplaced_top_level_key.order, ["name", "x-"]);
    let (_, excluded) = layers.overrides().last().unwrap();
    assert_eq!(excluded.paths.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["*old*", "**/*a/b*"]);
    let notes = notes(&converted);
    assert!(notes[0].0 == 1 && notes[0].1.contains("`no-such`"), "{notes:?}");
    assert!(notes.iter().any(|(_, note)| note.contains("the group `c`")), "{notes:?}");
    assert!(notes.iter().any(|(_, note)| note.contains("`quoteType` of `require-quotes-in-ports`")), "{notes:?}");
    assert!(notes.iter().any(|(_, note)| note.contains("`quiet`")), "{notes:?}");
}

#[test]
fn compose_lint() {
    let text = "rules:\n  CL-0001:\n    enabled: false\n    reason: |\n      Traefik needs it,\n      see #12\n  CL-0005:\n    severity: high\n  CL-0018:\n    \
                exclude_services:\n      web: \"it drops \\\"rights\\\" itself\"\n      db:\n  CL-0007:\n    exclude_services: [cache]\n  CL-0029:\n    enabled: false\n\
                \x20 CL-9999:\n    enabled: false\nfail_on: low\n";
    let (converted, config) = convert(Tool::ComposeLint, text);
    assert!(!config.enabled.contains(rule("docker-socket-mount")));
    assert!(
        converted.toml.contains("\"docker-socket-mount\", # CL-0001: Traefik needs it, see #12"),
        "{}",
        converted.toml
    );
    assert_eq!(config.level(rule("wildcard-port")), Some(Level::Error));
    assert!(config.enabled.contains(rule("dangerous-capability")));
    assert_eq!(config.options.dangerous_capability.allow, ["SYS_NICE", "IPC_LOCK", "LEASE"]);
    let services: Vec<_> = config.services.iter().map(|it| (it.services.join(" "), it.reason.as_deref())).collect();
    assert_eq!(
        services,
        [("db".to_owned(), None), ("web".to_owned(), Some("it drops \"rights\" itself")), ("cache".to_owned(), None)]
    );
    assert!(config.services[1].ignored.rules.contains(rule("root-user")));
    assert_eq!(
        notes(&converted),
        [(17, "`CL-9999`: dlint has no such check"), (19, "`fail_on` is not a key that compose-lint is known to have")]
    );
}

#[test]
fn several_linters_in_one_project() {
    let files = [
        Foreign { tool: Tool::Hadolint, name: "h", text: "ignored: [DL3002, DL3059]\nfailure-threshold: style\n" },
        Foreign {
            tool: Tool::ComposeLint,
            name: "c",
            text: "rules:\n  CL-0001:\n    enabled: false\n  CL-0005:\n    severity: low\n",
        },
        Foreign { tool: Tool::Dclint, name: "d", text: "rules: {no-version-field: 0}\n" },
    ];
    let (converted, config) = convert_all(&files);
    for name in ["root-user", "consecutive-runs", "docker-socket-mount", "obsolete-version"] {
        assert!(!config.enabled.contains(rule(name)), "{name}\n{}", converted.toml);
    }
    assert_eq!(config.level(rule("wildcard-port")), Some(Level::Info));
    assert_eq!(converted.notes.len(), 3);
}

fn wrong(tool: Tool, text: &str) -> super::Unreadable {
    super::convert(&[Foreign { tool, name: "x", text }]).unwrap_err()
}

#[test]
fn files_that_say_nothing_and_files_that_are_none() {
    for tool in Tool::ALL {
        assert_eq!(convert(tool, "").1.enabled, Config::default().enabled);
        assert_eq!(convert(tool, "# nothing\n").1.enabled, Config::default().enabled);
        assert_eq!(wrong(tool, "ok: 1\n- a\n").line, 2);
        assert!(wrong(tool, "- a\n").message.contains("has no keys"));
        // Wrong types lead to notes, not to panics.
        convert(
            tool,
            "rules: 1\nignored: {a: [b]}\noverride: x\nlabel-schema: [1]\nexclude: {a: b}\nstrict-labels: maybe\n",
        );
        convert(tool, "rules: {CL-0001: x, no-version-field: [], services-alphabetical-order: [1, 2, 3]}\n");
    }
    assert_eq!(Tool::of_file(".hadolint.yaml"), Some(Tool::Hadolint));
    assert_eq!(Tool::of_file(".dclintrc"), Some(Tool::Dclint));
    for name in Tool::Dclint.files() {
        assert_eq!(Tool::of_file(super::file_name(name)), Some(Tool::Dclint), "{name}");
    }
    assert_eq!(Tool::of_file(".dclintrc.mjs"), None, "dclint reads none");
    assert_eq!(Tool::of_file("compose.yml"), None);
}

fn named(name: &str, text: &str) -> Result<Config, super::Unreadable> {
    let converted = super::convert(&[Foreign { tool: Tool::Dclint, name, text }])?;
    let file = ConfigFile::parse(&converted.toml).unwrap_or_else(|error| panic!("{error}\n{}", converted.toml));
    Ok(Layers::new(vec![file]).unwrap().apply(None, &|_| true, &mut |_, _| ()).unwrap())
}

#[test]
fn dclint_in_a_package() {
    let text = "{\n\t\"name\": \"x\",\n\t\"devDependencies\": {\"dclint\": \"^3\"},\n\t\"dclint\": {\"rules\": {\"no-version-field\": 0}}\n}\n";
    assert!(Tool::Dclint.is_told_by("a/package.json", text));
    assert!(!Tool::Dclint.is_told_by("package.json", "{\"devDependencies\": {\"dclint\": \"^3\"}}"));
    assert!(!named("a/package.json", text).unwrap().enabled.contains(rule("obsolete-version")));
    assert!(
        named("package.json", "{\"rules\": {\"no-version-field\": 0}}")
            .unwrap()
            .enabled
            .contains(rule("obsolete-version"))
    );
    let wrong = named("package.json", "{\"a\": 1,\n\"dclint\": \"x\"}").unwrap_err();
    assert!(wrong.line == 2 && wrong.message.contains("has no keys"), "{wrong:?}");
    assert!(!Tool::Dclint.is_told_by(".dclintrc", " \n") && Tool::Hadolint.is_told_by(".hadolint.yaml", ""));
}

#[test]
fn programs_that_are_one_literal_are_read() {
    for text in [
        "module.exports = {rules: {'no-version-field': 0}};\n",
        "'use strict';\n\n/** @type {import('dclint').Config} */\nmodule.exports = {\n\trules: {\n\t\t// why\n\t\t\"no-version-field\": 0,\n\t},\n}\n",
        "\u{feff}// head\nexport default { rules:{'no-version-field':[0],}, /* {} */ exclude: ['it\\'s \"x\"', \"// \\u0061\"] } ;",
    ] {
        let config = named(".dclintrc.js", text).unwrap_or_else(|error| panic!("{error:?} in {text}"));
        assert!(!config.enabled.contains(rule("obsolete-version")), "{text}");
    }
    let text = "module.exports = {\n  rules: {\n    /* two\n lines */ 'no-such': 1,\n  },\n};\n";
    let converted = super::convert(&[Foreign { tool: Tool::Dclint, name: "a.cjs", text }]).unwrap();
    assert_eq!(notes(&converted), [(4, "`no-such`: dlint has no such check")]);
}

#[test]
fn other_programs_are_told() {
    for (text, line) in [
        ("const a = 1;\nmodule.exports = {rules: {}};\n", 1),
        ("module.exports = {\n  rules: {...base},\n};\n", 2),
        ("module.exports = {\n  rules: {a: f()},\n};\n", 2),
        ("module.exports = {rules: {}};\n\nconsole.log(1);\n", 1),
        ("module.exports = `x`", 1),
        ("// x\nmodule.exports = config;", 2),
        ("", 1),
    ] {
        let wrong = named("dclint.config.js", text).unwrap_err();
        assert!(wrong.is_program && wrong.message.contains(".dclintrc.json"), "{wrong:?}");
        assert_eq!(wrong.line, line, "{text}");
    }
    assert!(named(".dclintrc.js", &format!("module.exports = {{a: {}", "[".repeat(1_000_000))).unwrap_err().is_program);
}
