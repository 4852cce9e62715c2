//! Published ports.
//!
//! Source: Compose file reference, "ports"; the short syntax is read as docker/go-connections does.

mod short;

use std::net::IpAddr;
use std::ops::RangeInclusive;

use dlint_syntax::TextSize;
use dlint_syntax::yaml::{self, Style, View};

use super::Syntax;
use super::node::Node;
use super::place::Place;
use super::scalar::Scalar;
use super::schema::TextFault;
use crate::diagnostic::Edit;

/// An entry of `ports`.
#[derive(Debug, Clone)]
pub struct Port {
    /// The entry: the token of the short syntax, the mapping of the long one.
    pub place: Place,
    /// The alias or merge key by which the entry came into the service.
    pub alias: Option<Place>,
    /// How it is written.
    pub syntax: Syntax,
    /// The address of the host that is bound. The value is without the brackets of an IPv6 address, the range with them. `None` if
    /// there is none, and then all addresses are bound.
    pub host_ip: Option<Scalar>,
    /// The port or the range of ports on the host. `None` if the engine picks one.
    pub published: Option<Scalar>,
    /// The port or the range of ports in the container.
    pub target: Scalar,
    /// `mode` of the long syntax.
    pub mode: Option<Scalar>,
    /// `name` of the long syntax.
    pub name: Option<Scalar>,
    /// `app_protocol` of the long syntax.
    pub app_protocol: Option<Scalar>,
    protocol: ProtocolPart,
    /// Whether `published` of the long syntax is a number, not a string.
    is_number: bool,
    /// Whether a variable stands where an address may be a part of its value.
    may_hold_ip: bool,
    insertion: Option<Insertion>,
}

/// A protocol that ports are published for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP, the default.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    fn of_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "tcp" => Some(Self::Tcp),
            "udp" => Some(Self::Udp),
            "sctp" => Some(Self::Sctp),
            _ => None,
        }
    }
}

#[derive(Debug, Clone)]
enum ProtocolPart {
    Default,
    Written(Scalar),
    /// A variable may hold one.
    Unknown,
}

/// Where an address can be written in.
#[derive(Debug, Clone)]
struct Insertion {
    at: TextSize,
    before: &'static str,
    after: String,
}

/// What Compose refuses in an entry of `ports`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortError {
    /// The part at fault.
    pub place: Place,
    /// What is wrong with it.
    pub kind: PortErrorKind,
}

/// The kinds of [`PortError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PortErrorKind {
    /// There is no container port, or it is 0.
    NoTarget,
    /// The container port is no port and no range of ports.
    InvalidTarget,
    /// The host port is no port and no range of ports.
    InvalidPublished,
    /// The address is no IP address.
    InvalidIp,
    /// The protocol is not TCP, UDP or SCTP.
    InvalidProtocol,
    /// The two ranges have different lengths.
    RangeMismatch,
    /// The entry is neither a scalar nor a mapping.
    WrongType,
}

impl Port {
    /// Reads an entry of `ports`.
    pub fn read(node: &Node<'_>) -> Result<Self, PortError> {
        if node.is_mapping() {
            return Self::long(node);
        }
        let scalar = node.scalar().ok_or(PortError { place: node.place(), kind: PortErrorKind::WrongType })?;
        short::parse(&scalar)
    }

    fn long(node: &Node<'_>) -> Result<Self, PortError> {
        let error = |part: &Scalar, kind| PortError { place: part.place, kind };
        let target =
            node.scalar_of("target").ok_or(PortError { place: node.place(), kind: PortErrorKind::NoTarget })?;
        match target.known().map(parse_number) {
            Some(None) => return Err(error(&target, PortErrorKind::InvalidTarget)),
            Some(Some(0)) => return Err(error(&target, PortErrorKind::NoTarget)),
            _ => {}
        }
        // An empty value is as good as none.
        let published = node.scalar_of("published").filter(|published| !published.is(""));
        if let Some(published) = &published
            && published.known().is_some_and(|text| parse_range(text).is_none())
        {
            return Err(error(published, PortErrorKind::InvalidPublished));
        }
        let host_ip = node.scalar_of("host_ip");
        if let Some(ip) = &host_ip
            && ip.known().is_some_and(|text| text.parse::<IpAddr>().is_err())
        {
            return Err(error(ip, PortErrorKind::InvalidIp));
        }
        let protocol = node.scalar_of("protocol").map_or(ProtocolPart::Default, ProtocolPart::Written);
        Ok(Self {
            place: node.place(),
            alias: node.via(),
            syntax: Syntax::Long,
            may_hold_ip: false,
            insertion: node.view().and_then(insertion_into_mapping).filter(|_| host_ip.is_none()),
            host_ip,
            published,
            target,
            protocol,
            is_number: node
                .get("published")
                .and_then(|it| it.view())
                .is_some_and(|view| matches!(view.scalar(), Some(yaml::Scalar::Int(_)))),
            mode: node.scalar_of("mode"),
            name: node.scalar_of("name"),
            app_protocol: node.scalar_of("app_protocol"),
        })
    }

    /// Whether `published` is written as a number in the long syntax, which Compose tells from the text of it.
    pub(super) fn is_number(&self) -> bool {
        self.is_number
    }

