//! The keys of a job.
//!
//! Source: Compose file reference, "Define jobs in Docker Compose". They are newer than the last release; what is not written there is
//! not judged.

use super::service::SERVICE;
use super::shapes::{STRICT_BOOLEAN, STRING, enumeration};
use super::{Base, Object, USUAL, keys, list};
use crate::compose::schema::Shape;

/// What a job does not have of a service.
const OF_SERVICES: &[&str] = &[
    "attach",
    "container_name",
    "deploy",
    "develop",
    "extends",
    "external_links",
    "links",
    "post_start",
    "pre_start",
    "pre_stop",
    "provider",
    "restart",
    "scale",
];

/// A job.
pub(super) static JOB: Object = Object {
    name: "a job",
    keys: keys! {
        "triggers" Shape::object(&TRIGGERS), "jobs/#triggers",
            "When the job runs: when it is asked to (`manual`), or at set times (`schedule`).";
    },
    base: Some(Base { object: || &SERVICE, without: OF_SERVICES }),
    ..USUAL
};

static TRIGGERS: Object = Object {
    name: "`triggers`",
    keys: keys! {
        "manual" STRICT_BOOLEAN, "jobs/#manual",
            "Whether `docker compose run` may start the job. It may by default.";
        "schedule" list!(STRING.or(Shape::object(&SCHEDULE))), "jobs/#schedule",
            "The times at which the engine runs the job: cron expressions, or mappings.";
    },
    ..USUAL
};

static SCHEDULE: Object = Object {
    name: "a schedule",
    keys: keys! {
        "concurrency" enumeration(&["forbid", "queue"]), "jobs/#concurrency",
            "What happens when the job still runs: `forbid` (the default) leaves the new run out, `queue` lets it wait.";
        "cron" STRING, "jobs/#cron",
            "The times: minute, hour, day of the month, month and day of the week, as in `0 3 * * *`.", [required()];
        "missed_fires" enumeration(&["one", "skip"]), "jobs/#missed_fires",
            "What happens with runs that were due while the engine was down: `one` (the default) runs the job once, `skip` does not.";
        "timezone" STRING, "jobs/#timezone",
            "The time zone of `cron`: `Europe/Paris`. The default is UTC.";
    },
    ..USUAL
};
