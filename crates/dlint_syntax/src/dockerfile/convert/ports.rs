//! `EXPOSE`.

use std::net::IpAddr;

use crate::suggest::nearest;

use super::super::lex::{NothingKnown, expand_words};
use super::super::word::Word;
use super::{ErrorKind, Escape, InvalidValue, SyntaxError, shown};

/// What is wrong with a port, if it is known: `[ip:][host-port:]port[-last][/protocol]`.
/// Source: <https://docs.docker.com/reference/dockerfile/#expose>.
pub(super) fn error(word: &Word, escape: Escape) -> Option<SyntaxError> {
    let ports = expand_words(word, escape, &NothingKnown)?;
    ports.iter().find_map(|port| {
        let wrong = invalid_exposed_port(port)?;
        let error = SyntaxError::new(ErrorKind::InvalidExposePort, word.range, wrong.message);
        Some(error.suggestion(wrong.suggestion.filter(|_| word.text == *port)).help(EXPOSE_HELP))
    })
}

/// What to write for an exposed port.
pub const EXPOSE_HELP: &str =
    "Write a port from 0 to 65535 or a range of them, and perhaps a protocol: `80`, `53/udp`, `8000-8010/tcp`";

/// What is wrong with the text of an exposed port.
pub fn invalid_exposed_port(text: &str) -> Option<InvalidValue> {
    check(text).err().map(|(message, suggestion)| InvalidValue { message, suggestion })
}

type Wrong = (String, Option<String>);

fn check(text: &str) -> Result<(), Wrong> {
    let mut parts = text.rsplitn(3, ':');
    let (container, host, ip) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let (port, protocol) = container.split_once('/').unwrap_or((container, ""));
    if port.is_empty() {
        return Err((format!("`{}` has no port", shown(text)), None));
    }
    if !matches!(protocol.to_ascii_lowercase().as_str(), "" | "tcp" | "udp" | "sctp") {
        let suggestion = nearest(protocol, ["tcp", "udp", "sctp"]).map(|nearest| format!("{port}/{nearest}"));
        return Err((format!("`{}` is not a protocol that can be exposed", shown(protocol)), suggestion));
    }
    if let Some(ip) = ip.filter(|ip| !ip.is_empty()) {
        let bare = ip.strip_prefix('[').and_then(|ip| ip.strip_suffix(']')).unwrap_or(ip);
        if bare.parse::<IpAddr>().is_err() {
            return Err((format!("`{}` is not an IP address", shown(ip)), None));
        }
    }
    let (first, last) = range(port)?;
    if let Some(host) = host.filter(|host| !host.is_empty()) {
        let (host_first, host_last) = range(host)?;
        if last != first && last - first != host_last - host_first {
            return Err((format!("the two ranges of `{}` are not of one length", shown(text)), None));
        }
    }
    Ok(())
}

fn range(text: &str) -> Result<(u16, u16), Wrong> {
    let port = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u16>().ok().filter(|_| digits)
    };
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (port(first), port(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        (Some(_), Some(_)) => Err((format!("the range `{}` ends before it begins", shown(text)), None)),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err((format!("`{}` is greater than the greatest port, 65535", shown(text)), None))
        }
        _ => Err((format!("`{}` is not a port", shown(text)), None)),
    }
}
