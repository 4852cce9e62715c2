//! Health checks.
//!
//! Source: Compose file reference, "healthcheck".

use super::command::Command;
use super::node::Field;
use super::place::Place;
use super::scalar::Scalar;

/// A service's `healthcheck`.
#[derive(Debug, Clone)]
pub struct Healthcheck {
    /// Where the key is written.
    pub key_place: Place,
    /// Where its mapping is written.
    pub place: Place,
    /// The alias or merge key by which it came into the service.
    pub alias: Option<Place>,
    /// What is run. Without it the image's own test is run, with the times that are given here.
    pub test: Option<Command>,
    /// `disable`.
    pub disable: Option<Scalar>,
    /// The time between two checks; see [`Scalar::duration`].
    pub interval: Option<Scalar>,
    /// The time after which a check has failed.
    pub timeout: Option<Scalar>,
    /// The time in which failures do not count.
    pub start_period: Option<Scalar>,
    /// The time between two checks in that time.
    pub start_interval: Option<Scalar>,
    /// The number of failures in a row that make a container unhealthy.
    pub retries: Option<Scalar>,
}

impl Healthcheck {
    /// Reads the value of a field; `None` if it is no mapping.
    pub(super) fn read(field: &Field<'_>) -> Option<Self> {
        let body = &field.value;
        if !body.is_mapping() {
            return None;
        }
        Some(Self {
            key_place: field.key_place,
            place: body.place(),
            alias: field.alias,
            test: body.field("test").and_then(|test| Command::read(&test)),
            disable: body.scalar_of("disable"),
            interval: body.scalar_of("interval"),
            timeout: body.scalar_of("timeout"),
            start_period: body.scalar_of("start_period"),
            start_interval: body.scalar_of("start_interval"),
            retries: body.scalar_of("retries"),
        })
    }

    /// What switches health checks off, if something does: `disable: true`, or a test that is the list `["NONE"]`. The string
    /// `NONE` is a command of that name.
    pub fn disabled(&self) -> Option<Place> {
        if let Some(disable) = self.disable.as_ref().filter(|disable| disable.is_true()) {
            return Some(disable.place);
        }
        let test = self.test.as_ref()?;
        test.list()?.first()?.is("NONE").then_some(test.place)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::Duration;

    use crate::compose::CommandForm;
    use crate::compose::testing::with_service;

    fn disabled(healthcheck: &str) -> Option<String> {
        let text = format!("services:\n  a:\n    image: x\n    healthcheck: {healthcheck}\n");
        with_service(&text, |service| {
            service.healthcheck().unwrap().disabled().map(|place| text[place.range].to_owned())
        })
    }

    #[test]
    fn knows_what_switches_it_off() {
        assert_eq!(disabled("{disable: true}").as_deref(), Some("true"));
        assert_eq!(disabled("{disable: 'yes'}").as_deref(), Some("'yes'"));
        assert_eq!(disabled("{disable: '${X:-on}'}").as_deref(), Some("'${X:-on}'"));
        assert_eq!(disabled("{test: [NONE]}").as_deref(), Some("[NONE]"));
        for on in ["{disable: false}", "{disable: '${X}'}", "{test: NONE}", "{test: [none]}", "{test: []}", "{}"] {
            assert_eq!(disabled(on), None, "{on}");
        }
    }

    #[test]
    fn reads_test_and_times() {
        let text = "services:\n  a:\n    image: x\n    healthcheck:\n      test: [CMD, curl, $URL]\n      interval: 1m30s\n      \
                    retries: 3\n";
        with_service(text, |service| {
            let check = service.healthcheck().unwrap();
            let CommandForm::List(words) = &check.test.as_ref().unwrap().form else { panic!("a list") };
            assert_eq!(words.iter().map(|word| &text[word.place.range]).collect::<Vec<_>>(), ["CMD", "curl", "$URL"]);
            assert_eq!(words[2].known(), None);
            assert_eq!(check.interval.as_ref().unwrap().duration(), Some(Duration::from_secs(90)));
            assert_eq!(check.retries.as_ref().unwrap().known(), Some("3"));
            assert!(check.timeout.is_none());
        });
    }

    #[test]
    fn what_is_no_mapping_is_none() {
        for value in ["", "text", "[a]", "!reset {test: x}", "*nowhere"] {
            let text = format!("services:\n  a:\n    image: x\n    healthcheck: {value}\n");
            with_service(&text, |service| assert!(service.healthcheck().is_none(), "{value}"));
        }
    }
}
