//! The rules of a run: all that are on, so that they do not differ from run to run of one configuration.

use dlint_linter::{Category, Config, Rule, RuleId};
use serde::Serialize;

use super::Text;

/// The longest text that GitHub takes, in bytes to be sure.
const LONGEST: usize = 1024;

#[derive(Serialize)]
pub(super) struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    full_name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: String,
    short_description: Text<'static>,
    full_description: Text<'static>,
    help_uri: String,
    help: Help,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: Vec<&'static str>,
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
    /// Makes an alert a security alert, so only rules of security have it.
    #[serde(rename = "security-severity", skip_serializing_if = "Option::is_none")]
    score: Option<String>,
}

pub(super) fn tool(config: &Config) -> Tool {
    let version = env!("CARGO_PKG_VERSION");
    Tool {
        driver: Driver {
            name: "dlint",
            full_name: concat!("dlint ", env!("CARGO_PKG_VERSION")),
            version,
            semantic_version: version,
            information_uri: env!("CARGO_PKG_REPOSITORY"),
            rules: config.enabled.iter().map(|id| descriptor(id, config)).collect(),
        },
    }
}

fn descriptor(id: RuleId, config: &Config) -> Descriptor {
    let rule = id.rule();
    let (level, url) = (super::level(config.level(id).unwrap_or(rule.level)), rule.url());
    let prose = prose(rule);
    let paragraph = prose.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let paragraph = if paragraph.is_empty() { rule.summary.to_owned() } else { paragraph };
    Descriptor {
        id: rule.name,
        name: pascal_case(rule.name),
        short_description: Text::new(super::sentence(rule.summary)),
        full_description: Text::new(super::sentence(&shorten(&paragraph))),
        help: Help {
            text: format!("{}\n{url}", super::sentence(rule.summary)),
            markdown: format!("{prose}\n\n[More about `{}`, with examples]({url})\n", rule.name),
        },
        help_uri: url,
        default_configuration: Configuration { level },
        properties: Properties {
            tags: vec![rule.category.name(), "docker"],
            precision: "high",
            severity: if level == "note" { "recommendation" } else { level },
            score: rule
                .cvss
                .filter(|cvss| rule.category == Category::Security && cvss.score() > 0.0)
                .map(|cvss| format!("{:.1}", cvss.score())),
        },
    }
}

/// What a page says before its first example.
fn prose(rule: &Rule) -> String {
    let lines = rule.docs.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    let lines: Vec<&str> = lines.take_while(|line| !line.starts_with("```") && !line.starts_with('#')).collect();
    lines.join("\n").trim().to_owned()
}

/// A text of at most [`LONGEST`] bytes with the full stop that may be added.
fn shorten(text: &str) -> String {
    if text.len() < LONGEST {
        return text.to_owned();
    }
    let mut end = LONGEST - 5;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}\u{2026}", &text[..end])
}

fn pascal_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split('-') {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}
