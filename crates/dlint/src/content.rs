//! Telling the language of a file that somebody named although its name does not say what it is.

use std::path::Path;

use dlint_linter::Language;

/// The language by name alone. A name that is not UTF-8 is read as far as it is.
pub(crate) fn by_name(path: &Path) -> Option<Language> {
    Language::of_name(&readable(path))
}

/// Whether a file that a walk comes across is to be read.
pub(crate) fn is_candidate(path: &Path) -> bool {
    Language::is_candidate(&readable(path))
}

/// The language by name and content, as for a file that a walk came across.
pub(crate) fn of_found(path: &Path, text: &str) -> Option<Language> {
    Language::detect(&readable(path), text)
}

/// The language of a file that somebody named: by its name, else as `preferred` says, else by what it looks like.
pub(crate) fn of_given(path: &Path, text: &str, preferred: Option<Language>) -> Option<Language> {
    by_name(path).or(preferred).or_else(|| of_found(path, text)).or_else(|| looks_like(text))
}

fn readable(path: &Path) -> std::borrow::Cow<'_, Path> {
    match path.file_name() {
        Some(name) if name.to_str().is_none() => std::path::PathBuf::from(name.to_string_lossy().into_owned()).into(),
        _ => path.into(),
    }
}

/// A file whose first line that is no comment begins a stage is a Dockerfile; one with services is a Compose file.
fn looks_like(text: &str) -> Option<Language> {
    let first = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim_start)
        .find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let word = first.split_whitespace().next()?;
    if ["FROM", "ARG"].iter().any(|name| word.eq_ignore_ascii_case(name)) {
        return Some(Language::Dockerfile);
    }
    text.lines()
        .any(|line| line.strip_prefix("services").is_some_and(|rest| rest.trim_end() == ":"))
        .then_some(Language::Compose)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use dlint_linter::Language::{Compose, Daemon, Dockerfile};

    use super::of_given;

    #[test]
    fn name_then_flag_then_content() {
        let of = |name: &str, text: &str, flag| of_given(Path::new(name), text, flag);
        assert_eq!(of("Dockerfile", "services:\n", Some(Compose)), Some(Dockerfile));
        assert_eq!(of("x", "FROM a\n", Some(Daemon)), Some(Daemon));
        assert_eq!(of("Dockerfile.j2", "# x\n\nfrom a\n", None), Some(Dockerfile));
        assert_eq!(of("stack.yml", "x: 1\nservices:\n  a: {}\n", None), Some(Compose));
        assert_eq!(of("notes.txt", "Hello\n", None), None);
        assert_eq!(of("empty", "", None), None);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_count_too() {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"dir/Dockerfile.\xff");
        assert_eq!(super::by_name(Path::new(name)), Some(Dockerfile));
    }
}
