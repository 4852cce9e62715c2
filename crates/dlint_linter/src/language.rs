//! Which language a file is in, by its name and, where the name leaves doubt, its content.
//!
//! The command line and the language server both decide here; an editor's language id is only a hint.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::daemon;

/// The languages that dlint reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// A Dockerfile or Containerfile.
    Dockerfile,
    /// A Compose file.
    Compose,
    /// The Docker daemon's `daemon.json`.
    Daemon,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 3] = [Self::Dockerfile, Self::Compose, Self::Daemon];

    /// Its name on the command line and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dockerfile => "dockerfile",
            Self::Compose => "compose",
            Self::Daemon => "daemon",
        }
    }

    /// What a file in it is called in a sentence.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Dockerfile => "Dockerfile",
            Self::Compose => "Compose file",
            Self::Daemon => "daemon.json",
        }
    }

    /// The language of a file by its name alone; `None` if it is not for dlint, or only its content can tell
    /// ([`Language::detect`]).
    pub fn of_name(path: &Path) -> Option<Self> {
        match classify(path) {
            Named::Surely(language) => Some(language),
            Named::Perhaps(_) | Named::No => None,
        }
    }

    /// Whether a file of this name is worth reading to find out: true for every name for which [`Language::detect`] can
    /// give a language.
    pub fn is_candidate(path: &Path) -> bool {
        !matches!(classify(path), Named::No)
    }

    /// Whether a file of this name is in none of them, whatever anybody says: a template, an ignore file, what an editor leaves behind.
    pub fn is_never(path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        // A name that begins with a dot has no extension.
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        ending.is_some_and(|ending| NEVER.contains(&ending.as_str()))
            || matches!(name, ".dockerignore" | ".containerignore")
    }

    /// The language of a file by its name and content.
    pub fn detect(path: &Path, content: &str) -> Option<Self> {
        match classify(path) {
            Named::Surely(language) => Some(language),
            Named::Perhaps(Self::Daemon) => daemon::is_dockers(content).then_some(Self::Daemon),
            Named::Perhaps(language) => has_top_level_key(content, "services").then_some(language),
            Named::No => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("`{name}` is not a language; dlint reads dockerfile, compose and daemon"))
    }
}

enum Named {
    Surely(Language),
    Perhaps(Language),
    No,
}

/// Endings of templates and of what editors and patch tools leave behind.
const NEVER: [&str; 22] = [
    "dockerignore",
    "containerignore",
    "j2",
    "jinja",
    "jinja2",
    "tmpl",
    "tpl",
    "template",
    "erb",
    "mustache",
    "hbs",
    "gotmpl",
    "in",
    "bak",
    "orig",
    "rej",
    "swp",
    "swo",
    "tmp",
    "old",
    "save",
    "dpkg-dist",
];

/// Endings under which something *about* a Dockerfile is kept, never a Dockerfile.
const NOT_DOCKERFILE: [&str; 28] = [
    "md", "mdx", "rst", "adoc", "html", "htm", "pdf", "png", "svg", "json", "jsonc", "yaml", "yml", "toml", "xml",
    "py", "rb", "js", "ts", "go", "rs", "java", "lock", "patch", "diff", "log", "sha256", "sig",
];

fn classify(path: &Path) -> Named {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Named::No };
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if name.ends_with('~') || name.starts_with(".#") || name.starts_with('#') || NEVER.contains(&ending.as_str()) {
        return Named::No;
    }
    if name == "daemon.json" {
        // Other daemons have such a file too.
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let is_dockers = folder.contains("docker");
        return if is_dockers { Named::Surely(Language::Daemon) } else { Named::Perhaps(Language::Daemon) };
    }
    if is_dockerfile(name, &ending) {
        return Named::Surely(Language::Dockerfile);
    }
    if ending == "yml" || ending == "yaml" {
        return classify_yaml(&name[..name.len() - ending.len() - 1]);
    }
    Named::No
}

