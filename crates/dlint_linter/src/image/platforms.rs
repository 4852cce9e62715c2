//! For which platforms an image exists, as far as its name tells.

use std::fmt;

use super::Reference;
use crate::platform::Platform;

/// What an image is for, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Only {
    /// The operating system.
    system: &'static str,
    /// The architecture, if that is known, too.
    architecture: Option<&'static str>,
}

impl Only {
    /// Whether there may be an image for a platform. Variants of an architecture are not told apart.
    pub fn allows(self, platform: &Platform) -> bool {
        platform.system == self.system && self.architecture.is_none_or(|only| only == platform.architecture)
    }

    /// Whether it is for an older architecture, which a machine for that platform takes instead.
    ///
    /// Source: containerd's package `platforms`, `Only`.
    pub fn runs_on(self, platform: &Platform) -> bool {
        let older = [("amd64", "386"), ("arm64", "arm")];
        platform.system == self.system
            && older.iter().any(|(new, old)| platform.architecture == *new && self.architecture == Some(old))
    }
}

impl fmt::Display for Only {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.architecture, self.system) {
            (Some(architecture), system) => write!(f, "`{system}/{architecture}`"),
            (None, "windows") => f.write_str("Windows"),
            (None, _) => f.write_str("Linux"),
        }
    }
}

/// What the platforms of an image are limited to; `None` if its name does not tell.
pub fn only_for(image: &Reference<'_>) -> Option<Only> {
    let name = image.familiar_name();
    let tag = image.tag.unwrap_or_default();
    let says = |words: &[&str]| !tag.is_empty() && words.iter().any(|word| tag.contains(word));
    if let Some((owner, rest)) = name.split_once('/')
        && let Some((_, system, architecture)) = OWNERS.into_iter().find(|(known, ..)| *known == owner)
        && !rest.contains('/')
    {
        return Some(Only { system, architecture: Some(architecture) });
    }
    let is_windows = name.starts_with("mcr.microsoft.com/windows/") || says(&["windowsservercore", "nanoserver"]);
    let is_official = !name.contains('/') || name.starts_with("mcr.microsoft.com/dotnet/");
    let is_linux = || LINUX.contains(&name) || name.starts_with("opensuse/") || (is_official && says(&LINUX_TAGS));
    let system = if is_windows {
        "windows"
    } else if is_linux() {
        "linux"
    } else {
        return None;
    };
    Some(Only { system, architecture: None })
}

/// Owners on Docker Hub whose images are those of Docker's official images for one architecture.
///
/// Source: docker-library/official-images, README, "Architectures other than amd64?".
const OWNERS: [(&str, &str, &str); 11] = [
    ("amd64", "linux", "amd64"),
    ("arm32v5", "linux", "arm"),
    ("arm32v6", "linux", "arm"),
    ("arm32v7", "linux", "arm"),
    ("arm64v8", "linux", "arm64"),
    ("i386", "linux", "386"),
    ("mips64le", "linux", "mips64le"),
    ("ppc64le", "linux", "ppc64le"),
    ("riscv64", "linux", "riscv64"),
    ("s390x", "linux", "s390x"),
    ("winamd64", "windows", "amd64"),
];

/// Distributions of Linux. BusyBox and languages have images for Windows, too.
const LINUX: [&str; 12] = [
    "almalinux",
    "alpine",
    "amazonlinux",
    "archlinux",
    "centos",
    "debian",
    "fedora",
    "oraclelinux",
    "quay.io/centos/centos",
    "quay.io/fedora/fedora",
    "rockylinux",
    "ubuntu",
];

/// Words in tags of official images that name a distribution.
const LINUX_TAGS: [&str; 9] =
    ["alpine", "bookworm", "bullseye", "buster", "trixie", "focal", "jammy", "noble", "azurelinux"];

#[cfg(test)]
mod tests {
    use super::only_for;
    use crate::image::Reference;

    #[test]
    fn names_tell_of_platforms() {
        for (image, only) in [
            ("alpine:3.22", Some("Linux")),
            ("docker.io/library/debian", Some("Linux")),
            ("python:3.13-slim-bookworm", Some("Linux")),
            ("mcr.microsoft.com/dotnet/sdk:9.0-alpine", Some("Linux")),
            ("mcr.microsoft.com/windows/nanoserver:ltsc2022", Some("Windows")),
            ("python:3.13-windowsservercore-ltsc2022", Some("Windows")),
            ("arm64v8/nginx:1.29", Some("`linux/arm64`")),
            ("winamd64/golang", Some("`windows/amd64`")),
            ("python:3.13", None),
            ("busybox", None),
            ("example.com/arm64v8/nginx", None),
            ("ghcr.io/example/app:jammy", None),
            ("mcr.microsoft.com/dotnet/sdk:9.0", None),
        ] {
            assert_eq!(only_for(&Reference::new(image)).map(|it| it.to_string()).as_deref(), only, "{image}");
        }
    }
}
