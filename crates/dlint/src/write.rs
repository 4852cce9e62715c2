//! Writing: reports to where they are wanted, and fixed files back to where they came from.

use std::fs::{self, File};
use std::io::{self, IoSlice, Write};
use std::path::Path;

/// Where a report goes.
#[derive(Debug)]
pub(crate) enum Sink {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
    /// A file that is open already, so that it is known to be writable before the work is done, and its name in messages.
    File(File, String),
}

/// Writes pieces to a sink. That nobody reads on (`dlint | head`) is no error.
pub(crate) fn print<'a>(sink: &Sink, pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<(), String> {
    let write = |out: &mut dyn Write| {
        let pieces = pieces.into_iter().filter(|piece| !piece.is_empty());
        let mut pieces: Vec<IoSlice<'_>> = pieces.map(IoSlice::new).collect();
        let mut left = &mut pieces[..];
        while !left.is_empty() {
            match out.write_vectored(left) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => IoSlice::advance_slices(&mut left, written),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        out.flush()
    };
    let result = match sink {
        Sink::Stdout => {
            let mut stdout = io::stdout().lock();
            // The standard library looks for the last newline of whatever it is given, which in JSON is all of it.
            match stdout.flush().ok().and_then(|()| unbuffered()) {
                Some(mut file) => write(&mut file),
                None => write(&mut stdout),
            }
        }
        Sink::Stderr => write(&mut io::stderr().lock()),
        Sink::File(file, _) => write(&mut &*file),
    };
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(match sink {
            Sink::File(_, name) => format!("`{name}` cannot be written: {error}"),
            Sink::Stdout | Sink::Stderr => format!("the report cannot be written: {error}"),
        }),
        _ => Ok(()),
    }
}

/// Standard output without the buffer for lines.
#[cfg(unix)]
fn unbuffered() -> Option<File> {
    use std::os::fd::AsFd;
    io::stdout().as_fd().try_clone_to_owned().ok().map(File::from)
}

#[cfg(not(unix))]
fn unbuffered() -> Option<File> {
    None
}

/// Replaces the content of a file in one step: whoever reads it sees the old text or the new one, never a part.
/// Permissions stay, and the owner where the system allows it. `path` is free of links. The message of an error does not
/// name the file.
pub(crate) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), String> {
    let failed = |error: io::Error| format!("cannot be written: {error}");
    let metadata = fs::symlink_metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err("cannot be written: it is no regular file any more".to_owned());
    }
    if metadata.permissions().readonly() {
        return Err("cannot be written: it is read-only".to_owned());
    }
    let folder = path.parent().ok_or_else(|| "cannot be written: it has no folder".to_owned())?;
    let mut temporary = tempfile::Builder::new().prefix(".dlint-").tempfile_in(folder).map_err(failed)?;
    temporary.write_all(new).map_err(failed)?;
    temporary.as_file().set_permissions(metadata.permissions()).map_err(failed)?;
    keep_owner(temporary.as_file(), &metadata);
    // As late as can be: between this and the next line nothing but luck protects a change by somebody else.
    if fs::read(path).map_err(failed)? != old {
        return Err("was changed by somebody else meanwhile, so its fixes are not written".to_owned());
    }
    temporary.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(unix)]
fn keep_owner(file: &File, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(own) = file.metadata() else { return };
    if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
        // Only root may give a file away; a file that then belongs to who fixed it is what an editor leaves too.
        let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
        // Giving it away may have taken permissions.
        let _ = file.set_permissions(metadata.permissions());
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _metadata: &fs::Metadata) {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::replace;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Dockerfile");
        fs::write(&path, "FROM a\r\n").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).unwrap();
            replace(&path, b"FROM a\r\n", b"FROM b\r\n").unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o750);
        }
        replace(&path, &fs::read(&path).unwrap(), b"FROM c\r\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"FROM c\r\n");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_somebody_else_wrote_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Dockerfile");
        fs::write(&path, "FROM theirs\n").unwrap();
        let error = replace(&path, b"FROM old\n", b"FROM new\n").unwrap_err();
        assert!(error.contains("changed by somebody else"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"FROM theirs\n");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_read_only_stays_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Dockerfile");
        fs::write(&path, "a").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(replace(&path, b"a", b"b").unwrap_err().contains("read-only"));
    }
}
