//! `unknown-log-driver`: a log driver that is most likely a slip of the pen.

use dlint_syntax::suggest::nearest;
use dlint_syntax::{TextRange, TextSize};

use crate::compose::{Place, Service};
use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Edit, Fix, Level, Safety};
use crate::logging::{driver_of, drivers, find_driver};
use crate::rule::{Context, FixAvailability, On, Report, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-log-driver",
    summary: "A log driver that Docker does not have",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_log_driver.md"),
    on: &[On::Daemon(daemon), On::Service(service)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some((setting, name)) = config.setting("log-driver").and_then(|it| Some((it, it.as_str()?))) else { return };
    let range = setting.value_range();
    let Some(meant) = meant(name) else { return };
    let mut report = report(name, meant, Place::checked(range), cx);
    report.fix(fix(meant, inside_quotes(range)));
    if config.log_options().is_empty() {
        // The daemon asks a driver only about options; without any, it is the containers that do not start.
        report.category(Category::Correctness);
    }
}

/// Compose takes it; the container cannot be created.
fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(driver) = driver_of(service) else { return };
    let Some((name, meant)) = driver.known().and_then(|name| Some((name, meant(name)?))) else { return };
    let mut report = report(name, meant, driver.place, cx);
    report.category(Category::Correctness);
    if driver.is_literal {
        report.fix(fix(meant, driver.inner_range()));
    }
}

fn report<'c>(name: &str, meant: &str, place: Place, cx: &'c mut Context<'_>) -> Report<'c> {
    let mut report = cx.report_at(place, format!("there is no log driver `{}`", shorten(name)));
    report.help(format!("Did you mean `{meant}`?"));
    report
}

fn inside_quotes(range: TextRange) -> TextRange {
    let quote = TextSize::new(1);
    TextRange::new(range.start() + quote, range.end() - quote)
}

/// Never applied by itself: what was meant is a guess.
fn fix(meant: &str, range: TextRange) -> Fix {
    Fix {
        title: format!("Replace with `{meant}`"),
        safety: Safety::Display,
        edits: vec![Edit::replace(range, meant)],
    }
}

/// The driver that was meant with a name that is none. Other names may be those of plugins.
fn meant(name: &str) -> Option<&'static str> {
    if find_driver(name).is_some() || name == "logentries" || name.contains(['/', ':', '@']) || is_template(name) {
        return None;
    }
    let plain = name.to_ascii_lowercase().replace(['-', '_', ' '], "");
    let other_word = match plain.as_str() {
        "json" | "jsonfile" | "jsonlog" | "jsonfilelog" | "file" => "json-file",
        "cloudwatch" | "cloudwatchlogs" | "aws" | "awslog" => "awslogs",
        "gcp" | "gcplog" | "stackdriver" => "gcplogs",
        "journal" | "systemd" => "journald",
        "fluent" | "fluentbit" => "fluentd",
        "off" | "null" | "disabled" => "none",
        _ => return nearest(name, drivers().iter().map(|driver| driver.name)),
    };
    Some(other_word)
}
