//! How often each rule was broken.

use std::io::Write;

use dlint_linter::RuleId;

use crate::summary::Counts;
use crate::terminal::{Look, level_style};

/// Writes a line a rule, the most frequent first.
pub(super) fn write(counts: &Counts, look: Look) -> Vec<u8> {
    let mut rows: Vec<(usize, RuleId)> = counts.rules.iter().map(|(&rule, &count)| (count, rule)).collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let numbers = rows.first().map_or(0, |row| row.0.to_string().len());
    let names = rows.iter().map(|row| row.1.rule().name.len()).max().unwrap_or(0);
    let mut out = Vec::new();
    for (count, rule) in rows {
        let rule = rule.rule();
        let name = look.paint(level_style(rule.level), &format!("{:<names$}", rule.name));
        writeln!(out, "{count:>numbers$}  {name}  {}", rule.summary).expect("writing to memory does not fail");
    }
    out
}
