//! `dlint show`.
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::Project;

const FILES: [(&str, &str); 4] = [
    (
        "compose.yaml",
        "name: shop\nservices:\n  web:\n    image: ${IMAGE}:${TAG:-1}\n    ports:\n      - 80:80\n    extends:\n      file: \
         common/base.yaml\n      service: base\n    command: echo \"a b\" ${UNSET}\n",
    ),
    ("compose.override.yaml", "services:\n  web:\n    mem_limit: 1m\n    environment: [A=$$b]\n"),
    ("common/base.yaml", "services:\n  base:\n    user: '1000'\n    volumes: [./data:/data]\n"),
    (".env", "IMAGE=nginx\n"),
];

const SHOWN: &str = r#"name: shop  # compose.yaml:1
services:
  web:  # compose.yaml:3
    command: "echo \"a b\" ${UNSET}"  # compose.yaml:10, not set here
    environment:
      A: $$b  # compose.override.yaml:4
    image: nginx:1  # compose.yaml:4
    mem_limit: "1048576"  # compose.override.yaml:3
    networks:
      default: null
    ports:
      - mode: ingress
        target: 80  # compose.yaml:6
        published: "80"  # compose.yaml:6
        protocol: tcp
    user: "1000"  # common/base.yaml:3
    volumes:
      - type: bind  # common/base.yaml:4
        source: common/data  # common/base.yaml:4
        target: /data  # common/base.yaml:4
        bind:  # common/base.yaml:4
          create_host_path: true
"#;

#[test]
fn every_value_has_its_place() {
    let project = Project::with(&FILES);
    let said = project.dlint(&["show", "compose.yaml"]);
    assert_eq!((said.status, said.stdout.as_str(), said.stderr.as_str()), (0, SHOWN, ""));
    assert_eq!(project.dlint(&["show"]).stdout, SHOWN, "the nearest file is the default");
}

#[test]
fn as_data() {
    let project = Project::with(&FILES);
    let said = project.dlint(&["show", "--output-format", "json"]);
    let shown: Value = serde_json::from_str(&said.stdout).unwrap();
    let user = &shown["value"]["services"]["value"]["web"]["value"]["user"];
    assert_eq!(user["value"], "1000");
    assert_eq!(user["origin"], serde_json::json!({"path": "common/base.yaml", "line": 3, "column": 11}));
    let network = &shown["value"]["services"]["value"]["web"]["value"]["networks"]["value"]["default"];
    assert!(network["origin"].is_null(), "what Compose adds has no origin");
}

#[test]
fn several_files_and_options() {
    let project = Project::with(&FILES);
    project.write("vars", "IMAGE=httpd\nTAG=2\n");
    let said = project.dlint(&["show", "compose.yaml", "compose.override.yaml", "--env-file", "vars"]);
    assert!(said.stdout.contains("image: httpd:2  # compose.yaml:4"), "{}", said.stdout);
    let alone = project.dlint(&["show", "common/base.yaml", "--project-directory", "elsewhere"]);
    assert!(alone.stdout.contains("source: elsewhere/data"), "{}", alone.stdout);
}

#[test]
fn what_cannot_be_shown_is_told() {
    let project = Project::new();
    project.write("compose.yaml", "[a]");
    project.write("broken.yaml", "services:\n  a: {image: x\n  b:\n    extends: c\n    image: y\n");
    for (args, message) in [
        (&["show", "missing.yaml"][..], "does not exist"),
        (&["show", "."], "is a folder"),
        (&["show", "compose.yaml"], "holds no mapping"),
        (&["show", "broken.yaml", "--env-file", "missing"], "--env-file: `missing` cannot be read"),
    ] {
        let said = project.dlint(args);
        assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{args:?}");
        assert!(said.stderr.contains(message), "{args:?}: {}", said.stderr);
    }
    let broken = project.dlint(&["show", "broken.yaml"]);
    assert_eq!(broken.status, 0, "what can be read of a broken file is shown: {}", broken.stderr);
    assert!(broken.stderr.contains("broken.yaml:4: service `c`, which is extended here, is not in this file"));
}
