//! Docker's `daemon.json`, understood as `dockerd` does.
//!
//! [`keys`] has the facts about every key. [`DaemonConfig`] reads a file along them: each rule asks it for what it is
//! about, and gets values with their places.
//!
//! How the daemon reads the file (moby, `daemon/config`): it takes strict JSON and an empty file, compares the names of
//! the keys with those of its flags, one level into objects, and refuses what it does not find; then it decodes into
//! structures whose names differ from the flags' here and there, which is why some names are accepted and ignored. An
//! empty string, `0` and `null` are as good as an absent key.

mod config;
mod detect;
pub(crate) mod edit;
mod key;
pub mod keys;
pub(crate) mod lacking;
pub mod net;
mod read;
mod settings;
#[cfg(test)]
mod tests;
mod value;

pub use config::{DaemonConfig, Known, Mistyped, Setting, Unknown};
pub use detect::is_dockers;
pub use key::{Choice, Family, Format, Key, Object, Platform, State, Type};
pub use settings::{AddressPool, CgroupDriver, Listener, ListenerError, TlsMode};
pub use value::Json;

pub(crate) use value::is_template;
