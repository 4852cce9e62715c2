//! What is wrong with the `logging` of a service.

use dlint_syntax::TextRange;

use super::{FaultKind, Given, check, drivers, find_driver};
use crate::compose::{Pair, Place, Scalar, Service};
use crate::text::shorten;

/// A fault in the options of a service's log driver.
pub(crate) struct ServiceFault {
    pub(crate) kind: FaultKind,
    pub(crate) place: Place,
    /// The alias or merge key by which the option came to the service.
    pub(crate) alias: Option<Place>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) related: Option<(Place, String)>,
}

/// The name of the driver, if the service says it.
pub(crate) fn driver_of(service: &Service<'_>) -> Option<Scalar> {
    let field = service.field("logging")?;
    let mut driver = field.value.string_of("driver")?;
    driver.alias = driver.alias.or(field.alias);
    Some(driver)
}

/// The faults in its options. What the driver would miss is left out: the daemon may have it for all containers.
pub(crate) fn faults(service: &Service<'_>) -> Vec<ServiceFault> {
    let Some(field) = service.field("logging") else { return Vec::new() };
    let pairs = field.value.get("options").map(|options| Pair::read_all(&options)).unwrap_or_default();
    let driver = driver_of(service);
    let name = match &driver {
        Some(driver) => driver.known().filter(|name| !name.is_empty()),
        None => None,
    };
    let Some(name) = name else {
        // The daemon's own driver is used, whichever that is.
        return if driver.is_none() { unknown_to_all(&pairs, field.alias) } else { Vec::new() };
    };
    let Some(known) = find_driver(name) else { return Vec::new() };
    let given: Vec<Given<'_>> = pairs
        .iter()
        .filter_map(|pair| {
            Some(Given {
                name: pair.key.known()?,
                value: pair.value.as_ref().and_then(Scalar::known),
                name_range: pair.key.place.range,
                value_range: pair.value.as_ref().map_or(pair.place.range, |value| value.place.range),
            })
        })
        .collect();
    let place_of = |range: TextRange| {
        let is_there = |pair: &&Pair| {
            pair.key.place.range == range || pair.value.as_ref().map_or(pair.place, |value| value.place).range == range
        };
        let pair = pairs.iter().find(is_there)?;
        Some((pair.place.with_range(range), pair.alias.or(field.alias)))
    };
    let of_fault = |fault: super::Fault| {
        let (place, alias) = place_of(fault.range)?;
        let related = fault.related.and_then(|(range, message)| Some((place_of(range)?.0, message)));
        Some(ServiceFault { kind: fault.kind, place, alias, message: fault.message, help: fault.help, related })
    };
    // The daemon's own options are added where it has the same driver, so that what is missing here may be there.
    check(known, &given, None).into_iter().filter(|fault| !fault.is_for_want).filter_map(of_fault).collect()
}

fn unknown_to_all(pairs: &[Pair], alias: Option<Place>) -> Vec<ServiceFault> {
    let is_known = |name: &str| drivers().iter().any(|driver| driver.option(name).is_some());
    let unknown = pairs.iter().filter_map(|pair| Some((pair, pair.key.known().filter(|name| !is_known(name))?)));
    let names = || drivers().iter().flat_map(super::LogDriver::all_options).map(|option| option.name);
    // A name that is like none of them may be an option of a plugin, which the daemon has as its driver.
    unknown
        .filter_map(|(pair, name)| {
            let near = dlint_syntax::suggest::nearest(&name.replace('_', "-"), names())?;
            Some(ServiceFault {
                kind: FaultKind::Unknown,
                place: pair.key.place,
                alias: pair.alias.or(alias),
                message: format!("no log driver has an option `{}`", shorten(name)),
                help: Some(format!("Did you mean `{near}`?")),
                related: None,
            })
        })
        .collect()
}
