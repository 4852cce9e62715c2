//! Logs: of containers, and of the daemon itself.

use super::super::key::{Choice, Format, Key, Type};

const TEXT: Type = Type::String(Format::Text);
const CONFIGURE: &str = "https://docs.docker.com/engine/logging/configure/";
const DAEMON_LOGS: &str = "https://docs.docker.com/engine/daemon/logs/";

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "log-driver",
        TEXT,
        "Where the output of containers goes, unless a container says something else. It takes effect for containers \
         that are created afterwards.",
    )
    .default("\"json-file\"")
    .link(CONFIGURE),
    Key::new("log-format", Type::String(Format::Choice(FORMATS)), "How the daemon writes its own log.")
        .default("\"text\"")
        .link("https://docs.docker.com/reference/cli/dockerd/#log-format"),
    Key::new("log-level", Type::String(Format::Choice(LEVELS)), "How much the daemon writes to its own log.")
        .default("\"info\"")
        .link(DAEMON_LOGS),
    Key::new(
        "log-opts",
        Type::Map(&TEXT),
        "Options of the log driver. All values are strings, also numbers and booleans. An option that the driver does \
         not know keeps the daemon from starting.",
    )
    .link(CONFIGURE),
    Key::new("raw-logs", Type::Bool, "Whether the daemon's log has full timestamps and no colours.").default("false"),
];

const FORMATS: &[Choice] = &[Choice::new("json", "One JSON object a line"), Choice::new("text", "Lines for people")];

const LEVELS: &[Choice] = &[
    Choice::new("debug", "Also what helps to find faults; bodies of API requests may be among it"),
    Choice::new("error", "Errors, and what is worse"),
    Choice::new("fatal", "What ends the daemon"),
    Choice::new("info", "What happens in normal operation"),
    Choice::new("panic", "Only what crashes the daemon"),
    Choice::new("trace", "Everything"),
    Choice::new("warn", "Warnings, and what is worse"),
];
