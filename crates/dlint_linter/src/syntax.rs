//! Findings of the parsers: what the program that reads the file refuses.

use dlint_syntax::dockerfile::{self, convert_errors};
use dlint_syntax::yaml::{self, YamlError};

use crate::compose::{Place, Project};
use crate::diagnostic::{Category, Edit, Fix, Safety};
use crate::document::Tree;
use crate::rule::{Context, RuleId};

/// Reports what the parser of the document's language refuses.
pub(crate) fn report(cx: &mut Context<'_>) {
    match cx.document.tree() {
        Tree::Dockerfile(parts) => {
            for error in &parts.0.errors {
                report_dockerfile(error, false, cx);
            }
            for error in convert_errors(&parts.0) {
                report_dockerfile(&error, true, cx);
            }
        }
        Tree::Compose(yaml) => {
            report_invalid_bytes("invalid-yaml", cx);
            report_all_yaml(yaml.errors(), cx);
        }
        Tree::Daemon(_) => {
            report_invalid_bytes("invalid-json", cx);
            report_all_yaml(&yaml::json_errors(cx.document.text()), cx);
        }
    }
}

fn report_all_yaml(errors: &[YamlError], cx: &mut Context<'_>) {
    // What the parser says of a byte that is not UTF-8 is said better.
    let invalid = cx.document.invalid_bytes();
    for error in errors.iter().filter(|error| !invalid.iter().any(|bytes| bytes.contains_range(error.range))) {
        report_yaml(error, cx);
    }
}

/// Reports what the parser refuses in the files that a Compose file includes or extends, of the kind that the rule that runs is for.
pub(crate) fn report_others(project: &Project<'_>, cx: &mut Context<'_>) {
    let kind = cx.rule().name;
    for file in project.sources.other_files() {
        let yaml = project.sources.document(file).yaml();
        let errors = yaml.map(yaml::Yaml::errors).unwrap_or_default();
        for error in errors.iter().filter(|error| error.kind.name() == kind) {
            let mut report = cx.report_at(Place { file, range: error.range }, error.message.as_str());
            if let Some(help) = &error.help {
                report.help(help.as_str());
            }
        }
    }
}

/// YAML and JSON are UTF-8; a Dockerfile is bytes to BuildKit, for which `invalid-encoding` is no more than a warning.
fn report_invalid_bytes(name: &str, cx: &mut Context<'_>) {
    if let Some(&range) = cx.document.invalid_bytes().first()
        && let Some(rule) = enabled(name, cx)
    {
        let encoding = if cx.document.is_utf16() { "UTF-16" } else { "UTF-8" };
        cx.report_for(rule, range, format!("the file is not {encoding} here")).help("Save it as UTF-8");
    }
}

fn enabled(name: &str, cx: &Context<'_>) -> Option<RuleId> {
    let rule = RuleId::of_name(name);
    debug_assert!(rule.is_some(), "no rule for errors of the kind {name}");
    rule.filter(|rule| cx.enabled.contains(*rule))
}

fn report_yaml(error: &YamlError, cx: &mut Context<'_>) {
    let Some(rule) = enabled(error.kind.name(), cx) else { return };
    let mut report = cx.report_for(rule, error.range, error.message.as_str());
    if let Some(help) = &error.help {
        report.help(help.as_str());
    }
    if let Some((range, message)) = &error.related {
        report.related(*range, message.as_str());
    }
}

/// `is_late`: BuildKit reads the file, and refuses this when it builds.
fn report_dockerfile(error: &dockerfile::SyntaxError, is_late: bool, cx: &mut Context<'_>) {
    let Some(rule) = enabled(error.kind.name(), cx) else { return };
    let mut report = cx.report_for(rule, error.range, error.message.as_str());
    if is_late {
        report.category(Category::Correctness);
    }
    if let Some(help) = &error.help {
        report.help(help.as_str());
    }
    if let Some((range, message)) = &error.related {
        report.related(*range, message.as_str());
    }
    if let Some(suggestion) = &error.suggestion {
        // Never applied by itself: what was meant is a guess.
        report.fix(Fix {
            title: format!("Replace with `{suggestion}`"),
            safety: Safety::Display,
            edits: vec![Edit::replace(error.range, suggestion.as_str())],
        });
    }
}

#[cfg(test)]
mod tests {
    use dlint_syntax::{dockerfile, yaml};

    use crate::rule::RuleId;

    #[test]
    fn every_kind_of_error_has_a_rule() {
        let dockerfile = dockerfile::ErrorKind::ALL.iter().map(|kind| kind.name());
        let yaml = yaml::ErrorKind::ALL.iter().map(|kind| kind.name());
        for name in dockerfile.chain(yaml) {
            assert!(RuleId::of_name(name).is_some(), "no rule {name}");
        }
    }
}
