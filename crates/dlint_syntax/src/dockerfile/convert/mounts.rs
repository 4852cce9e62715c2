//! What a `RUN --mount` may say.
//!
//! Source: <https://docs.docker.com/reference/dockerfile/#run---mount>.

use crate::suggest::nearest;

use super::super::mount::is_boolean;
use super::super::tree::{Mount, MountOption};
use super::{ErrorKind, Escape, SyntaxError, known, shown};

const TYPES: [&str; 5] = ["bind", "cache", "tmpfs", "secret", "ssh"];
const SHARING: [&str; 3] = ["shared", "private", "locked"];
const KEYS: [&str; 19] = [
    "type",
    "from",
    "source",
    "src",
    "target",
    "dst",
    "destination",
    "readonly",
    "ro",
    "readwrite",
    "rw",
    "required",
    "size",
    "id",
    "sharing",
    "mode",
    "uid",
    "gid",
    "env",
];

/// What was read of a mount's options so far.
#[derive(Default)]
struct State<'m> {
    /// The type; nothing once it is a variable.
    kind: Option<String>,
    /// The options that stand there, by their first name.
    seen: Vec<(&'static str, &'m MountOption)>,
}

impl<'m> State<'m> {
    fn is(&self, kinds: &[&str]) -> bool {
        self.kind.as_deref().is_none_or(|kind| kinds.contains(&kind))
    }

    fn has(&self, name: &str) -> Option<&'m MountOption> {
        let mut options = self.seen.iter().rev().filter(|(key, _)| *key == name);
        options.next().map(|(_, option)| *option).filter(|option| {
            // An empty value is no value.
            option.value.as_ref().is_none_or(|value| !value.text.is_empty())
        })
    }
}

/// The first thing that BuildKit refuses in a mount.
pub(super) fn error(mount: &Mount, escape: Escape) -> Option<SyntaxError> {
    let mut state = State { kind: Some("bind".to_owned()), seen: Vec::new() };
    for option in &mount.options {
        if let Some(error) = check_option(option, &mut state, escape) {
            return Some(error);
        }
    }
    check_together(mount, &state)
}

fn invalid(option: &MountOption, message: String) -> SyntaxError {
    SyntaxError::new(ErrorKind::InvalidMount, option.range, message)
}

/// Checks an option by itself, with the type as it is known up to there.
fn check_option<'m>(option: &'m MountOption, state: &mut State<'m>, escape: Escape) -> Option<SyntaxError> {
    let key = option.key.text.to_lowercase();
    let Some(value) = &option.value else {
        return check_bare(option, &key, state);
    };
    let name = match key.as_str() {
        "src" => "source",
        "dst" | "destination" => "target",
        "ro" => "readonly",
        "rw" => "readwrite",
        other => match KEYS.into_iter().find(|key| *key == other) {
            Some(known) => known,
            None => return Some(unknown(option, &key)),
        },
    };
    state.seen.push((name, option));
    if name == "size" && !state.is(&["tmpfs"]) || name == "required" && !state.is(&["secret", "ssh"]) {
        return Some(not_for_type(option, &key, state));
    }
    let Some(text) = known(value, escape) else {
        if name == "type" {
            state.kind = None;
        }
        return None;
    };
    let wrong = |message: String| SyntaxError::new(ErrorKind::InvalidMount, value.range, message);
    let lower = text.to_lowercase();
    match name {
        "type" if TYPES.contains(&lower.as_str()) => {
            state.kind = Some(lower);
            None
        }
        "type" => Some(
            wrong(format!("`{}` is not a type of mount", shown(&text)))
                .help("The types are `bind`, `cache`, `tmpfs`, `secret` and `ssh`")
                .suggestion(nearest(&text, TYPES)),
        ),
        "sharing" if !SHARING.contains(&lower.as_str()) => Some(
            wrong(format!("`{}` is not a way to share a cache", shown(&text)))
                .help("A cache is `shared`, `private` or `locked`")
                .suggestion(nearest(&text, SHARING)),
        ),
        "readonly" | "readwrite" | "required" if !is_boolean(&text) => {
            Some(wrong(format!("`{}` is neither `true` nor `false`", shown(&text))))
        }
        "mode" if !is_number(&text, 8) => {
            Some(wrong(format!("`{}` is not a file mode", shown(&text))).help("Write the mode in octal digits: `0400`"))
        }
        "uid" | "gid" if !is_number(&text, 10) => {
            Some(wrong(format!("`{}` is not a number", shown(&text))).help("Names cannot be used here"))
        }
        "size" if !is_size(&text) => {
            Some(wrong(format!("`{}` is not a size", shown(&text))).help("Write a number and a unit: `64m`"))
        }
        _ => None,
    }
}

