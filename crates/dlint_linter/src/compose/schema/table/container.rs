//! The keys of what a service says of its container.

use super::shapes::{
    BOOLEAN, BYTES, COMMAND_OR_SHELL, DRIVER_OPTIONS, DURATION, NUMBER_ONLY, PAIRS_UNIQUE, RETRIES, STRICT_BOOLEAN,
    STRING, STRINGS, UNIQUE, WEIGHT, enumeration, usually,
};
use super::{Object, USUAL, free, keys, list, loose};
use crate::compose::schema::{Format, Names, Shape, Types};

pub(crate) static HEALTHCHECK: Object = Object {
    name: "a health check",
    keys: keys! {
        "disable" BOOLEAN, "services/#healthcheck",
            "Whether the image's health check is switched off.";
        "interval" DURATION, "services/#healthcheck",
            "How long to wait between two checks: `30s`.";
        "retries" RETRIES, "services/#healthcheck",
            "How many checks must fail in a row for the container to be unhealthy.";
        "start_interval" DURATION, "services/#healthcheck",
            "How long to wait between two checks during `start_period`.", [since("2.20.2")];
        "start_period" DURATION, "services/#healthcheck",
            "How long the container may take to start; failures do not count until then.";
        "test" COMMAND_OR_SHELL, "services/#healthcheck",
            "The command that checks: a list that starts with `CMD`, `CMD-SHELL` or `NONE`, or a string that a shell runs. Exit status 0 is \
             healthy.";
        "timeout" DURATION, "services/#healthcheck",
            "How long a check may take before it counts as failed.";
    },
    ..USUAL
};

pub(super) static LOGGING: Object = Object {
    name: "a logging configuration",
    keys: keys! {
        "driver" usually(&["json-file", "local", "journald", "syslog", "gelf", "fluentd", "awslogs", "splunk", "none"]), "services/#logging",
            "The logging driver: `json-file`, `local`, `journald`, `syslog` and others. The default is the engine's.";
        "options" free!(Names::Any, LOGGING_OPTION), "services/#logging",
            "Options of the driver: `max-size: 10m`.";
    },
    ..USUAL
};

const LOGGING_OPTION: Shape = Shape::scalar(Types::STRING.or(Types::NUMBER), Format::Text).or_null();

pub(super) static BLKIO: Object = Object {
    name: "a block device configuration",
    keys: keys! {
        "device_read_bps" list!(Shape::object(&BYTES_LIMIT)), "services/#blkio_config",
            "The most bytes that are read from a device in a second.";
        "device_read_iops" list!(Shape::object(&IO_LIMIT)), "services/#blkio_config",
            "The most read operations on a device in a second.";
        "device_write_bps" list!(Shape::object(&BYTES_LIMIT)), "services/#blkio_config",
            "The most bytes that are written to a device in a second.";
        "device_write_iops" list!(Shape::object(&IO_LIMIT)), "services/#blkio_config",
            "The most write operations on a device in a second.";
        "weight" WEIGHT, "services/#weight",
            "The container's share of input and output relative to others, from 10 to 1000; 500 is the default.";
        "weight_device" list!(Shape::object(&DEVICE_WEIGHT)), "services/#weight_device",
            "The container's share of input and output for a device.";
    },
    extensions: false,
    ..USUAL
};

static BYTES_LIMIT: Object = Object {
    name: "a limit of a block device",
    keys: keys! {
        "path" STRING, "services/#blkio_config",
            "The device: `/dev/sda`.";
        "rate" BYTES, "services/#blkio_config",
            "Bytes in a second: a number, or a size such as `12mb`.";
    },
    extensions: false,
    ..USUAL
};

static IO_LIMIT: Object = Object {
    name: "a limit of a block device",
    keys: keys! {
        "path" STRING, "services/#blkio_config",
            "The device: `/dev/sda`.";
        "rate" BYTES, "services/#blkio_config",
            "Operations in a second.";
    },
    extensions: false,
    ..USUAL
};

