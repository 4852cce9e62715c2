//! What is shown where the pointer rests: the findings there, what values come to, and what a key or an instruction is for.

mod dockerfile;
mod keys;
mod references;
mod services;
mod variables;

pub(crate) use keys::of_daemon_key;
pub(crate) use services::variable_at;

use crate::features::inline;

use std::fmt::Write;

use dlint_linter::check::Files;
use dlint_linter::document::Tree;
use dlint_linter::{Diagnostic, Document, Rule};
use dlint_syntax::{TextRange, TextSize};

/// Markdown about what a value at a byte offset comes to, with the other files of the project, and the place that it is about.
pub(crate) fn values(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<(String, TextRange)> {
    let found = match document.tree() {
        Tree::Dockerfile(_) => variables::describe(document, offset, &|at| document.position(at).line),
        Tree::Compose(_)
            if inline::has_any(document) && inline::at(document, files, offset, |_, _| Some(())).is_some() =>
        {
            return inside(document, files, offset);
        }
        Tree::Compose(_) => {
            services::describe(document, files, offset).or_else(|| references::describe(document, files, offset))
        }
        Tree::Daemon(_) => None,
    };
    found.into_iter().collect()
}

/// The same of a Dockerfile that stands in a Compose file, with what its instructions are for.
fn inside(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<(String, TextRange)> {
    let found = inline::at(document, files, offset, |inline, inner| {
        let line = |at: TextSize| document.position(inline.range(TextRange::empty(at)).start()).line;
        let (file, model) = inline.document.dockerfile()?;
        let variable = variables::describe(&inline.document, inner, &line);
        let instruction = dockerfile::describe(file, model, inner, &line);
        let outside = |(text, range): (String, TextRange)| (text, inline.range(range));
        Some(variable.into_iter().chain(instruction).map(outside).collect())
    });
    found.unwrap_or_default()
}

/// Tells the line of an offset, from 1.
type LineOf<'l> = &'l dyn Fn(TextSize) -> u32;

/// A value as code, as far as there is room.
fn code(value: &str) -> String {
    format!("`{}`", crate::features::inlays::shortened(value).replace('`', "'"))
}

/// Markdown about what stands at a byte offset, and the place that it is about. `values`: see [`values()`]; `has_pages`: whether the rules
/// that found something there are explained.
pub(crate) fn hover(
    document: &Document,
    diagnostics: &[Diagnostic],
    has_pages: bool,
    values: Vec<(String, TextRange)>,
    offset: TextSize,
) -> Option<(String, TextRange)> {
    let here = diagnostics.iter().filter(|it| it.range.contains_inclusive(offset));
    let mut parts: Vec<(String, TextRange)> = here.map(|it| (finding(it, has_pages), it.range)).collect();
    // A page is shown once.
    parts.dedup_by(|next, first| next.0 == first.0);
    parts.extend(values);
    parts.extend(match document.tree() {
        Tree::Dockerfile(parts) => dockerfile::describe(&parts.0, &parts.1, offset, &|at| document.position(at).line),
        Tree::Compose(yaml) => keys::compose(yaml, offset),
        Tree::Daemon(yaml) => keys::daemon(yaml, offset),
    });
    let range = parts.iter().map(|(_, range)| *range).min_by_key(|range| range.len())?;
    let text = parts.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("\n\n---\n\n");
    Some((text, range))
}

/// A finding with what to do, and why it matters.
fn finding(it: &Diagnostic, has_page: bool) -> String {
    let rule = it.rule();
    let mut text = format!("**{}** ([{}]({}))", rule.summary, rule.name, rule.url());
    if let Some(cvss) = it.cvss {
        let _ = write!(text, " · {} {:.1}", cvss.rating().name(), cvss.score());
    }
    if let Some(help) = &it.help {
        let _ = write!(text, "\n\n{help}.");
    }
    if has_page {
        let _ = write!(text, "\n\n{}", explanation(rule));
    }
    text
}

/// The page of a rule up to its examples, without its heading.
fn explanation(rule: &Rule) -> &'static str {
    let page = rule.docs.trim_start();
    let page = page.strip_prefix("# ").and_then(|rest| rest.split_once('\n')).map_or(page, |(_, rest)| rest);
    let end = ["\n## ", "\n```"].iter().filter_map(|mark| page.find(mark)).min().unwrap_or(page.len());
    page.get(..end).unwrap_or(page).trim()
}

#[cfg(test)]
mod tests {
    use dlint_linter::RuleId;

    #[test]
    fn every_rule_says_something_before_its_examples() {
        for rule in RuleId::all() {
            let text = super::explanation(rule.rule());
            assert!(text.len() > 20, "{}: {text:?}", rule.rule().name);
            assert!(!text.contains("```") && !text.starts_with('#'), "{}", rule.rule().name);
        }
    }
}
