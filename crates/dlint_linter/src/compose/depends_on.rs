//! References from a service to other services.

use dlint_syntax::TextRange;

use super::scalar::{Field, Reader, Scalar};

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
    pub range: TextRange,
    /// The alias or merge key by which the entry came into the service.
    pub alias: Option<TextRange>,
}

impl Dependency {
    /// Reads both forms: a list of names, and a mapping from names to conditions.
    pub(super) fn read_all(field: &Field<'_>, reader: &Reader<'_>) -> Vec<Self> {
        if !field.value.is_mapping() {
            let named = |service: Scalar| Self {
                condition: None,
                required: None,
                restart: None,
                range: service.range,
                alias: service.alias.or(field.alias),
                service,
            };
            return reader.list(field.value).into_iter().map(named).collect();
        }
        let of_entry = |entry: dlint_syntax::yaml::Entry<'_>| {
            let inner = Field::new(&entry);
            let scalar = |key| reader.scalar_of(inner.value, key);
            Some(Self {
                service: reader.key(entry.key)?,
                condition: scalar("condition"),
                required: scalar("required"),
                restart: scalar("restart"),
                range: inner.range,
                alias: inner.alias.or(field.alias),
            })
        };
        field.value.entries().filter(|entry| !super::scalar::is_reset(entry.value)).filter_map(of_entry).collect()
    }
}

/// A service's `extends`.
#[derive(Debug, Clone)]
pub struct Extends {
    /// Where the key is written.
    pub key_range: TextRange,
    /// Where the value is written.
    pub range: TextRange,
    /// The service that is extended.
    pub service: Option<Scalar>,
    /// The file that it is in; this file if there is none.
    pub file: Option<Scalar>,
}

impl Extends {
    /// Reads both forms: a name, and a mapping with `service` and `file`.
    pub(super) fn read(field: &Field<'_>, reader: &Reader<'_>) -> Self {
        let service = reader.scalar(field.value).or_else(|| reader.scalar_of(field.value, "service"));
        Self {
            key_range: field.key_range,
            range: field.value.range(),
            service,
            file: reader.scalar_of(field.value, "file"),
        }
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
            let found: Vec<_> = all.iter().map(|it| (it.service.known().unwrap(), &text[it.range])).collect();
            assert_eq!(found, [("db", "db"), ("cache", "\"cache\"")]);
        });
        let text = "services:\n  a:\n    image: x\n    depends_on:\n      db: {condition: service_healthy, required: false}\n      \
                    cache:\n";
        with_service(text, |service| {
            let all = service.depends_on();
            assert_eq!(all.len(), 2);
            assert!(all[0].service.is("db") && all[0].condition.as_ref().unwrap().is("service_healthy"));
            assert_eq!(all[0].required.as_ref().unwrap().boolean(), Some(false));
            assert_eq!(&text[all[1].range], "cache:");
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
