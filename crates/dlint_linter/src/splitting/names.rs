//! What the names of variables say about their values.

/// Whether the name of a variable says that it holds several words: options, packages.
pub(super) fn is_list_name(name: &str) -> bool {
    const ENDS: [&str; 28] = [
        "FLAGS",
        "OPTS",
        "OPTIONS",
        "OPT",
        "ARGS",
        "PARAMS",
        "DEPS",
        "DEPENDENCIES",
        "PKGS",
        "PACKAGES",
        "PKG",
        "PACKAGE",
        "LIST",
        "EXTENSIONS",
        "EXTS",
        "MODULES",
        "LIBS",
        "FILES",
        "CMD",
        "COMMAND",
        "KEYS",
        "TARGETS",
        "PLUGINS",
        "FEATURES",
        "REQUIREMENTS",
        "ARCHS",
        "TOOLS",
        "COMPONENTS",
    ];
    let upper = name.to_ascii_uppercase();
    ENDS.iter().any(|end| upper.ends_with(end))
}

/// Variables that the shell, the system or `/etc/os-release` sets to one word.
pub(super) fn is_single_name(name: &str) -> bool {
    const NAMES: [&str; 20] = [
        "HOME",
        "PWD",
        "OLDPWD",
        "USER",
        "LOGNAME",
        "UID",
        "EUID",
        "GID",
        "PPID",
        "RANDOM",
        "SECONDS",
        "LINENO",
        "HOSTNAME",
        "SHELL",
        "ID",
        "VERSION_ID",
        "VERSION_CODENAME",
        "UBUNTU_CODENAME",
        "HOSTTYPE",
        "BASHPID",
    ];
    NAMES.contains(&name)
}

/// Whether the name of a variable says that its value is one word: a version, a number, a digest.
pub(super) fn is_single_by_nature(name: &str) -> bool {
    const ENDS: [&str; 24] = [
        "VERSION", "VER", "PORT", "UID", "GID", "ARCH", "CHANNEL", "RELEASE", "COMMIT", "REVISION", "REF", "SHA",
        "SHA1", "SHA256", "SHA512", "MD5", "CHECKSUM", "MAJOR", "MINOR", "CODENAME", "URL", "REGISTRY", "TIMEOUT",
        "RETRIES",
    ];
    let upper = name.to_ascii_uppercase();
    ENDS.iter()
        .any(|end| upper.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('_') || end.len() > 5))
}
