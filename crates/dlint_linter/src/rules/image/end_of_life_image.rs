//! `end-of-life-image`: a release that is no longer supported.

use serde::Deserialize;

use crate::date::Date;
use crate::diagnostic::{Category, Level};
use crate::image::{ImageUse, lifecycle};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "end-of-life-image",
    summary: "An image of a release that is no longer supported",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/ruby/eol-ruby-version", "cis:4.4"],
    docs: include_str!("end_of_life_image.md"),
    on: &[On::Image(check)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The day on which a release has to be supported; that of the table if there is none.
    pub as_of: Option<Date>,
    /// The path of another table, relative to the folder of the configuration file. Who reads that file reads this one
    /// ([`Config::lifecycles`](crate::Config)).
    pub data: Option<String>,
}

fn check(image: &ImageUse<'_>, cx: &mut Context<'_>) {
    let reference = image.reference();
    let ended = lifecycle::ended(&reference, cx.config);
    let Some((first, others)) = ended.split_first() else { return };
    let others = others.iter().map(|other| format!(", and {} {}, until {}", other.product, other.version, other.end));
    let message = format!(
        "`{}` has {} {}, which was supported until {}{}",
        image.text,
        first.product,
        first.version,
        first.end,
        others.collect::<String>()
    );
    cx.report_at(image.tag_at().unwrap_or(image.at), message)
        .help(format!("Move to a release that still gets security fixes; {} lists them", first.source));
}
