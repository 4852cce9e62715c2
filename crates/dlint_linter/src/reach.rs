//! Who can reach a service from outside of its project.

use crate::compose::Service;
use crate::diagnostic::Level;
use crate::rule::Report;
use crate::severity::Cvss;

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

impl Reach {
    /// In words: the subject of a sentence.
    pub(crate) fn who(self) -> &'static str {
        match self {
            Self::World => "whoever reaches the host",
            Self::Host => "whoever is on the host",
            Self::Project => "every container in its networks",
        }
    }

    /// Makes less of a finding where fewer can use what it tells of; `local` is the score of that.
    pub(crate) fn weigh(self, report: &mut Report<'_>, local: Cvss) {
        let level = match self {
            Self::World => return,
            Self::Host => Level::Info,
            Self::Project => Level::Hint,
        };
        report.level(level).cvss(local);
    }
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
