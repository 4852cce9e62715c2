//! The short syntax: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`.

use std::net::IpAddr;
use std::ops::Range;

use super::{Insertion, Port, PortError, PortErrorKind, Protocol, ProtocolPart, Scalar, Syntax, parse_range};
use crate::compose::interpolate::HOLE;

/// The byte ranges of the parts.
struct Parts {
    host_ip: Option<Range<usize>>,
    published: Option<Range<usize>>,
    target: Range<usize>,
    protocol: Option<Range<usize>>,
}

pub(super) fn parse(scalar: &Scalar) -> Result<Port, PortError> {
    let text = scalar.text();
    let parts = split(text);
    let part = |range: &Range<usize>| scalar.part(range.clone());
    let is_unknown = |range: &Range<usize>| text[range.clone()].contains(HOLE);
    let error = |range: &Range<usize>, kind| Err(PortError { place: part(range).place, kind });

    if parts.target.is_empty() {
        return error(&(0..text.len()), PortErrorKind::NoTarget);
    }
    let host_ip = match &parts.host_ip {
        Some(range) if !range.is_empty() => {
            let inner = without_brackets(text, range);
            if !is_unknown(&inner) && !inner.is_empty() && text[inner.clone()].parse::<IpAddr>().is_err() {
                return error(range, PortErrorKind::InvalidIp);
            }
            // `[]` is no address.
            (!inner.is_empty()).then(|| part(&inner).with_range(part(range).place.range))
        }
        _ => None,
    };
    let target_ports = parse_range(&text[parts.target.clone()]);
    if target_ports.is_none() && !is_unknown(&parts.target) {
        return error(&parts.target, PortErrorKind::InvalidTarget);
    }
    if target_ports.as_ref().is_some_and(|ports| *ports.start() == 0) {
        return error(&parts.target, PortErrorKind::NoTarget);
    }
    let mut published = None;
    if let Some(range) = parts.published.as_ref().filter(|range| !range.is_empty()) {
        match parse_range(&text[range.clone()]) {
            None if !is_unknown(range) => return error(range, PortErrorKind::InvalidPublished),
            Some(ports) => {
                let length = |ports: &std::ops::RangeInclusive<u16>| ports.end() - ports.start();
                // A range of host ports with one container port is what the engine may choose from.
                if target_ports.as_ref().is_some_and(|target| length(target) != 0 && length(target) != length(&ports)) {
                    return error(&(range.start..parts.target.end), PortErrorKind::RangeMismatch);
                }
            }
            None => {}
        }
        published = Some(part(range));
    }
    let protocol = match &parts.protocol {
        // `80/` is `80`.
        Some(range) if !range.is_empty() => {
            if !is_unknown(range) && Protocol::of_name(&text[range.clone()]).is_none() {
                return error(range, PortErrorKind::InvalidProtocol);
            }
            ProtocolPart::Written(part(range))
        }
        None if text.ends_with(HOLE) => ProtocolPart::Unknown,
        _ => ProtocolPart::Default,
    };
    // A variable in the first part may hold the parts before it too.
    let may_hold_ip = parts.host_ip.is_none() && is_unknown(parts.published.as_ref().unwrap_or(&parts.target));
    Ok(Port {
        place: scalar.place,
        alias: scalar.alias,
        syntax: Syntax::Short,
        insertion: insertion(scalar, &parts).filter(|_| !may_hold_ip),
        host_ip,
        published,
        target: part(&parts.target),
        protocol,
        is_number: false,
        mode: None,
        name: None,
        app_protocol: None,
        may_hold_ip,
    })
}

fn split(text: &str) -> Parts {
    let mut colons = text.rmatch_indices(':').map(|(at, _)| at);
    let (last, second) = (colons.next(), colons.next());
    let container = last.map_or(0, |at| at + 1)..text.len();
    let slash = text[container.clone()].find('/').map(|at| container.start + at);
    let target = container.start..slash.unwrap_or(container.end);
    let protocol = slash.map(|at| at + 1..container.end);
    let (host_ip, published) = match (last, second) {
        (None, _) => (None, None),
        (Some(last), Some(second)) => (Some(0..second), Some(second + 1..last)),
        // Before a variable, an address can only be an address: the variable holds the two ports.
        (Some(last), None) if text[target.clone()].contains(HOLE) && text[..last].parse::<IpAddr>().is_ok() => {
            (Some(0..last), Some(target.clone()))
        }
        (Some(last), None) => (None, Some(0..last)),
    };
    Parts { host_ip, published, target, protocol }
}

fn without_brackets(text: &str, range: &Range<usize>) -> Range<usize> {
    let ip = &text[range.clone()];
    if ip.len() >= 2 && ip.starts_with('[') && ip.ends_with(']') {
        range.start + 1..range.end - 1
    } else {
        range.clone()
    }
}

/// Where an address can be put in front.
fn insertion(scalar: &Scalar, parts: &Parts) -> Option<Insertion> {
    let first = scalar.part(0..scalar.text().chars().next()?.len_utf8());
    if !first.is_literal {
        return None;
    }
    let colons = match (&parts.host_ip, &parts.published) {
        (Some(written), _) if !written.is_empty() => return None,
        // "::80" has an empty address.
        (Some(_), _) => "",
        (None, Some(_)) => ":",
        // "127.0.0.1:80" would be a port of the host.
        (None, None) => "::",
    };
    Some(Insertion { at: first.place.range.start(), before: "", after: colons.to_owned() })
}
