//! Findings in Compose projects of several files: each is told once, at the line that is to blame.
#![allow(clippy::unwrap_used)]

mod support;

use dlint_linter::rule::RuleSet;
use dlint_linter::{Config, Document, Language, RuleId, check};
use support::{MemoryFiles, draw};

/// What the rules say of `path` in a project of these files; `checked` are those that the run reports on.
fn findings(files: &[(&str, &str)], checked: &[&str], path: &str, rules: &[&str]) -> String {
    let mut memory = MemoryFiles::default();
    for (path, text) in files {
        memory.insert(path, text);
    }
    for path in checked {
        memory.check(path);
    }
    let text = files.iter().find(|(name, _)| *name == path).unwrap().1;
    let document = Document::parse(path, text, Language::Compose);
    let mut config = Config::default();
    config.enabled = rules.iter().map(|name| RuleId::of_name(name).unwrap()).collect::<RuleSet>();
    draw(&document, &check(&document, &config, &memory))
}

const SOCKET: &[&str] = &["docker-socket-mount"];
const BASE: (&str, &str) = ("compose.yaml", "services:\n  web:\n    image: nginx:1.27\n    ports: ['80:80']\n");

#[test]
fn an_override_is_judged_with_its_base() {
    let over = ("compose.override.yaml", "services:\n  web:\n    volumes: [/var/run/docker.sock:/s]\n");
    let files = [BASE, over];
    let both = ["compose.yaml", "compose.override.yaml"];
    assert_eq!(findings(&files, &both, "compose.yaml", SOCKET), "", "the override's own check tells it");
    let told = findings(&files, &both, "compose.override.yaml", SOCKET);
    assert!(told.contains("   3 |     volumes: [/var/run/docker.sock:/s]\n     |               ^^^^"), "{told}");
    // Where only the base is checked, the finding stands at the service, and the story leads to the line.
    let base_only = findings(&files, &["compose.yaml"], "compose.yaml", SOCKET);
    assert!(base_only.contains("   2 |   web:\n     |   ^^^\n  in compose.override.yaml:\n   3 |"), "{base_only}");
    // Where only the override is checked, nothing of the base is told.
    let rules = ["wildcard-port", "missing-healthcheck", "docker-socket-mount"];
    let over_only = findings(&files, &["compose.override.yaml"], "compose.override.yaml", &rules);
    assert_eq!(over_only, told);
}

#[test]
fn what_an_override_adds_or_takes_away_counts() {
    let over = (
        "compose.override.yml",
        "services:\n  web:\n    ports: !reset []\n    healthcheck: {test: [CMD, true]}\n    mem_limit: 1g\n",
    );
    let rules = ["wildcard-port", "missing-healthcheck", "missing-resource-limits"];
    let told = findings(&[BASE, over], &["compose.yaml", "compose.override.yml"], "compose.yaml", &rules);
    assert!(
        told.contains("has no limit on CPU or processes") && !told.contains("port") && !told.contains("health"),
        "{told}"
    );
    assert_eq!(findings(&[BASE, over], &["compose.override.yml"], "compose.override.yml", &rules), "");
}

#[test]
fn the_commit_of_a_context_may_stand_in_an_override() {
    const RULE: &[&str] = &["unpinned-remote-context"];
    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";
    let both = ["compose.yaml", "compose.override.yaml"];
    let of = |reference: &str| format!("services:\n  web:\n    build: https://example.com/web.git#{reference}\n");
    let (branch, commit) = (of("main"), of(COMMIT));
    let pinned = [(both[0], branch.as_str()), (both[1], commit.as_str())];
    for path in both {
        assert_eq!(findings(&pinned, &both, path, RULE), "", "what is built has a commit");
    }
    let loose = [(both[0], commit.as_str()), (both[1], branch.as_str())];
    assert_eq!(findings(&loose, &both, both[0], RULE), "", "the override's own check tells it");
    let told = findings(&loose, &both, both[1], RULE);
    assert!(told.contains("build: https://example.com/web.git#main"), "{told}");
}

