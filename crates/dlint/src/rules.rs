//! `dlint rules`: the list of rules.

use std::fmt::Write as _;

use dlint_linter::policy::Policy;
use dlint_linter::{Language, Rule, RuleId};
use serde::Serialize;

use crate::Status;
use crate::args::{Color, ListFormat};
use crate::output::JsonCvss;
use crate::terminal::{Look, level_style};
use crate::write::{Sink, print};

/// Runs the command. `policy`: whose rules are listed; all are without one.
pub(crate) fn run(format: ListFormat, policy: Option<&str>, color: Color) -> Result<Status, String> {
    let policy = policy.map(Policy::named).transpose()?;
    let rules: Vec<&'static Rule> =
        RuleId::all().filter(|&id| policy.is_none_or(|policy| policy.level(id).is_some())).map(RuleId::rule).collect();
    let list = match (format, policy) {
        (ListFormat::Text, Some(policy)) if policy.items().next().is_some() => items(&policy),
        (ListFormat::Text, _) => table(&rules, Look::of_stdout(color)),
        (ListFormat::Json, _) => json(&rules),
    };
    print(&Sink::Stdout, [list.as_bytes()])?;
    Ok(Status::Clean)
}

/// What each item of a policy is looked for with.
fn items(policy: &Policy) -> String {
    let mut list = format!("{}\n", policy.summary);
    let width = policy.items().map(|(item, _)| item.code.len()).max().unwrap_or(0);
    for (item, rules) in policy.items() {
        let names: Vec<&str> = rules.iter().map(|rule| rule.rule().name).collect();
        let note = item.note.map(|note| format!("({note})"));
        let found = names.iter().copied().chain(note.as_deref()).collect::<Vec<_>>().join(", ");
        let _ = write!(list, "\n{:<width$}  {}\n{:width$}    {found}\n", item.code, item.about, "");
    }
    list
}

/// A rule as data; the shape is a contract.
#[derive(Serialize)]
struct JsonRule {
    rule: &'static str,
    summary: &'static str,
    category: &'static str,
    level: &'static str,
    default: bool,
    languages: Vec<&'static str>,
    cvss: Option<JsonCvss>,
    aliases: &'static [&'static str],
    fix: &'static str,
    since: &'static str,
    url: String,
}

fn json(rules: &[&'static Rule]) -> String {
    let of = |rule: &'static Rule| JsonRule {
        rule: rule.name,
        summary: rule.summary,
        category: rule.category.name(),
        level: rule.level.name(),
        default: rule.default,
        languages: rule.languages().into_iter().map(Language::name).collect(),
        cvss: rule.cvss.map(JsonCvss::new),
        aliases: rule.aliases,
        fix: rule.fix.name(),
        since: rule.since,
        url: rule.url(),
    };
    let rules: Vec<JsonRule> = rules.iter().copied().map(of).collect();
    serde_json::to_string_pretty(&rules).expect("these types have string keys") + "\n"
}

const HEAD: [&str; 7] = ["RULE", "LEVEL", "DEFAULT", "FIX", "CATEGORY", "LANGUAGES", "SUMMARY"];

fn table(rules: &[&'static Rule], look: Look) -> String {
    let rows: Vec<(&Rule, [String; 7])> = rules.iter().map(|&rule| (rule, cells(rule))).collect();
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| rows.iter().map(|(_, row)| row[column].len()).max().unwrap_or(0).max(HEAD[column].len()))
        .collect();
    let mut table = String::new();
    let mut line = |cells: &[String; 7], rule: Option<&Rule>| {
        let mut line = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let padded = format!("{cell:<width$}", width = widths[column]);
            line += &match rule {
                Some(rule) if column == 1 => look.paint(level_style(rule.level), &padded),
                _ => padded,
            };
            line += "  ";
        }
        table += line.trim_end();
        table.push('\n');
    };
    line(&HEAD.map(str::to_owned), None);
    for (rule, row) in &rows {
        line(row, Some(rule));
    }
    table
}

fn cells(rule: &Rule) -> [String; 7] {
    let languages: Vec<&str> = rule.languages().into_iter().map(Language::name).collect();
    [
        rule.name.to_owned(),
        rule.level.name().to_owned(),
        if rule.default { "on" } else { "off" }.to_owned(),
        rule.fix.name().to_owned(),
        rule.category.name().to_owned(),
        languages.join(", "),
        rule.summary.to_owned(),
    ]
}
