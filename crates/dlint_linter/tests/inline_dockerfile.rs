//! Dockerfiles in Compose files: their findings and fixes stand where they are written.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;

use dlint_linter::fix::fix_document;
use dlint_linter::rule::RuleSet;
use dlint_linter::severity::Rating;
use dlint_linter::{Config, Diagnostic, Document, Language, NoFiles, RuleId, Safety, check, check_all};
use support::draw;

fn only(rules: &[&str]) -> Config {
    let mut config = Config::default();
    config.enabled = rules.iter().map(|name| RuleId::of_name(name).unwrap()).collect::<RuleSet>();
    config
}

fn document(text: &str) -> Arc<Document> {
    Arc::new(Document::parse("compose.yaml", text, Language::Compose))
}

fn findings(text: &str, rules: &[&str]) -> String {
    let document = document(text);
    draw(&document, &check(&document, &only(rules), &NoFiles))
}

const TEXT: &str = "\
services:
  web:
    build:
      dockerfile_inline: |
        FROM alpine

          RUN cd /srv && apk add --no-cache curl
        ENV A=$$PATH B=${C:-node:latest}
        COPY --from=${IMAGE:-node:latest} /x /y
        RUN  curl $${URL} | sh
    image: example/web:1
";

#[test]
fn findings_stand_where_they_are_written() {
    let told = findings(TEXT, &["untagged-image", "floating-tag", "download-piped-to-shell"]);
    assert!(told.contains("   5 |         FROM alpine\n     |              ^^^^^^\n"), "{told}");
    assert!(
        told.contains(
            "   9 |         COPY --from=${IMAGE:-node:latest} /x /y\n     |                     ^^^^^^^^^^^^^^^^^^^^^"
        ),
        "{told}"
    );
    assert!(told.contains("  10 |         RUN  curl $${URL} | sh\n     |              ^^^^^^^^^^^^"), "{told}");
}

#[test]
fn compose_takes_a_broken_dockerfile() {
    let text = "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FORM alpine\n";
    let document = document(text);
    let found = check(&document, &only(&["unknown-instruction", "missing-from"]), &NoFiles);
    assert!(!found.is_empty() && found.iter().all(|it| it.category != dlint_linter::Category::Syntax));
}

#[test]
fn what_a_variable_decides_is_not_read() {
    for text in [
        "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM $BASE\n        FROM alpine\n",
        "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM alpine\n        RUN a $1{\n        ENV ${\n",
    ] {
        assert_eq!(findings(text, &["untagged-image"]), "", "{text}");
    }
}

#[test]
fn other_styles_are_one_place() {
    for value in ["\"FROM alpine\\nFROM node\"", ">\n        FROM alpine\n\n        FROM node\n", "FROM alpine"] {
        let text = format!("services:\n  web:\n    build:\n      dockerfile_inline: {value}\n");
        let told = findings(&text, &["untagged-image"]);
        assert!(told.contains("`alpine` has no tag") && told.contains("   4 |       dockerfile_inline: "), "{told}");
        assert_eq!(told.matches("warning: ").count(), 1, "{told}");
    }
}

#[test]
fn one_behind_an_anchor_is_checked_once() {
    let text = "x-b: &b\n  dockerfile_inline: |\n    FROM alpine\nservices:\n  a: {build: *b}\n  b: {build: *b}\n";
    assert_eq!(findings(text, &["untagged-image"]).matches("warning: ").count(), 1);
}

