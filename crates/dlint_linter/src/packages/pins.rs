//! How packages are named, with and without versions.

use super::Operand;

/// Whether an operand is a path of the file system.
fn is_path(text: &str) -> bool {
    text.starts_with(['/', '.', '~']) || text.starts_with("file:")
}

/// Whether an operand is a file with one of these extensions.
fn is_file(text: &str, extensions: &[&str]) -> bool {
    extensions.iter().any(|extension| text.ends_with(extension))
}

/// Whether an operand is a URL.
fn is_url(text: &str) -> bool {
    text.contains("://")
}

/// apt: `name=version`, `name/release`, `name:architecture`; `name-` removes; a path or `*.deb` is a file.
pub(super) fn apt(text: &str) -> Operand {
    if is_path(text) || is_url(text) || is_file(text, &[".deb"]) || text.ends_with('-') {
        Operand::NotNamed
    } else if text.contains(['=', '/']) {
        Operand::Pinned
    } else {
        Operand::Bare
    }
}

/// apk: `name=1.2`, `name~1.2`, `name>1`, and `name@repository`, which says nothing of the version; `!name` keeps a package
/// away, `.name` is virtual.
pub(super) fn apk(text: &str) -> Operand {
    if is_path(text) || is_url(text) || is_file(text, &[".apk"]) || text.starts_with('!') {
        Operand::NotNamed
    } else if text.contains(['=', '<', '>', '~']) {
        Operand::Pinned
    } else {
        Operand::Bare
    }
}

/// RPM: `name-version`, `name-version-release.arch`, `name >= 1`; `@group`, `@module:stream`, files, and `/usr/bin/x` for the
/// package that has that file.
///
/// Whether `name-12` is version 12 of `name` or a package of that name only the repository knows: it is taken for a version.
pub(super) fn rpm(text: &str) -> Operand {
    if is_path(text) || is_url(text) || is_file(text, &[".rpm"]) || text.contains('(') || text.starts_with(['-', '!']) {
        return Operand::NotNamed;
    }
    if text.starts_with('@') {
        return if text.contains(':') { Operand::Pinned } else { Operand::NotNamed };
    }
    // `nodejs:18` is a stream of a module; zypper has kinds of packages (`pattern:devel`).
    let name = match text.split_once(':') {
        Some(("package" | "pattern" | "patch" | "product" | "srcpackage" | "application", name)) => name,
        Some(_) => return Operand::Pinned,
        None => text,
    };
    // A variable may hold a version.
    let starts_with_digit = |part: &str| part.starts_with(|char: char| char.is_ascii_digit() || char == '$');
    let mut parts = name.rsplit('-');
    let (last, before) = (parts.next().unwrap_or_default(), parts.next());
    let is_version = before.is_some() && starts_with_digit(last);
    if text.contains(['=', '<', '>', '~']) || is_version { Operand::Pinned } else { Operand::Bare }
}

/// pip: `name==1.2` and the other comparisons of PEP 440, `name @ URL`, `git+https://…@reference`; files and folders.
pub(super) fn pip(text: &str) -> Operand {
    let path = text.split('[').next().unwrap_or(text);
    if ["git+", "hg+", "svn+", "bzr+"].iter().any(|scheme| text.contains(scheme)) {
        let address = text.split_once("://").map_or(text, |(_, address)| address);
        let path = address.split_once('/').map_or("", |(_, path)| path);
        return if path.contains('@') { Operand::Pinned } else { Operand::Moving };
    }
    if is_path(path)
        || is_url(text)
        || is_file(path, &[".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz"])
        || path.contains('/')
    {
        Operand::NotNamed
    } else if text.ends_with("@latest") {
        Operand::Moving
    } else if text.contains(['=', '<', '>', '~', '@']) {
        Operand::Pinned
    } else {
        Operand::Bare
    }
}

