//! The keys of `deploy`.

use super::container::REQUESTS;
use super::shapes::{COUNT, DECIMAL, DURATION, INTEGER, NUMBER, PAIRS, SIZE, STRING, STRINGS, enumeration, usually};
use super::{Object, USUAL, keys, list};
use crate::compose::schema::Shape;

const ORDER: Shape = enumeration(&["start-first", "stop-first"]);

/// How a service is deployed.
pub(super) static DEPLOY: Object = Object {
    name: "a deployment",
    keys: keys! {
        "endpoint_mode" usually(&["vip", "dnsrr"]), "deploy/#endpoint_mode",
            "How clients find the service in a Swarm: `vip` (one address for all) or `dnsrr` (an address for each container).";
        "labels" PAIRS, "deploy/#labels",
            "Labels of the service in a Swarm, not of its containers.";
        "mode" usually(&["replicated", "global", "replicated-job", "global-job"]), "deploy/#mode",
            "`replicated` (a number of containers, the default), `global` (one for each node), `replicated-job` or `global-job`.";
        "placement" Shape::object(&PLACEMENT), "deploy/#placement",
            "The nodes of a Swarm that containers may run on.";
        "replicas" COUNT, "deploy/#replicas",
            "How many containers run.";
        "resources" Shape::object(&RESOURCES), "deploy/#resources",
            "What each container may use at most, and what it is promised.";
        "restart_policy" Shape::object(&RESTART_POLICY), "deploy/#restart_policy",
            "When a container that ended is started again. Without it, `restart` of the service counts.";
        "rollback_config" Shape::object(&ROLLBACK), "deploy/#rollback_config",
            "How a Swarm goes back when an update fails.";
        "update_config" Shape::object(&UPDATE), "deploy/#update_config",
            "How a Swarm updates the service's containers.";
    },
    ..USUAL
};

static PLACEMENT: Object = Object {
    name: "a placement",
    keys: keys! {
        "constraints" STRINGS, "deploy/#constraints",
            "What a node must fulfil: `node.labels.disk==ssd`.";
        "max_replicas_per_node" COUNT, "deploy/#placement",
            "The most containers of the service on one node.";
        "preferences" list!(Shape::object(&PREFERENCE)), "deploy/#preferences",
            "How containers are spread over nodes.";
    },
    ..USUAL
};

static PREFERENCE: Object = Object {
    name: "a placement preference",
    keys: keys! {
        "spread" STRING, "deploy/#preferences",
            "The label of nodes over whose values containers are spread evenly: `node.labels.zone`.";
    },
    ..USUAL
};

static RESOURCES: Object = Object {
    name: "`resources`",
    keys: keys! {
        "limits" Shape::object(&LIMITS), "deploy/#resources",
            "What a container may use at most.";
        "reservations" Shape::object(&RESERVATIONS), "deploy/#resources",
            "What a container is promised.";
    },
    ..USUAL
};

static LIMITS: Object = Object {
    name: "`limits`",
    keys: keys! {
        "cpus" DECIMAL, "deploy/#cpus",
            "How many processors a container may use at most; fractions count: `0.50`.";
        "memory" SIZE, "deploy/#memory",
            "The most memory that a container may use: `512M`.";
        "pids" INTEGER, "deploy/#pids",
            "The most processes that a container may have.";
    },
    ..USUAL
};

static RESERVATIONS: Object = Object {
    name: "`reservations`",
    keys: keys! {
        "cpus" DECIMAL, "deploy/#cpus",
            "How many processors a container is promised; fractions count: `0.25`.";
        "devices" REQUESTS, "deploy/#devices",
            "Devices that a container gets, such as graphics processors.";
        "generic_resources" list!(Shape::object(&GENERIC)), "deploy/#resources",
            "Resources of your own that the nodes of a Swarm offer.";
        "memory" SIZE, "deploy/#memory",
            "The memory that a container is promised: `256M`.";
    },
    ..USUAL
};

static GENERIC: Object = Object {
    name: "a generic resource",
    keys: keys! {
        "discrete_resource_spec" Shape::object(&DISCRETE), "deploy/#resources",
            "A resource that is counted.";
    },
    ..USUAL
};

static DISCRETE: Object = Object {
    name: "a discrete resource",
    keys: keys! {
        "kind" STRING, "deploy/#resources",
            "The name of the resource.";
        "value" NUMBER, "deploy/#resources",
            "How many of it a container needs.";
    },
    ..USUAL
};

static RESTART_POLICY: Object = Object {
    name: "a restart policy",
    keys: keys! {
        "condition" usually(&["none", "on-failure", "any"]), "deploy/#restart_policy",
            "When a container is started again: `none`, `on-failure` or `any` (the default).";
        "delay" DURATION, "deploy/#restart_policy",
            "How long to wait before the container is started again.";
        "max_attempts" COUNT, "deploy/#restart_policy",
            "How often to try before giving up. Without it, for ever.";
        "window" DURATION, "deploy/#restart_policy",
            "How long the container must run for a restart to count as a success.";
    },
    ..USUAL
};

static ROLLBACK: Object = Object {
    name: "a rollback configuration",
    keys: keys! {
        "delay" DURATION, "deploy/#rollback_config",
            "How long to wait between two groups of containers.";
        "failure_action" usually(&["continue", "pause"]), "deploy/#rollback_config",
            "What to do when the rollback fails: `continue` or `pause` (the default).";
        "max_failure_ratio" DECIMAL, "deploy/#rollback_config",
            "The share of containers that may fail.";
        "monitor" DURATION, "deploy/#rollback_config",
            "How long each container is watched for failure.";
        "order" ORDER, "deploy/#rollback_config",
            "Whether the old container stops first or the new one starts first.";
        "parallelism" COUNT, "deploy/#rollback_config",
            "How many containers go back at the same time; 0 is all.";
    },
    ..USUAL
};

static UPDATE: Object = Object {
    name: "an update configuration",
    keys: keys! {
        "delay" DURATION, "deploy/#update_config",
            "How long to wait between two groups of containers.";
        "failure_action" usually(&["continue", "rollback", "pause"]), "deploy/#update_config",
            "What to do when the update fails: `continue`, `rollback` or `pause` (the default).";
        "max_failure_ratio" DECIMAL, "deploy/#update_config",
            "The share of containers that may fail.";
        "monitor" DURATION, "deploy/#update_config",
            "How long each container is watched for failure.";
        "order" ORDER, "deploy/#update_config",
            "Whether the old container stops first or the new one starts first.";
        "parallelism" COUNT, "deploy/#update_config",
            "How many containers are updated at the same time.";
    },
    ..USUAL
};
