//! The keys of the top level, and of what has names there.

use super::jobs::JOB;
use super::service::SERVICE;
use super::shapes::{
    BOOLEAN, DRIVER_OPTIONS, EXTERNAL, EXTERNAL_OPEN, ONE_OR_MANY, PAIRS, PAIRS_UNIQUE, PUBLISHED, SECRET_OPTIONS,
    STRING, STRINGS, usually,
};
use super::{Object, USUAL, free, keys, list, loose};
use crate::compose::schema::{Format, Names, Shape, Types};

/// A Compose file.
pub(super) static FILE: Object = Object {
    name: "a Compose file",
    keys: keys! {
        "configs" free!(Names::Name, Shape::object(&CONFIG)), "configs/",
            "Files of configuration that services are given.";
        "include" list!(STRING.or(Shape::object(&INCLUDE)).or_null()).or_null(), "include/",
            "Other Compose files whose services and resources belong to the project.", [since("2.20.0")];
        "jobs" free!(Names::Name, Shape::object(&JOB)), "jobs/",
            "Containers that run to their end, when they are asked to or at set times. They are experimental, and newer than Compose 5.3.";
        "models" loose!(Names::Name, Shape::object(&MODEL)), "models/",
            "AI models that services use.", [since("2.38.0")];
        "name" STRING, "version-and-name/#name-top-level-element",
            "The project's name, which begins the names of its containers, networks and volumes. The default is the folder's name.";
        "networks" loose!(Names::Name, Shape::object(&NETWORK).or_null()), "networks/",
            "The networks that services join.";
        "secrets" free!(Names::Name, Shape::object(&SECRET)), "secrets/",
            "Sensitive data that services are given as files.";
        "services" free!(Names::Name, Shape::object(&SERVICE)), "services/",
            "The project's services, by name.";
        "version" STRING, "version-and-name/#version-top-level-element-obsolete",
            "The version of the old file formats. Compose ignores it, and warns.", [instead("nothing: Compose ignores it")];
        "volumes" free!(Names::Name, Shape::object(&VOLUME).or_null()), "volumes/",
            "The volumes that services mount by name.";
    },
    ..USUAL
};

static INCLUDE: Object = Object {
    name: "an `include`",
    keys: keys! {
        "env_file" ONE_OR_MANY.or_null(), "include/#env_file",
            "Files of variables that are used in the included file. The default is the `.env` beside it.";
        "path" ONE_OR_MANY.or_null(), "include/#path",
            "The Compose file, or several that are laid over each other.";
        "project_directory" PUBLISHED.or_null(), "include/#project_directory",
            "The folder that relative paths in the included file start from. The default is that of the file.";
    },
    extensions: false,
    is_open: true,
    ..USUAL
};

pub(crate) static NETWORK: Object = Object {
    name: "a network",
    keys: keys! {
        "attachable" BOOLEAN, "networks/#attachable",
            "Whether containers outside of the project may join it.";
        "driver" usually(&["bridge", "overlay", "host", "none", "macvlan", "ipvlan"]), "networks/#driver",
            "The network driver: `bridge`, `overlay`, `host` and others.";
        "driver_opts" DRIVER_OPTIONS, "networks/#driver_opts",
            "Options of the driver.";
        "enable_ipv4" BOOLEAN, "networks/#enable_ipv4",
            "Whether containers get IPv4 addresses.", [since("2.33.1")];
        "enable_ipv6" BOOLEAN, "networks/#enable_ipv6",
            "Whether containers get IPv6 addresses.";
        "external" EXTERNAL, "networks/#external",
            "Whether the network is there already: Compose neither creates nor removes it.";
        "internal" BOOLEAN, "networks/#internal",
            "Whether the network has no way out.";
        "ipam" Shape::object(&IPAM), "networks/#ipam",
            "How addresses are given out.";
        "labels" PAIRS, "networks/#labels",
            "Labels of the network.";
        "name" STRING, "networks/#name",
            "The network's name for the engine, without the project's name in front.";
    },
    ..USUAL
};

