//! Mounts.
//!
//! Source: Compose file reference, "volumes" of a service; the short syntax is read as compose-go does.

mod short;

use std::path::{Path, PathBuf};

use super::Syntax;
use super::host_path::normalize_host_path;
use super::interpolate::HOLE;
use super::node::Node;
use super::place::Place;
use super::scalar::Scalar;
use super::schema::TextFault;

/// An entry of a service's `volumes`.
#[derive(Debug, Clone)]
pub struct Mount {
    /// The entry: the token of the short syntax, the mapping of the long one.
    pub place: Place,
    /// The alias or merge key by which the entry came into the service.
    pub alias: Option<Place>,
    /// How it is written.
    pub syntax: Syntax,
    /// What is mounted.
    pub kind: MountKind,
    /// The path on the host or the name of the volume.
    pub source: Option<Scalar>,
    /// The path in the container.
    pub target: Option<Scalar>,
    /// Whether it is read-only. `None` where a variable decides.
    pub read_only: Option<bool>,
    /// How mounts made later are passed on (`rshared`, `rprivate`, …), if it is said.
    pub propagation: Option<Scalar>,
    /// The SELinux label (`z` or `Z`), if it is said.
    pub selinux: Option<Scalar>,
    /// The options of the short syntax, each where it is written; those that Compose does not know too.
    pub options: Vec<Scalar>,
    folder: PathBuf,
    creates_source: bool,
}

/// What is mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MountKind {
    /// A file or folder of the host.
    Bind,
    /// A volume with a name.
    Volume,
    /// A volume without a name.
    Anonymous,
    /// A file system in memory.
    Tmpfs,
    /// A named pipe of a Windows host.
    Npipe,
    /// A cluster volume of Swarm.
    Cluster,
    /// The files of an image.
    Image,
    /// A variable decides, or the type is none that Compose knows.
    Unknown,
}

/// What Compose refuses in an entry of `volumes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MountError {
    /// The part at fault.
    pub place: Place,
    /// What is wrong with it.
    pub kind: MountErrorKind,
}

/// The kinds of [`MountError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MountErrorKind {
    /// Nothing is written.
    Empty,
    /// Nothing stands between two colons, or behind the last.
    EmptySection,
    /// There are more than three parts.
    TooManyColons,
    /// The entry is neither a scalar nor a mapping.
    WrongType,
}

impl Mount {
    /// Reads an entry of `volumes`.
    pub fn read(node: &Node<'_>) -> Result<Self, MountError> {
        if node.is_mapping() {
            return Ok(Self::long(node));
        }
        let scalar = node.scalar().ok_or(MountError { place: node.place(), kind: MountErrorKind::WrongType })?;
        let mut mount = short::parse(&scalar)?;
        node.folder().clone_into(&mut mount.folder);
        Ok(mount)
    }

    fn long(node: &Node<'_>) -> Self {
        let source_node = node.get("source");
        let source = node.scalar_of("source").filter(|source| !source.is(""));
        let bind = node.get("bind");
        let in_bind = |key| bind.as_ref().and_then(|bind| bind.scalar_of(key));
        let kind = match node.scalar_of("type") {
            Some(kind) => match kind.known() {
                Some("bind") => MountKind::Bind,
                Some("volume") if source.as_ref().is_some_and(|source| is_absolute(source.text())) => MountKind::Bind,
                Some("volume") if source.is_none() => MountKind::Anonymous,
                Some("volume") => MountKind::Volume,
                Some("tmpfs") => MountKind::Tmpfs,
                Some("npipe") => MountKind::Npipe,
                Some("cluster") => MountKind::Cluster,
                Some("image") => MountKind::Image,
                _ => MountKind::Unknown,
            },
            // Compose requires a type; what is meant can be told nevertheless.
            None => source.as_ref().map_or(MountKind::Anonymous, |source| kind_of_source(source.text())),
        };
        Self {
            place: node.place(),
            alias: node.via(),
            syntax: Syntax::Long,
            kind,
            folder: source_node.as_ref().map_or(node.folder(), Node::folder).to_owned(),
            source,
            target: node.scalar_of("target"),
            read_only: node.scalar_of("read_only").map_or(Some(false), |flag| flag.boolean()),
            propagation: in_bind("propagation"),
            selinux: in_bind("selinux"),
            options: Vec::new(),
            // Where it is not said, versions of Compose differ.
            creates_source: in_bind("create_host_path").is_some_and(|flag| flag.is_true()),
        }
    }

    /// Whether Docker makes a folder where nothing is on the host.
    pub fn creates_source(&self) -> bool {
        self.creates_source
    }

    /// The path in the container as it is written, by which Compose first tells entries apart.
    pub(super) fn written_identity(&self) -> Option<String> {
        self.target.as_ref()?.known().map(str::to_owned)
    }

    /// The folder that a relative source is relative to, as the paths of documents are given.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What makes two entries the same to Compose, of which the later one holds: the path in the container, which Compose has cleaned by
    /// then only in the short syntax. `None` where a variable decides.
    pub fn identity(&self) -> Option<String> {
        match self.syntax {
            Syntax::Short => self.clean_target(),
            Syntax::Long => self.target.as_ref()?.known().map(str::to_owned),
        }
    }

    /// The path in the container, without `.`, `..` and doubled slashes. `None` where a variable decides.
    pub fn clean_target(&self) -> Option<String> {
        let target = self.target.as_ref()?.known()?;
        // A Windows path stays as it is.
        Some(if has_drive(target) || target.starts_with('\\') {
            target.to_owned()
        } else {
            normalize_host_path(target)
        })
    }

    /// The path on the host, if something of the host is mounted.
    pub fn host_source(&self) -> Option<&Scalar> {
        matches!(self.kind, MountKind::Bind | MountKind::Npipe).then_some(self.source.as_ref()).flatten()
    }
}

/// What a source in the short syntax is.
fn kind_of_source(source: &str) -> MountKind {
    if source.starts_with(HOLE) {
        // No volume has a slash in its name.
        return if source.contains('/') { MountKind::Bind } else { MountKind::Unknown };
    }
    if source.starts_with(['.', '/', '~']) || source.starts_with(r"\\") || has_drive(source) {
        MountKind::Bind
    } else {
        MountKind::Volume
    }
}

/// Whether a path cannot be the name of a volume.
pub(super) fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '~']) || path.starts_with(r"\\") || has_drive(path)
}

/// Whether a path starts with the drive of a Windows path: a letter and a colon.
pub(super) fn has_drive(path: &str) -> bool {
    let mut chars = path.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some(':')
}

/// Where Compose refuses an entry of `volumes`, and why.
pub(super) fn refused(node: &Node<'_>) -> Option<(Place, TextFault)> {
    let error = Mount::read(node).err()?;
    let what = match error.kind {
        MountErrorKind::Empty => TextFault::new("it is empty"),
        MountErrorKind::EmptySection => TextFault::new("nothing stands beside a colon"),
        MountErrorKind::TooManyColons => {
            TextFault::with_help("it has too many colons", "Use the long form for a path with a colon")
        }
        MountErrorKind::WrongType => TextFault::new("it is neither a text nor a mapping"),
    };
    Some((error.place, what))
}

#[cfg(test)]
mod tests;
