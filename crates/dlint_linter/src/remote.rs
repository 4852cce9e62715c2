//! What is fetched from elsewhere by its address, and whether the address says which state of it.
//!
//! Sources: Dockerfile reference, "ADD"; Docker documentation, "Build context", "Git repositories"; Compose file reference, "Build
//! Specification"; Docker documentation, "Package and deploy Docker Compose applications as OCI artifacts".

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remote {
    /// A file on the web.
    File,
    /// A Git repository.
    Repository {
        /// Whether the address names a commit, or a variable that may hold one.
        has_commit: bool,
    },
    /// An artifact in a registry, `oci://…`.
    Artifact {
        /// Whether the address has a digest, or a variable that may hold one.
        has_digest: bool,
    },
}

impl Remote {
    /// What `ADD` takes an address for; `None` for what is no address to it.
    pub(crate) fn of_add(url: &str) -> Option<Self> {
        let (address, fragment) = url.split_once('#').unwrap_or((url, ""));
        let (address, query) = address.split_once('?').unwrap_or((address, ""));
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let is_git = address.starts_with("git://")
            || address.starts_with("ssh://")
            || address.starts_with("git@")
            || (is_web && address.strip_suffix(".git").is_some());
        if is_git {
            let reference = fragment.split(':').next().unwrap_or_default();
            // A variable may hold a commit.
            let named = query.split('&').find_map(|pair| pair.strip_prefix("ref="));
            let has_commit = is_commit(reference)
                || named.is_some_and(|named| is_commit(named) || named.contains('$'))
                || reference.contains('$')
                || query.contains("commit=")
                || query.contains("checksum=");
            return Some(Self::Repository { has_commit });
        }
        is_web.then_some(Self::File)
    }

    /// What Compose takes the address of a build context or of another Compose file for: `GitHub` goes without a scheme there.
    pub(crate) fn of_compose(url: &str) -> Option<Self> {
        if let Some(name) = url.strip_prefix(OCI) {
            return Some(Self::Artifact { has_digest: name.contains("@sha256:") || name.contains('$') });
        }
        if let Some(path) = url.strip_prefix("github.com/") {
            return Self::of_add(&format!("git://github.com/{path}"));
        }
        Self::of_add(url)
    }
}

/// What the addresses of artifacts begin with.
const OCI: &str = "oci:";

/// Whether Compose or BuildKit fetches what a path of a Compose file leads to: from Git, a registry or the web.
pub(crate) fn is_remote(path: &str) -> bool {
    path.contains("://") || ["git@", "github.com/", OCI].iter().any(|start| path.starts_with(start))
}

/// Where the branch or tag of a repository's address stands in it, as a range of bytes; the whole where none is named.
pub(crate) fn reference_in(url: &str) -> std::ops::Range<usize> {
    url.find('#').map_or(0, |hash| hash + 1)..url.len()
}

fn is_commit(reference: &str) -> bool {
    matches!(reference.len(), 40 | 64) && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::Remote;

    #[test]
    fn tells_what_an_address_is() {
        let commit = "a".repeat(40);
        for (url, expected) in [
            ("https://example.com/a.tar.gz".to_owned(), Some(Remote::File)),
            ("https://example.com/a.git".to_owned(), Some(Remote::Repository { has_commit: false })),
            ("https://example.com/a.git#main:docs".to_owned(), Some(Remote::Repository { has_commit: false })),
            (format!("git@example.com:a.git#{commit}:docs"), Some(Remote::Repository { has_commit: true })),
            (format!("github.com/a/b#{commit}"), Some(Remote::Repository { has_commit: true })),
            ("github.com/a/b".to_owned(), Some(Remote::Repository { has_commit: false })),
            ("oci://docker.io/a/b:1".to_owned(), Some(Remote::Artifact { has_digest: false })),
            ("oci://docker.io/a/b@sha256:00".to_owned(), Some(Remote::Artifact { has_digest: true })),
            (format!("https://example.com/a.git?ref={commit}"), Some(Remote::Repository { has_commit: true })),
            ("https://example.com/a.git?ref=main".to_owned(), Some(Remote::Repository { has_commit: false })),
            ("./github.com/a".to_owned(), None),
            (".".to_owned(), None),
        ] {
            assert_eq!(Remote::of_compose(&url), expected, "{url}");
        }
    }
}