static DEVICE_WEIGHT: Object = Object {
    name: "a weight of a block device",
    keys: keys! {
        "path" STRING, "services/#weight_device",
            "The device: `/dev/sda`.";
        "weight" WEIGHT, "services/#weight_device",
            "The share, from 10 to 1000.";
    },
    extensions: false,
    ..USUAL
};

pub(super) static CREDENTIAL_SPEC: Object = Object {
    name: "a credential specification",
    keys: keys! {
        "config" STRING, "services/#credential_spec",
            "The name of the config that holds the specification.";
        "file" STRING, "services/#credential_spec",
            "The file that holds the specification, on the engine's host.";
        "registry" STRING, "services/#credential_spec",
            "The value in the Windows registry of the engine's host that holds the specification.";
    },
    ..USUAL
};

pub(super) const DEPENDENCIES: Shape = UNIQUE.or(free!(Names::Name, Shape::object(&DEPENDENCY)));

static DEPENDENCY: Object = Object {
    name: "a dependency",
    keys: keys! {
        "condition" enumeration(&["service_started", "service_healthy", "service_completed_successfully"]), "services/#depends_on",
            "What to wait for: that the other service has started, that its health check succeeds, or that it has ended without error.",
            [required()];
        "required" STRICT_BOOLEAN, "services/#depends_on",
            "Whether the other service must be there. It must by default; otherwise Compose only warns.", [since("2.20.0")];
        "restart" BOOLEAN, "services/#depends_on",
            "Whether this service is restarted when Compose restarts or updates the other one.", [since("2.17.0")];
    },
    ..USUAL
};

pub(super) const DEVICES: Shape = list!(Shape::scalar(Types::STRING, Format::Device).or(Shape::object(&DEVICE)));

static DEVICE: Object = Object {
    name: "a device",
    keys: keys! {
        "permissions" STRING, "services/#devices",
            "What the container may do: `r` (read), `w` (write), `m` (create).";
        "source" STRING, "services/#devices",
            "The device on the host, or a CDI name.", [required()];
        "target" STRING, "services/#devices",
            "The device's path in the container.", [required()];
    },
    ..USUAL
};

pub(super) const ENV_FILES: Shape = STRING.or(list!(STRING.or(Shape::object(&ENV_FILE))));

static ENV_FILE: Object = Object {
    name: "a file of variables",
    keys: keys! {
        "format" Shape::scalar(Types::STRING, Format::OneOfOrEmpty(&["raw"])), "services/#format",
            "`raw` takes values as they are, with quotes and `$`. Without it, Compose reads quotes and replaces variables.",
            [since("2.30.0")];
        "path" STRING, "services/#env_file",
            "The file, relative to the Compose file.", [required()];
        "required" BOOLEAN, "services/#required",
            "Whether the file must be there. It must by default.", [since("2.24.0")];
    },
    extensions: false,
    ..USUAL
};

pub(super) const EXTENDS: Shape = STRING.or(Shape::object(&EXTENSION));

static EXTENSION: Object = Object {
    name: "an `extends`",
    keys: keys! {
        "file" STRING.or_null(), "services/#extends",
            "The Compose file that has the service. Without it, this one.";
        "service" STRING, "services/#extends",
            "The service that is extended.", [required()];
    },
    extensions: false,
    is_open: true,
    ..USUAL
};

pub(super) static PROVIDER: Object = Object {
    name: "a provider",
    keys: keys! {
        "options" free!(Names::NotEmpty, PROVIDER_OPTION), "services/#options",
            "Options of the provider.";
        "type" STRING, "services/#type",
            "The provider: a plugin `docker-TYPE`, or a program `TYPE`.", [required()];
    },
    ..USUAL
};