fn is_dockerfile(name: &str, ending: &str) -> bool {
    ["Dockerfile", "Containerfile"].iter().any(|base| {
        name.eq_ignore_ascii_case(base)
            || ending.eq_ignore_ascii_case(base)
            || name
                .strip_prefix(base)
                .is_some_and(|rest| rest.starts_with(['.', '-', '_']) && !NOT_DOCKERFILE.contains(&ending))
    })
}

/// `stem` is the file name without `.yml` or `.yaml`.
fn classify_yaml(stem: &str) -> Named {
    const PREFIXES: [&str; 4] = ["docker-compose", "podman-compose", "compose", "docker_compose"];
    if let Some(rest) = PREFIXES.iter().find_map(|prefix| stem.strip_prefix(prefix)) {
        // `composer.yml` is something else, `compose2.yml` and `compose-dev.yml` are not.
        return if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            Named::Perhaps(Language::Compose)
        } else {
            Named::Surely(Language::Compose)
        };
    }
    if stem.ends_with(".compose") || stem.ends_with(".docker-compose") {
        return Named::Surely(Language::Compose);
    }
    Named::No
}

fn has_top_level_key(content: &str, key: &str) -> bool {
    content.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

#[cfg(test)]
mod tests {
    use super::Language::{self, Compose, Daemon, Dockerfile};
    use std::path::Path;

    fn of(name: &str) -> Option<Language> {
        Language::of_name(Path::new(name))
    }

    #[test]
    fn names_tell() {
        for name in [
            "Dockerfile",
            "dockerfile",
            "a/Dockerfile.dev",
            "Dockerfile-dev",
            "Dockerfile_dev",
            "web.Dockerfile",
            "web.dockerfile",
            "Containerfile",
            "Containerfile.bad",
            "x.Containerfile",
            "Dockerfile.txt",
            "Dockerfile.2",
        ] {
            assert_eq!(of(name), Some(Dockerfile), "{name}");
        }
        for name in [
            "compose.yaml",
            "compose.yml",
            "compose.override.yml",
            "compose-dev.yaml",
            "docker-compose.yml",
            "docker-compose.prod.yaml",
            "podman-compose.yml",
            "web.compose.yaml",
            "compose2.yml",
        ] {
            assert_eq!(of(name), Some(Compose), "{name}");
        }
        assert_eq!(of("etc/docker/daemon.json"), Some(Daemon));
    }

    #[test]
    fn templates_backups_and_others_are_left_alone() {
        for name in [
            "Dockerfile.j2",
            "Dockerfile.tmpl",
            "Dockerfile~",
            ".#Dockerfile",
            "#Dockerfile#",
            "Dockerfile.bak",
            ".dockerignore",
            "Dockerfile.dockerignore",
            "Dockerfile.md",
            "compose.yaml.j2",
            "docker-compose.yml.orig",
            "values.yaml",
            "package.json",
            "Dockerfiles",
            "MyDockerfile",
            "composer.json",
            "decompose.yaml",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
    }

    #[test]
    fn content_decides_where_the_name_leaves_doubt() {
        let path = Path::new("daemon.json");
        assert_eq!(Language::detect(path, "{\"log-driver\": \"local\"}"), Some(Daemon));
        assert_eq!(Language::detect(path, ""), Some(Daemon));
        assert_eq!(Language::detect(path, "{\"apps\": [{\"name\": \"worker\"}]}"), None);
        assert_eq!(Language::detect(Path::new(".docker/daemon.json"), "{\"apps\": []}"), Some(Daemon));
        let path = Path::new("composer.yml");
        assert_eq!(Language::detect(path, "services:\n  web: {}\n"), Some(Compose));
        assert_eq!(Language::detect(path, "require:\n  php: 8\n"), None);
        assert!(Language::is_candidate(path));
        assert!(!Language::is_candidate(Path::new("values.yml")));
    }
}
