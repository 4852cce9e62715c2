//! `invalid-listen-address`: an address on which the daemon cannot listen.

use crate::daemon::{DaemonConfig, Format, Json, Listener, ListenerError, Type, is_template};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-listen-address",
    summary: "An address on which the daemon cannot listen",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_listen_address.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for value in &config.values {
        let Json::String(text) = Json::of(value.value) else { continue };
        if text.is_empty() || is_template(text) {
            continue;
        }
        let (help, meant) = match value.ty {
            Type::String(Format::Listener) => match Listener::parse(text) {
                Err(error) => explained(error, text),
                Ok(_) => continue,
            },
            Type::String(Format::HostPort) if !is_host_port(text) => {
                ("Write an address with a port, such as `127.0.0.1:9323`", None)
            }
            _ => continue,
        };
        let range = value.value.range();
        let mut report = cx.report(range, format!("the daemon cannot listen on `{}`", shorten(text)));
        report.help(help);
        if let Some(meant) = meant {
            let edit = Edit::replace(range, format!("\"{meant}\""));
            report.fix(Fix::unsafe_(format!("Replace it with `{}`", shorten(&meant)), vec![edit]));
        }
    }
}

/// What to do about it, and what was meant where that is plain.
fn explained(error: ListenerError, text: &str) -> (&'static str, Option<String>) {
    let text = text.trim();
    let path = text.strip_prefix("unix:").unwrap_or(text);
    match error {
        ListenerError::Path if is_plain_path(path) => {
            ("A Unix socket is written `unix://`, followed by its path", Some(format!("unix://{path}")))
        }
        ListenerError::Path => ("A TCP address has no path", None),
        ListenerError::Port => ("A port is a number from 1 to 65535", None),
        ListenerError::Scheme => ("Write `unix://`, `tcp://` or `fd://`", None),
        ListenerError::Nested => ("Write each address as an item of its own", None),
    }
}

/// Whether a text is an absolute path that can be written in JSON as it is.
fn is_plain_path(text: &str) -> bool {
    text.starts_with('/') && !text.contains(['"', '\\', ':']) && !text.chars().any(char::is_control)
}

fn is_host_port(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let is_bracketed = host.starts_with('[') && host.ends_with(']');
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    is_port && !host.contains('/') && (is_bracketed || !host.contains(':'))
}
