//! What `COPY` and `ADD` put where.

use dlint_syntax::dockerfile::{Copy, Instruction, Kind, Source};
use dlint_syntax::text::CompactString;

use super::{RunNode, paths};

/// How the names of archives end that `ADD` unpacks.
///
/// Source: the reference of Dockerfiles, and moby's package `archive`.
const ARCHIVES: [&str; 13] = [
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.bz2",
    ".tbz",
    ".tbz2",
    ".tb2",
    ".tar.xz",
    ".txz",
    ".tar.zst",
    ".tzst",
    ".tar.lzma",
    ".tlz",
];

/// Whether a path is that of a tar archive, as its name tells.
pub(crate) fn is_archive(path: &str) -> bool {
    let lower = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    ARCHIVES.iter().any(|end| lower.ends_with(end) && lower.len() > end.len())
}

/// A `COPY` or `ADD`.
#[derive(Debug, Clone)]
pub struct CopyNode<'a> {
    /// The index of its stage.
    pub stage: usize,
    /// The index in [`Dockerfile::instructions`](dlint_syntax::dockerfile::Dockerfile::instructions).
    pub at: usize,
    /// The instruction.
    pub instruction: &'a Instruction,
    /// What it says.
    pub copy: &'a Copy,
    /// Where to, as an absolute path with its final slash; `None` if that is not known.
    pub destination: Option<CompactString>,
    /// Where a source may be afterwards: in the destination if that is a folder, or in its place if it is not. Of a folder or a
    /// pattern only the destination itself is known.
    pub places: Vec<String>,
}

impl<'a> CopyNode<'a> {
    /// The arguments of an instruction, if it is one of the two. What `ONBUILD` puts off happens elsewhere.
    pub(super) fn of(instruction: &'a Instruction) -> Option<&'a Copy> {
        match &instruction.kind {
            Kind::Copy(copy) | Kind::Add(copy) => Some(copy),
            _ => None,
        }
    }

    pub(super) fn new(
        stage: usize,
        at: usize,
        instruction: &'a Instruction,
        copy: &'a Copy,
        destination: Option<CompactString>,
    ) -> Self {
        let mut node = Self { stage, at, instruction, copy, destination, places: Vec::new() };
        node.places = node.find_places();
        node
    }

    /// Whether the instruction leaves what is in a source, and not the source: `ADD` does so with archives of the build context,
    /// and with others if it is told to.
    fn unpacks(&self, path: &str) -> bool {
        if !matches!(self.instruction.kind, Kind::Add(_)) || !is_archive(path) {
            return false;
        }
        match self.instruction.flag("unpack").and_then(|flag| flag.value.as_ref()) {
            Some(value) => value.text != "false",
            None => !path.contains("://"),
        }
    }

    fn find_places(&self) -> Vec<String> {
        let Some(destination) = &self.destination else { return Vec::new() };
        let folder = destination.trim_end_matches('/');
        let is_folder = destination.ends_with('/') || self.copy.sources.len() > 1;
        let mut places = Vec::new();
        for source in &self.copy.sources {
            let path = match source {
                Source::Path(path) => path.text.as_str(),
                Source::Heredoc(index) => {
                    self.instruction.heredocs.get(*index).map_or("", |heredoc| heredoc.name.as_str())
                }
            };
            let name = path.split(['?', '#']).next().unwrap_or(path).rsplit('/').next().unwrap_or(path);
            let is_name = !name.is_empty() && name != "." && !name.contains(['*', '?', '[', '$']);
            // Of an archive that is unpacked, what was in it.
            let is_name = is_name && !self.unpacks(path);
            if is_name {
                places.push(format!("{folder}/{name}"));
            }
            if !is_folder || !is_name {
                places.push(folder.to_owned());
            }
        }
        places.dedup();
        places
    }
}

impl RunNode<'_> {
    /// Where a path of its commands is, if that is known: commands before may have changed the folder.
    pub fn absolute(&self, path: &str) -> Option<String> {
        if path.starts_with('/') {
            return Some(path.to_owned());
        }
        let folder = self.workdir.as_ref()?.value.known()?;
        let moves = self.nodes().any(|node| matches!(node.name(), "cd" | "pushd"));
        (!moves && !path.starts_with(['~', '$', '-'])).then(|| paths::join(folder, path))
    }
}
