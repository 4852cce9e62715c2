//! Which paths a `RUN` mounts and removes.

use std::borrow::Cow;

use dlint_syntax::dockerfile::Mount;
use dlint_syntax::text::{CompactString, has_byte};

use super::{CommandNode, RunNode};

/// A relative path in a folder, without `./` at its start.
pub(super) fn join(folder: &str, path: &str) -> String {
    let path = path.trim_start_matches("./");
    let path = if path == "." { "" } else { path };
    format!("{}/{path}", folder.trim_end_matches('/'))
}

/// Whether a path is in a folder, or is the folder.
fn is_within(path: &str, folder: &str) -> bool {
    folder == "/" || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether `folder` is `path` or a folder around it. A path may begin with `~`, the home directory of somebody.
fn covers(folder: &str, path: &str) -> bool {
    let folder = match folder.trim_end_matches('/') {
        "" if folder.starts_with('/') => "/",
        folder => folder,
    };
    let Some(below) = path.strip_prefix('~') else { return is_within(path, folder) };
    let homes = ["~", "$HOME", "${HOME}", "/root"];
    if let Some(rest) = homes.iter().find_map(|home| folder.strip_prefix(home)) {
        return rest.is_empty() || is_within(below, rest);
    }
    // A home directory of any name, or a folder in it.
    let is_home = folder.strip_prefix("/home/").is_some_and(|name| !name.contains('/')) || folder == "/home";
    is_home || ends_with_part(folder, below)
}

/// Whether a path ends with the first folders of `below`, which begins with a slash.
fn ends_with_part(path: &str, below: &str) -> bool {
    let ends = below.match_indices('/').map(|(at, _)| at).skip(1).chain([below.len()]);
    ends.into_iter().any(|end| path.ends_with(&below[..end]))
}

impl RunNode<'_> {
    /// The mounts of these types whose target is the path or a folder around it, or is not known.
    pub fn mounts_over<'s>(&'s self, kinds: &'s [&str], path: &'s str) -> impl Iterator<Item = &'s MountNode<'s>> {
        let path = self.at_home(path);
        self.mounts().iter().filter(move |mount| {
            kinds.contains(&mount.kind.as_str()) && mount.target.as_ref().is_none_or(|target| covers(target, &path))
        })
    }

    /// A path that may begin with `~`, in the home directory that `ENV HOME` names; as it is if there is none.
    pub fn at_home<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let Some(below) = path.strip_prefix('~').filter(|below| below.is_empty() || below.starts_with('/')) else {
            return Cow::Borrowed(path);
        };
        match self.variables.find("HOME").and_then(|home| home.value.known()) {
            Some(home) if home.starts_with('/') => Cow::Owned(format!("{}{below}", home.trim_end_matches('/'))),
            _ => Cow::Borrowed(path),
        }
    }

    fn mount_target(&self, mount: &Mount) -> Option<String> {
        let target = mount.option(&["target", "dst", "destination"])?.value.as_ref()?;
        let text = self.expand(target)?;
        if text.starts_with('/') {
            return Some(text);
        }
        Some(join(self.workdir.as_ref()?.value.known()?, &text))
    }
}

impl<'a> RunNode<'a> {
    /// Its mounts.
    pub fn mounts(&self) -> &[MountNode<'a>] {
        self.mounts.get_or_init(|| {
            let node = |mount: &'a Mount| MountNode { mount, kind: mount.kind(), target: self.mount_target(mount) };
            self.run.mounts.iter().map(node).collect()
        })
    }
}

/// A mount of a `RUN`.
#[derive(Debug, Clone)]
pub struct MountNode<'a> {
    /// What is written.
    pub mount: &'a Mount,
    /// Its type in lower case: `cache`, `bind`, …
    pub kind: CompactString,
    /// Where it appears, as an absolute path; `None` if that is not known.
    pub target: Option<String>,
}

impl CommandNode<'_, '_> {
    /// Whether it removes what is at a path: the path itself, a folder around it, or things in it.
    pub fn removes(&self, path: &str) -> bool {
        let Some(program) = self.program else { return false };
        let is_removal = match program.name.as_ref() {
            "rm" | "rmdir" | "unlink" | "shred" => true,
            "find" => program.words.iter().any(|word| word.is("-delete") || word.is("rm")),
            _ => false,
        };
        if !is_removal {
            return false;
        }
        let path = self.run.at_home(path);
        let reaches = |target: &str| reaches(&self.run.at_home(target), &path);
        program.words.iter().any(|word| {
            let text = self.value(word).unwrap_or_else(|| word.unquoted().into_owned());
            text.split_whitespace().any(|text| {
                if has_byte(text, b'{') { braces(text).iter().any(|target| reaches(target)) } else { reaches(text) }
            })
        })
    }
}

