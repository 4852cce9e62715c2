//! `unquoted-port`: a port without quotes.

use dlint_syntax::yaml::{Scalar, ScalarStyle};

use crate::compose::Project;
use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unquoted-port",
    summary: "A port without quotes",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["dclint:require-quotes-in-ports"],
    docs: include_str!("unquoted_port.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in project.services_as_written() {
        for list in ["ports", "expose"].iter().filter_map(|key| service.field(key)) {
            for item in list.value.items() {
                let Some((view, text)) = item.view().zip(item.text()) else { continue };
                // `altered-value` tells of a number that is another one.
                let is_changed = matches!(view.scalar(), Some(Scalar::Int(number)) if number.to_string() != text);
                if view.scalar_style() != Some(ScalarStyle::Plain) || is_changed || item.is_null() || text.contains('"') {
                    continue;
                }
                let place = item.place();
                value::report_at(cx, place, item.via().or(list.alias), format!("`{text}` is not quoted", text = shorten(text)))
                    .help("Programs that read YAML 1.1 take `22:22` for a number to the base 60")
                    .safe_fix("Quote it", Edit::replace(place.range, format!("\"{text}\"")));
            }
        }
    }
}
