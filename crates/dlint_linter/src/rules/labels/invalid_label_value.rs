//! `invalid-label-value`: a label whose value is not of the kind that it has to be.

use std::collections::BTreeMap;

use dlint_syntax::dockerfile::{Instruction, Kind, KeyValue, remove_quotes};
use serde::Deserialize;
use spdx::identifiers::{EXCEPTIONS, LICENSES};
use spdx::{Expression, ParseMode};
use toml::value::Datetime;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-label-value",
    summary: "A label whose value is not of the kind that it has to be",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3051",
        "hadolint:DL3052",
        "hadolint:DL3053",
        "hadolint:DL3054",
        "hadolint:DL3055",
        "hadolint:DL3056",
        "hadolint:DL3058",
    ],
    docs: include_str!("invalid_label_value.md"),
    on: &[On::Instruction(instruction)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// What the values of labels have to be, by the labels' names.
    pub labels: BTreeMap<String, Type>,
}

/// What the value of a label has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Type {
    /// Anything, but not nothing.
    Text,
    /// An absolute URL.
    Url,
    /// A date with a time and an offset, as of RFC 3339.
    Rfc3339,
    /// A licence expression as of SPDX.
    Spdx,
    /// A commit of Git: 7 to 40, or 64, hexadecimal digits.
    Hash,
    /// A version as of semver.org.
    Semver,
    /// An e-mail address.
    Email,
}

/// The namespace of the labels that a specification describes.
const STANDARD: &str = "org.opencontainers.image.";

/// What the values of labels are.
///
/// Source: OCI Image Format Specification, "Annotations", "Pre-Defined Annotation Keys".
fn standard(name: &str) -> Option<Type> {
    match name.strip_prefix(STANDARD)? {
        "created" => Some(Type::Rfc3339),
        "url" | "documentation" | "source" => Some(Type::Url),
        "licenses" => Some(Type::Spdx),
        _ => None,
    }
}

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Label(labels) = &instruction.kind else { return };
    let config = cx.config;
    let wanted = &config.options.invalid_label_value.labels;
    let escape = cx.document.dockerfile().map(|(file, _)| file.escape).unwrap_or_default();
    for pair in &labels.pairs {
        if wanted.is_empty() && !pair.key.text.contains(STANDARD) {
            continue;
        }
        let name = remove_quotes(&pair.key.text, escape);
        let (kind, is_wanted) = match wanted.get(name.as_str()) {
            Some(kind) => (*kind, true),
            None => match standard(&name) {
                Some(kind) => (kind, false),
                None => continue,
            },
        };
        // What a variable holds is known when it is built.
        if !pair.value.text.contains('$') {
            check(pair, &remove_quotes(&pair.value.text, escape), kind, is_wanted, cx);
        }
    }
}

fn check(pair: &KeyValue, value: &str, kind: Type, is_wanted: bool, cx: &mut Context<'_>) {
    let value = value.trim();
    if value.is_empty() {
        // One that is there and empty overrides that of the base.
        if is_wanted {
            let message = format!("the label `{}` is empty", shorten(&pair.key.text));
            cx.report(pair.range, message).level(Level::Warning).help(help(kind, value)).codes(codes(kind));
        }
        return;
    }
    let is_right = match kind {
        Type::Text => true,
        Type::Url => is_url(value),
        Type::Rfc3339 => is_rfc3339(value),
        Type::Spdx => is_spdx(value),
        Type::Hash => is_hash(value),
        Type::Semver => is_semver(value),
        Type::Email => is_email(value),
    };
    if is_right {
        return;
    }
    let message = format!("`{}` is not {}", shorten(value), described(kind));
    let mut report = cx.report(pair.value.range, message);
    report.help(help(kind, value)).codes(codes(kind));
    if is_wanted {
        report.level(Level::Warning);
    }
}

/// What hadolint calls it.
fn codes(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::Text => &["hadolint:DL3051"],
        Type::Url => &["hadolint:DL3052"],
        Type::Rfc3339 => &["hadolint:DL3053"],
        Type::Spdx => &["hadolint:DL3054"],
        Type::Hash => &["hadolint:DL3055"],
        Type::Semver => &["hadolint:DL3056"],
        Type::Email => &["hadolint:DL3058"],
    }
}

