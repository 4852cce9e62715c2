//! Settings that rules ask for by their meaning.

use std::net::IpAddr;

use dlint_syntax::TextRange;

use super::config::{DaemonConfig, Setting};
use super::net::Prefix;
use super::value::{Json, is_template};
use crate::logging::{self, Fault, Given};

/// Where the daemon listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listener {
    /// A Unix socket; an empty path stands for `/var/run/docker.sock`.
    Unix(String),
    /// A TCP socket.
    Tcp {
        /// A name or an address, without brackets. Empty stands for `localhost`.
        host: String,
        /// The port; without one it is 2375.
        port: Option<u16>,
    },
    /// A socket that systemd hands over.
    Fd,
    /// A named pipe of Windows.
    Pipe(String),
}

/// Why the daemon does not listen there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListenerError {
    /// A scheme that it does not know.
    Scheme,
    /// A TCP address with a path.
    Path,
    /// The port is no number from 1 to 65535.
    Port,
    /// A `://` too much.
    Nested,
}

impl Listener {
    /// Reads an item of `hosts`. Without a scheme, it is a TCP address. The empty string is the default, a Unix socket.
    ///
    /// Source: `ParseHost` in moby, `daemon/pkg/opts/hosts.go`.
    pub fn parse(text: &str) -> Result<Self, ListenerError> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some(parts) => parts,
            None if text.is_empty() => ("unix", ""),
            None => ("tcp", text),
        };
        match scheme {
            "unix" | "npipe" if rest.contains("://") => Err(ListenerError::Nested),
            "unix" => Ok(Self::Unix(rest.to_owned())),
            "npipe" => Ok(Self::Pipe(rest.to_owned())),
            "fd" => Ok(Self::Fd),
            "tcp" => Self::tcp(rest),
            _ => Err(ListenerError::Scheme),
        }
    }

    fn tcp(text: &str) -> Result<Self, ListenerError> {
        if text.contains('/') {
            return Err(ListenerError::Path);
        }
        // An address in brackets has colons too.
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (text, ""),
        };
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host).to_owned();
        if port.is_empty() {
            return Ok(Self::Tcp { host, port: None });
        }
        let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
        match port.parse() {
            Ok(port) if is_number && port != 0 => Ok(Self::Tcp { host, port: Some(port) }),
            _ => Err(ListenerError::Port),
        }
    }

    /// Whether it is a TCP socket that other hosts can reach; a name that has to be looked up counts.
    pub fn is_reachable(&self) -> bool {
        let Self::Tcp { host, .. } = self else { return false };
        match host.parse::<IpAddr>() {
            Ok(address) => !address.to_canonical().is_loopback(),
            Err(_) => !host.is_empty() && !host.eq_ignore_ascii_case("localhost"),
        }
    }
}

/// What TCP sockets of the daemon ask of those who connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsMode {
    /// Nothing, not even encryption.
    Off,
    /// Encryption; anybody may connect.
    Unverified,
    /// Encryption, and a certificate of the client.
    Verified,
}

/// What manages the control groups of containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CgroupDriver {
    /// The daemon, in the file system.
    Cgroupfs,
    /// systemd.
    Systemd,
}

/// A network out of which new networks get their subnets.
#[derive(Debug, Clone, Copy)]
pub struct AddressPool<'a> {
    /// The entry `base`.
    pub base: Setting<'a>,
    /// The network, if it can be read.
    pub prefix: Option<Prefix>,
    /// The entry `size`, and its value where it is a number.
    pub size: Option<(Setting<'a>, i128)>,
    /// Whether there is no such entry, or it is `null` or 0.
    pub has_no_size: bool,
}

impl<'a> DaemonConfig<'a> {
    /// Where the daemon listens, as far as the file says and it can be read, with the places.
    pub fn listeners(&self) -> Vec<(Listener, TextRange)> {
        self.strings("hosts")
            .filter(|(text, _)| !is_template(text))
            .filter_map(|(text, range)| Some((Listener::parse(text).ok()?, range)))
            .collect()
    }