/// An option without `=`.
fn check_bare<'m>(option: &'m MountOption, key: &str, state: &mut State<'m>) -> Option<SyntaxError> {
    match key {
        "readonly" | "ro" | "readwrite" | "rw" => None,
        "required" if state.is(&["secret", "ssh"]) => None,
        "required" => Some(not_for_type(option, key, state)),
        _ if KEYS.contains(&key) => {
            Some(invalid(option, format!("`{key}` has no value")).help(format!("Write `{key}=VALUE`")))
        }
        _ => Some(unknown(option, key)),
    }
}

fn unknown(option: &MountOption, key: &str) -> SyntaxError {
    let place = if option.key.text.is_empty() { option.range } else { option.key.range };
    let message = if key.is_empty() {
        "an option of the mount has no name".to_owned()
    } else {
        format!("`{}` is not an option of a mount", shown(key))
    };
    SyntaxError::new(ErrorKind::InvalidMount, place, message).suggestion(nearest(key, KEYS))
}

fn not_for_type(option: &MountOption, key: &str, state: &State<'_>) -> SyntaxError {
    let kind = state.kind.as_deref().unwrap_or("bind");
    let error = invalid(option, format!("`{key}` is not for a mount of type `{kind}`"));
    if kind == "bind" { error.help("Options are read in order: write the `type` before it") } else { error }
}

/// Checks what options may stand together.
fn check_together(mount: &Mount, state: &State<'_>) -> Option<SyntaxError> {
    let kind = state.kind.as_deref()?;
    if !matches!(kind, "secret" | "ssh" | "cache") {
        for name in ["mode", "uid", "gid"] {
            if let Some((_, option)) = state.seen.iter().find(|(key, _)| *key == name) {
                return Some(invalid(option, format!("`{name}` is not for a mount of type `{kind}`")));
            }
        }
    }
    if kind == "secret" {
        if let Some(option) = state.has("from") {
            return Some(invalid(option, "a secret does not come `from` a stage or image".to_owned()));
        }
        let (source, target, id) = (state.has("source"), state.has("target"), state.has("id"));
        if let (Some(source), Some(id)) = (source, id) {
            let error = invalid(id, "`id` and `source` of a secret mean the same".to_owned());
            return Some(error.help("Remove one of the two").related(source.range, "the other one is here"));
        }
        if source.is_none() && target.is_none() && id.is_none() {
            let error = SyntaxError::new(ErrorKind::InvalidMount, mount.range, "this secret has no `id`");
            return Some(error.help("Say which secret it is: `id=NAME`"));
        }
    }
    if kind != "cache"
        && let Some(option) = state.has("sharing")
    {
        return Some(invalid(option, format!("`sharing` is not for a mount of type `{kind}`")));
    }
    let target = state.has("target").filter(|_| !matches!(kind, "secret" | "ssh"))?;
    let path = &target.value.as_ref()?.text;
    let is_root = path.starts_with('/') && path.split('/').all(|part| part.is_empty() || part == "." || part == "..");
    is_root.then(|| invalid(target, "a mount cannot hide the whole file system, `/`".to_owned()))
}

/// Digits only, and not above 32 bits.
fn is_number(text: &str, radix: u32) -> bool {
    !text.starts_with('+') && u32::from_str_radix(text, radix).is_ok()
}

/// A number with an optional unit, as in Docker's memory limits: `64m`, `1.5 GiB`, `100b`.
fn is_size(text: &str) -> bool {
    let number = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(number);
    let unit = unit.strip_prefix(' ').unwrap_or(unit).to_ascii_lowercase();
    let unit = unit.strip_suffix("ib").or_else(|| unit.strip_suffix('b')).unwrap_or(&unit);
    number.parse::<f64>().is_ok() && matches!(unit, "" | "k" | "m" | "g" | "t" | "p")
}