#[test]
fn a_service_is_judged_with_what_it_extends() {
    let base = (
        "common/base.yaml",
        "services:\n  base:\n    image: nginx:1.27\n    volumes: [/run/docker.sock:/s]\n    healthcheck: {test: [CMD, true]}\n",
    );
    let main = ("compose.yaml", "services:\n  web:\n    extends:\n      file: common/base.yaml\n      service: base\n");
    let rules = ["docker-socket-mount", "missing-healthcheck"];
    let alone = findings(&[main, base], &["compose.yaml"], "compose.yaml", &rules);
    assert!(alone.contains("   4 |       file: common/base.yaml\n     |             ^^^^"), "{alone}");
    assert!(alone.contains("in common/base.yaml:\n   4 |"), "{alone}");
    assert!(!alone.contains("health"), "{alone}");
    let both = ["compose.yaml", "common/base.yaml"];
    assert_eq!(findings(&[main, base], &both, "compose.yaml", &rules), "");
    assert!(findings(&[main, base], &both, "common/base.yaml", &rules).contains("   4 |     volumes"));
}

#[test]
fn a_file_that_others_extend_is_no_project() {
    let base = ("base.yaml", "services:\n  base:\n    image: nginx:1.27\n");
    let main = ("compose.yaml", "services:\n  web: {extends: {file: base.yaml, service: base}}\n");
    let rules = ["missing-healthcheck"];
    assert_eq!(findings(&[main, base], &[], "base.yaml", &rules), "");
    assert!(findings(&[base], &[], "base.yaml", &rules).contains("no health check"), "alone it is one");
    assert!(findings(&[main, base], &[], "compose.yaml", &rules).contains("service `web` has no health check"));
}

#[test]
fn an_included_file_tells_of_itself() {
    let db = ("db/compose.yaml", "services:\n  db:\n    image: postgres\n");
    let main = ("compose.yaml", "include: [db/compose.yaml]\nservices:\n  web: {image: nginx}\n");
    let rules = ["untagged-image"];
    let told = findings(&[main, db], &["compose.yaml"], "compose.yaml", &rules);
    assert!(told.contains("nginx") && !told.contains("postgres"), "{told}");
    assert!(findings(&[main, db], &[], "db/compose.yaml", &rules).contains("postgres"));
}

#[test]
fn variables_come_from_the_files_of_the_project() {
    let main = (
        "compose.yaml",
        "include: [{path: db/compose.yaml, env_file: db.env}]\nservices:\n  web: {image: 'nginx:${TAG}'}\n  old: {extends: \
         {file: x/old.yaml, service: old}}\n",
    );
    let db = ("db/compose.yaml", "services:\n  db: {image: 'postgres:${TAG:-latest}'}\n");
    let old = ("x/old.yaml", "services:\n  old: {image: 'old:${TAG}'}\n");
    let files = [main, db, old, (".env", "TAG=latest\n"), ("db.env", "TAG=1\n"), ("x/.env", "TAG=2\n")];
    let told = findings(&files, &[], "compose.yaml", &["floating-tag"]);
    assert!(told.contains("the tag `latest` of `nginx`") && told.contains("the tag `latest` of `old`"), "{told}");
    assert!(findings(&files, &[], "db/compose.yaml", &["floating-tag"]).contains("the tag `latest` of `postgres`"));
}

#[test]
fn compose_file_in_dotenv_says_what_is_laid_over_what() {
    let prod = ("compose.prod.yaml", "services:\n  web:\n    mem_limit: 1g\n    cpus: 1\n    pids_limit: 9\n");
    let env = (".env", "COMPOSE_FILE=compose.yaml:compose.prod.yaml\n");
    let rules = ["missing-resource-limits"];
    assert_eq!(findings(&[BASE, prod, env], &[], "compose.yaml", &rules), "");
    assert!(findings(&[BASE, prod], &[], "compose.yaml", &rules).contains("no limit"));
    assert_eq!(findings(&[BASE, prod], &[], "compose.prod.yaml", &rules), "", "a fragment");
}

const REFERENCES: &[&str] = &["undefined-reference", "disabled-dependency", "missing-image", "reference-cycle"];

