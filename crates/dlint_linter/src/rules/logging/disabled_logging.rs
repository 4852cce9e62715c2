//! `disabled-logging`: a container whose output nobody keeps.

use crate::compose::Service;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::logging::service::driver_of;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "disabled-logging",
    summary: "Nobody keeps what a container writes",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:N/I:L/A:N")),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0014", "cis:2.13"],
    docs: include_str!("disabled_logging.md"),
    on: &[On::Service(service), On::Daemon(daemon)],
};

const HELP: &str = "Use the driver `local`, which keeps little and is fast";

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(driver) = driver_of(service).filter(|driver| driver.is("none")) else { return };
    let message = format!("nothing that service `{}` writes is kept, and `docker logs` shows nothing", service.name);
    let mut report = value::report(cx, &driver, message);
    report.help(HELP);
    if let Some(edit) = value::replace(&driver, "local") {
        report.fix(Fix::unsafe_("Use the driver `local`", vec![edit]));
    }
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if let Some(driver) = config.setting("log-driver").filter(|driver| driver.as_str() == Some("none")) {
        let edit = Edit::replace(driver.value_range(), "\"local\"");
        cx.report(driver.value_range(), "nothing that containers write is kept, and `docker logs` shows nothing")
            .help(HELP)
            .fix(Fix::unsafe_("Use the driver `local`", vec![edit]));
    }
}
