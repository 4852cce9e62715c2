//! Platforms as `--platform` in a Dockerfile and `platform` in Compose name them.

use std::fmt;

/// A platform in the form that containerd gives it: in lower case, with one name for each architecture.
///
/// Source: containerd's package `platforms`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// The operating system: `linux`, `windows`.
    pub system: String,
    /// `amd64`, `arm64`, `arm`.
    pub architecture: String,
    /// `v7`; none for the usual one.
    pub variant: Option<String>,
}

impl Platform {
    /// Reads one; `None` unless it says both system and architecture.
    pub fn new(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let mut parts = lower.split('/');
        let (system, architecture, variant) = (parts.next()?, parts.next()?, parts.next());
        let (architecture, variant) = match (architecture, variant) {
            ("x86_64" | "x86-64", variant) => ("amd64", variant),
            ("aarch64" | "arm64", None | Some("v8" | "8")) => ("arm64", None),
            ("armel", _) => ("arm", Some("v6")),
            ("armhf", _) | ("arm", None | Some("7")) => ("arm", Some("v7")),
            ("amd64", Some("v1")) => ("amd64", None),
            other => other,
        };
        // `windows(10.0.20348)` names a version.
        let system = system.split('(').next().unwrap_or_default();
        Some(Self {
            system: system.to_owned(),
            architecture: architecture.to_owned(),
            variant: variant.map(str::to_owned),
        })
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.system, self.architecture)?;
        self.variant.iter().try_for_each(|variant| write!(f, "/{variant}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Platform;

    #[test]
    fn each_platform_has_one_form() {
        for (text, form) in [
            ("linux/amd64", "linux/amd64"),
            ("linux/x86_64", "linux/amd64"),
            ("Linux/AArch64", "linux/arm64"),
            ("linux/arm64/v8", "linux/arm64"),
            ("linux/arm", "linux/arm/v7"),
            ("linux/armel", "linux/arm/v6"),
            ("windows(10.0.20348)/amd64", "windows/amd64"),
        ] {
            assert_eq!(Platform::new(text).map(|it| it.to_string()).as_deref(), Some(form), "{text}");
        }
        assert_eq!(Platform::new("linux"), None);
        assert_eq!(Platform::new(""), None);
    }
}
