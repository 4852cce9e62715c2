//! The keys of a service.

use super::build::BUILD;
use super::container::{
    BLKIO, CREDENTIAL_SPEC, DEPENDENCIES, DEVICES, ENV_FILES, EXTENDS, GPUS, HEALTHCHECK, LOGGING, PROVIDER,
    SERVICE_MODELS, SERVICE_NETWORKS,
};
use super::deploy::DEPLOY;
use super::develop::DEVELOP;
use super::hooks::{HOOKS, INIT_CONTAINERS};
use super::mounts::{GRANTS, MOUNTS};
use super::ports::{EXPOSED, PORTS};
use super::shapes::{
    BOOLEAN, BYTES, COMMAND, COUNT, DECIMAL, DURATION, ENVIRONMENT, GROUPS, HOSTS, NUMBER, ONE_OR_MANY, PAIRS, PERCENT,
    SCORE, SIZE_OR_NUMBER, STORAGE_OPTIONS, STRICT_BOOLEAN, STRING, STRINGS, ULIMITS, UNIQUE, enumeration, usually,
};
use super::{Object, USUAL, keys};
use crate::compose::schema::{Format, Shape, Types};

/// A service.
pub(super) static SERVICE: Object = Object {
    name: "a service",
    keys: keys! {
        "annotations" PAIRS, "services/#annotations",
            "Annotations of the container for the runtime, as a mapping or a list of `KEY=VALUE`.";
        "attach" BOOLEAN, "services/#attach",
            "Whether `docker compose up` shows the service's output. It does by default.", [since("2.20.0")];
        "blkio_config" Shape::object(&BLKIO), "services/#blkio_config",
            "Shares and limits of input and output on block devices.";
        "build" STRING.or(Shape::object(&BUILD)), "services/#build",
            "How the image is built: the folder or Git repository to build from, or a mapping with everything about it.";
        "cap_add" STRINGS, "services/#cap_add",
            "Linux capabilities that the container has beyond the default ones: `NET_ADMIN`, or `ALL`.";
        "cap_drop" STRINGS, "services/#cap_drop",
            "Linux capabilities that are taken from the container. `ALL` takes all but those of `cap_add`.";
        "cgroup" enumeration(&["host", "private"]), "services/#cgroup",
            "The control group namespace: that of the host, or a `private` one.", [since("2.15.0")];
        "cgroup_parent" STRING, "services/#cgroup_parent",
            "The control group that the container's own is put under.";
        "command" COMMAND, "services/#command",
            "The command that the container runs instead of the image's `CMD`. A string is split into words without a shell; \
             nothing keeps the image's command, an empty list takes it away.";
        "configs" GRANTS, "services/#configs",
            "The configs that the service may read, by name or as a mapping that says where the file goes.";
        "container_name" Shape::scalar(Types::STRING, Format::ContainerName), "services/#container_name",
            "A fixed name for the container instead of one that Compose makes. Such a service can run only once.";
        "cpu_count" COUNT, "services/#cpu_count",
            "How many processors the container may use. For Windows containers.";
        "cpu_percent" PERCENT, "services/#cpu_percent",
            "How much of the processors' time the container may use, in percent. For Windows containers.";
        "cpu_period" NUMBER, "services/#cpu_period",
            "The period of the processor scheduler in microseconds, over which `cpu_quota` counts.";
        "cpu_quota" NUMBER, "services/#cpu_quota",
            "The processor time in microseconds that the container may use in each `cpu_period`.";
        "cpu_rt_period" NUMBER, "services/#cpu_rt_period",
            "The period of the real-time scheduler, in microseconds.";
        "cpu_rt_runtime" NUMBER, "services/#cpu_rt_runtime",
            "The time in microseconds that real-time tasks may run in each `cpu_rt_period`.";
        "cpu_shares" NUMBER, "services/#cpu_shares",
            "The container's weight where processors are scarce, relative to other containers; 1024 is the default.";
        "cpus" DECIMAL, "services/#cpus",
            "How many processors the container may use at most; fractions count, `0` is no limit.";
        "cpuset" STRING, "services/#cpuset",
            "The processors that the container may run on: a range `0-3` or a list `0,1`.";
        "credential_spec" Shape::object(&CREDENTIAL_SPEC), "services/#credential_spec",
            "The credentials of a managed service account for Windows containers.";
        "depends_on" DEPENDENCIES, "services/#depends_on",
            "The services that are started before this one and stopped after it: a list of names, or a mapping that says what to \
             wait for.";
        "deploy" Shape::object(&DEPLOY).or_null(), "deploy/",
            "How many containers run, with what resources, and how they are restarted and updated. Compose itself heeds a part of it; \
             the rest is for Swarm.";
        "develop" Shape::object(&DEVELOP).or_null(), "develop/",
            "What `docker compose watch` does when source files change.", [since("2.22.0")];
        "device_cgroup_rules" UNIQUE, "services/#device_cgroup_rules",
            "Rules of the control group for devices: `c 1:3 mr`.";
        "devices" DEVICES, "services/#devices",
            "Devices of the host that the container may use: `HOST_PATH:CONTAINER_PATH[:PERMISSIONS]`, or a CDI name.";
        "dns" ONE_OR_MANY, "services/#dns",
            "The name servers that the container asks.";
        "dns_opt" STRINGS, "services/#dns_opt",
            "Options for the resolver, as in `resolv.conf`.";
        "dns_search" ONE_OR_MANY, "services/#dns_search",
            "The domains in which a short name is looked for.";
        "domainname" STRING, "services/#domainname",
            "The container's domain.";
        "entrypoint" COMMAND, "services/#entrypoint",
            "The program that runs instead of the image's `ENTRYPOINT`; the image's `CMD` is then dropped. A string is split into words \
             without a shell.";
        "env_file" ENV_FILES, "services/#env_file",
            "Files of environment variables for the container. Later files win, and `environment` wins over all.";
        "environment" ENVIRONMENT, "services/#environment",
            "Environment variables of the container, as a mapping or a list of `KEY=VALUE`. A name without value takes the value from the \
             shell that runs Compose.";
        "expose" EXPOSED, "services/#expose",
            "Ports that the container listens on for other containers. They are not published on the host.";
        "extends" EXTENDS, "services/#extends",
            "Takes over what another service says, of this file or another one.";
        "external_links" UNIQUE, "services/#external_links",
            "Links to containers outside of the project. A shared network does the same.";
        "extra_hosts" HOSTS, "services/#extra_hosts",
            "Additional names in the container's `/etc/hosts`, as `NAME=ADDRESS`. `host-gateway` is the host's address.";
        "gpus" GPUS, "services/#gpus",
            "The graphics processors that the container may use: `all`, or a list of requests.", [since("2.30.0")];
        "group_add" GROUPS, "services/#group_add",
            "Further groups of the container's user, by name or number.";
        "healthcheck" Shape::object(&HEALTHCHECK), "services/#healthcheck",
            "How Docker finds out whether the container works. It takes the place of the image's `HEALTHCHECK`.";
        "hostname" STRING, "services/#hostname",
            "The container's host name.";
        "image" STRING, "services/#image",
            "The image that the container runs: `[REGISTRY/]NAME[:TAG|@DIGEST]`. With a `build`, what the built image is called.";
        "init" BOOLEAN, "services/#init",
            "Whether a small init process runs first, which passes signals on and reaps processes.";
        "ipc" usually(&["shareable", "private", "host", "none"]), "services/#ipc",
            "The namespace of shared memory and message queues: `shareable`, `private`, `host`, `service:NAME`, `container:NAME`.";
        "isolation" usually(&["default", "process", "hyperv"]), "services/#isolation",
            "How a Windows container is isolated: `default`, `process` or `hyperv`.";
        "label_file" ONE_OR_MANY, "services/#label_file",
            "Files of labels for the container. `labels` wins over them.", [since("2.32.2")];
        "labels" PAIRS, "services/#labels",
            "Labels of the container, as a mapping or a list of `KEY=VALUE`.";
        "links" STRINGS, "services/#links",
            "Names under which other services can be reached: `SERVICE[:ALIAS]`. Services of one network reach each other without it.";
        "logging" Shape::object(&LOGGING), "services/#logging",
            "Where the container's output goes.";
        "mac_address" STRING, "services/#mac_address",
            "The container's hardware address.", [instead("`mac_address` of the network")];
        "mem_limit" SIZE_OR_NUMBER, "services/#mem_limit",
            "The most memory that the container may use: `512m`. Must agree with `deploy.resources.limits.memory`.";
        "mem_reservation" BYTES, "services/#mem_reservation",
            "The memory that the container is to have when memory is scarce: `256m`.";
        "mem_swappiness" BYTES, "services/#mem_swappiness",
            "How readily the kernel swaps the container's memory out, from 0 to 100.";
        "memswap_limit" SIZE_OR_NUMBER, "services/#memswap_limit",
            "The most memory and swap together; `-1` is no limit. Needs `mem_limit`.";
        "models" SERVICE_MODELS, "services/#models",
            "The AI models that the service uses; Compose passes their addresses in variables.", [since("2.38.0")];
        "network_mode" usually(&["none", "host", "bridge"]), "services/#network_mode",
            "The network namespace: `none`, `host`, `service:NAME` or `container:NAME`. Excludes `networks`.";
        "networks" SERVICE_NETWORKS, "services/#networks",
            "The networks that the container joins: a list of names, or a mapping with addresses and aliases. Without it, the network \
             `default`.";
        "oom_kill_disable" BOOLEAN, "services/#oom_kill_disable",
            "Whether the kernel leaves the container alone when memory runs out.";
        "oom_score_adj" SCORE, "services/#oom_score_adj",
            "How readily the kernel kills the container when memory runs out, from -1000 (never) to 1000.";
        "pid" usually(&["host"]).or_null(), "services/#pid",
            "The process namespace: `host`, `service:NAME` or `container:NAME`.";
        "pids_limit" NUMBER, "services/#pids_limit",
            "The most processes that the container may have; `-1` is no limit.";
        "platform" STRING, "services/#platform",
            "The platform that the image is pulled and built for: `OS[/ARCHITECTURE[/VARIANT]]`.";
        "ports" PORTS, "services/#ports",
            "Ports of the container that are published on the host: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`, or a mapping. Without an \
             address, on all addresses of the host.";
        "post_start" HOOKS, "services/#post_start",
            "Commands that run in the container after it has started.", [since("2.30.0")];
        "pre_start" INIT_CONTAINERS, "services/#pre_start",
            "Containers that run to their end before the service starts, one after the other.", [since("5.3.0")];
        "pre_stop" HOOKS, "services/#pre_stop",
            "Commands that run in the container before Compose stops it.", [since("2.30.0")];
        "privileged" BOOLEAN, "services/#privileged",
            "Whether the container has all capabilities and all devices of the host, so that it is as good as not contained.";
        "profiles" STRINGS, "services/#profiles",
            "The profiles that the service belongs to: it starts only when one of them is active. Without profiles it always does.";
        "provider" Shape::object(&PROVIDER), "services/#provider",
            "The program that runs the service in Compose's place. Excludes `image` and `build`.", [since("2.36.0")];
        "pull_policy" Shape::scalar(Types::STRING, Format::PullPolicy), "services/#pull_policy",
            "When the image is pulled: `always`, `never`, `missing`, `build`, `daily`, `weekly` or `every_DURATION`.";
        "pull_refresh_after" STRING, "services/#pull_policy",
            "The age after which an image is pulled again, with the policy `refresh`.";
        "read_only" BOOLEAN, "services/#read_only",
            "Whether the container's file system is read-only, but for its volumes and `tmpfs`.";
        "restart" usually(&["no", "always", "on-failure", "unless-stopped"]), "services/#restart",
            "When the container is started again after it ended: `no` (the default), `always`, `on-failure[:MAX]` or `unless-stopped`.";
        "runtime" STRING, "services/#runtime",
            "The runtime that starts the container, by the name that the engine has for it: `runc`.";
        "scale" COUNT, "services/#scale",
            "How many containers of the service run. Must agree with `deploy.replicas`.";
        "secrets" GRANTS, "services/#secrets",
            "The secrets that the service may read, by name or as a mapping; by default the file is `/run/secrets/NAME`.";
        "security_opt" UNIQUE, "services/#security_opt",
            "Options of the security modules: `no-new-privileges`, `seccomp=FILE`, `apparmor=PROFILE`, `label=…`.";
        "shm_size" SIZE_OR_NUMBER, "services/#shm_size",
            "The size of `/dev/shm`: `128m`. The default is 64 MiB.";
        "stdin_open" BOOLEAN, "services/#stdin_open",
            "Whether the container's standard input is open, as with `docker run -i`.";
        "stop_grace_period" DURATION, "services/#stop_grace_period",
            "How long Compose waits for the container to stop before it kills it: `1m30s`. The default is 10 seconds.";
        "stop_signal" STRING, "services/#stop_signal",
            "The signal that asks the container to stop. The default is `SIGTERM`.";
        "storage_opt" STORAGE_OPTIONS, "services/#storage_opt",
            "Options of the storage driver for the container: `size: 1G`.";
        "sysctls" PAIRS, "services/#sysctls",
            "Parameters of the kernel in the container's namespaces, as a mapping or a list of `NAME=VALUE`.";
        "tmpfs" ONE_OR_MANY, "services/#tmpfs",
            "Paths where a file system in memory is mounted: `PATH[:OPTIONS]`.";
        "tty" BOOLEAN, "services/#tty",
            "Whether the container has a terminal, as with `docker run -t`.";
        "ulimits" ULIMITS, "services/#ulimits",
            "Limits of each process: a number for both limits, or `soft` and `hard`.";
        "use_api_socket" STRICT_BOOLEAN, "services/#use_api_socket",
            "Whether the container gets the engine's socket and your registry credentials. Whoever has them has the host.";
        "user" STRING, "services/#user",
            "The user that the container's process runs as: `USER[:GROUP]`, names or numbers. The default is the image's, mostly root.";
        "userns_mode" usually(&["host"]), "services/#userns_mode",
            "The user namespace: `host` switches the engine's remapping of users off.";
        "uts" usually(&["host"]), "services/#uts",
            "The namespace of the host name: `host` shares that of the host.", [since("2.15.1")];
        "volumes" MOUNTS, "services/#volumes",
            "What is mounted into the container: `[SOURCE:]TARGET[:OPTIONS]`, or a mapping. A source that is a path is a file or folder of \
             the host, a name is a volume.";
        "volumes_from" UNIQUE, "services/#volumes_from",
            "Services or containers whose volumes are all mounted: `SERVICE[:ro]`, `container:NAME[:ro]`.";
        "working_dir" STRING, "services/#working_dir",
            "The folder in which the container's command runs. The default is the image's.";
    },
    ..USUAL
};
