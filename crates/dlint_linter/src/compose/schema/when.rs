//! When Compose refuses a value: what it looks at in each file alone, and what in all that the files come to.
//!
//! Source: Docker Compose 2.40.3 as it is run.

use std::borrow::Cow;

use super::Format;
use super::fault::FaultKind;

/// When Compose refuses a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// As soon as it replaces the variables of the file, whatever other files say.
    InFile,
    /// When it brings the file into the long forms, be it that only another service of it is extended.
    InForm,
    /// When it looks at what the file, and those before it, come to.
    SoFar,
    /// When it looks at what all files come to.
    InProject,
}

/// Whether Compose looks at how many there are only when all is merged.
pub(super) fn is_counted_at_end(path: &[Cow<'static, str>]) -> bool {
    path.last().is_some_and(|key| matches!(key.as_ref(), "replicas" | "scale"))
}

/// When Compose refuses a text that is not in a format. Of most keys it makes numbers and booleans as soon as it has replaced variables, in
/// each file alone; of a few, and of sizes and the like, only at the end.
pub(super) fn when(path: &[Cow<'static, str>], format: Format) -> Refused {
    match format {
        Format::Size
        | Format::PositiveSize
        | Format::Duration
        | Format::FileMode
        | Format::CommandLine
        | Format::CountOrAll
        | Format::Host => Refused::InProject,
        Format::Boolean | Format::Integer { .. } | Format::Number | Format::Percent => {
            let [.., owner, key] = path else { return Refused::SoFar };
            let is_at_end = match key.as_ref() {
                "attach" | "create_host_path" | "initial_sync" | "no_cache" | "per_replica" | "pull" | "restart"
                | "weight" => true,
                // `services.NAME.privileged` is early, that of a build or a hook is not.
                "privileged" => path.len() != 3,
                "required" => owner == "[]",
                "cpus" | "pids" => matches!(owner.as_ref(), "limits" | "reservations"),
                _ => false,
            };
            // Where the schema wants a number, a text is refused by that.
            let is_plain = path.iter().any(|name| name == "build") && path.iter().any(|name| name == "ulimits");
            match (is_at_end, is_plain) {
                (true, _) => Refused::InProject,
                (false, true) => Refused::SoFar,
                (false, false) => Refused::InFile,
            }
        }
        _ => Refused::SoFar,
    }
}

/// Whether Compose refuses a fault of this kind in any file that it reads, be it one of which only another service is extended: it does not
/// ask its schema of that, but it brings the short forms of the whole file into the long ones, and searches lists for what is there twice. `path`: that of the value, `key`: the one that is missing in it.
pub(super) fn is_read_anywhere(kind: FaultKind, path: &[Cow<'static, str>], key: Option<&str>) -> bool {
    let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    let ["services", _, path @ ..] = path.as_slice() else { return false };
    match kind {
        FaultKind::WrongType => match path {
            ["build" | "depends_on" | "env_file" | "extends" | "gpus" | "ports"] | ["depends_on" | "ulimits", _] => {
                true
            }
            [list, "[]"] => LISTS.contains(list),
            _ => false,
        },
        FaultKind::InvalidValue => matches!(path, ["devices" | "ports" | "volumes", "[]"]),
        FaultKind::MissingKey => match path {
            ["devices" | "ports" | "volumes", "[]"] => key == Some("target"),
            ["env_file", "[]"] => key == Some("path"),
            _ => false,
        },
        FaultKind::UnknownKey | FaultKind::DuplicateItem | FaultKind::Conflict => false,
    }
}

/// The lists of a service whose items Compose compares, or brings into the long form.
const LISTS: [&str; 21] = [
    "annotations",
    "cap_add",
    "cap_drop",
    "configs",
    "devices",
    "dns",
    "dns_opt",
    "dns_search",
    "environment",
    "expose",
    "label_file",
    "labels",
    "links",
    "models",
    "networks",
    "ports",
    "profiles",
    "secrets",
    "sysctls",
    "tmpfs",
    "volumes",
];
