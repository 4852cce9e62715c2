//! References from a service to other services.

use super::node::{Field, Node};
use super::place::Place;
use super::scalar::Scalar;

/// An entry of `depends_on`.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The name of the other service.
    pub service: Scalar,
    /// What is waited for (`service_started`, `service_healthy`, `service_completed_successfully`), if it is said.
    pub condition: Option<Scalar>,
    /// `required`, if it is said; see [`Scalar::boolean`].
    pub required: Option<Scalar>,
    /// `restart`, if it is said.
    pub restart: Option<Scalar>,
    /// Where the entry is written.
    pub place: Place,
    /// The alias or merge key by which the entry came into the service.
    pub alias: Option<Place>,
}

impl Dependency {
    /// Reads both forms: a list of names, and a mapping from names to conditions.
    pub(super) fn read_all(field: &Field<'_>) -> Vec<Self> {
        let named = |item: &Node<'_>, alias: Option<Place>| {
            let service = item.scalar()?;
            Some(Self {
                condition: None,
                required: None,
                restart: None,
                place: service.place,
                alias: service.alias.or(alias),
                service,
            })
        };
        if !field.value.is_mapping() {
            return field.value.items().iter().filter_map(|item| named(item, field.alias)).collect();
        }
        let of_entry = |inner: Field<'_>| {
            if inner.value.is_implied() {
                return named(&inner.key, inner.alias.or(field.alias));
            }
            Some(Self {
                service: inner.key_scalar()?,
                condition: inner.value.scalar_of("condition"),
                required: inner.value.scalar_of("required"),
                restart: inner.value.scalar_of("restart"),
                place: inner.place,
                alias: inner.alias.or(field.alias),
            })
        };
        field.value.fields().into_iter().filter_map(of_entry).collect()
    }
}

/// A service's `extends`.
#[derive(Debug, Clone)]
pub struct Extends {
    /// Where the key is written.
    pub key_place: Place,
    /// Where the value is written.
    pub place: Place,
    /// The service that is extended.
    pub service: Option<Scalar>,
    /// The file that it is in; this file if there is none.
    pub file: Option<Scalar>,
}

impl Extends {
    /// Reads both forms: a name, and a mapping with `service` and `file`.
    pub(super) fn read(field: &Field<'_>) -> Self {
        let service = field.value.scalar().or_else(|| field.value.scalar_of("service"));
        Self { key_place: field.key_place, place: field.value.place(), service, file: field.value.scalar_of("file") }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::compose::testing::with_service;

    #[test]
    fn depends_on_in_both_forms() {
        let text = "services:\n  a:\n    image: x\n    depends_on: [db, \"cache\"]\n";
        with_service(text, |service| {
            let all = service.depends_on();
            let found: Vec<_> = all.iter().map(|it| (it.service.known().unwrap(), &text[it.place.range])).collect();
            assert_eq!(found, [("db", "db"), ("cache", "\"cache\"")]);
        });
        let text = "services:\n  a:\n    image: x\n    depends_on:\n      db: {condition: service_healthy, required: false}\n      \
                    cache:\n";
        with_service(text, |service| {
            let all = service.depends_on();
            assert_eq!(all.len(), 2);
            assert!(all[0].service.is("db") && all[0].condition.as_ref().unwrap().is("service_healthy"));
            assert_eq!(all[0].required.as_ref().unwrap().boolean(), Some(false));
            assert_eq!(&text[all[1].place.range], "cache:");
            assert!(all[1].condition.is_none());
        });
    }

    #[test]
    fn extends_in_both_forms() {
        with_service("services: {a: {extends: base}}", |service| {
            let extends = service.extends().unwrap();
            assert!(extends.service.unwrap().is("base") && extends.file.is_none());
        });
        with_service("services: {a: {extends: {service: base, file: b.yml}}}", |service| {
            let extends = service.extends().unwrap();
            assert!(extends.service.unwrap().is("base") && extends.file.unwrap().is("b.yml"));
        });
    }
}
