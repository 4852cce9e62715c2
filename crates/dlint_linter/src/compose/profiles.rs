//! Which services run together: profiles.
//!
//! Source: Compose file reference, "profiles"; Docker documentation, "Using profiles with Compose", "Pre-defined environment variables",
//! `COMPOSE_PROFILES`.

use super::Service;
use super::dotenv::Variables;

/// The profiles that are switched on where the command line names none.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    names: Vec<String>,
    all: bool,
}

impl Profiles {
    /// As `COMPOSE_PROFILES` in the project's `.env` says.
    pub(super) fn of(variables: &Variables) -> Self {
        let list = variables.known("COMPOSE_PROFILES").unwrap_or_default();
        let names: Vec<String> = list.split(',').map(|name| name.trim().to_owned()).collect();
        Self { all: names.iter().any(|name| name == "*"), names }
    }

    /// Whether a service is started where the command line names no profile; `None` where a variable decides.
    pub(super) fn start(&self, service: &Service<'_>) -> Option<bool> {
        let own = service.profile_names()?;
        Some(own.is_empty() || self.all || own.iter().any(|name| self.names.contains(name)))
    }
}

impl Service<'_> {
    /// The names of its profiles; `None` where a variable decides.
    pub(crate) fn profile_names(&self) -> Option<Vec<String>> {
        self.profiles().iter().map(|profile| profile.known().map(str::to_owned)).collect()
    }

    /// Whether one profile alone can start both, or both are always started. `false` where a variable decides.
    pub(crate) fn may_run_with(&self, other: &Service<'_>) -> bool {
        let (Some(one), Some(other)) = (self.profile_names(), other.profile_names()) else { return false };
        one.is_empty() || other.is_empty() || one.iter().any(|profile| other.contains(profile))
    }
}
