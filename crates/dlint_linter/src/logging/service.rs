//! What a service of Compose says of its log.

use super::check::{Fault, Given, Options, check};
use super::drivers::find_driver;
use crate::compose::{Scalar, Service};

/// The name of the log driver, if the service has one of its own.
pub(crate) fn driver_of(service: &Service<'_>) -> Option<Scalar> {
    service.field("logging")?.value.scalar_of("driver")
}

/// What the log driver of a service has to say against its options; nothing if it is none of Docker's own, or the
/// daemon's.
pub(crate) fn faults_of(service: &Service<'_>) -> Vec<Fault> {
    let Some(name) = driver_of(service) else { return Vec::new() };
    let Some(driver) = name.known().and_then(find_driver) else { return Vec::new() };
    let options = service.field("logging").and_then(|logging| logging.value.field("options"));
    let fields = options.map(|options| options.value.fields()).unwrap_or_default();
    let given = fields
        .iter()
        .map(|field| {
            let scalar = field.value.scalar();
            Given {
                name: field.name.to_string(),
                value: scalar.as_ref().and_then(Scalar::known).map(str::to_owned),
                name_place: field.key_place,
                place: scalar.map_or(field.key_place, |scalar| scalar.place),
            }
        })
        .collect();
    check(driver, &Options { given, driver: Some(name.place), are_all: false })
}
