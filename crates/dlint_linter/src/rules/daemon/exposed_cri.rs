//! `exposed-cri`: a second API that does whatever it is told.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "exposed-cri",
    summary: "containerd serves a second API that does whatever it is told",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:C/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("exposed_cri.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if let Some(setting) = config.setting("cri-containerd").filter(|setting| setting.as_bool() == Some(true)) {
        cx.report(setting.range, "containerd also serves the interface of Kubernetes: whoever reaches its socket is root on the host")
            .help("Delete the key, unless a kubelet of this host uses it");
    }
}
