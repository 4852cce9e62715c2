//! `missing-log-rotation`: logs that grow until the disk is full.

use crate::beside;
use crate::compose::{Pair, Project, Service};
use crate::daemon::DaemonConfig;
use crate::daemon::lacking::{opening, report_absent};
use crate::diagnostic::{Category, Level};
use crate::isolation::report_together;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-log-rotation",
    summary: "Logs grow until the disk is full",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_log_rotation.md"),
    on: &[On::Compose(project), On::Daemon(daemon)],
};

/// The driver that everybody has who chose none.
const DEFAULT: &str = "json-file";

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if is_bounded(config) {
        return;
    }
    let message = "logs of containers grow until the disk is full";
    let help = "Set `max-size` and `max-file` under `log-opts`, or use the driver `local`; it holds for containers that are created from then on";
    if config.setting("log-opts").is_none() {
        report_absent(cx, config, message, "\"log-opts\": {\"max-size\": \"10m\", \"max-file\": \"3\"}").help(help);
    } else {
        let place = config.setting("log-opts").map_or_else(|| opening(config), |options| options.key_range);
        cx.report(place, message).help(help);
    }
}

/// Whether the logs of all containers are bounded by the daemon, or kept by somebody else.
fn is_bounded(config: &DaemonConfig<'_>) -> bool {
    config.log_driver() != DEFAULT || config.log_options().iter().any(|option| option.name == "max-size")
}

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    if !project.services.iter().any(grows) {
        return;
    }
    let document = beside::daemon(&project.folder, cx.files);
    let config = document.as_deref().and_then(DaemonConfig::new);
    if config.is_some_and(|config| is_bounded(&config)) {
        return;
    }
    let said = ("writes logs that grow until the disk is full", "write logs that grow until the disk is full");
    if let Some(mut report) = report_together(cx, project, grows, said) {
        report.help("Set `max-size` and `max-file` under `logging.options`, or for all containers in `daemon.json`, or use the driver `local`");
    }
}

/// Whether nothing bounds the logs of a service, as far as the file says.
fn grows(service: &Service<'_>) -> bool {
    if service.is_partial() {
        return false;
    }
    let Some(logging) = service.field("logging") else { return true };
    let driver = logging.value.string_of("driver");
    if driver.is_some_and(|driver| !driver.is(DEFAULT) && !driver.is("")) {
        return false;
    }
    let options = logging.value.get("options").map(|options| Pair::read_all(&options)).unwrap_or_default();
    !options.iter().any(|pair| pair.key.is("max-size"))
}
