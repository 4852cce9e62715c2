//! The rules of OWASP's Docker Security Cheat Sheet, in words of our own.

use super::items::Item;

/// Rules 0 to 13.
pub(super) const ITEMS: [Item; 14] = [
    Item::new("0", "Host and Docker are up to date", &[]).noted("only the host shows it"),
    Item::new(
        "1",
        "Docker's socket is not exposed, not to containers either",
        &["docker-socket-mount", "docker-api-port", "unencrypted-docker-host", "open-docker-group", "exposed-cri"],
    ),
    Item::new("2", "Containers have a user", &["root-user", "missing-user", "root-group"]),
    Item::new(
        "3",
        "Capabilities are limited",
        &[
            "privileged-container",
            "dangerous-capability",
            "added-capability",
            "conflicting-capabilities",
            "missing-capability-drop",
            "privileged-build",
        ],
    ),
    Item::new(
        "4",
        "No escalation inside the container",
        &["missing-no-new-privileges", "disabled-no-new-privileges", "setuid-file", "passwordless-sudo"],
    ),
    Item::new(
        "5",
        "Containers are kept apart on the network",
        &[
            "host-network",
            "host-network-build",
            "wildcard-port",
            "wildcard-database-port",
            "flat-network",
            "legacy-bridge",
            "docker-api-port",
            "unencrypted-overlay",
            "host-gateway",
            "host-namespace",
        ],
    ),
    Item::new(
        "6",
        "Seccomp, AppArmor or SELinux confine containers",
        &["unconfined-profile", "unmasked-system-paths", "missing-selinux"],
    ),
    Item::new(
        "7",
        "Resources are limited",
        &["missing-resource-limits", "ineffective-limit", "oom-immunity", "unbounded-restart", "writable-cgroups"],
    ),
    Item::new(
        "8",
        "File systems and volumes are read-only",
        &[
            "writable-root-filesystem",
            "writable-file-mount",
            "sensitive-host-path",
            "executable-tmpfs",
            "shared-volume",
        ],
    ),
    Item::new("9", "Scanners run in CI", &[]).noted("this is one"),
    Item::new("10", "The daemon logs at the level `info`", &[]),
    Item::new("11", "Docker runs without root", &[]).noted("only the host shows it"),
    Item::new(
        "12",
        "Secrets are Docker's secrets",
        &[
            "literal-secret",
            "secret-build-argument",
            "credentials-in-url",
            "copied-secret-file",
            "leaked-secret-mount",
            "stored-credentials",
            "built-in-password",
            "secret-in-build-context",
            "weak-default-credential",
        ],
    ),
    Item::new(
        "13",
        "The supply chain is secured",
        &[
            "untagged-image",
            "floating-tag",
            "undigested-image",
            "unverified-download",
            "unverified-packages",
            "disabled-tls-verification",
            "plain-http-download",
            "download-piped-to-shell",
            "add-without-checksum",
            "untrusted-registry",
            "end-of-life-image",
            "deprecated-apt-key",
        ],
    ),
];
