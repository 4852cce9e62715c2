//! Where a tool has several codes for one rule of dlint, who ignores one does not ignore what the others are about.
#![allow(clippy::unwrap_used)]

use dlint_linter::config::foreign::{self, Foreign, Tool};
use dlint_linter::language::Language;
use dlint_linter::{Config, Document, NoFiles, check};

const DOCKERFILE: Language = Language::Dockerfile;
const COMPOSE: Language = Language::Compose;

/// A rule, a file in which it finds two things, and the codes of the first and of the second.
const CASES: [(&str, Language, &str, [&str; 2]); 17] = [
    (
        "package-cache",
        DOCKERFILE,
        "FROM python:3.13\nRUN apt-get update\nRUN pip install x==1\n",
        ["hadolint:DL3009", "hadolint:DL3042"],
    ),
    (
        "unpinned-package",
        DOCKERFILE,
        "FROM python:3.13\nRUN apt-get install -y a\nRUN pip install x\n",
        ["hadolint:DL3008", "hadolint:DL3013"],
    ),
    (
        "unanswered-prompt",
        DOCKERFILE,
        "FROM a:1\nRUN apt-get install a\nRUN zypper install a\n",
        ["hadolint:DL3014", "hadolint:DL3034"],
    ),
    (
        "system-upgrade",
        DOCKERFILE,
        "FROM a:1\nRUN apt-get -y upgrade\nRUN apk upgrade\n",
        ["hadolint:DL3005", "hadolint:DL3017"],
    ),
    (
        "overridden-instruction",
        DOCKERFILE,
        "FROM a:1\nCMD a\nENTRYPOINT a\nCMD b\nENTRYPOINT b\n",
        ["hadolint:DL4003", "hadolint:DL4004"],
    ),
    (
        "invalid-label-value",
        DOCKERFILE,
        "FROM a:1\nLABEL org.opencontainers.image.url=x\nLABEL org.opencontainers.image.created=y\n",
        ["hadolint:DL3052", "hadolint:DL3053"],
    ),
    (
        "bash-syntax-in-sh",
        DOCKERFILE,
        "FROM debian:12\nRUN [[ -n $A ]]\nRUN cat <<< x\n",
        ["shellcheck:SC3010", "shellcheck:SC3011"],
    ),
    (
        "constant-test",
        DOCKERFILE,
        "FROM debian:12\nRUN [ a = b ]\nRUN [ \"$a\"=b ]\n",
        ["shellcheck:SC2050", "shellcheck:SC2077"],
    ),
    (
        "deprecated-grep",
        DOCKERFILE,
        "FROM a:1\nRUN egrep x y\nRUN fgrep x y\n",
        ["shellcheck:SC2196", "shellcheck:SC2197"],
    ),
    (
        "parsed-ls",
        DOCKERFILE,
        "FROM a:1\nRUN ls | grep x\nRUN for a in $(ls); do x; done\n",
        ["shellcheck:SC2010", "shellcheck:SC2045"],
    ),
    (
        "useless-echo",
        DOCKERFILE,
        "FROM a:1\nRUN echo $(x)\nRUN y $(echo \"$x\")\n",
        ["shellcheck:SC2005", "shellcheck:SC2116"],
    ),
    (
        "lost-backslash",
        DOCKERFILE,
        "FROM a:1\nRUN echo a\\d\nRUN echo a\\n\n",
        ["shellcheck:SC1001", "shellcheck:SC1012"],
    ),
    (
        "quoted-loop-list",
        DOCKERFILE,
        "FROM a:1\nRUN for a in \"$x\"; do y; done\nRUN for a in 'a b'; do y; done\n",
        ["shellcheck:SC2066", "shellcheck:SC2041"],
    ),
    (
        "wrong-stop-signal",
        DOCKERFILE,
        "FROM debian:12 AS a\nCMD [\"nginx\"]\nFROM debian:12\nCMD [\"/sbin/init\"]\n",
        ["tally:tally/prefer-nginx-sigquit", "tally:tally/prefer-systemd-sigrtmin-plus-3"],
    ),
    (
        "dev-dependencies",
        DOCKERFILE,
        "FROM a:1\nRUN composer install\nRUN bundle install\n",
        ["tally:tally/php/composer-no-dev-in-production", "tally:tally/ruby/missing-bundle-without-development"],
    ),
    (
        "dangerous-capability",
        COMPOSE,
        "services:\n  a:\n    image: x:1\n    cap_add:\n      - SYS_ADMIN\n      - SYSLOG\n",
        ["compose-lint:CL-0024", "compose-lint:CL-0030"],
    ),
    (
        "sensitive-host-path",
        COMPOSE,
        "services:\n  a:\n    image: x:1\n    volumes:\n      - /etc:/a\n      - /sys:/b:ro\n",
        ["compose-lint:CL-0025", "compose-lint:CL-0013"],
    ),
];

