//! `removed-driver`: a driver that Docker no longer has.

use crate::compose::Service;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::logging::service::driver_of;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "removed-driver",
    summary: "A storage or log driver that Docker no longer has",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("removed_driver.md"),
    on: &[On::Daemon(daemon), On::Service(service)],
};

/// Storage drivers, with the version of Docker Engine that removed them, and how their options begin.
///
/// Source: "Deprecated Docker Engine features".
const STORAGE: [(&str, &str, Option<&str>); 3] =
    [("aufs", "24", None), ("devicemapper", "25", Some("dm.")), ("overlay", "24", None)];

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let driver = config.setting("storage-driver").and_then(|it| Some((it, it.as_str()?)));
    for (name, version, options) in STORAGE {
        if let Some((setting, _)) = driver.filter(|(_, driver)| *driver == name) {
            cx.report(setting.value_range(), format!("the storage driver `{name}` was removed in Docker {version}"))
                .help("Use `overlay2`; save images and the data of containers before, for they are not taken over");
        }
        let Some(prefix) = options else { continue };
        for (option, range) in config.strings("storage-opts").filter(|(option, _)| option.starts_with(prefix)) {
            let option = shorten(option.split('=').next().unwrap_or_default());
            let message = format!("`{option}` is an option of the storage driver `{name}`, which was removed in Docker {version}");
            cx.report(range, message).help("Remove it");
        }
    }
    if let Some(driver) = config.setting("log-driver").filter(|it| it.as_str() == Some("logentries")) {
        let mut report = cx.report(driver.value_range(), "the log driver `logentries` was removed in Docker 23");
        report.help("Use another log driver, such as `syslog`");
        if config.log_options().is_empty() {
            // The daemon starts, and no container does.
            report.category(Category::Correctness);
        }
    }
}

/// Compose takes it; the container cannot be created.
fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if let Some(driver) = driver_of(service).filter(|driver| driver.is("logentries")) {
        value::report_at(cx, driver.place, driver.alias, "the log driver `logentries` was removed in Docker 23")
            .category(Category::Correctness)
            .help("Use another log driver, such as `syslog`");
    }
}