#[test]
fn an_included_file_may_refer_to_its_includer_and_its_siblings() {
    let main = (
        "compose.yaml",
        "include: [a/compose.yaml, b.yaml]\nservices:\n  web: {image: web, networks: [front]}\nnetworks: {front: }\n",
    );
    let a =
        ("a/compose.yaml", "include: [c.yaml]\nservices:\n  a: {image: a, networks: [front], depends_on: [b, c]}\n");
    let b = ("b.yaml", "services:\n  b: {image: b, depends_on: [web]}\n");
    let c = ("a/c.yaml", "services:\n  c: {image: c, networks: [front], depends_on: [b]}\n");
    let all = ["compose.yaml", "a/compose.yaml", "b.yaml", "a/c.yaml"];
    for path in all {
        for checked in [&all[..], &[path][..]] {
            assert_eq!(findings(&[main, a, b, c], checked, path, REFERENCES), "", "{path}");
        }
    }
}

#[test]
fn what_nothing_defines_is_told_once_of_an_included_file() {
    let main = ("compose.yaml", "include: [a/compose.yaml]\nservices:\n  web: {image: web}\n");
    let a = ("a/compose.yaml", "include: [c.yaml]\nservices:\n  a: {image: a}\n");
    let c = ("a/c.yaml", "services:\n  c: {image: c, networks: [frnt]}\nnetworks: {front: }\n");
    let files = [main, a, c];
    let all = ["compose.yaml", "a/compose.yaml", "a/c.yaml"];
    let told = |checked: &[&str]| -> Vec<String> {
        checked.iter().map(|path| findings(&files, checked, path, REFERENCES)).collect()
    };
    let of_all = told(&all);
    assert_eq!((of_all[0].as_str(), of_all[1].as_str()), ("", ""));
    assert!(
        of_all[2].contains("names the network `frnt`") && of_all[2].contains("in compose.yaml:\n   1 |"),
        "{of_all:?}"
    );
    // Where the file itself is not checked, who includes it tells.
    let of_main = told(&["compose.yaml"]).remove(0);
    assert!(of_main.contains("   1 | include: [a/compose.yaml]\n     |           ^^^^"), "{of_main}");
    assert!(of_main.contains("in a/c.yaml:\n   2 |"), "{of_main}");
    let of_two = told(&all[..2]);
    assert!(of_two[0].contains("frnt") && of_two[1].is_empty(), "{of_two:?}");
    let of_middle = told(&all[1..2]).remove(0);
    assert!(of_middle.contains("   1 | include: [c.yaml]"), "{of_middle}");
}

#[test]
fn what_an_extended_file_brings_along_is_told_where_it_is_extended() {
    let base = ("base.yaml", "services:\n  base: {image: a, networks: [back]}\nnetworks: {back: }\n");
    let main = ("compose.yaml", "services:\n  web: {extends: {file: base.yaml, service: base}}\n");
    for checked in [&["compose.yaml"][..], &["compose.yaml", "base.yaml"][..]] {
        let told = findings(&[main, base], checked, "compose.yaml", REFERENCES);
        assert!(told.contains("names the network `back`") && told.contains("in base.yaml:\n   2 |"), "{told}");
        assert_eq!(findings(&[main, base], checked, "base.yaml", REFERENCES), "");
    }
}

#[test]
fn a_profile_of_the_includer_counts() {
    let main = ("compose.yaml", "include: [a.yaml]\nservices:\n  web: {image: web, profiles: [x]}\n");
    let a = ("a.yaml", "services:\n  a: {image: a, depends_on: [web]}\n");
    let told = findings(&[main, a], &["compose.yaml", "a.yaml"], "a.yaml", REFERENCES);
    assert!(told.contains("service `a` is always started, and needs `web`"), "{told}");
    assert_eq!(findings(&[main, a], &["compose.yaml", "a.yaml"], "compose.yaml", REFERENCES), "");
    let env = (".env", "COMPOSE_PROFILES=x\n");
    assert_eq!(findings(&[main, a, env], &["compose.yaml", "a.yaml"], "a.yaml", REFERENCES), "");
}

