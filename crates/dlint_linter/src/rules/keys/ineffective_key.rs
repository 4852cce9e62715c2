//! `ineffective-key`: a key that is accepted and does nothing.

use crate::daemon::{DaemonConfig, Json, Setting, State, TlsMode, edit, keys};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::logging::FaultKind;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ineffective-key",
    summary: "A key that is accepted and does nothing",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ineffective_key.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for setting in &config.entries {
        flag_name(config, setting, cx);
        ignored(setting, cx);
    }
    without_bridge(config, cx);
    without_ipv6(config, cx);
    without_tls(config, cx);
    without_proxy(config, cx);
    storage_options(config, cx);
    for fault in config.log_faults().into_iter().filter(|fault| fault.kind == FaultKind::Ineffective) {
        let mut report = cx.report(fault.range, fault.message);
        report.help(fault.help.unwrap_or_default());
    }
}

/// The daemon compares the keys with its flags, and then reads them by other names.
fn flag_name(config: &DaemonConfig<'_>, setting: &Setting<'_>, cx: &mut Context<'_>) {
    let Some(flag) = keys::flag_name(setting.name) else { return };
    let is_unknown = || config.unknown.iter().any(|unknown| unknown.setting.key_range == setting.key_range);
    if setting.json() == Json::Null || (setting.json() == Json::Object && is_unknown()) {
        return;
    }
    let message = format!("`{}` is accepted and ignored: it is a flag of `dockerd`, not a key of `daemon.json`", flag.name);
    let rename = flag.key.and_then(|key| rename(config, setting, key));
    let mut report = cx.report(setting.key_range, message);
    let Some(key) = flag.key else { return };
    report.level(Level::Error);
    match key.split_once('.') {
        Some((object, key)) => report.help(format!("Write `{key}` into the object `{object}`")),
        None => report.help(format!("The key is called `{key}`")),
    };
    if let Some(edits) = rename {
        report.fix(Fix::unsafe_(format!("Rename it to `{key}`"), edits));
    }
}

/// The key by its right name, with a single value made a list.
fn rename(config: &DaemonConfig<'_>, setting: &Setting<'_>, key: &str) -> Option<Vec<Edit>> {
    let same = config.entries.iter().filter(|entry| entry.name == setting.name).count();
    if key.contains('.') || same > 1 || config.entries.iter().any(|entry| entry.name == key) {
        return None;
    }
    let is_list = keys::find(key).is_some_and(|key| matches!(key.ty, crate::daemon::Type::List(_)));
    let mut edits = vec![edit::rename(setting, key)];
    match setting.json() {
        Json::String(_) if is_list => {
            let range = setting.value_range();
            edits.extend([Edit::insert(range.start(), "["), Edit::insert(range.end(), "]")]);
        }
        Json::Array if is_list => {}
        Json::Object if !is_list => {}
        _ => return None,
    }
    Some(edits)
}

fn ignored(setting: &Setting<'_>, cx: &mut Context<'_>) {
    let Some(key) = keys::find(setting.name).or_else(|| keys::find_retired(setting.name)) else { return };
    let State::Ignored { since, instead } = key.state else { return };
    if is_empty(setting) {
        return;
    }
    let since = since.map(|version| format!(" since Docker {version}")).unwrap_or_default();
    cx.report(setting.key_range, format!("`{}` has no effect{since}", key.name)).help(instead);
}

fn is_empty(setting: &Setting<'_>) -> bool {
    match setting.json() {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array => setting.value.items().len() == 0,
        _ => false,
    }
}

/// What only the default network has.
const OF_BRIDGE: [&str; 8] =
        ["default-gateway", "default-gateway-v6", "fixed-cidr", "fixed-cidr-v6", "icc", "ip", "ipv6", "mtu"];

fn without_bridge(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(bridge) = config.setting("bridge").filter(|bridge| bridge.as_str() == Some("none")) else { return };
    for setting in OF_BRIDGE.iter().filter_map(|name| config.setting(name)).filter(|setting| is_set(setting)) {
        cx.report(setting.key_range, format!("`{}` has no effect without a default network", setting.name))
            .level(Level::Info)
            .related(bridge.value_range(), "there is no default network");
    }
}

fn without_ipv6(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.bool("ipv6") == Some(true) || config.string("bridge") == Some("none") {
        return;
    }
    let off = config.setting("ipv6").copied();
    for setting in ["bip6", "default-gateway-v6", "fixed-cidr-v6"].iter().filter_map(|name| config.setting(name)) {
        if setting.as_str().is_none() {
            continue;
        }
        let mut report = cx.report(setting.key_range, format!("`{}` has no effect without IPv6", setting.name));
        match off {
            Some(off) => report.related(off.range, "IPv6 is off").help("Set `ipv6` to `true`, or remove the key"),
            None => report.help("Add `\"ipv6\": true`"),
        };
    }
}

fn without_tls(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.tls() != TlsMode::Off {
        return;
    }
    for setting in ["tlscacert", "tlscert", "tlskey"].iter().filter_map(|name| config.setting(name)) {
        if setting.as_str().is_some() {
            cx.report(setting.key_range, format!("`{}` has no effect: TLS is off", setting.name))
                .help("Set `tlsverify` to `true`, unless the command line of `dockerd` does");
        }
    }
}

fn without_proxy(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let off = config.setting("userland-proxy").filter(|setting| setting.as_bool() == Some(false));
    if let (Some(off), Some(path)) = (off, config.setting("userland-proxy-path"))
        && path.as_str().is_some()
    {
        cx.report(path.key_range, "`userland-proxy-path` has no effect without the proxy")
            .level(Level::Info)
            .related(off.range, "there is no proxy");
    }
}

fn storage_options(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for (option, range) in config.strings("storage-opts") {
        if option.split('=').next().is_some_and(|name| name.trim() == "overlay2.override_kernel_check") {
            cx.report(range, "`overlay2.override_kernel_check` has no effect since Docker 24").help("Remove it");
        }
    }
}

/// Whether a setting says something else than nothing at all.
fn is_set(setting: &Setting<'_>) -> bool {
    match setting.json() {
        Json::Bool(_) => true,
        Json::Integer(number) => number != 0,
        // Where the daemon publishes ports anyway.
        Json::String(text) => !text.is_empty() && text != "0.0.0.0",
        _ => false,
    }
}