static IPAM: Object = Object {
    name: "`ipam`",
    keys: keys! {
        "config" list!(Shape::object(&SUBNET)), "networks/#ipam",
            "The subnets.";
        "driver" STRING, "networks/#ipam",
            "The driver that gives addresses out.";
        "options" free!(Names::NotEmpty, STRING), "networks/#ipam",
            "Options of the driver.";
    },
    ..USUAL
};

static SUBNET: Object = Object {
    name: "a subnet",
    keys: keys! {
        "aux_addresses" free!(Names::NotEmpty, STRING), "networks/#ipam",
            "Addresses that are taken already, by host name.";
        "gateway" STRING, "networks/#ipam",
            "The address of the gateway.";
        "ip_range" STRING, "networks/#ipam",
            "The part of the subnet from which containers get addresses: `172.28.5.0/24`.";
        "subnet" STRING, "networks/#ipam",
            "The subnet: `172.28.0.0/16`.";
    },
    ..USUAL
};

pub(crate) static VOLUME: Object = Object {
    name: "a volume",
    keys: keys! {
        "driver" STRING, "volumes/#driver",
            "The volume driver. The default is `local`.";
        "driver_opts" DRIVER_OPTIONS, "volumes/#driver_opts",
            "Options of the driver.";
        "external" EXTERNAL, "volumes/#external",
            "Whether the volume is there already: Compose neither creates nor removes it. Excludes all other keys but `name`.";
        "labels" PAIRS_UNIQUE, "volumes/#labels",
            "Labels of the volume.";
        "name" STRING, "volumes/#name",
            "The volume's name for the engine, without the project's name in front.";
    },
    ..USUAL
};

pub(crate) static SECRET: Object = Object {
    name: "a secret",
    keys: keys! {
        "driver" STRING, "secrets/",
            "The driver that keeps the secret, in a Swarm.";
        "driver_opts" SECRET_OPTIONS, "secrets/",
            "Options of the driver.";
        "environment" STRING, "secrets/",
            "The variable of the shell that holds the secret.", [since("2.6.0")];
        "external" EXTERNAL_OPEN, "secrets/",
            "Whether the secret is there already, in a Swarm.";
        "file" STRING, "secrets/",
            "The file that holds the secret.";
        "labels" PAIRS_UNIQUE, "secrets/",
            "Labels of the secret.";
        "name" STRING, "secrets/",
            "The secret's name for the engine.";
        "template_driver" usually(&["golang"]), "secrets/",
            "The driver that fills a template in, in a Swarm: `golang`.";
    },
    ..USUAL
};

pub(crate) static CONFIG: Object = Object {
    name: "a config",
    keys: keys! {
        "content" STRING, "configs/",
            "The text of the file, in which variables are replaced.", [since("2.23.1")];
        "environment" STRING, "configs/",
            "The variable of the shell that holds the text.", [since("2.23.1")];
        "external" EXTERNAL_OPEN, "configs/",
            "Whether the config is there already, in a Swarm.";
        "file" STRING, "configs/",
            "The file that holds the configuration.";
        "labels" PAIRS_UNIQUE, "configs/",
            "Labels of the config.";
        "name" STRING, "configs/",
            "The config's name for the engine.";
        "template_driver" usually(&["golang"]), "configs/",
            "The driver that fills a template in, in a Swarm: `golang`.";
    },
    ..USUAL
};

static MODEL: Object = Object {
    name: "a model",
    keys: keys! {
        "context_size" Shape::scalar(Types::INTEGER, Format::Integer { min: i64::MIN, max: i64::MAX }), "models/",
            "The most tokens of a context.";
        "model" STRING, "models/",
            "The model: the name of an OCI artifact, such as `ai/smollm2`.", [required()];
        "name" STRING, "models/",
            "The model's name.";
        "runtime_flags" STRINGS, "models/",
            "Flags for the program that runs the model.";
    },
    ..USUAL
};
