//! `unknown-log-driver`: a log driver that is most likely a slip of the pen.

use dlint_syntax::suggest::nearest;

use crate::compose::Service;
use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Edit, Fix, Level, Safety};
use crate::logging::{self, drivers, find_driver};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

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
    let Some(meant) = meant(name) else { return };
    let mut report = cx.report(setting.value_range(), format!("there is no log driver `{}`", shorten(name)));
    report.help(format!("Did you mean `{meant}`?"));
    report.fix(Fix {
        title: format!("Replace with `{meant}`"),
        safety: Safety::Display,
        edits: vec![Edit::replace(setting.value_range(), format!("\"{meant}\""))],
    });
    if config.log_options().is_empty() {
        // The daemon asks a driver only about options; without any, it is the containers that do not start.
        report.category(Category::Correctness);
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(driver) = logging::service::driver_of(service) else { return };
    let Some((name, meant)) = driver.known().and_then(|name| Some((name, meant(name)?))) else { return };
    let mut report = value::report(cx, &driver, format!("there is no log driver `{}`", shorten(name)));
    report.category(Category::Correctness);
    value::propose_one(&mut report, &driver, meant);
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
