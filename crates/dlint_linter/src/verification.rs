//! Commands that check what was downloaded.

use crate::run::{CommandNode, RunNode};

/// Programs that compare digests or check signatures.
const VERIFIERS: [&str; 17] = [
    "b2sum",
    "cksum",
    "cosign",
    "gpgv",
    "gpgv2",
    "md5sum",
    "minisign",
    "rhash",
    "sha1sum",
    "sha256",
    "sha256sum",
    "sha384sum",
    "sha512",
    "sha512sum",
    "shasum",
    "signify",
    "slsa-verifier",
];

/// Whether a command checks a digest or a signature.
pub(crate) fn verifies(node: &CommandNode<'_, '_>) -> bool {
    let name = node.name();
    let has = |words: &[&str]| node.command.words().iter().any(|word| words.iter().any(|it| word.is(it)));
    VERIFIERS.contains(&name)
        || (matches!(name, "gpg" | "gpg2") && has(&["--verify", "--batch-verify"]))
        || (name == "openssl" && has(&["dgst", "sha256", "sha512"]))
        || (name == "git" && has(&["verify-tag", "verify-commit"]))
}

/// Whether anything in the `RUN` checks digests or signatures; of which file is not asked.
pub(crate) fn is_verified(run: &RunNode<'_>) -> bool {
    *run.is_verified.get_or_init(|| run.nodes().any(|node| verifies(&node)))
}
