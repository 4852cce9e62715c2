//! Findings of the parsers: what the program that reads the file refuses.

use dlint_syntax::dockerfile::{SyntaxError, convert_errors};

use crate::diagnostic::{Edit, Fix, Safety};
use crate::document::Tree;
use crate::rule::{Context, NodeKind, On, RuleId};

/// Reports what the parser of the document's language refuses.
pub(crate) fn report(cx: &mut Context<'_>) {
    match cx.document.tree() {
        Tree::Dockerfile(parts) => {
            let mut errors: Vec<&SyntaxError> = parts.0.errors.iter().collect();
            let late = convert_errors(&parts.0);
            errors.extend(&late);
            for error in errors {
                report_dockerfile(error, cx);
            }
        }
        Tree::Compose(yaml) | Tree::Daemon(yaml) => {
            let Some(rule) = RuleId::of_name("invalid-yaml").filter(|rule| cx.enabled.contains(*rule)) else { return };
            for error in yaml.errors() {
                let mut report = cx.report_for(rule, error.range, error.message.as_str());
                if let Some((range, message)) = &error.related {
                    report.related(*range, message.as_str());
                }
            }
        }
    }
}

fn report_dockerfile(error: &SyntaxError, cx: &mut Context<'_>) {
    let rule = RuleId::all()
        .find(|id| id.rule().on.iter().any(|on| matches!(on, On::Syntax(kind) if *kind == error.kind)))
        .filter(|id| cx.enabled.contains(*id));
    debug_assert!(cx.wants(NodeKind::Syntax) || rule.is_none());
    let Some(rule) = rule else { return };
    let mut report = cx.report_for(rule, error.range, error.message.as_str());
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
