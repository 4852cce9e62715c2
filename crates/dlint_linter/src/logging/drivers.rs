//! The tables of log drivers and their options.
//!
//! Source: the option validators of moby's `daemon/logger` as of Docker 29. The words are our own.

use super::{LogDriver, LogOption, OptionType};
use OptionType::{Address, Bool, Choice, Duration, Facility, Integer, Size, Text, Url};

/// All drivers, in alphabetical order.
pub fn drivers() -> &'static [LogDriver] {
    DRIVERS
}

/// The driver of that name.
pub fn find_driver(name: &str) -> Option<&'static LogDriver> {
    DRIVERS.iter().find(|driver| driver.name == name)
}

const fn driver(
    name: &'static str,
    description: &'static str,
    options: &'static [LogOption],
    link: &'static str,
) -> LogDriver {
    LogDriver { name, description, options, has_attributes: true, has_tag: true, refuses_unknown: true, link }
}

const DRIVERS: &[LogDriver] = &[
    LogDriver {
        has_attributes: false,
        ..driver(
            "awslogs",
            "Amazon CloudWatch Logs",
            AWSLOGS,
            "https://docs.docker.com/engine/logging/drivers/awslogs/",
        )
    },
    LogDriver {
        refuses_unknown: false,
        ..driver("etwlogs", "Event Tracing for Windows", &[], "https://docs.docker.com/engine/logging/drivers/etwlogs/")
    },
    driver(
        "fluentd",
        "Fluentd, through its forward input",
        FLUENTD,
        "https://docs.docker.com/engine/logging/drivers/fluentd/",
    ),
    LogDriver {
        has_tag: false,
        ..driver("gcplogs", "Google Cloud Logging", GCPLOGS, "https://docs.docker.com/engine/logging/drivers/gcplogs/")
    },
    driver(
        "gelf",
        "Graylog, Logstash and others that take GELF",
        GELF,
        "https://docs.docker.com/engine/logging/drivers/gelf/",
    ),
    driver("journald", "The journal of systemd", &[], "https://docs.docker.com/engine/logging/drivers/journald/"),
    driver(
        "json-file",
        "Files of JSON lines, one for each container, which are not rotated unless `max-size` says so",
        JSON_FILE,
        "https://docs.docker.com/engine/logging/drivers/json-file/",
    ),
    driver(
        "local",
        "Files in a compact format, which are rotated",
        LOCAL,
        "https://docs.docker.com/engine/logging/drivers/local/",
    ),
    LogDriver {
        refuses_unknown: false,
        ..driver(
            "none",
            "Nowhere: `docker logs` shows nothing",
            &[],
            "https://docs.docker.com/engine/logging/configure/",
        )
    },
    driver(
        "splunk",
        "Splunk, through its HTTP Event Collector",
        SPLUNK,
        "https://docs.docker.com/engine/logging/drivers/splunk/",
    ),
    driver("syslog", "A syslog server", SYSLOG, "https://docs.docker.com/engine/logging/drivers/syslog/"),
];

/// What every driver takes.
pub(super) const COMMON: &[LogOption] = &[
    LogOption::new("cache-compress", Bool, "Whether rotated files of the copy for `docker logs` are compressed.")
        .default("true"),
    LogOption::new(
        "cache-disabled",
        Bool,
        "Whether no copy is kept for `docker logs`, with drivers that cannot read back.",
    )
    .default("false")
    .early(),
    LogOption::new("cache-env", Text, "As `env`, for the copy."),
    LogOption::new("cache-env-regex", Text, "As `env-regex`, for the copy."),
    LogOption::new("cache-labels", Text, "As `labels`, for the copy."),
    LogOption::new("cache-labels-regex", Text, "As `labels-regex`, for the copy."),
    LogOption::new("cache-max-file", Integer(0, i64::MAX), "How many files the copy for `docker logs` has at most.")
        .default("5"),
    LogOption::new("cache-max-size", Size, "How large a file of the copy for `docker logs` becomes.").default("20m"),
    LogOption::new("cache-tag", Text, "As `tag`, for the copy."),
    LogOption::new("max-buffer-size", Size, "How much waits in memory; only with `mode` `non-blocking`.")
        .default("1m")
        .early(),
    LogOption::new(
        "mode",
        Choice(&["blocking", "non-blocking"]),
        "Whether a container waits until its output is taken, or goes on and loses what does not fit the buffer.",
    )
    .default("blocking")
    .early(),
];