#[test]
fn an_included_file_has_the_folder_and_variables_that_its_includer_gives_it() {
    let main = ("compose.yaml", "include: [{path: db/compose.yaml, project_directory: ., env_file: db/x.env}]\n");
    let db = ("db/compose.yaml", "services:\n  db: {image: 'postgres:${TAG}'}\n  b: {build: ./db}\n");
    let files = [main, db, ("db/Dockerfile", "FROM a\n"), ("db/x.env", "TAG=latest\n"), (".env", "A=b\n")];
    let told = findings(&files, &[], "db/compose.yaml", &["missing-file", "floating-tag"]);
    assert!(told.contains("`latest`") && !told.contains("not there"), "{told}");
    let alone = findings(&files[1..], &[], "db/compose.yaml", &["missing-file"]);
    assert!(alone.contains("the build context `./db` of service `b` is not there"), "{alone}");
}

#[test]
fn faults_of_one_included_file_are_told_one_by_one() {
    let main = ("compose.yaml", "include: [a.yaml]\nservices:\n  web: {image: web, profiles: [x]}\n");
    let a = (
        "a.yaml",
        "services:\n  a: {image: a, networks: [n1, n2], depends_on: [web]}\n  b: {image: b, profiles: [y], depends_on: [web]}\n  c: \
         {user: c}\n",
    );
    let told = findings(&[main, a], &["compose.yaml", "a.yaml"], "a.yaml", REFERENCES);
    assert_eq!(told.matches("error: ").count(), 4, "{told}");
    assert_eq!(told.matches("warning: ").count(), 1, "{told}");
    assert_eq!(findings(&[main, a], &["compose.yaml", "a.yaml"], "compose.yaml", REFERENCES), "");
    let from_outside = findings(&[main, a], &["compose.yaml"], "compose.yaml", REFERENCES);
    assert_eq!(from_outside.matches("in a.yaml:").count(), 5, "{from_outside}");
}

#[test]
fn files_that_include_each_other_crosswise_come_to_an_end() {
    const FILES: usize = 12;
    let list = |without: usize| {
        (0..FILES).filter(|it| *it != without).map(|it| format!("f{it}.yaml")).collect::<Vec<_>>().join(", ")
    };
    let mut files = vec![("compose.yaml".to_owned(), format!("include: [{}]\n", list(FILES)))];
    files
        .extend((0..FILES).map(|it| {
            (format!("f{it}.yaml"), format!("include: [{}]\nservices: {{s{it}: {{image: x}}}}\n", list(it)))
        }));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let told = findings(&files, &["compose.yaml"], "compose.yaml", &["project-limit", "reference-cycle"]);
    assert!(told.contains("these files include each other in a circle"), "{told}");
    assert!(told.contains("files are included more often than dlint follows"), "{told}");
}

#[test]
fn an_included_file_that_is_no_mapping_is_told_once() {
    let files = [("compose.yaml", "include: [db/compose.yaml]\nservices: {}\n"), ("db/compose.yaml", "- a\n")];
    let rules = ["wrong-type"];
    let told = findings(&files, &["compose.yaml"], "compose.yaml", &rules);
    assert!(told.contains("that is included has to be a mapping, and is a list"), "{told}");
    let both = ["compose.yaml", "db/compose.yaml"];
    assert_eq!(findings(&files, &both, "compose.yaml", &rules), "", "the file's own check tells it");
    assert!(findings(&files, &both, "db/compose.yaml", &rules).contains("has to be a mapping"));
}

#[test]
fn what_an_included_file_lacks_is_told_once() {
    let files = [
        ("compose.yaml", "include: [db/db.yaml]\nservices: {}\n"),
        ("db/db.yaml", "services:\n  db:\n    image: a:1\n    env_file: b.env\n"),
    ];
    let rules = ["missing-file"];
    let told = findings(&files, &["compose.yaml"], "compose.yaml", &rules);
    assert!(told.contains("the file `b.env` of `env_file` is not there"), "{told}");
    assert_eq!(findings(&files, &["compose.yaml", "db/db.yaml"], "compose.yaml", &rules), "");
}
