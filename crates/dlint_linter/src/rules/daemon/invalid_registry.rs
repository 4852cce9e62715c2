//! `invalid-registry`: a registry or a mirror that the daemon does not take.

use std::net::IpAddr;

use crate::daemon::net::Prefix;
use crate::daemon::{DaemonConfig, Format, Json, Type, is_template};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-registry",
    summary: "A registry or a mirror that the daemon does not take",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_registry.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for value in &config.values {
        let Json::String(text) = Json::of(value.value) else { continue };
        if is_template(text) {
            continue;
        }
        let range = value.value.range();
        match value.ty {
            Type::String(Format::Mirror) => {
                let Some(help) = mirror(text) else { continue };
                let mut report = cx.report(range, format!("{} cannot be used as a mirror", shown(text)));
                report.help(help);
                if !text.contains("://") && is_host(text.strip_suffix('/').unwrap_or(text)) {
                    let edit = Edit::replace(range, format!("\"https://{text}\""));
                    report.fix(Fix::unsafe_("Add `https://`", vec![edit]));
                }
            }
            Type::String(Format::Registry) => registry(text, range, cx),
            _ => {}
        }
    }
}

/// What is wrong with a mirror.
///
/// Source: `ValidateMirror` in moby, `daemon/pkg/registry`.
fn mirror(text: &str) -> Option<&'static str> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return Some("A mirror is a URL that begins with `https://` or `http://`");
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Some("A mirror is a URL that begins with `https://` or `http://`");
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // An empty query or fragment is none.
    let has_more = |mark: char| rest.split_once(mark).is_some_and(|(_, after)| !after.is_empty());
    if host.contains('@') {
        Some("A mirror cannot be given a user and a password")
    } else if has_more('?') || has_more('#') {
        Some("A mirror's URL ends with its path")
    } else if rest.chars().any(|char| char.is_whitespace() || char.is_control()) {
        Some("A URL has no blanks; write an item for each mirror")
    } else if port(host).is_err() {
        Some("A port is a number")
    } else {
        None
    }
}

/// Source: `loadInsecureRegistries` in moby, `daemon/pkg/registry`.
fn registry(text: &str, range: dlint_syntax::TextRange, cx: &mut Context<'_>) {
    let (scheme, host) = match text.split_once("://") {
        Some((scheme, host)) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => {
            (Some(scheme), host)
        }
        Some(_) => {
            cx.report(range, format!("{} is no registry", shown(text)))
                .help("Write a host with or without port, or a network, without a scheme");
            return;
        }
        None => (None, text),
    };
    if Prefix::parse(host).is_none() && !is_registry(host) {
        let bare = host.split('/').next().unwrap_or_default();
        let mut report = cx.report(range, format!("{} is no registry", shown(text)));
        report.help(match host.split_once('/') {
            Some((_, "")) => "Write it without the slash at the end",
            Some(_) if bare.parse::<IpAddr>().is_ok() => "The length of a network's prefix is at most 32, or 128 for IPv6",
            Some(_) if is_registry(bare) => "Write it without a path: a registry is trusted as a whole",
            _ => "Write a host with or without port, or a network such as `10.1.0.0/16`",
        });
        return;
    }
    if let Some(scheme) = scheme {
        let edit = Edit::replace(range, format!("\"{host}\""));
        let mut report = cx.report(range, format!("an insecure registry is written without `{scheme}://`"));
        // The daemon warns, and takes it off itself.
        report.category(Category::Correctness).level(Level::Warning);
        report.fix(Fix::safe(format!("Remove `{scheme}://`"), vec![edit]));
    }
}

/// A value for a message, without user and password.
fn shown(text: &str) -> String {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    match rest.split_once('@') {
        _ if text.is_empty() => "an empty string".to_owned(),
        Some((_, host)) => format!("`{}`", shorten(&format!("{scheme}://…@{host}"))),
        None => format!("`{}`", shorten(text)),
    }
}

fn is_registry(text: &str) -> bool {
    !text.starts_with('-') && !text.ends_with('-') && (text.parse::<IpAddr>().is_ok() || is_host(text))
}

/// Whether a text is a host, perhaps with a port.
fn is_host(text: &str) -> bool {
    if port(text).is_err() {
        return false;
    }
    let host = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => text,
    };
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return address.parse::<IpAddr>().is_ok_and(|address| address.is_ipv6());
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.split('.').all(is_label)
}

/// The port at the end of a host; an error if there is one that is no number up to 65535.
fn port(host: &str) -> Result<Option<u16>, ()> {
    match host.rsplit_once(':') {
        Some((_, port)) if !port.contains(']') => {
            let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
            port.parse().ok().filter(|_| is_number).map(Some).ok_or(())
        }
        _ => Ok(None),
    }
}
