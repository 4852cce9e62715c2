//! What guides to containers ask for, by the danger that they name.

use super::items::Item;

/// The dangers.
pub(super) const ITEMS: [Item; 10] = [
    Item::new(
        "exhaustion",
        "One container takes all of the host",
        &["missing-resource-limits", "ineffective-limit", "oom-immunity", "writable-cgroups", "custom-cgroup-parent"],
    ),
    Item::new(
        "breakout",
        "A container is left for the host",
        &[
            "privileged-container",
            "dangerous-capability",
            "conflicting-capabilities",
            "missing-capability-drop",
            "host-namespace",
            "unconfined-profile",
            "unmasked-system-paths",
            "missing-no-new-privileges",
            "disabled-no-new-privileges",
            "sensitive-host-path",
            "raw-device",
            "broad-device-rule",
            "shared-propagation",
            "privileged-build",
        ],
    ),
    Item::new(
        "authenticity",
        "An image is not what it seems",
        &["untagged-image", "floating-tag", "undigested-image", "unverified-download", "add-without-checksum"],
    ),
    Item::new(
        "daemon-exposure",
        "Docker's API is open",
        &[
            "docker-socket-mount",
            "docker-api-port",
            "unencrypted-docker-host",
            "unauthenticated-daemon",
            "open-docker-group",
        ],
    ),
    Item::new(
        "secrets",
        "Secrets are in files and images",
        &[
            "literal-secret",
            "secret-build-argument",
            "credentials-in-url",
            "copied-secret-file",
            "leaked-secret-mount",
            "stored-credentials",
            "weak-default-credential",
            "insecure-image-setting",
        ],
    ),
    Item::new(
        "daemon",
        "The daemon is set up badly",
        &[
            "invalid-registry",
            "invalid-listen-address",
            "removed-key",
            "deprecated-key",
            "conflicting-keys",
            "missing-live-restore",
            "userland-proxy",
            "unconfined-profile",
            "missing-no-new-privileges",
            "open-default-bridge",
            "missing-user-remapping",
            "insecure-registry",
            "plain-http-mirror",
            "disabled-firewall",
            "unusual-log-level",
            "missing-log-rotation",
        ],
    ),
    Item::new(
        "user",
        "Programs run as root",
        &["root-user", "missing-user", "root-group", "passwordless-sudo", "setuid-file"],
    ),
    Item::new(
        "network",
        "Ports and networks are open",
        &[
            "wildcard-port",
            "wildcard-database-port",
            "host-network",
            "host-network-build",
            "ssh-port",
            "legacy-bridge",
            "flat-network",
            "privileged-port",
        ],
    ),
    Item::new(
        "health",
        "Nobody notices that a service fails",
        &["missing-healthcheck", "disabled-healthcheck", "impossible-healthcheck", "unhealthy-dependency"],
    ),
    Item::new(
        "vulnerabilities",
        "What is known to be broken is used",
        &["system-upgrade", "unverified-packages", "disabled-tls-verification", "plain-http-download"],
    )
    .noted("takes a scanner of images as well"),
];
