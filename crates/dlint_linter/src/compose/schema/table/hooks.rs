//! The keys of what runs before and beside a service.

use super::service::SERVICE;
use super::shapes::{BOOLEAN, COMMAND, ENVIRONMENT, ENVIRONMENT_UNIQUE, STRING};
use super::{Base, Object, USUAL, keys, list};
use crate::compose::schema::Shape;

/// A list of [`HOOK`]s.
pub(super) const HOOKS: Shape = list!(Shape::object(&HOOK));

/// A list of containers that run before a service.
pub(super) const INIT_CONTAINERS: Shape = list!(Shape::object(&INIT_CONTAINER));

/// A command that runs in the container of a service.
pub(super) static HOOK: Object = Object {
    name: "a hook",
    keys: keys! {
        "command" COMMAND, "services/#post_start",
            "The command. A string is split into words without a shell.", [required()];
        "environment" ENVIRONMENT_UNIQUE, "services/#post_start",
            "Environment variables of the command, beside those of the service.";
        "privileged" BOOLEAN, "services/#post_start",
            "Whether the command runs with extended rights.";
        "user" STRING, "services/#post_start",
            "The user that the command runs as. The default is the container's.";
        "working_dir" STRING, "services/#post_start",
            "The folder in which the command runs. The default is the container's.";
    },
    ..USUAL
};

/// What belongs to a service that runs on, and not to each container.
const OF_SERVICES: &[&str] = &[
    "attach",
    "build",
    "container_name",
    "depends_on",
    "deploy",
    "develop",
    "expose",
    "extends",
    "external_links",
    "healthcheck",
    "links",
    "ports",
    "post_start",
    "pre_start",
    "pre_stop",
    "profiles",
    "provider",
    "restart",
    "scale",
    "stdin_open",
    "tty",
];

static INIT_CONTAINER: Object = Object {
    name: "an init container",
    keys: keys! {
        "command" COMMAND, "services/#pre_start",
            "The command. A string is split into words without a shell.";
        "environment" ENVIRONMENT, "services/#pre_start",
            "Environment variables, beside those of the service.";
        "image" STRING, "services/#pre_start",
            "The image that runs. The default is the service's.";
        "per_replica" BOOLEAN, "services/#pre_start",
            "Whether it runs before each container of the service, and not only once.";
        "privileged" BOOLEAN, "services/#pre_start",
            "Whether it runs with extended rights.";
        "user" STRING, "services/#pre_start",
            "The user that it runs as. The default is the service's.";
        "working_dir" STRING, "services/#pre_start",
            "The folder in which the command runs. The default is the service's.";
    },
    base: Some(Base { object: || &SERVICE, without: OF_SERVICES }),
    ..USUAL
};
