//! What a cautious team wants: what is right nearly always, and what has to be tried for each service.

use crate::diagnostic::Level;
use crate::rule::RuleId;

/// Rules that are off by default.
pub(super) const MORE: [&str; 30] = [
    "added-capability",
    "custom-cgroup-parent",
    "experimental-features",
    "flat-network",
    "foreign-namespace",
    "host-device",
    "host-gateway",
    "host-program-provider",
    "missing-capability-drop",
    "missing-default-ulimits",
    "missing-live-restore",
    "missing-log-rotation",
    "missing-no-new-privileges",
    "missing-restart-policy",
    "missing-user-remapping",
    "open-default-bridge",
    "privileged-port",
    "root-owned-copy",
    "shared-volume",
    "unbounded-tmpfs",
    "undigested-image",
    "unencrypted-logs",
    "unencrypted-overlay",
    "unlimited-ulimit",
    "unusual-log-level",
    "unverified-download",
    "userland-proxy",
    "wildcard-default-address",
    "writable-file-mount",
    "writable-root-filesystem",
];

/// The level of a rule: that of those that are on, and a warning for the rest.
pub(super) fn level(rule: RuleId) -> Option<Level> {
    let rule = rule.rule();
    if rule.default { Some(rule.level) } else { MORE.contains(&rule.name).then_some(Level::Warning) }
}