/// conda: `name=1.2`, `name==1.2`, `name>=1`, `channel::name`.
pub(super) fn conda(text: &str) -> Operand {
    if is_path(text) || is_url(text) || is_file(text, &[".conda", ".tar.bz2", ".yml", ".yaml", ".txt"]) {
        Operand::NotNamed
    } else if text.contains(['=', '<', '>', '~']) {
        Operand::Pinned
    } else {
        Operand::Bare
    }
}

/// npm, yarn, pnpm, bun: `name@version`, `@scope/name@version`, `alias@npm:name@version`, repositories, files.
pub(super) fn npm(text: &str) -> Operand {
    let is_git = text.starts_with("git") && text.contains(':') || is_file(text, &[".git"]) || text.contains(".git#");
    let is_shorthand = !text.starts_with('@') && text.contains('/') && !text.contains("npm:");
    if is_path(text) || is_file(text, &[".tgz", ".tar.gz"]) {
        return Operand::NotNamed;
    }
    if is_git || is_shorthand {
        let is_archive = is_url(text) && !is_git;
        return match (text.contains('#'), is_archive) {
            (true, _) => Operand::Pinned,
            (false, true) => Operand::NotNamed,
            (false, false) => Operand::Moving,
        };
    }
    match text.get(1..).and_then(|rest| rest.rfind('@')).map(|at| &text[at + 2..]) {
        None => Operand::Bare,
        Some(version) if is_numbered(version) => Operand::Pinned,
        Some(_) => Operand::Moving,
    }
}

/// Whether a version of npm's is a number or a range of numbers, and not the name of a tag (`latest`, `next`).
fn is_numbered(version: &str) -> bool {
    let version = version.trim_start_matches(['^', '~', '=', '<', '>', 'v', ' ']);
    version.starts_with(|char: char| char.is_ascii_digit())
}

/// gem: `name:version`; files.
pub(super) fn gem(text: &str) -> Operand {
    if is_path(text) || is_file(text, &[".gem"]) {
        Operand::NotNamed
    } else if text.contains(':') {
        Operand::Pinned
    } else {
        Operand::Bare
    }
}

/// Go: `path@version`. Without one it is what `go.mod` says, if there is one; packages of the module itself and of the
/// standard library have no host in their path.
pub(super) fn go(text: &str) -> Operand {
    let has_host = text.split('/').next().is_some_and(|host| host.contains('.'));
    let Some((path, version)) = text.split_once('@') else {
        return if has_host && !is_path(text) && !is_file(text, &[".go"]) { Operand::Bare } else { Operand::NotNamed };
    };
    let is_commit = |version: &str| version.len() >= 7 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut chars = version.trim_start_matches(['<', '>', '=']).chars();
    let is_version = chars.next() == Some('v') && chars.next().is_some_and(|char| char.is_ascii_digit());
    if is_path(path) {
        Operand::NotNamed
    } else if is_version || is_commit(version) {
        Operand::Pinned
    } else {
        Operand::Moving
    }
}

/// Cargo: `name@version`.
pub(super) fn cargo(text: &str) -> Operand {
    if text.contains('@') { Operand::Pinned } else { Operand::Bare }
}

/// Composer: `vendor/name:version`, `vendor/name=version`, and a version as a word of its own.
pub(super) fn composer(text: &str) -> Operand {
    if !text.contains('/') || is_path(text) {
        Operand::NotNamed
    } else if text.contains([':', '=']) {
        Operand::Pinned
    } else {
        Operand::Bare
    }
}

/// PECL: `name-1.2.3`, `name-beta`; files and URLs.
pub(super) fn pecl(text: &str) -> Operand {
    if is_path(text) || is_url(text) || is_file(text, &[".tgz", ".tar", ".xml"]) {
        return Operand::NotNamed;
    }
    match text.rsplit_once('-') {
        Some((_, version)) if version.starts_with(|char: char| char.is_ascii_digit()) => Operand::Pinned,
        Some((_, "alpha" | "beta" | "devel" | "stable" | "snapshot")) => Operand::Moving,
        _ => Operand::Bare,
    }
}
