//! `FROM --platform`.

use crate::suggest::nearest;

use super::super::tree::Flag;
use super::{ErrorKind, Escape, InvalidValue, SyntaxError, known, shown};

/// Operating systems and architectures that can stand alone: those of Go, and other names for them.
/// Source: <https://github.com/containerd/platforms> and `go tool dist list`.
const SYSTEMS: [&str; 18] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "macos",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "windows",
    "zos",
];
const ARCHITECTURES: [&str; 34] = [
    "386",
    "aarch64",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "armel",
    "armhf",
    "i386",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64el",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
    "x86-64",
    "x86_64",
    "armv6",
    "armv7",
    "armv8",
];

/// What is wrong with a platform, if it is known.
pub(super) fn error(flag: &Flag, escape: Escape) -> Option<SyntaxError> {
    let word = flag.value.as_ref()?;
    let text = known(word, escape)?;
    // An empty flag is the same as none.
    if word.text.is_empty() {
        return None;
    }
    let wrong = if text.is_empty() {
        InvalidValue { message: "`--platform` is empty".to_owned(), suggestion: None }
    } else {
        invalid_platform(&text)?
    };
    let range = if text.is_empty() { flag.range } else { word.range };
    let error = SyntaxError::new(ErrorKind::InvalidPlatform, range, wrong.message).help(PLATFORM_HELP);
    Some(error.suggestion(wrong.suggestion))
}

/// What to write for a platform.
pub const PLATFORM_HELP: &str =
    "Write the operating system and the architecture: `linux/amd64`, `linux/arm64`, `linux/arm/v7`";

/// What is wrong with the text of a platform: an operating system, an architecture and perhaps a variant of it, or one word that
/// Docker knows.
pub fn invalid_platform(text: &str) -> Option<InvalidValue> {
    let parts: Vec<&str> = text.split('/').collect();
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
    let is_system = |part: &str| match part.split_once('(') {
        Some((name, version)) => is_word(name) && version.ends_with(')'),
        None => is_word(part),
    };
    let is_readable = parts.len() <= 3 && is_system(parts[0]) && parts[1..].iter().all(|part| is_word(part));
    if !is_readable {
        return Some(InvalidValue { message: format!("`{}` is not a platform", shown(text)), suggestion: None });
    }
    let name = parts[0].split('(').next().unwrap_or_default().to_ascii_lowercase();
    if parts.len() == 1 && !SYSTEMS.contains(&name.as_str()) && !is_architecture(&name) {
        let candidates = SYSTEMS.into_iter().chain(ARCHITECTURES);
        let message = format!("`{}` is neither an operating system nor an architecture", shown(text));
        return Some(InvalidValue { message, suggestion: nearest(text, candidates).map(str::to_owned) });
    }
    None
}

/// Whether Docker knows an architecture, by this name or another.
pub fn is_architecture(name: &str) -> bool {
    ARCHITECTURES.iter().any(|known| known.eq_ignore_ascii_case(name))
}
