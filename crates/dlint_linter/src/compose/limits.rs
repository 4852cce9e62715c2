//! Limits of memory, processor time and processes.
//!
//! Source: Compose file reference, "mem_limit", "cpus", "cpu_quota", "pids_limit"; Compose Deploy Specification, "resources".

use super::node::{Field, Node};
use super::place::Place;
use super::scalar::Scalar;
use super::service::Service;
use crate::go::parse_float;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Memory, in bytes.
    Memory,
    /// Processor time.
    Cpu,
    /// The number of processes and threads.
    Pids,
}

/// A place where a service limits something, or seems to.
#[derive(Debug, Clone)]
pub struct Limit {
    /// What is limited.
    pub resource: Resource,
    /// The keys that lead to it from the service: `deploy.resources.limits.memory`.
    pub path: &'static str,
    /// Where the last key is written.
    pub key_place: Place,
    /// Where the value is written; the key's place where there is no value.
    pub place: Place,
    /// The alias or merge key by which it came into the service.
    pub alias: Option<Place>,
    /// The value; `None` for null and what is no scalar.
    pub value: Option<Scalar>,
    /// What it comes to.
    pub bound: Bound,
}

/// What a limit comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// It bounds.
    Bounded,
    /// A variable decides.
    Unknown,
    /// It is no such value; Compose refuses it.
    Invalid,
    /// It bounds nothing: zero, negative, null, less than the smallest unit.
    Unlimited,
}

const TOP: [(&str, Resource); 4] = [
    ("mem_limit", Resource::Memory),
    ("cpus", Resource::Cpu),
    ("cpu_quota", Resource::Cpu),
    ("pids_limit", Resource::Pids),
];

const DEPLOY: [(&str, &str, Resource); 3] = [
    ("deploy.resources.limits.memory", "memory", Resource::Memory),
    ("deploy.resources.limits.cpus", "cpus", Resource::Cpu),
    ("deploy.resources.limits.pids", "pids", Resource::Pids),
];

/// All places where a service limits something.
pub(super) fn of_service(service: &Service<'_>) -> Vec<Limit> {
    let mut limits: Vec<Limit> =
        TOP.iter().filter_map(|&(key, resource)| Some(limit(&service.field(key)?, key, resource))).collect();
    let inner = |deploy: &Node<'_>| {
        let inner = deploy.get("resources")?.get("limits")?;
        let found =
            |&(path, key, resource): &(&'static str, &str, Resource)| Some(limit(&inner.field(key)?, path, resource));
        Some(DEPLOY.iter().filter_map(found).collect::<Vec<_>>())
    };
    limits.extend(service.field("deploy").and_then(|deploy| inner(&deploy.value)).unwrap_or_default());
    limits
}

fn limit(field: &Field<'_>, path: &'static str, resource: Resource) -> Limit {
    let value = field.value.scalar();
    let bound = match &value {
        Some(value) => value.known().map_or(Bound::Unknown, |text| bound(text, resource)),
        None if field.value.is_null() => Bound::Unlimited,
        None => Bound::Invalid,
    };
    let place = value.as_ref().map_or(field.key_place, |value| value.place);
    Limit { resource, path, key_place: field.key_place, place, alias: field.alias, value, bound }
}

fn bound(text: &str, resource: Resource) -> Bound {
    let is_bound = match resource {
        _ if text.is_empty() => Some(false),
        Resource::Memory => match text.parse::<i64>() {
            Ok(bytes) => Some(bytes > 0),
            Err(_) => super::parse_size(text).map(|bytes| bytes > 0),
        },
        // The engine counts in billionths of a processor.
        Resource::Cpu => parse_float(text).filter(|cpus| cpus.is_finite()).map(|cpus| cpus * 1e9 >= 1.0),
        Resource::Pids => text.parse::<i64>().ok().map(|pids| pids > 0),
    };
    match is_bound {
        Some(true) => Bound::Bounded,
        Some(false) => Bound::Unlimited,
        None => Bound::Invalid,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Bound, Resource, bound};
    use crate::compose::testing::with_service;

    #[test]
    fn says_what_bounds() {
        for (resource, values) in [
            (Resource::Memory, &["512m", "1", "1.5gb", "0.001k"][..]),
            (Resource::Cpu, &["0.5", "1", "50000", ".1"]),
            (Resource::Pids, &["1", "100"]),
        ] {
            for value in values {
                assert_eq!(bound(value, resource), Bound::Bounded, "{value}");
            }
        }
        for (resource, values) in [
            (Resource::Memory, &["0", "-1", "", "0.5", "0m", "0.0005k"][..]),
            (Resource::Cpu, &["0", "0.0", "-1", "", "0.0000000001"]),
            (Resource::Pids, &["0", "-1", ""]),
        ] {
            for value in values {
                assert_eq!(bound(value, resource), Bound::Unlimited, "{value}");
            }
        }
        assert_eq!(bound("1Mi", Resource::Memory), Bound::Invalid);
        assert_eq!(bound("many", Resource::Cpu), Bound::Invalid);
        assert_eq!(bound("nan", Resource::Cpu), Bound::Invalid);
        assert_eq!(bound("1.5", Resource::Pids), Bound::Invalid);
    }

    #[test]
    fn finds_every_place() {
        let text = "\
x-limits: &limits { cpus: '0', pids: 10 }
services:
  a:
    image: x
    mem_limit: ${MEM}
    cpus: 1.5
    cpu_quota: -1
    pids_limit:
    deploy: { resources: { limits: { <<: *limits, memory: [] } } }
";
        with_service(text, |service| {
            let found: Vec<_> = service
                .limits()
                .iter()
                .map(|it| (it.path, &text[it.place.range], it.alias.map(|alias| &text[alias.range]), it.bound))
                .collect();
            assert_eq!(
                found,
                [
                    ("mem_limit", "${MEM}", None, Bound::Unknown),
                    ("cpus", "1.5", None, Bound::Bounded),
                    ("cpu_quota", "-1", None, Bound::Unlimited),
                    ("pids_limit", "pids_limit", None, Bound::Unlimited),
                    ("deploy.resources.limits.memory", "memory", None, Bound::Invalid),
                    ("deploy.resources.limits.cpus", "'0'", Some("*limits"), Bound::Unlimited),
                    ("deploy.resources.limits.pids", "10", Some("*limits"), Bound::Bounded),
                ]
            );
            assert_eq!(service.bound(Resource::Memory), Some(Bound::Unknown));
            assert_eq!(service.bound(Resource::Cpu), Some(Bound::Bounded));
            assert_eq!(service.bound(Resource::Pids), Some(Bound::Bounded));
        });
        with_service("services: {a: {image: x, cpus: 0}}", |service| {
            assert_eq!(service.bound(Resource::Cpu), Some(Bound::Unlimited));
            assert_eq!(service.bound(Resource::Memory), None);
        });
    }
}
