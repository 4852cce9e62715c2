//! Containers: how they run, and with which defaults.

use super::super::key::{Choice, Format, Key, Object, Type};

const TEXT: Type = Type::String(Format::Text);
const PATH: Type = Type::String(Format::Path);
const ANY_NUMBER: Type = Type::Integer(i64::MIN, i64::MAX);
const RUNTIMES_PAGE: &str = "https://docs.docker.com/engine/daemon/alternative-runtimes/";
const CDI: &str = "https://docs.docker.com/reference/cli/dockerd/#enable-cdi-devices";

pub(super) const KEYS: &[Key] = &[
    Key::new("cdi-spec-dirs", Type::List(&PATH), "Folders with specifications of devices (CDI).")
        .default("[\"/etc/cdi\", \"/var/run/cdi\"]")
        .since("25")
        .link(CDI),
    Key::new(
        "cgroup-parent",
        TEXT,
        "The control group under which those of containers are made. With the systemd driver it is a slice \
         (`name.slice`); else a path, below the daemon's own group unless it begins with `/`.",
    )
    .default("`/docker`, or `system.slice` with systemd")
    .unix()
    .link("https://docs.docker.com/reference/cli/dockerd/#default-cgroup-parent"),
    Key::new(
        "cpu-rt-period",
        ANY_NUMBER,
        "The period of the real-time scheduler for all containers together, in microseconds. Only with cgroup v1.",
    )
    .default("0")
    .unix(),
    Key::new(
        "cpu-rt-runtime",
        ANY_NUMBER,
        "How much of the real-time period all containers together may take, in microseconds. Only with cgroup v1.",
    )
    .default("0")
    .unix(),
    Key::new(
        "default-cgroupns-mode",
        Type::String(Format::Choice(CGROUP_NAMESPACES)),
        "Whether a container has a view of control groups of its own.",
    )
    .default("\"private\", or \"host\" with cgroup v1")
    .unix(),
    Key::new(
        "default-ipc-mode",
        Type::String(Format::Choice(IPC_MODES)),
        "Whether other containers may join a container's namespace for shared memory and semaphores.",
    )
    .default("\"private\"")
    .unix(),
    Key::new(
        "default-runtime",
        TEXT,
        "The runtime of containers that name none: `runc`, a name out of `runtimes`, or a containerd shim on the \
         `PATH` (`io.containerd.runsc.v1`).",
    )
    .default("\"runc\"")
    .reloadable()
    .link("https://docs.docker.com/reference/cli/dockerd/#configure-the-default-container-runtime"),
    Key::new(
        "default-shm-size",
        Type::String(Format::Size),
        "The size of a container's `/dev/shm`: a string with or without a unit.",
    )
    .default("\"64M\"")
    .unix(),
    Key::new(
        "default-stop-timeout",
        Type::Integer(0, i64::MAX),
        "How many seconds a container has between the signal to stop and being killed.",
    )
    .default("10 (30 on Windows)")
    .since("29"),
    Key::new(
        "default-ulimits",
        Type::Map(&Type::Object(&ULIMIT)),
        "Limits of the processes in containers, by name (`nofile`, `nproc`, …). Each repeats its name under `Name`, \
         which is the one that counts.",
    )
    .unix()
    .link("https://docs.docker.com/reference/cli/dockerd/#default-ulimit-settings"),
    Key::new(
        "exec-opts",
        Type::List(&Type::String(Format::ExecOption)),
        "Options of the runtime: `native.cgroupdriver=systemd` or `native.cgroupdriver=cgroupfs`; on Windows \
         `isolation=process` or `isolation=hyperv`.",
    )
    .link("https://docs.docker.com/reference/cli/dockerd/#configure-cgroup-driver"),
    Key::new(
        "init",
        Type::Bool,
        "Whether containers run under a small init process that passes signals on and reaps zombies.",
    )
    .default("false")
    .unix(),
    Key::new("init-path", TEXT, "The init program: a path, or a name that is looked up.")
        .default("\"docker-init\"")
        .unix(),
    Key::new(
        "no-new-privileges",
        Type::Bool,
        "Whether processes in containers are kept from gaining privileges through setuid programs and file \
         capabilities.",
    )
    .default("false")
    .unix()
    .link("https://docs.docker.com/reference/cli/docker/container/run/#security-opt"),
    Key::new("nri-opts", Type::Object(&NRI), "Plugins that may adjust containers when they are made (NRI).")
        .since("29.2")
        .reloadable(),
    Key::new(
        "runtimes",
        Type::Map(&Type::Object(&RUNTIME)),
        "Further runtimes by name: each has either a `path`, of a program that can stand in for runc, or a \
         `runtimeType`, the name or path of a containerd shim.",
    )
    .unix()
    .reloadable()
    .link(RUNTIMES_PAGE),
    Key::new(
        "seccomp-profile",
        PATH,
        "Which system calls containers may use: the path of a profile, `builtin`, or `unconfined` for no filter at \
         all.",
    )
    .default("\"builtin\"")
    .unix()
    .link("https://docs.docker.com/engine/security/seccomp/"),
    Key::new("selinux-enabled", Type::Bool, "Whether containers get SELinux labels.").default("false").unix(),
    Key::new(
        "userns-remap",
        Type::String(Format::UserRemap),
        "Lets root in containers be an unprivileged user of the host: `default`, or a user with or without a group. \
         Images and containers from before are hidden.",
    )
    .unix()
    .link("https://docs.docker.com/engine/security/userns-remap/"),
];

const CGROUP_NAMESPACES: &[Choice] = &[
    Choice::new("host", "Containers see the host's control groups"),
    Choice::new("private", "Containers see only their own"),
];

const IPC_MODES: &[Choice] =
    &[Choice::new("private", "No other container can join"), Choice::new("shareable", "Other containers may join")];

const ULIMIT: Object = Object {
    keys: &[
        Key::new("Hard", ANY_NUMBER, "What a process may raise its own limit to; -1 is unlimited."),
        Key::new("Name", TEXT, "The limit's name, which has to be repeated here."),
        Key::new("Soft", ANY_NUMBER, "What holds at first; -1 is unlimited."),
    ],
    is_case_sensitive: false,
    refuses_unknown: false,
    others: None,
};

const RUNTIME: Object = Object {
    keys: &[
        Key::new("options", Type::Map(&Type::Any), "Options of the shim; only with `runtimeType`.").link(RUNTIMES_PAGE),
        Key::new("path", TEXT, "A program that can stand in for runc: a path, or a name on the `PATH`.")
            .link(RUNTIMES_PAGE),
        Key::new("runtimeArgs", Type::List(&TEXT), "Arguments of the program; only with `path`.").link(RUNTIMES_PAGE),
        Key::new("runtimeType", TEXT, "A containerd shim: its full name, or its path.").link(RUNTIMES_PAGE),
    ],
    is_case_sensitive: false,
    refuses_unknown: false,
    others: None,
};

const NRI: Object = Object {
    keys: &[
        Key::new("enable", Type::Bool, "Whether plugins are used.").default("false"),
        Key::new("plugin-config-path", PATH, "The folder with the plugins' configuration."),
        Key::new("plugin-path", PATH, "The folder with plugins that the daemon starts."),
        Key::new("socket-path", PATH, "The socket on which plugins that run by themselves report."),
    ],
    is_case_sensitive: false,
    refuses_unknown: true,
    others: None,
};
