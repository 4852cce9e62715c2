//! Which shell `/bin/sh` is in an image, as far as its name tells.

use dlint_syntax::shell::Program;

use super::Reference;

/// What `/bin/sh` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemShell {
    /// Debian's dash, which has little beyond POSIX.
    Dash,
    /// BusyBox's ash, which has some of bash.
    Ash,
    /// bash, in its POSIX mode.
    Bash,
    /// One that a command has put there, and of which nothing else is known.
    Other,
}

/// The shell that a command puts in the place of `/bin/sh`; `None` if it does not touch that.
pub fn replacement(program: &Program<'_>) -> Option<SystemShell> {
    let is_sh = |text: &str| matches!(text, "/bin/sh" | "/usr/bin/sh");
    match program.name.as_ref() {
        "ln" | "cp" | "mv" | "install" => {
            let mut words = program.words.iter().rev();
            // `cp /bin/sh /bin/sh.orig` and `ln -s /bin/sh /x` only read it.
            let (target, source) = (words.next()?.unquoted(), words.next()?.unquoted());
            let name = source.rsplit('/').next().unwrap_or(&source);
            is_sh(&target).then_some(match name {
                "bash" => SystemShell::Bash,
                "dash" => SystemShell::Dash,
                "ash" | "busybox" => SystemShell::Ash,
                _ => SystemShell::Other,
            })
        }
        "dpkg-reconfigure" => program.words.iter().any(|word| word.is("dash")).then_some(SystemShell::Other),
        "dpkg-divert" => program.words.iter().any(|word| is_sh(&word.unquoted())).then_some(SystemShell::Other),
        _ => None,
    }
}

/// The system shell of an image; `None` if its name does not tell.
pub fn system_shell(image: &Reference<'_>) -> Option<SystemShell> {
    let name = image.familiar_name();
    let tag = image.tag.unwrap_or_default();
    let says = |words: &[&str]| !tag.is_empty() && words.iter().any(|word| tag.contains(word));
    if says(&["alpine", "busybox"]) || ASH.contains(&name) {
        return Some(SystemShell::Ash);
    }
    if says(&["ubi", "centos", "fedora", "rocky", "almalinux", "amazonlinux", "al2023", "oraclelinux", "opensuse"])
        || BASH.contains(&name)
        || BASH_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    {
        return Some(SystemShell::Bash);
    }
    let debian = [
        "bookworm", "bullseye", "buster", "stretch", "trixie", "jammy", "noble", "focal", "bionic", "debian", "ubuntu",
    ];
    (says(&debian) || DASH.contains(&name)).then_some(SystemShell::Dash)
}

/// Images of Alpine, and BusyBox itself.
const ASH: [&str; 6] = ["alpine", "busybox", "docker", "bash", "caddy", "composer"];

/// Distributions whose `sh` is bash, and images made of them.
const BASH: [&str; 16] = [
    "almalinux",
    "amazonlinux",
    "archlinux",
    "centos",
    "fedora",
    "mysql",
    "oraclelinux",
    "photon",
    "rockylinux",
    "rockylinux/rockylinux",
    "sl",
    "quay.io/centos/centos",
    "quay.io/fedora/fedora",
    "registry.fedoraproject.org/fedora",
    "clefos",
    "amazoncorretto",
];

const BASH_PREFIXES: [&str; 6] = [
    "opensuse/",
    "registry.access.redhat.com/",
    "registry.redhat.io/",
    "public.ecr.aws/amazonlinux/",
    "registry.suse.com/",
    "public.ecr.aws/lambda/",
];

/// Distributions whose `sh` is dash, and official images that are made of them unless their tag says otherwise.
const DASH: [&str; 27] = [
    "buildpack-deps",
    "debian",
    "eclipse-temurin",
    "elixir",
    "erlang",
    "gcc",
    "golang",
    "haskell",
    "httpd",
    "jenkins/jenkins",
    "julia",
    "mariadb",
    "mongo",
    "nginx",
    "node",
    "openresty/openresty",
    "perl",
    "php",
    "postgres",
    "python",
    "pypy",
    "redis",
    "ruby",
    "rust",
    "swift",
    "tomcat",
    "ubuntu",
];

#[cfg(test)]
mod tests {
    use super::{SystemShell, system_shell};
    use crate::image::Reference;

    #[test]
    fn names_and_tags_tell() {
        for (image, shell) in [
            ("debian:12", Some(SystemShell::Dash)),
            ("docker.io/library/python:3.13-slim", Some(SystemShell::Dash)),
            ("python:3.13-alpine", Some(SystemShell::Ash)),
            ("alpine", Some(SystemShell::Ash)),
            ("fedora:43", Some(SystemShell::Bash)),
            ("registry.access.redhat.com/ubi9/ubi:9.5", Some(SystemShell::Bash)),
            ("example/app:1-bookworm", Some(SystemShell::Dash)),
            ("example/app:1", None),
        ] {
            assert_eq!(system_shell(&Reference::new(image)), shell, "{image}");
        }
    }
}