const PROVIDER_VALUE: Shape = Shape::scalar(Types::ALL, Format::Text);
const PROVIDER_OPTION: Shape = PROVIDER_VALUE.or(list!(PROVIDER_VALUE));

pub(super) const SERVICE_MODELS: Shape = UNIQUE.or(loose!(Names::Name, Shape::object(&SERVICE_MODEL).or_null()));

static SERVICE_MODEL: Object = Object {
    name: "the use of a model",
    keys: keys! {
        "endpoint_var" STRING, "services/#models",
            "The variable that gets the model's address. The default is made from the model's name: `NAME_URL`.";
        "model_var" STRING, "services/#models",
            "The variable that gets the model's identifier.";
    },
    ..USUAL
};

pub(super) const SERVICE_NETWORKS: Shape = UNIQUE.or(free!(Names::Name, Shape::object(&SERVICE_NETWORK).or_null()));

static SERVICE_NETWORK: Object = Object {
    name: "the use of a network",
    keys: keys! {
        "aliases" STRINGS, "services/#aliases",
            "Further names of the service on this network.";
        "driver_opts" DRIVER_OPTIONS, "services/#driver_opts",
            "Options of the network driver for this container.", [since("2.27.1")];
        "gw_priority" NUMBER_ONLY, "services/#gw_priority",
            "The network with the highest number gives the default gateway; 0 is the default.", [since("2.33.1")];
        "interface_name" STRING, "services/#interface_name",
            "What the network interface is called in the container.", [since("2.36.0")];
        "ipv4_address" STRING, "services/#ipv4_address-ipv6_address",
            "A fixed IPv4 address on this network, whose `ipam` must have a subnet for it.";
        "ipv6_address" STRING, "services/#ipv4_address-ipv6_address",
            "A fixed IPv6 address on this network, whose `ipam` must have a subnet for it.";
        "link_local_ips" STRINGS, "services/#link_local_ips",
            "Link-local addresses of the container.";
        "mac_address" STRING, "services/#mac_address",
            "The hardware address on this network.", [since("2.23.2")];
        "priority" NUMBER_ONLY, "services/#priority",
            "The order in which networks are connected, the highest number first; 0 is the default.";
    },
    ..USUAL
};

/// Requests for devices of a container.
pub(super) const REQUESTS: Shape = list!(Shape::object(&REQUEST));

pub(crate) static REQUEST: Object = Object {
    name: "a device request",
    keys: keys! {
        "capabilities" UNIQUE, "deploy/#capabilities",
            "What the device must be able to do: `gpu`, `nvidia-compute`.", [required()];
        "count" DEVICE_COUNT, "deploy/#count",
            "How many devices, or `all`. Excludes `device_ids`.";
        "device_ids" UNIQUE, "deploy/#device_ids",
            "Which devices. Excludes `count`.";
        "driver" STRING, "deploy/#driver",
            "The driver that provides the devices: `nvidia`.";
        "options" PAIRS_UNIQUE, "deploy/#options",
            "Options of the driver.";
    },
    ..USUAL
};

pub(super) const GPUS: Shape = enumeration(&["all"]).or(list!(Shape::object(&GPU)));

pub(crate) static GPU: Object = Object {
    name: "a request for graphics processors",
    keys: keys! {
        "capabilities" UNIQUE, "deploy/#capabilities",
            "What the device must be able to do, beside `gpu`.";
        "count" DEVICE_COUNT, "services/#gpus",
            "How many, or `all`. Excludes `device_ids`.";
        "device_ids" UNIQUE, "services/#gpus",
            "Which ones. Excludes `count`.";
        "driver" STRING, "services/#gpus",
            "The driver that provides them: `nvidia`.";
        "options" PAIRS_UNIQUE, "services/#gpus",
            "Options of the driver.";
    },
    is_open: true,
    ..USUAL
};

const DEVICE_COUNT: Shape = Shape::scalar(Types::STRING.or(Types::WHOLE), Format::CountOrAll);
