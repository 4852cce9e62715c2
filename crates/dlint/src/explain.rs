//! `dlint explain`: the page of a rule.

use anstyle::Style;
use dlint_linter::rule::FixAvailability;
use dlint_linter::selector::Selector;
use dlint_linter::{Category, Language, Rule, RuleId};

use crate::Status;
use crate::args::Color;
use crate::markdown;
use crate::terminal::{Look, level_style};
use crate::write::{Sink, print};

/// Runs the command. A code of another tool may stand for several rules.
pub(crate) fn run(name: &str, color: Color) -> Result<Status, String> {
    let selector = Selector::parse(name).map_err(|error| error.to_string())?;
    let rules: Vec<&Rule> = selector.rules().map(RuleId::rule).collect();
    let is_group = name.eq_ignore_ascii_case("all")
        || Category::ALL.iter().any(|category| category.name().eq_ignore_ascii_case(name))
            && RuleId::of_name(name).is_none();
    if is_group {
        let names: Vec<&str> = rules.iter().map(|rule| rule.name).collect();
        return Err(format!("`{name}` stands for several rules; name one of them: {}", names.join(", ")));
    }
    let look = Look::of_stdout(color);
    let pages: Vec<String> = rules.into_iter().map(|rule| page(rule, look)).collect();
    print(&Sink::Stdout, [pages.join("\n").as_bytes()])?;
    Ok(Status::Clean)
}

fn page(rule: &Rule, look: Look) -> String {
    let name = look.paint(Style::new().bold(), rule.name);
    let facts: Vec<String> = facts(rule, look).into_iter().map(|(key, value)| format!("{key:<10} {value}")).collect();
    let page = markdown::render(body(rule), look);
    format!("{name} - {}\n\n{}\n\n{page}", rule.summary, facts.join("\n"))
}

/// The page without its heading, if that is only the name, which stands above already.
fn body(rule: &Rule) -> &str {
    let docs = rule.docs.trim_start();
    let (first, rest) = docs.split_once('\n').unwrap_or((docs, ""));
    let heading = first.strip_prefix("# ").map(|heading| heading.trim().trim_matches('`'));
    if heading == Some(rule.name) { rest } else { docs }
}

fn facts(rule: &Rule, look: Look) -> Vec<(&'static str, String)> {
    let default = if rule.default { "on by default" } else { "off by default" };
    let level = look.paint(level_style(rule.level), rule.level.name());
    let mut facts = vec![("Level", format!("{level}, {default}")), ("Category", rule.category.name().to_owned())];
    if let Some(cvss) = rule.cvss {
        facts.push(("CVSS", format!("{:.1} {} ({})", cvss.score(), cvss.rating().name(), cvss.vector())));
    }
    let languages: Vec<&str> = rule.languages().into_iter().map(Language::title).collect();
    facts.push(("Checks", languages.join(", ")));
    let fix = match rule.fix {
        FixAvailability::Always => "every finding has one",
        FixAvailability::Sometimes => "some findings have one",
        FixAvailability::None => "none",
    };
    facts.push(("Fix", fix.to_owned()));
    if !rule.aliases.is_empty() {
        facts.push(("Aliases", rule.aliases.join(", ")));
    }
    facts.push(("Since", rule.since.to_owned()));
    facts.push(("Page", rule.url()));
    facts
}