/// What most drivers take.
pub(super) const ATTRIBUTES: &[LogOption] = &[
    LogOption::new("env", Text, "Variables of the container that are added to its messages, separated by commas."),
    LogOption::new("env-regex", Text, "As `env`, with a regular expression."),
    LogOption::new("labels", Text, "Labels of the container that are added to its messages, separated by commas."),
    LogOption::new("labels-regex", Text, "As `labels`, with a regular expression."),
];

pub(super) const TAG: LogOption =
    LogOption::new("tag", Text, "How messages are marked, as a Go template: `{{.Name}}`.");

const JSON_FILE: &[LogOption] = &[
    LogOption::new(
        "compress",
        Bool,
        "Whether rotated files are compressed; needs `max-size` and a `max-file` above 1.",
    )
    .default("false"),
    LogOption::new("max-file", Integer(1, i64::MAX), "How many files are kept; without `max-size` it does nothing.")
        .default("1"),
    LogOption::new("max-size", Size, "How large a file becomes before the next one is begun: `10m`.")
        .default("no limit"),
];

const LOCAL: &[LogOption] = &[
    LogOption::new("compress", Bool, "Whether rotated files are compressed.").default("true"),
    LogOption::new("max-file", Integer(0, i64::MAX), "How many files are kept.").default("5"),
    LogOption::new("max-size", Size, "How large a file becomes before the next one is begun: `10m`.").default("20m"),
];

const SYSLOG: &[LogOption] = &[
    LogOption::new(
        "syslog-address",
        Address(&["tcp", "tcp+tls", "udp", "unix", "unixgram"]),
        "The server: `udp://host:514`, `tcp+tls://host:6514`, `unix:///path`.",
    )
    .default("the host's own")
    .early(),
    LogOption::new("syslog-facility", Facility, "The facility: `daemon`, `local0`, or a number from 0 to 23.")
        .default("daemon")
        .early(),
    LogOption::new("syslog-format", Choice(&["rfc3164", "rfc5424", "rfc5424micro"]), "The format of messages.").early(),
    LogOption::new("syslog-tls-ca-cert", Text, "The certificate of the authority that has to vouch for the server."),
    LogOption::new("syslog-tls-cert", Text, "The certificate of this client."),
    LogOption::new("syslog-tls-key", Text, "The private key of this client."),
    LogOption::new(
        "syslog-tls-skip-verify",
        Text,
        "Switches off that the server's certificate is verified, whatever the value.",
    ),
];

const GELF: &[LogOption] = &[
    LogOption::new("gelf-address", Address(&["tcp", "udp"]), "The server: `udp://host:12201`.").early().required(),
    LogOption::new("gelf-compression-level", Integer(-1, 9), "How hard messages are compressed; only with UDP.")
        .default("1")
        .early(),
    LogOption::new(
        "gelf-compression-type",
        Choice(&["gzip", "none", "zlib"]),
        "How messages are compressed; only with UDP.",
    )
    .default("gzip")
    .early(),
    LogOption::new(
        "gelf-tcp-max-reconnect",
        Integer(0, i64::MAX),
        "How often a lost connection is tried again; only with TCP.",
    )
    .default("3")
    .early(),
    LogOption::new(
        "gelf-tcp-reconnect-delay",
        Integer(0, i64::MAX),
        "How many seconds lie between these; only with TCP.",
    )
    .default("1")
    .early(),
];