fn described(kind: Type) -> &'static str {
    match kind {
        Type::Text => "a text",
        Type::Url => "a URL",
        Type::Rfc3339 => "a date and time of RFC 3339",
        Type::Spdx => "a licence expression of SPDX",
        Type::Hash => "a commit of Git",
        Type::Semver => "a semantic version",
        Type::Email => "an e-mail address",
    }
}

fn help(kind: Type, value: &str) -> String {
    let example = match kind {
        Type::Text => "Write what it is there for, or delete the label",
        Type::Url => "Write it with its scheme: `https://example.com/project`",
        Type::Rfc3339 => "Write date, time and offset: `2026-05-01T12:00:00Z`",
        Type::Spdx => {
            return match Expression::canonicalize(value) {
                Ok(Some(right)) => format!("Write `{right}`"),
                _ => "Write identifiers of <https://spdx.org/licenses>, joined with `AND` and `OR`: `MIT OR Apache-2.0`".to_owned(),
            };
        }
        Type::Hash => "Write 7 to 40 hexadecimal digits in lower case, as `git rev-parse HEAD` prints them",
        Type::Semver => "Write three numbers, without a `v`: `1.2.3`, `1.2.3-rc.1`",
        Type::Email => "Write `name@example.com`",
    };
    example.to_owned()
}

fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let is_scheme = scheme.starts_with(|char: char| char.is_ascii_alphabetic())
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'));
    is_scheme && !rest.is_empty() && !rest.starts_with(['/', '?', '#']) && !rest.contains(char::is_whitespace)
}

fn is_rfc3339(text: &str) -> bool {
    text.parse::<Datetime>().is_ok_and(|it| it.date.is_some() && it.time.is_some() && it.offset.is_some())
}

/// The longest expression that is looked at, in bytes. Nobody writes such a long one.
const LONGEST: usize = 1000;

fn is_spdx(text: &str) -> bool {
    let mode = ParseMode { allow_deprecated: true, allow_postfix_plus_on_gpl: true, ..ParseMode::STRICT };
    let is_right = |text: &str| Expression::parse_mode(text, mode).is_ok();
    text.len() > LONGEST || is_right(text) || is_right(&in_listed_case(text))
}

/// An expression with its identifiers in the case of the lists. Their case does not matter.
///
/// Source: SPDX 2.3, annex D.2, "Case sensitivity".
fn in_listed_case(text: &str) -> String {
    let listed = |word: &str| {
        let same = |name: &&str| name.eq_ignore_ascii_case(word);
        let license = LICENSES.iter().map(|it| it.name).find(same);
        license.or_else(|| EXCEPTIONS.iter().map(|it| it.name).find(same))
    };
    let mut right = String::with_capacity(text.len());
    for part in text.split_inclusive([' ', '(', ')', '+']) {
        let word = part.trim_end_matches([' ', '(', ')', '+']);
        right.push_str(listed(word).unwrap_or(word));
        right.push_str(&part[word.len()..]);
    }
    right
}

fn is_hash(text: &str) -> bool {
    matches!(text.len(), 7..=40 | 64) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Source: Semantic Versioning 2.0.0, "Backus–Naur Form Grammar for Valid SemVer Versions".
fn is_semver(text: &str) -> bool {
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    let (numbers, pre) = text.split_once('-').map_or((text, None), |(text, pre)| (text, Some(pre)));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let has_zero = |part: &str| part.len() > 1 && part.starts_with('0');
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let numbers: Vec<&str> = numbers.split('.').take(4).collect();
    numbers.len() == 3
        && numbers.iter().all(|part| !part.is_empty() && is_number(part) && !has_zero(part))
        && pre.is_none_or(|pre| pre.split('.').all(|part| is_word(part) && !(is_number(part) && has_zero(part))))
        && build.is_none_or(|build| build.split('.').all(is_word))
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    !name.is_empty()
        && !text.contains(|char: char| char.is_whitespace() || matches!(char, '<' | '>' | ','))
        && !host.is_empty()
        && host.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}
