//! Findings of what Compose refuses.

use super::when::Refused;
use super::{Fault, FaultKind};
use crate::compose::Project;
use crate::diagnostic::{Category, Edit, Fix, Safety};
use crate::rule::Context;

/// Reports the faults of a kind.
pub(crate) fn report(project: &Project<'_>, kind: FaultKind, cx: &mut Context<'_>) {
    for fault in project.faults().iter().filter(|fault| fault.kind == kind) {
        let Fault { place, message, help, suggestion, related, is_late, needs_variables, refused, .. } = fault;
        let mut report = cx.report_at(*place, message.as_str());
        // A syntax error is what Compose refuses whatever the variables come to.
        if *is_late || *needs_variables || !matches!(refused, Refused::SoFar | Refused::InForm) {
            report.category(Category::Correctness);
        }
        if let Some(help) = help {
            report.help(help.as_str());
        }
        if let Some((place, message)) = related {
            report.related_at(*place, message.as_str());
        }
        if let Some(suggestion) = suggestion {
            // Never applied by itself: what was meant is a guess.
            report.fix(Fix {
                title: format!("Replace with `{suggestion}`"),
                safety: Safety::Display,
                edits: vec![Edit::replace(place.range, suggestion.as_str())],
            });
        }
    }
}