const FLUENTD: &[LogOption] = &[
    LogOption::new(
        "fluentd-address",
        Address(&["", "tcp", "tcp+tls", "tls", "udp", "unix", "unixgram"]),
        "The server: `host:24224`, `unix:///path`.",
    )
    .default("127.0.0.1:24224")
    .early(),
    LogOption::new("fluentd-async", Bool, "Whether containers start and go on while there is no connection.")
        .default("false")
        .early(),
    LogOption::new("fluentd-async-connect", Bool, "The former name of `fluentd-async`.")
        .early()
        .instead("fluentd-async"),
    LogOption::new(
        "fluentd-async-reconnect-interval",
        Duration,
        "How often the connection is made anew: from 100ms to 10s.",
    )
    .early(),
    LogOption::new("fluentd-buffer-limit", Size, "How much waits in memory.").default("1m").early(),
    LogOption::new("fluentd-max-retries", Integer(0, i64::MAX), "How often a message is tried again.").early(),
    LogOption::new("fluentd-read-timeout", Duration, "How long an answer is awaited.").early(),
    LogOption::new("fluentd-request-ack", Bool, "Whether the server has to confirm what it got.")
        .default("false")
        .early(),
    LogOption::new("fluentd-retry-wait", Duration, "How long lies between two tries.").default("1s").early(),
    LogOption::new("fluentd-sub-second-precision", Bool, "Whether times have nanoseconds.").default("false").early(),
    LogOption::new("fluentd-write-timeout", Duration, "How long sending may take.").early(),
];

const SPLUNK: &[LogOption] = &[
    LogOption::new("splunk-caname", Text, "The name that the server's certificate has to have."),
    LogOption::new("splunk-capath", Text, "The certificate of the authority that has to vouch for the server."),
    LogOption::new("splunk-format", Choice(&["inline", "json", "raw"]), "The format of messages.").default("inline"),
    LogOption::new("splunk-gzip", Bool, "Whether messages are compressed.").default("false"),
    LogOption::new("splunk-gzip-level", Integer(-1, 9), "How hard messages are compressed."),
    LogOption::new("splunk-index", Text, "The index."),
    LogOption::new("splunk-index-acknowledgment", Bool, "Whether the server has to confirm what it indexed.")
        .default("false"),
    LogOption::new("splunk-insecureskipverify", Bool, "Switches off that the server's certificate is verified.")
        .default("false"),
    LogOption::new("splunk-source", Text, "The source of events."),
    LogOption::new("splunk-sourcetype", Text, "The type of source of events."),
    LogOption::new("splunk-token", Text, "The token of the collector.").required(),
    LogOption::new("splunk-url", Url, "The collector: `https://host:8088`, without a path.").required(),
    LogOption::new("splunk-verify-connection", Bool, "Whether the server has to be there when a container starts.")
        .default("true"),
];

const AWSLOGS: &[LogOption] = &[
    LogOption::new("awslogs-create-group", Bool, "Whether the group is made if it does not exist.")
        .default("false")
        .early(),
    LogOption::new("awslogs-create-stream", Bool, "Whether the stream is made if it does not exist.")
        .default("true")
        .early(),
    LogOption::new("awslogs-credentials-endpoint", Text, "The path from which credentials come, on ECS."),
    LogOption::new("awslogs-datetime-format", Text, "How a line begins that begins a message, as a time."),
    LogOption::new("awslogs-endpoint", Text, "Another endpoint than the region's."),
    LogOption::new(
        "awslogs-force-flush-interval-seconds",
        Integer(1, i64::MAX),
        "How many seconds messages are collected before they are sent.",
    )
    .default("5")
    .early(),
    LogOption::new("awslogs-format", Choice(&["json/emf"]), "Marks messages as metrics.").early(),
    LogOption::new("awslogs-group", Text, "The log group.").early().required(),
    LogOption::new("awslogs-max-buffered-events", Integer(1, i64::MAX), "How many messages wait in memory.")
        .default("4096")
        .early(),
    LogOption::new(
        "awslogs-multiline-pattern",
        Text,
        "How a line begins that begins a message, as a regular expression.",
    ),
    LogOption::new("awslogs-region", Text, "The region.").default("that of the environment"),
    LogOption::new("awslogs-stream", Text, "The log stream.").default("the container's id"),
];

const GCPLOGS: &[LogOption] = &[
    LogOption::new("gcp-log-cmd", Text, "`true` to log the container's command too."),
    LogOption::new("gcp-meta-id", Text, "The instance's id, outside of Google Cloud."),
    LogOption::new("gcp-meta-name", Text, "The instance's name, outside of Google Cloud."),
    LogOption::new("gcp-meta-zone", Text, "The instance's zone, outside of Google Cloud."),
    LogOption::new("gcp-project", Text, "The project.").default("that of the instance"),
];

/// The names of syslog's facilities.
pub(super) const FACILITIES: [&str; 20] = [
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "local0",
    "local1", "local2", "local3", "local4", "local5", "local6", "local7",
];