fn config(rule: &str) -> Config {
    let mut config = Config::default();
    config.select(&[rule.to_owned()]).unwrap();
    config
}

/// The lines of what is found.
fn lines(language: Language, text: &str, config: &Config) -> Vec<u32> {
    let document = Document::parse("x", text, language);
    check(&document, config, &NoFiles).iter().map(|it| document.position(it.range.start()).line).collect()
}

#[test]
fn one_code_of_several_is_ignored() {
    for (rule, language, text, codes) in CASES {
        let all = lines(language, text, &config(rule));
        assert_eq!(all.len(), 2, "{rule}");
        for (index, code) in codes.into_iter().enumerate() {
            let left = vec![all[1 - index]];
            let mut configured = config(rule);
            configured.ignore(&[code.to_owned()]).unwrap();
            assert_eq!(lines(language, text, &configured), left, "{code} in the configuration");
            let commented = format!("# dlint ignore-file={code}\n{text}");
            assert_eq!(lines(language, &commented, &config(rule)), [left[0] + 1], "{code} in a comment");
        }
        let mut configured = config(rule);
        configured.ignore(&codes.map(str::to_owned)).unwrap();
        assert_eq!(lines(language, text, &configured), [0; 0], "{rule}");
        let commented = format!("# dlint ignore-file={}\n{text}", codes.join(","));
        assert_eq!(lines(language, &commented, &config(rule)), [0; 0], "{rule}");
    }
}

#[test]
fn the_comments_of_hadolint_mean_their_codes() {
    let text = "FROM python:3.13\n# hadolint ignore=DL3042\nRUN apt-get update && pip install x==1\n";
    assert_eq!(lines(DOCKERFILE, text, &config("package-cache")).len(), 1);
    let text = text.replace("ignore=DL3042", "ignore=DL3042,DL3009");
    assert_eq!(lines(DOCKERFILE, &text, &config("package-cache")).len(), 0);
    let text = "FROM a:1\n# hadolint ignore=SC3011\nRUN cat <<< x && [[ a = $b ]]\n";
    assert_eq!(lines(DOCKERFILE, text, &config("bash-syntax-in-sh")).len(), 1);
}

#[test]
fn what_has_no_code_goes_by_all() {
    let text = "FROM node:22\n# hadolint ignore=DL3042\nRUN conda install -y x\n";
    let without = text.replace("DL3042", "DL3008");
    assert_eq!(lines(DOCKERFILE, &without, &config("package-cache")).len(), 1);
    assert_eq!(lines(DOCKERFILE, text, &config("package-cache")).len(), 0);
}

#[test]
fn who_switches_a_rule_on_again_gets_all_of_it() {
    let text = "FROM python:3.13\nRUN apt-get update\nRUN pip install x==1\n";
    let mut config = config("package-cache");
    config.ignore(&["DL3042".to_owned()]).unwrap();
    assert_eq!(lines(DOCKERFILE, text, &config).len(), 1);
    config.select(&["package-cache".to_owned()]).unwrap();
    assert_eq!(lines(DOCKERFILE, text, &config).len(), 2);
}

#[test]
fn converted_configurations_name_codes() {
    let convert = |tool, text: &str| foreign::convert(&[Foreign { tool, name: "x", text }]).unwrap().toml;
    let toml = convert(Tool::Hadolint, "ignored: [DL3008, DL3003, SC3010]\n");
    assert!(toml.contains("\"DL3008\", # unpinned-package\n"), "{toml}");
    assert!(toml.contains("\"SC3010\", # bash-syntax-in-sh\n"), "{toml}");
    assert!(toml.contains("\"cd-instead-of-workdir\", # DL3003\n"), "{toml}");
    let toml = convert(Tool::Hadolint, "ignored: [DL3014, DL3030, DL3034, DL3038]\n");
    assert!(toml.contains("\"unanswered-prompt\", # DL3014, DL3030, DL3034, DL3038\n"), "{toml}");
    let toml = convert(Tool::ComposeLint, "rules:\n  CL-0025:\n    exclude_services: [a]\n");
    assert!(toml.contains("ignore = [\"CL-0025\"]"), "{toml}");
}
