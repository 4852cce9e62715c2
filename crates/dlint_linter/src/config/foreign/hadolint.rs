//! `.hadolint.yaml`.
//!
//! Source: hadolint's README, "Configure".

use dlint_syntax::yaml::View;

use super::draft::Draft;
use super::{Source, Tool};
use crate::diagnostic::Level;
use crate::rules::shell::shellcheck::Code;

pub(super) fn read<'y>(root: View<'y>, source: &mut Source<'y>) -> Draft {
    let mut draft = Draft::new(Tool::Hadolint);
    draft.remarks = vec!["`use-policy = \"hadolint\"` would check exactly what hadolint checks.".to_owned()];
    if root.get("failure-threshold").is_none() {
        draft.remarks.push("hadolint fails from `info` on (`fail-on = \"info\"`); dlint from `warning` on.".to_owned());
    }
    let mut labels = Vec::new();
    let mut is_strict = false;
    for entry in root.entries() {
        let Some(name) = entry.name() else { continue };
        let value = entry.value;
        match name {
            "ignored" => {
                for (at, code) in source.words(value) {
                    ignore(&mut draft, source, at, code);
                }
            }
            "override" => overrides(&mut draft, source, value),
            "failure-threshold" => draft.fail_on = threshold(source, value),
            "trustedRegistries" => {
                let registries: Vec<String> =
                    source.words(value).into_iter().map(|(_, word)| word.to_owned()).collect();
                draft.extend_option("untrusted-registry", "allow", registries);
            }
            "label-schema" => labels = schema(source, value),
            "strict-labels" => is_strict = source.flag(value) == Some(true),
            "disable-ignore-pragma" => draft.inline_ignores = source.flag(value).filter(|it| *it).map(|_| false),
            "no-fail" => {
                if source.flag(value) == Some(true) {
                    source.note(entry.key, "`no-fail` is `--exit-zero` on the command line");
                }
            }
            "format" => {
                source.note(entry.key, "`format` is `--output-format` on the command line, or `DLINT_OUTPUT_FORMAT`");
            }
            "no-color" => source.note(entry.key, "`no-color` is `--color never` on the command line"),
            _ => source.note(entry.key, format!("`{name}` is not a key that hadolint is known to have")),
        }
    }
    if !labels.is_empty() {
        draft.extend_option("missing-label", "labels", labels.iter().map(|(name, _)| name.clone()));
        let types: toml::Table = labels.iter().map(|(name, kind)| (name.clone(), toml::Value::from(*kind))).collect();
        draft.option("invalid-label-value", "labels", types);
        if is_strict {
            draft.extend_option("unexpected-label", "labels", labels.iter().map(|(name, _)| name.clone()));
        }
    } else if is_strict {
        source
            .note(root, "`strict-labels` without a `label-schema` forbids all labels, which dlint has no setting for");
    }
    draft
}

fn ignore<'y>(draft: &mut Draft, source: &mut Source<'y>, at: View<'y>, code: &str) {
    let rules = draft.rules(source, at, code);
    draft.ignore(&rules, code, None);
    let is_shellcheck = code.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("sc"));
    if is_shellcheck && Code::try_from(code.to_ascii_uppercase()).is_ok() {
        draft.extend_option("shellcheck", "exclude", [code.to_ascii_uppercase()]);
    }
}

/// Levels of checks: what is under `override`.
fn overrides<'y>(draft: &mut Draft, source: &mut Source<'y>, value: View<'y>) {
    for entry in value.entries() {
        let level = match entry.name() {
            Some("error") => Level::Error,
            Some("warning") => Level::Warning,
            Some("info") => Level::Info,
            Some("style") => Level::Hint,
            _ => {
                source.note(entry.key, "is no level of hadolint's");
                continue;
            }
        };
        for (at, code) in source.words(entry.value) {
            let rules = draft.rules(source, at, code);
            draft.level(&rules, code, level);
        }
    }
}

fn threshold<'y>(source: &mut Source<'y>, value: View<'y>) -> Option<Level> {
    match value.text() {
        Some("error") => Some(Level::Error),
        Some("warning") => Some(Level::Warning),
        Some("info") => Some(Level::Info),
        Some("style") => Some(Level::Hint),
        Some("ignore" | "none") => {
            source.note(value, "that nothing makes the run fail is `--exit-zero` on the command line");
            None
        }
        _ => {
            source.note(value, "is no threshold of hadolint's");
            None
        }
    }
}

/// The labels of `label-schema`, with what dlint calls their types.
fn schema<'y>(source: &mut Source<'y>, value: View<'y>) -> Vec<(String, &'static str)> {
    let mut labels = Vec::new();
    for entry in value.entries() {
        let Some(name) = entry.name() else { continue };
        let kind = match entry.value.text().map(str::to_ascii_lowercase).as_deref() {
            Some("text" | "rawtext") => "text",
            Some("url") => "url",
            Some("rfc3339") => "rfc3339",
            Some("spdx") => "spdx",
            Some("hash") => "hash",
            Some("semver") => "semver",
            Some("email") => "email",
            _ => {
                source.note(entry.value, "is no type of a label");
                "text"
            }
        };
        labels.push((name.to_owned(), kind));
    }
    labels
}
