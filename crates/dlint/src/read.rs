//! Reading what may be anything: files of strangers, and standard input.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use dlint_linter::utf16::{self, is_utf16};
use dlint_linter::{Document, Language};

/// The largest file that is read, in bytes.
pub(crate) const LIMIT: u64 = 50 * 1024 * 1024;

/// How much of a file is looked at to tell whether it is binary, in bytes.
pub(crate) const SNIFFED: usize = 8 * 1024;

/// Reads a regular file of text. Follows links. The message of an error does not name the file.
pub(crate) fn file(path: &Path) -> Result<Vec<u8>, String> {
    small_file(path, LIMIT)
}

/// As [`file`], of at most so many bytes.
pub(crate) fn small_file(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    whole(path, limit).and_then(text_only)
}

/// Reads a file that may be a document: text, or UTF-16.
pub(crate) fn source(path: &Path) -> Result<Vec<u8>, String> {
    whole(path, LIMIT).and_then(utf16_or_text)
}

/// Parses what [`source`] or [`stdin_source`] gave. BuildKit reads no UTF-16.
pub(crate) fn parse(shown: &Path, bytes: Vec<u8>, language: Language) -> Result<Arc<Document>, String> {
    if language == Language::Dockerfile && is_utf16(&bytes) {
        return Err(UTF_16.to_owned());
    }
    Ok(Arc::new(Document::parse_bytes(shown, bytes, language)))
}

/// What [`source`] or [`stdin_source`] gave as text, to see what it is.
pub(crate) fn readable(bytes: &[u8]) -> Cow<'_, str> {
    utf16::decode(bytes).map_or_else(|| String::from_utf8_lossy(bytes), |(text, _)| Cow::Owned(text))
}

/// Reads a file that is written for a linter. It has to be UTF-8.
pub(crate) fn configuration(path: &Path) -> Result<String, String> {
    let bytes = whole(path, LIMIT)?;
    if looks_like_utf16(&bytes) {
        return Err("is UTF-16; save it as UTF-8".to_owned());
    }
    String::from_utf8(text_only(bytes)?).map_err(|_| "is not UTF-8; save it as UTF-8".to_owned())
}

fn whole(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let file = open(path).map_err(|error| explain(path, &error))?;
    let metadata = file.metadata().map_err(|error| explain(path, &error))?;
    if !metadata.is_file() {
        return Err(not_a_file(metadata.file_type()));
    }
    bytes(file, metadata.len(), limit)
}

/// What is in a folder, sorted by name.
pub(crate) type Names = Vec<(OsString, FileType)>;

/// What is there of that name.
pub(crate) fn kind_of(names: &Names, name: &OsStr) -> Option<FileType> {
    let at = names.binary_search_by(|(other, _)| other.as_os_str().cmp(name)).ok()?;
    Some(names[at].1)
}

/// Reads a folder: at most so many of its entries, and what went wrong with some of them.
pub(crate) fn folder(path: &Path, most: usize) -> io::Result<(Names, Vec<io::Error>)> {
    let (mut names, mut errors) = (Names::new(), Vec::new());
    for entry in fs::read_dir(path)?.take(most) {
        match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
            Ok(name) => names.push(name),
            Err(error) => errors.push(error),
        }
    }
    names.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    Ok((names, errors))
}

/// Reads standard input to its end.
pub(crate) fn stdin() -> Result<Vec<u8>, String> {
    bytes(io::stdin().lock(), 0, LIMIT).and_then(text_only)
}

/// Reads standard input to its end, as [`source`].
pub(crate) fn stdin_source() -> Result<Vec<u8>, String> {
    bytes(io::stdin().lock(), 0, LIMIT).and_then(utf16_or_text)
}

/// Reads a diff that whoever runs dlint names; it may be a pipe of the shell (`<(git diff)`).
pub(crate) fn diff(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| explain(path, &error))?;
    bytes(file, 0, LIMIT)
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // Opening a named pipe otherwise waits for a writer.
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// Reads to the end. `size` is what is expected; a file may have grown since, or say nothing of its size.
fn bytes(mut source: impl Read, size: u64, limit: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    if size <= limit {
        // One byte more than there should be: where none comes for it, this was the end, and one call was enough.
        bytes.resize(size as usize + 1, 0);
        let first = loop {
            match source.read(&mut bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(format!("cannot be read: {error}")),
                Ok(count) => break count,
            }
        };
        bytes.truncate(first);
        if size == 0 || first as u64 != size {
            let mut rest = source.take((limit + 1).saturating_sub(first as u64));
            rest.read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
        }
    }
    if size.max(bytes.len() as u64) > limit {
        return Err(format!("is larger than {} MiB", limit / 1024 / 1024));
    }
    Ok(bytes)
}

