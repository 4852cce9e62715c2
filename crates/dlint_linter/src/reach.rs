//! Who can reach a service from outside of its project.

use crate::compose::Service;

/// Who can reach a service, as far as its ports tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Whoever reaches the host.
    World,
    /// Whoever is on the host, or on one of its networks.
    Host,
    /// The services of the project.
    Project,
}

/// Who can reach a service.
pub(crate) fn reach(service: &Service<'_>) -> Reach {
    if service.network_mode().is_some_and(|mode| mode.is("host")) {
        return Reach::World;
    }
    let ports = service.ports();
    if ports.iter().any(|port| port.is_wildcard() == Some(true)) {
        Reach::World
    } else if ports.is_empty() {
        Reach::Project
    } else {
        Reach::Host
    }
}
