//! The builder inside of the daemon.

use super::super::key::{Format, Key, Object, Type};

const GC: &str = "https://docs.docker.com/build/cache/garbage-collection/";
const DISK: Type = Type::String(Format::DiskSpace);
const FILTERS: Type = Type::List(&Type::String(Format::Text));

pub(super) const KEYS: &[Key] = &[Key::new(
    "builder",
    Type::Object(&BUILDER),
    "How the daemon's own BuildKit works: what it keeps in its cache, and what builds may ask for.",
)
.link(GC)];

/// In Go, these structures have no names for JSON, so that case does not matter.
const fn closed(keys: &'static [Key]) -> Object {
    Object { keys, is_case_sensitive: false, refuses_unknown: false, others: None }
}

const BUILDER: Object = closed(&[
    Key::new(
        "entitlements",
        Type::Object(&ENTITLEMENTS),
        "What a build may be allowed that reaches beyond its sandbox, if whoever starts it asks for it.",
    ),
    Key::new("gc", Type::Object(&COLLECTION), "What the garbage collection of the build cache keeps.").link(GC),
    Key::new("history", Type::Object(&HISTORY), "How long records of past builds are kept."),
    Key::new("proxy-network", Type::Bool, "Whether build steps reach the network through a proxy of BuildKit.")
        .default("false"),
]);

const ENTITLEMENTS: Object = closed(&[
    Key::new("device", Type::Bool, "Whether builds may use devices of the host (CDI).").default("false"),
    Key::new("network-host", Type::Bool, "Whether builds may use the host's network.").default("true"),
    Key::new(
        "security-insecure",
        Type::Bool,
        "Whether builds may run steps without any confinement: such a step is root on the host.",
    )
    .default("false"),
]);

const COLLECTION: Object = closed(&[
    Key::new("defaultKeepStorage", DISK, "How much build cache is kept whatever its age.")
        .deprecated("28", "Use `defaultReservedSpace`")
        .link(GC),
    Key::new("defaultMaxUsedSpace", DISK, "The most disk space that the build cache may take.").link(GC),
    Key::new("defaultMinFreeSpace", DISK, "How much disk space the garbage collection tries to leave free.").link(GC),
    Key::new("defaultReservedSpace", DISK, "How much build cache is kept whatever its age.").link(GC),
    Key::new("enabled", Type::Bool, "Whether the build cache is collected at all.").default("true").link(GC),
    Key::new(
        "policy",
        Type::List(&Type::Object(&POLICY)),
        "Rules that are applied one after the other, from the most specific to the most general.",
    )
    .link(GC),
]);

const POLICY: Object = closed(&[
    Key::new("all", Type::Bool, "Whether the rule also covers internal and frontend images, and shared records.")
        .default("false")
        .link(GC),
    Key::new(
        "filter",
        // Older versions wrote it as an object, and still read that.
        Type::Either(&[FILTERS, Type::Map(&Type::Either(&[FILTERS, Type::Map(&Type::Bool)]))]),
        "Which records the rule covers: `unused-for=48h`, `type==source.local`.",
    )
    .link(GC),
    Key::new("keepStorage", DISK, "How much of what the rule covers is kept.")
        .deprecated("28", "Use `reservedSpace`")
        .link(GC),
    Key::new("maxUsedSpace", DISK, "The most disk space that what the rule covers may take.").link(GC),
    Key::new("minFreeSpace", DISK, "How much disk space the rule tries to leave free.").link(GC),
    Key::new("reservedSpace", DISK, "How much of what the rule covers is kept whatever its age.").link(GC),
]);

const HISTORY: Object = closed(&[
    Key::new("maxAge", Type::String(Format::Duration), "How old a record may become."),
    Key::new("maxEntries", Type::Integer(i64::MIN, i64::MAX), "How many records are kept."),
]);