/// Whether bytes are UTF-16, by the mark at their start or by how they look: of what is mostly ASCII, one byte of each two is 0, and always the
/// same.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    if is_utf16(bytes) {
        return true;
    }
    let pairs = sniffed(bytes).chunks_exact(2);
    let all = pairs.len();
    let zeros = |which: usize| pairs.clone().filter(|pair| pair[which] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    first.min(second) == 0 && all > 1 && first.max(second) * 2 > all
}

fn sniffed(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(SNIFFED)]
}

/// What is said of UTF-16.
pub(crate) const UTF_16: &str = "is UTF-16, which Docker does not read; save it as UTF-8";

/// Whether a file on the disk is UTF-16 and so not read, as far as its start tells.
pub(crate) fn is_saved_as_utf16(path: &Path, language: Language) -> bool {
    let Ok(file) = open(path) else { return false };
    let mut start = Vec::new();
    let is_file = file.metadata().is_ok_and(|it| it.is_file());
    let is_read = |start: &[u8]| language != Language::Dockerfile && is_utf16(start);
    is_file && file.take(SNIFFED as u64).read_to_end(&mut start).is_ok() && looks_like_utf16(&start) && !is_read(&start)
}

/// Why bytes are not looked at: they are no text, or none that Docker reads.
pub(crate) fn refusal(bytes: &[u8]) -> Option<&'static str> {
    let has_zeros = sniffed(bytes).contains(&0);
    // Hardly any file has, and the others need no closer look.
    if is_utf16(bytes) || has_zeros && looks_like_utf16(bytes) {
        Some(UTF_16)
    } else {
        has_zeros.then_some("is a binary file")
    }
}

/// What may be a document: with its mark, UTF-16 is one.
fn utf16_or_text(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if is_utf16(&bytes) { Ok(bytes) } else { text_only(bytes) }
}

fn text_only(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    match refusal(&bytes) {
        Some(refusal) => Err(refusal.to_owned()),
        None => Ok(bytes),
    }
}

/// Says in plain words why a file cannot be had.
pub(crate) fn explain(path: &Path, error: &io::Error) -> String {
    let kind = fs::metadata(path).map(|metadata| metadata.file_type());
    if let Some(kind) = kind.ok().filter(|kind| !kind.is_file() && !kind.is_dir()) {
        return not_a_file(kind);
    }
    let link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match error.kind() {
        io::ErrorKind::NotFound if link => match fs::read_link(path) {
            Ok(target) => format!("is a link to `{}`, which does not exist", crate::paths::display(&target)),
            Err(_) => "is a link to nothing".to_owned(),
        },
        io::ErrorKind::NotFound => "does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read: permission denied".to_owned(),
        _ if is_loop(error) => "is a link that leads back to itself".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

#[cfg(unix)]
fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ELOOP)
}

#[cfg(not(unix))]
fn is_loop(_error: &io::Error) -> bool {
    false
}

/// Says what something is that is neither a file nor a folder.
pub(crate) fn not_a_file(kind: FileType) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "is a named pipe, not a file; pipe into `dlint -` instead".to_owned();
        }
        if kind.is_socket() {
            return "is a socket, not a file".to_owned();
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "is a device, not a file".to_owned();
        }
    }
    if kind.is_dir() { "is a folder, not a file".to_owned() } else { "is not a regular file".to_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{LIMIT, bytes, text_only};

    #[test]
    fn only_text_passes() {
        assert_eq!(text_only(b"FROM a\n".to_vec()).unwrap(), b"FROM a\n");
        assert_eq!(text_only(vec![]).unwrap(), b"");
        assert_eq!(text_only(b"FROM \xff\n".to_vec()).unwrap(), b"FROM \xff\n", "not UTF-8 is still text");
        assert!(text_only(b"\x7fELF\0".to_vec()).unwrap_err().contains("binary"));
        assert!(text_only(b"\xff\xfeF\0".to_vec()).unwrap_err().contains("UTF-16"));
        let units = || "# \u{fc}ber \u{4e2d}\nFROM a\n".encode_utf16();
        for bytes in [units().flat_map(u16::to_le_bytes).collect(), units().flat_map(u16::to_be_bytes).collect()] {
            assert!(text_only(bytes).unwrap_err().contains("UTF-16"), "without a mark");
        }
        assert!(text_only(b"a\0".to_vec()).unwrap_err().contains("binary"), "too little to tell");
    }

    #[test]
    fn a_file_that_lies_about_its_size_is_still_limited() {
        assert!(bytes(std::io::repeat(b'a'), 0, LIMIT).unwrap_err().contains("50 MiB"));
        assert!(bytes(std::io::empty(), LIMIT + 1, LIMIT).unwrap_err().contains("50 MiB"));
    }
}