    /// What makes two entries the same to Compose, of which the later one holds: address, ports and protocol. `None` where a variable
    /// decides.
    pub(super) fn identity(&self) -> Option<String> {
        let host = self.host_ip.as_ref().map_or(Some("0.0.0.0"), Scalar::known)?;
        let published = self.published.as_ref().map_or(Some(""), Scalar::known)?;
        let protocol = match &self.protocol {
            ProtocolPart::Default => "tcp".to_owned(),
            ProtocolPart::Written(name) => name.known()?.to_ascii_lowercase(),
            ProtocolPart::Unknown => return None,
        };
        let target = self.target.known()?;
        // Compose compares what is written: to it the number 80 is not the text "80".
        let kind = if self.is_number { "int" } else { "" };
        Some(format!("{host}:{kind}{published}:{target}/{protocol}"))
    }

    /// Whether the port is open on all of the host's addresses: no address is given, or one that means all of them. `None` where
    /// a variable decides.
    pub fn is_wildcard(&self) -> Option<bool> {
        match &self.host_ip {
            Some(ip) => ip.known().map(|ip| ip.is_empty() || is_unspecified(ip)),
            None if self.may_hold_ip => None,
            None => Some(true),
        }
    }

    /// Whether the port is open to the host itself only. `None` where a variable decides.
    pub fn is_loopback(&self) -> Option<bool> {
        match &self.host_ip {
            Some(ip) => ip.known().map(|ip| ip.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())),
            None if self.may_hold_ip => None,
            None => Some(false),
        }
    }

    /// The ports on the host. `None` where the engine picks one, and where a variable decides.
    pub fn published_ports(&self) -> Option<RangeInclusive<u16>> {
        self.published.as_ref().and_then(Scalar::known).and_then(parse_range).filter(|ports| *ports.end() != 0)
    }

    /// The ports in the container. `None` where a variable decides.
    pub fn target_ports(&self) -> Option<RangeInclusive<u16>> {
        self.target.known().and_then(parse_range)
    }

    /// The protocol. `None` where a variable decides, and for a name that is none.
    pub fn protocol(&self) -> Option<Protocol> {
        match &self.protocol {
            ProtocolPart::Default => Some(Protocol::Tcp),
            ProtocolPart::Written(name) => Protocol::of_name(name.known()?),
            ProtocolPart::Unknown => None,
        }
    }

    /// The protocol as it is written.
    pub fn protocol_part(&self) -> Option<&Scalar> {
        match &self.protocol {
            ProtocolPart::Written(name) => Some(name),
            ProtocolPart::Default | ProtocolPart::Unknown => None,
        }
    }

    /// The edit that binds the port to an IPv4 address instead of what it is bound to now. `None` if the place cannot be edited
    /// alone: the entry comes from elsewhere, a variable or an escape gives the address.
    pub fn bind_to(&self, ip: &str) -> Option<Edit> {
        if self.alias.is_some() {
            return None;
        }
        match (&self.host_ip, &self.insertion) {
            (Some(written), _) if written.is_literal && written.alias.is_none() => match self.syntax {
                Syntax::Short => Some(Edit::replace(written.place.range, ip)),
                Syntax::Long => Some(Edit::replace(written.inner_range(), ip)),
            },
            (None, Some(Insertion { at, before, after })) => Some(Edit::insert(*at, format!("{before}{ip}{after}"))),
            _ => None,
        }
    }
}

/// A mapping that is written here can have `host_ip` as its first entry.
fn insertion_into_mapping(view: View<'_>) -> Option<Insertion> {
    let first = view.own_entries().next()?;
    let at = first.range().start();
    let after = match view.style()? {
        Style::Flow => ", ".to_owned(),
        Style::Block => {
            let before = &view.yaml().text()[..usize::from(at)];
            let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
            // What stands before the key on its line is blanks and dashes, a byte each, or something unusual.
            let line = &before[before.len() - column..];
            if !line.bytes().all(|byte| matches!(byte, b' ' | b'-')) {
                return None;
            }
            format!("\n{}", " ".repeat(column))
        }
    };
    Some(Insertion { at, before: "host_ip: ", after })
}

/// Whether an address means all addresses, as IPv4 or IPv6, or as IPv4 written in IPv6.
fn is_unspecified(ip: &str) -> bool {
    ip.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_unspecified())
}

fn parse_number(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// `80` or `80-85`. Docker Compose 2.40 does not look at what follows a second `-`.
fn parse_range(text: &str) -> Option<RangeInclusive<u16>> {
    let mut parts = text.split('-');
    let start = parse_number(parts.next()?)?;
    let end = parts.next().map_or(Some(start), parse_number)?;
    (start <= end).then_some(start..=end)
}

/// Where Compose refuses an entry of `ports`, and why.
pub(super) fn refused(node: &Node<'_>) -> Option<(Place, TextFault)> {
    let error = Port::read(node).err()?;
    let what = match error.kind {
        PortErrorKind::NoTarget => TextFault::new("it has no port of the container"),
        PortErrorKind::InvalidTarget => TextFault::new("the port of the container is no port"),
        PortErrorKind::InvalidPublished => TextFault::new("the port of the host is no port"),
        PortErrorKind::InvalidIp => TextFault::with_help(
            "what stands before the ports is no IP address",
            "Write an address, not a name: `127.0.0.1:8080:80`",
        ),
        PortErrorKind::InvalidProtocol => TextFault::with_help("that is no protocol", "It is `tcp`, `udp` or `sctp`"),
        PortErrorKind::RangeMismatch => TextFault::new("the two ranges have different lengths"),
        PortErrorKind::WrongType => TextFault::new("it is neither a text nor a mapping"),
    };
    Some((error.place, what))
}

#[cfg(test)]
mod tests;