/// Whether removing `target`, which may have a pattern at its end, takes away what is at `path` or in it.
fn reaches(target: &str, path: &str) -> bool {
    if target.starts_with('-') {
        return false;
    }
    let fixed = target.find(['*', '?', '[']).map_or(target, |at| &target[..at]);
    // Below a folder that nobody knows.
    if target.starts_with('$') {
        let below = fixed.find('/').map_or("", |at| fixed[at..].trim_end_matches('/'));
        if !below.is_empty() && path.ends_with(below) {
            return true;
        }
    }
    if fixed.len() < target.len() && !fixed.ends_with('/') {
        if !fixed.contains('/') {
            return false;
        }
        // `/var/cache/dnf*`, `/var/lib/apt/li*`
        let at_home = path.strip_prefix('~').map(|below| format!("/root{below}"));
        return path.starts_with(fixed)
            || at_home.is_some_and(|path| path.starts_with(fixed))
            || starts_within(fixed, path);
    }
    let folder = fixed.trim_end_matches('/');
    (!folder.is_empty() && covers(folder, path)) || starts_within(target, path)
}

/// Whether a target lies in the path.
fn starts_within(target: &str, path: &str) -> bool {
    match path.strip_prefix('~') {
        None => is_within(target.trim_end_matches('/'), path),
        Some(below) => target.contains(below),
    }
}

/// The words that a word with braces (`/var/{cache,log}/*`) stands for.
fn braces(text: &str) -> Vec<String> {
    let open = text.find('{').filter(|&at| !text[..at].ends_with('$'));
    let Some((open, close)) = open.and_then(|open| Some((open, open + text[open..].find('}')?))) else {
        return vec![text.to_owned()];
    };
    let (before, after) = (&text[..open], &text[close + 1..]);
    let alternatives = text[open + 1..close].split(',').take(64);
    alternatives.map(|part| format!("{before}{part}{}", braces(after).first().map_or("", String::as_str))).collect()
}

#[cfg(test)]
mod tests {
    use super::{braces, covers, reaches};

    #[test]
    fn folders_cover_what_is_in_them() {
        for folder in ["/var/lib/apt/lists", "/var/lib/apt/", "/var", "/"] {
            assert!(covers(folder, "/var/lib/apt/lists"), "{folder}");
        }
        for folder in ["/var/lib/apt/lists/partial", "/var/li", "var/lib", "/var/cache"] {
            assert!(!covers(folder, "/var/lib/apt/lists"), "{folder}");
        }
        for folder in [
            "/root/.cache/pip",
            "~/.cache",
            "$HOME/.cache/pip",
            "/home/app/.cache",
            "/home/app",
            "/root",
            "/srv/.cache/pip/",
        ] {
            assert!(covers(folder, "~/.cache/pip"), "{folder}");
        }
        for folder in ["/root/.cache/uv", "/root/.npm", "/home/app/src", "/cache"] {
            assert!(!covers(folder, "~/.cache/pip"), "{folder}");
        }
    }

    #[test]
    fn what_a_removal_reaches() {
        for target in [
            "/var/lib/apt/lists",
            "/var/lib/apt/lists/*",
            "/var/lib/apt/*",
            "/var/lib/apt/li*",
            "/var/lib/apt/lists/*.*",
            "/var/*",
        ] {
            assert!(reaches(target, "/var/lib/apt/lists"), "{target}");
        }
        for target in ["/tmp/*", "-rf", "/var/cache/apt/*", "*", "lists/*", ""] {
            assert!(!reaches(target, "/var/lib/apt/lists"), "{target}");
        }
        for target in ["~/.cache", "/root/.cache/pip", "/root/.cache/*", "~/.cache/pip/*", "/root/.c*"] {
            assert!(reaches(target, "~/.cache/pip"), "{target}");
        }
        assert!(!reaches("/root/.npm", "~/.cache/pip"));
        assert!(reaches("$CONDA_DIR/pkgs", "/opt/conda/pkgs") && reaches("${CONDA}/pkgs/*", "/opt/conda/pkgs"));
        assert!(!reaches("$CONDA_DIR", "/opt/conda/pkgs") && !reaches("$CONDA_DIR/x", "/opt/conda/pkgs"));
    }

    #[test]
    fn braces_are_expanded() {
        assert_eq!(braces("/var/{cache,log}/*"), ["/var/cache/*", "/var/log/*"]);
        assert_eq!(braces("/x/${Y}/z"), ["/x/${Y}/z"]);
        assert_eq!(braces("/x{"), ["/x{"]);
    }
}
