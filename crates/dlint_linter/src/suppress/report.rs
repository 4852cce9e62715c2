//! What is wrong with the comments themselves. Only those in dlint's own form are judged: what a comment for another tool is
//! for, that tool knows.

use dlint_syntax::{TextRange, TextSize};

use super::comment::{Comment, Tool};
use super::{Name, Suppressions};
use crate::diagnostic::{Category, Edit, Fix};
use crate::document::{Document, Tree};
use crate::language::Language;
use crate::rule::{Context, On, RuleId};
use crate::selector::Selector;

/// How many unknown names of a file get a suggestion, which takes time to find.
const SUGGESTIONS: usize = 20;

/// Reports them. To be called when all findings have gone through [`Suppressions::split`].
pub(crate) fn report(suppressions: &Suppressions<'_>, cx: &mut Context<'_>) {
    // Where only what has a rating is wanted, this is not; and findings are left out for other reasons than comments.
    if suppressions.is_empty() || cx.config.min_rating.is_some() {
        return;
    }
    let enabled = |name: &str, cx: &Context<'_>| RuleId::of_name(name).filter(|rule| cx.enabled.contains(*rule));
    if let Some(rule) = enabled("unknown-ignore", cx) {
        unknown(suppressions, rule, cx);
    }
    if let Some(rule) = enabled("unused-ignore", cx) {
        unused(suppressions, rule, cx);
    }
    if let Some(rule) = enabled("inline-ignore", cx) {
        for (comment, _) in &suppressions.comments {
            cx.report_for(rule, comment.range, "a comment ignores findings")
                .help("Mend what is found, or let the configuration ignore it, where all can see it");
        }
    }
    if let Some(rule) = enabled("ignore-without-reason", cx) {
        for (comment, _) in &suppressions.comments {
            if comment.tool == Tool::Dlint && comment.reason.is_none() {
                cx.report_for(rule, comment.range, "the comment does not say why the findings are ignored")
                    .help("Write the reason after the names: `# dlint ignore=root-user the init system needs it`");
            }
        }
    }
}

fn unknown(suppressions: &Suppressions<'_>, rule: RuleId, cx: &mut Context<'_>) {
    for &(word, range) in &suppressions.unknown {
        let message = match word {
            "ignore" | "ignore-file" => format!("`{word}` names no rule, so nothing is ignored"),
            _ => format!("`{word}` is nothing that dlint knows in a comment, so nothing is ignored"),
        };
        cx.report_for(rule, range, message).help(
            "Write `# dlint ignore=RULE` above what it is about, or `# dlint ignore-file=RULE` for the whole file",
        );
    }
    let mut suggestions = SUGGESTIONS;
    for name in suppressions.names.iter().filter(|name| name.named.is_none()) {
        let Some((text, range)) = own(suppressions, name).map(|it| it.names[name.index]) else { continue };
        let message = if suggestions > 0 {
            suggestions -= 1;
            Selector::parse(text).err().map(|error| error.to_string())
        } else {
            None
        };
        let message = message.unwrap_or_else(|| format!("`{text}` is no rule, alias or category"));
        cx.report_for(rule, range, message);
    }
}

/// The comment of a name, if it has dlint's own form.
fn own<'s, 'd>(suppressions: &'s Suppressions<'d>, name: &Name) -> Option<&'s Comment<'d>> {
    suppressions.comments.get(name.comment).map(|it| &it.0).filter(|comment| comment.tool == Tool::Dlint)
}

fn unused(suppressions: &Suppressions<'_>, rule: RuleId, cx: &mut Context<'_>) {
    for name in suppressions.names.iter().filter(|name| !name.used) {
        let Some(comment) = own(suppressions, name) else { continue };
        let Some(named) = name.named.filter(|named| named.code.is_none()) else { continue };
        if !named.all_rules().all(|id| can_tell(id, cx)) {
            continue;
        }
        let (text, range) = comment.names[name.index];
        let is_syntax = named.all_rules().all(|id| id.rule().category == Category::Syntax);
        let (message, help) = if is_syntax {
            (
                format!("`{text}` cannot be ignored: the program that reads the file refuses it"),
                "Mend what is refused, or leave the file out with `exclude` in the configuration",
            )
        } else {
            (format!("`{text}` is not found here, so the comment ignores nothing"), "Take it out of the comment")
        };
        let fix = removal(comment, name.index, cx.document);
        let mut report = cx.report_for(rule, range, message);
        report.help(help);
        if let Some(edit) = fix {
            report.fix(Fix::safe(format!("Remove `{text}` from the comment"), vec![edit]));
        }
    }
}

/// Whether a rule would have found something if there were something to find.
fn can_tell(id: RuleId, cx: &Context<'_>) -> bool {
    let rule = id.rule();
    let is_told_elsewhere = cx.document.language() == Language::Compose
        && cx.mentions("build")
        && rule.languages().contains(&Language::Dockerfile);
    cx.enabled.contains(id)
        && !cx.config.ignored.has_part_of(id)
        && !is_told_elsewhere
        && !rule.on.iter().any(|on| matches!(on, On::External(_) | On::Engine(_)))
}

/// The edit that takes a name out of its comment, and the whole comment if it has no other.
fn removal(comment: &Comment<'_>, index: usize, document: &Document) -> Option<Edit> {
    let ranges: Vec<TextRange> = comment.names.iter().map(|it| it.1).collect();
    let own = *ranges.get(index)?;
    if let Some(next) = ranges.get(index + 1) {
        return Some(Edit::delete(TextRange::new(own.start(), next.start())));
    }
    if let Some(previous) = index.checked_sub(1).and_then(|index| ranges.get(index)) {
        return Some(Edit::delete(TextRange::new(previous.end(), own.end())));
    }
    let number = document.position(comment.range.start()).line - 1;
    let line = document.lines().line(number)?;
    let before = document.slice(TextRange::new(line.start(), comment.range.start()));
    if before.trim().is_empty() {
        // The first comment of a Dockerfile keeps those below it from being directives.
        if let Tree::Dockerfile(parts) = document.tree()
            && parts.0.instructions.first().is_none_or(|first| comment.range.start() < first.range.start())
        {
            let next = document.lines().line(number + 1).map(|range| document.slice(range).trim_start());
            if number == 0 || next.is_some_and(|next| next.starts_with('#')) {
                return None;
            }
        }
        return Some(Edit::delete(line));
    }
    let blanks = before.len() - before.trim_end().len();
    Some(Edit::delete(TextRange::new(comment.range.start() - TextSize::new(blanks as u32), comment.range.end())))
}