    /// What TCP sockets ask for. TLS is on with `tls`, and wherever `tlsverify` is present, also as `false`; and
    /// clients are verified unless `tlsverify` says that they are not.
    pub fn tls(&self) -> TlsMode {
        match (self.bool("tls"), self.bool("tlsverify")) {
            (_, Some(true)) | (Some(true), None) => TlsMode::Verified,
            (_, Some(false)) => TlsMode::Unverified,
            (Some(false) | None, None) => TlsMode::Off,
        }
    }

    /// The driver of control groups that `exec-opts` names.
    pub fn cgroup_driver(&self) -> Option<(CgroupDriver, TextRange)> {
        self.strings("exec-opts")
            .filter_map(|(text, range)| {
                let (name, value) = text.split_once('=')?;
                let driver = match value.trim() {
                    "cgroupfs" => CgroupDriver::Cgroupfs,
                    "systemd" => CgroupDriver::Systemd,
                    _ => return None,
                };
                name.trim().eq_ignore_ascii_case("native.cgroupdriver").then_some((driver, range))
            })
            .last()
    }

    /// The name of the log driver.
    pub fn log_driver(&self) -> &'a str {
        self.string("log-driver").unwrap_or("json-file")
    }

    /// The options of the log driver. A value that is no string, or is still to be filled in, is not known.
    pub fn log_options(&self) -> Vec<Given<'a>> {
        let of = |member: Setting<'a>| match member.json() {
            // As good as absent.
            Json::Null => None,
            Json::String(text) if !is_template(text) => Some((member, Some(text))),
            _ => Some((member, None)),
        };
        let given = self.members("log-opts").into_iter().filter_map(of);
        given
            .map(|(member, value)| Given {
                name: member.name,
                value,
                name_range: member.key_range,
                value_range: member.value_range(),
            })
            .collect()
    }

    /// What the log driver has to say against its options; nothing if it is none of Docker's own.
    pub fn log_faults(&self) -> Vec<Fault> {
        let Some(driver) = logging::find_driver(self.log_driver()) else { return Vec::new() };
        let range = self.setting("log-driver").map(Setting::value_range);
        logging::check(driver, &self.log_options(), range)
    }

    /// Whether the file says something of a swarm.
    pub fn swarm_hint(&self) -> Option<&Setting<'a>> {
        let says_something = |setting: &&Setting<'_>| setting.as_str().is_some() || setting.strings().next().is_some();
        ["swarm-default-advertise-addr", "node-generic-resources"]
            .iter()
            .find_map(|name| self.setting(name).filter(says_something))
    }

    /// Whether the file says something that only Windows has.
    pub fn is_for_windows(&self) -> bool {
        let is_drive = |text: &str| matches!(text.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
        self.string("data-root").is_some_and(is_drive)
            || self.string("storage-driver") == Some("windowsfilter")
            || self.strings("hosts").any(|(text, _)| text.starts_with("npipe:"))
            || self.strings("exec-opts").any(|(text, _)| text.starts_with("isolation="))
    }

    /// Whether the daemon runs without root.
    pub fn is_rootless(&self) -> bool {
        self.bool("rootless") == Some(true)
    }

    /// Whether a feature is switched on or off.
    pub fn feature(&self, name: &str) -> Option<bool> {
        self.members("features").iter().find(|member| member.name == name)?.as_bool()
    }

    /// The pools out of which new networks get their subnets.
    pub fn address_pools(&self) -> Vec<AddressPool<'a>> {
        let Some(pools) = self.setting("default-address-pools").filter(|pools| pools.json() == Json::Array) else {
            return Vec::new();
        };
        let of = |pool| {
            let find = |name: &str| {
                super::config::settings_of(pool).into_iter().rev().find(|member| member.name.eq_ignore_ascii_case(name))
            };
            let base = find("base")?;
            let size = find("size");
            let number = size.and_then(|size| match size.json() {
                Json::Integer(number) if number != 0 => Some((size, number)),
                _ => None,
            });
            let has_no_size = size.is_none_or(|size| matches!(size.json(), Json::Null | Json::Integer(0)));
            let prefix = base.as_str().and_then(Prefix::parse);
            Some(AddressPool { base, prefix, size: number, has_no_size })
        };
        pools.value.items().filter(|pool| Json::of(*pool) == Json::Object).filter_map(of).collect()
    }
}