/// Every fix of every rule, in the inline Dockerfile, gives what it gives in a file.
#[test]
fn fixes_do_the_same_as_in_a_file() {
    let dockerfiles = [
        "FROM alpine:3.22 as Build\nMAINTAINER me\nRUN cd /srv && make\nEXPOSE 80/TCP\nCOPY a b /c\n",
        "from alpine:3.22\n\nRUN apt-get install curl && \\\n    rm -rf /x\nADD x /y\nENV A b\nUSER root\nCMD node $HOME\n",
        "FROM alpine:3.22\nRUN wget -O x https://example.com/$X && sudo id\nRUN useradd -u 1 a\nWORKDIR srv\nMAINTAINER me\n",
        "FROM alpine:3.22\nRUN apk add curl\nHEALTHCHECK CMD curl x\nENTRYPOINT a b\nLABEL A=b \\\n\n  C=d\nSTOPSIGNAL 9",
    ];
    for text in dockerfiles {
        // How a file ends is no matter of a value in another one.
        for rule in RuleId::all().filter(|rule| rule.rule().name != "missing-final-newline") {
            let mut config = Config::default();
            config.enabled = std::iter::once(rule).collect();
            let file = Arc::new(Document::parse("Dockerfile", text, Language::Dockerfile));
            let expected = fix_document(&file, &config, &NoFiles, Safety::Unsafe).document;
            let inside = |text: &str| {
                let lines: String = text
                    .replace('$', "$$")
                    .lines()
                    .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("        {line}\n") })
                    .collect();
                let chomp = if text.ends_with('\n') { "|" } else { "|-" };
                format!(
                    "services:\n  web:\n    build:\n      dockerfile_inline: {chomp}\n{lines}    image: example/web:1\n"
                )
            };
            let compose = document(&inside(text));
            if check(&compose, &config, &NoFiles).iter().any(|it| compose.slice(it.range).contains("example/web")) {
                continue;
            }
            let fixed = fix_document(&compose, &config, &NoFiles, Safety::Unsafe).document;
            let blanks = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            assert_eq!(blanks(fixed.text()), blanks(&inside(expected.text())), "{}", rule.rule().name);
        }
    }
}

#[test]
fn a_named_context_is_no_image() {
    let text = "services:\n  web:\n    build:\n      additional_contexts: {base: 'service:base'}\n      dockerfile_inline: FROM base\n";
    assert_eq!(findings(text, &["untagged-image", "missing-user"]), "");
}

#[test]
fn comments_in_it_suppress_as_in_a_file_of_its_own() {
    let inline = |comment: &str| {
        let lines = [comment, "FROM alpine", "USER root", "FROM alpine"].join("\n        ");
        format!("services:\n  web:\n    build:\n      dockerfile_inline: |\n        {lines}\n")
    };
    let rules = ["untagged-image", "unused-ignore", "unknown-ignore"];
    let told = |comment: &str, config: &Config| {
        let document = document(&inline(comment));
        let checked = check_all(&document, config, &NoFiles);
        let place = |it: &Diagnostic| (it.rule().name, document.position(it.range.start()).line);
        let suppressed = checked.suppressed.iter().map(|it| (place(&it.diagnostic), it.reason.clone()));
        (checked.diagnostics.iter().map(place).collect::<Vec<_>>(), suppressed.collect::<Vec<_>>())
    };
    let config = only(&rules);
    let suppressed = vec![(("untagged-image", 6), Some("mirrored".to_owned()))];
    let kept = vec![("untagged-image", 8)];
    assert_eq!(told("# dlint ignore=untagged-image mirrored", &config), (kept.clone(), suppressed));
    assert_eq!(told("# hadolint ignore=DL3006", &config), (kept, vec![(("untagged-image", 6), None)]));
    assert_eq!(told("# hadolint global ignore=DL3006", &config).0, []);
    let (found, _) = told("# dlint ignore=floating-tag,rot-user", &only(&[&rules[..], &["floating-tag"]].concat()));
    assert_eq!(
        found,
        [("unused-ignore", 5), ("unknown-ignore", 5), ("untagged-image", 6), ("untagged-image", 8)],
        "comments are judged where they stand"
    );
    let mut audit = only(&rules);
    audit.inline_ignores = false;
    assert_eq!(told("# dlint ignore=untagged-image mirrored", &audit).0.len(), 2);
    let mut rated = only(&rules);
    rated.min_rating = Some(Rating::Low);
    assert_eq!(told("# dlint ignore-file=untagged-image", &rated), (vec![], vec![]), "what is not wanted is nowhere");
}
