//! Values that stand for a secret without being one.

/// Words that somebody put where a real secret is to go.
const FILLERS: [&str; 26] = [
    "...",
    "build",
    "dummy",
    "example",
    "fake",
    "fixme",
    "foo",
    "foobar",
    "insert",
    "local",
    "mock",
    "n/a",
    "nokey",
    "none",
    "nopassword",
    "notreal",
    "notset",
    "placeholder",
    "precompile",
    "redacted",
    "replace",
    "sample",
    "temp",
    "todo",
    "unset",
    "your",
];

/// Answers rather than secrets: switches, and what means "no value".
const ANSWERS: [&str; 22] = [
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "none",
    "null",
    "nil",
    "undefined",
    "enabled",
    "disabled",
    "enable",
    "disable",
    "auto",
    "default",
    "required",
    "optional",
    "prompt",
    "stdin",
    "trust",
    "md5",
];

/// Passwords that everybody tries first, and that images and tutorials set.
const WEAK: [&str; 34] = [
    "0000",
    "1234",
    "12345",
    "123456",
    "1234567",
    "12345678",
    "123456789",
    "admin",
    "admin123",
    "administrator",
    "changeit",
    "changeme",
    "guest",
    "letmein",
    "minio123",
    "minioadmin",
    "mongo",
    "mysql",
    "pass",
    "passw0rd",
    "password",
    "password1",
    "password123",
    "postgres",
    "qwerty",
    "root",
    "rootpassword",
    "secret",
    "secretpassword",
    "supersecret",
    "test",
    "test123",
    "toor",
    "user",
];

/// Whether a value only stands for a secret: it is empty, expanded elsewhere, a path, an answer (`true`), or a word that
/// says that a secret is to go there.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let lower = value.to_ascii_lowercase();
    value.len() < 3
        || value.contains('$')
        || value.contains("{{")
        || is_bracketed(value)
        || is_path(value)
        || lower.contains("://")
        || is_repetition(value)
        || ANSWERS.contains(&lower.as_str())
        || words(&lower).any(|word| FILLERS.contains(&word))
        || FILLERS.contains(&lower.as_str())
        || lower.starts_with("your")
        || lower.starts_with("my_")
        || lower.starts_with("xxx")
        || lower.starts_with("arn:")
        || lower.contains("placeholder")
        || lower.contains("notsecret")
        || (lower.contains("not") && lower.contains("secret") && lower.contains(['-', '_', ' ']))
}

/// Whether a value is a password that everybody tries first.
pub fn is_weak(value: &str) -> bool {
    let plain: String = value.trim().chars().filter(|char| !matches!(char, '-' | '_')).collect();
    WEAK.contains(&plain.to_ascii_lowercase().as_str())
}

/// `<token>`, `[token]`, `{token}`, `%TOKEN%`, `__TOKEN__`, `@TOKEN@`.
fn is_bracketed(value: &str) -> bool {
    [("<", ">"), ("[", "]"), ("{", "}"), ("%", "%"), ("__", "__"), ("@", "@")]
        .iter()
        .any(|(open, close)| value.starts_with(open) && value.ends_with(close))
}

/// A path, of a file that holds the secret.
fn is_path(value: &str) -> bool {
    let rooted = value.starts_with("./") || value.starts_with("../") || value.starts_with("~/");
    // A secret in base64 may begin with a slash, but hardly has a second one and a dot or only words.
    let absolute = value.starts_with('/')
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'_' | b'-'))
        && !value.bytes().any(|byte| byte.is_ascii_uppercase());
    // A parameter that some program replaces: `%kernel.project_dir%/…`.
    let replaced = value.starts_with('%') && value.contains("%/");
    let drive = matches!(value.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    rooted || absolute || replaced || drive || is_file_name(value)
}

/// A relative path with the ending of a file that keys and credentials are kept in: `certs/server.key`.
fn is_file_name(value: &str) -> bool {
    const ENDINGS: [&str; 10] = ["crt", "json", "jks", "key", "p12", "pem", "pfx", "txt", "yaml", "yml"];
    value.rsplit_once('.').is_some_and(|(name, ending)| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'_' | b'-');
        ENDINGS.contains(&ending) && !name.is_empty() && name.bytes().all(is_plain)
    })
}

/// One character over and over (`xxxxxxxx`, `********`).
fn is_repetition(value: &str) -> bool {
    let mut chars = value.chars();
    let first = chars.next();
    chars.all(|char| Some(char) == first)
}

fn words(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, is_weak};

    #[test]
    fn placeholders() {
        for value in [
            "",
            "0",
            "1",
            "true",
            "none",
            "$TOKEN",
            "${TOKEN:-}",
            "{{ token }}",
            "<token>",
            "__TOKEN__",
            "%TOKEN%",
            "xxxxxxxx",
            "XXX",
            "********",
            "your-token-here",
            "YOUR_API_KEY",
            "dummy",
            "dummy-key-for-build",
            "placeholder",
            "/run/secrets/token",
            "./token",
            "server.key",
            "config/jwt/private.pem",
            "service-account.json",
            "C:\\secret",
            "https://example.com/token",
            "replace-me",
            "not-a-secret",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["hunter2", "s3cr3t!", "correct horse", "/aB3+x9Kq", "p@ss", "tiger", "a.b.c", "we.key!", ".key"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn weak_passwords() {
        for value in ["admin", "Change-Me", "change_me", "postgres", "123456"] {
            assert!(is_weak(value), "{value}");
        }
        assert!(!is_weak("hunter2"));
    }
}
