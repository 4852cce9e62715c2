//! `COPY` and `ADD`: where from, where to, and with which rights.

use super::super::tree::{Flag, Source};
use super::super::word::Word;
use super::{Copy, ErrorKind, Escape, Instruction, Kind, SyntaxError, image, known, shown};

/// Checks the sources, the destination and the flags.
pub(super) fn check(instruction: &Instruction, copy: &Copy, escape: Escape, errors: &mut Vec<SyntaxError>) {
    let is_add = matches!(instruction.kind, Kind::Add(_));
    let paths = || {
        copy.sources.iter().filter_map(|source| match source {
            Source::Path(word) => Some(word),
            Source::Heredoc(_) => None,
        })
    };
    errors.extend(instruction.flag("chmod").and_then(|flag| chmod(flag, escape)));
    if is_add {
        let paths: Vec<&Word> = paths().collect();
        errors.extend(instruction.flag("checksum").and_then(|flag| checksum(flag, &paths, escape)));
    } else {
        errors.extend(paths().filter_map(|word| remote(word, escape)));
    }
    errors.extend(destination(instruction, copy, escape));
}

/// A source of `COPY` that only `ADD` can fetch.
fn remote(word: &Word, escape: Escape) -> Option<SyntaxError> {
    let text = known(word, escape)?;
    let what = match remote_kind(&text)? {
        Remote::Http => "URL",
        Remote::Git => "git repository",
    };
    let message = format!("`COPY` cannot fetch a {what}: `{}`", shown(&text));
    Some(SyntaxError::new(ErrorKind::RemoteCopySource, word.range, message).help("Use `ADD`, with a `--checksum`"))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remote {
    Http,
    Git,
}

/// What BuildKit fetches. Source: <https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository>.
fn remote_kind(text: &str) -> Option<Remote> {
    if let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) {
        let path = rest.split(['#', '?']).next().unwrap_or_default();
        let is_git = path.contains('/') && path.strip_suffix(".git").is_some();
        return Some(if is_git { Remote::Git } else { Remote::Http });
    }
    if text.starts_with("git://") || text.starts_with("ssh://") {
        return Some(Remote::Git);
    }
    // `user@host:path`, as scp takes it.
    let (user, rest) = text.split_once('@')?;
    let (host, _) = rest.split_once(':')?;
    let is_word = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || more.contains(c))
    };
    (is_word(user, "_") && is_word(host, ".")).then_some(Remote::Git)
}

/// `--checksum`: the digest of one remote file, or the commit of one git repository.
fn checksum(flag: &Flag, paths: &[&Word], escape: Escape) -> Option<SyntaxError> {
    let value = flag.value.as_ref()?;
    if value.text.is_empty() {
        return None;
    }
    let error = |range, message: String| SyntaxError::new(ErrorKind::InvalidAddFlag, range, message);
    let [path] = paths else {
        let message = format!("`--checksum` is for one source, but there are {}", paths.len());
        return Some(error(flag.range, message).help("Give every source an `ADD` of its own"));
    };
    let text = known(path, escape)?;
    match remote_kind(&text) {
        None => {
            let message = format!("`--checksum` is for remote sources, but `{}` is in the build context", shown(&text));
            Some(error(flag.range, message).related(path.range, "the source"))
        }
        Some(Remote::Git) => None,
        Some(Remote::Http) => {
            let problem = image::digest_problem(&known(value, escape)?)?;
            let message = format!(
                "`{}` is not a checksum: {}",
                shown(&value.text),
                problem.strip_prefix("its ").map_or_else(|| problem.clone(), |rest| format!("the {rest}"))
            );
            Some(error(value.range, message).help("Write `sha256:` and the 64 hexadecimal digits"))
        }
    }
}

/// `--chmod`: up to 07777 in octal digits, or symbols as `chmod` takes them.
fn chmod(flag: &Flag, escape: Escape) -> Option<SyntaxError> {
    let value = flag.value.as_ref()?;
    let text = known(value, escape)?;
    let is_octal = text.bytes().all(|byte| byte.is_ascii_digit());
    let valid =
        if is_octal { u32::from_str_radix(&text, 8).is_ok_and(|mode| mode <= 0o7777) } else { is_symbolic(&text) };
    if text.is_empty() || valid {
        return None;
    }
    let message = format!("`{}` is not a file mode", shown(&text));
    let error = SyntaxError::new(ErrorKind::InvalidChmod, value.range, message);
    Some(error.help("Write up to four octal digits (`0755`), or symbols (`u=rwX,go=rX`)"))
}

/// `[ugoa]*[-+=][rwxXstugo]*`, more than once and separated by commas.
fn is_symbolic(text: &str) -> bool {
    text.split(',').all(|clause| {
        let rest = clause.trim_start_matches(['u', 'g', 'o', 'a']);
        rest.starts_with(['-', '+', '='])
            && rest.split(['-', '+', '=']).all(|part| part.chars().all(|c| "rwxXstugo".contains(c)))
    })
}

/// The flags of `COPY` and `ADD` that have to have a value.
const VALUED: [&str; 5] = ["checksum", "chmod", "chown", "exclude", "from"];

/// Several sources need a directory.
fn destination(instruction: &Instruction, copy: &Copy, escape: Escape) -> Option<SyntaxError> {
    // A flag without `=` leaves its value to be taken for a source.
    let lacks_value = |flag: &Flag| flag.value.is_none() && VALUED.contains(&flag.name.text.as_str());
    if instruction.flags.iter().any(lacks_value) {
        return None;
    }
    let destination = copy.destination.as_ref()?;
    let text = known(destination, escape)?;
    if copy.sources.len() < 2 || text.ends_with(['/', '\\']) || matches!(text.as_str(), "." | "..") || text.is_empty() {
        return None;
    }
    let message = format!(
        "`{}` does not end with `/`, but this `{}` has {} sources",
        shown(&text),
        instruction.name(),
        copy.sources.len()
    );
    let error = SyntaxError::new(ErrorKind::CopyDestinationNotDirectory, destination.range, message);
    let suggestion = (destination.text == text).then(|| format!("{text}/"));
    Some(error.help("End the name of a directory with `/`").suggestion(suggestion))
}
