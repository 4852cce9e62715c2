//! Image references: `[registry[:port]/]path[:tag][@digest]`.
//!
//! Source: <https://github.com/distribution/reference>.

/// What is wrong with an image reference.
pub fn problem(text: &str) -> Option<String> {
    if text.len() == 64 && text.bytes().all(is_lower_hex) {
        return Some("a bare image ID cannot be used".to_owned());
    }
    let (name, digest) = match text.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (text, None),
    };
    let (registry, rest) = match name.split_once('/') {
        Some((first, rest)) if is_registry(first) => (Some(first), rest),
        _ => (None, name),
    };
    let (path, tag) = match rest.split_once(':') {
        Some((path, tag)) => (path, Some(tag)),
        None => (rest, None),
    };
    if path.is_empty() {
        return Some("it has no name".to_owned());
    }
    if path.chars().any(char::is_uppercase) {
        return Some("its name has capital letters".to_owned());
    }
    if registry.is_some_and(|registry| !is_domain(registry)) {
        return Some("its registry is not a host name with a port".to_owned());
    }
    if !path.split('/').all(is_component) {
        return Some(match path.chars().find(|&c| !(is_name_char(c) || c == '/')) {
            Some(' ') => "a blank cannot be in it".to_owned(),
            Some(other) => format!("`{other}` cannot be in a name"),
            None => "a part of its name does not begin and end with a letter or digit".to_owned(),
        });
    }
    if registry.map_or(0, |registry| registry.len() + 1) + path.len() > 255 {
        return Some("its name is longer than 255 characters".to_owned());
    }
    if tag.is_some_and(|tag| !is_tag(tag)) {
        return Some("its tag is not one to 128 letters, digits, `_`, `.` and `-`".to_owned());
    }
    match digest {
        Some(digest) => digest_problem(digest),
        None => None,
    }
}

/// What is wrong with a digest (`sha256:…`).
pub(super) fn digest_problem(text: &str) -> Option<String> {
    let Some((algorithm, hex)) = text.split_once(':') else {
        return Some("its digest has no `algorithm:`".to_owned());
    };
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return Some("its digest is not of `sha256`, `sha384` or `sha512`".to_owned()),
    };
    if hex.len() == length && hex.bytes().all(is_lower_hex) {
        return None;
    }
    Some(format!("its {algorithm} digest is not {length} hexadecimal digits in lower case"))
}

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// Whether what stands before the first slash is a registry and not a part of the name.
fn is_registry(text: &str) -> bool {
    text.contains(['.', ':']) || text == "localhost" || text.chars().any(char::is_uppercase)
}

fn is_domain(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_port = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(ip) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return is_port && !ip.is_empty() && ip.chars().all(|c| c.is_ascii_hexdigit() || c == ':');
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    is_port && host.split('.').all(is_label)
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-')
}

/// Letters and digits, with one `.`, one or two `_`, or any number of `-` between them.
fn is_component(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut rest = text;
    loop {
        let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if word == 0 {
            return false;
        }
        rest = &rest[word..];
        if rest.is_empty() {
            return true;
        }
        let separator = rest.find(is_word).unwrap_or(rest.len());
        let (between, after) = rest.split_at(separator);
        if !matches!(between, "." | "_" | "__") && !between.bytes().all(|byte| byte == b'-') {
            return false;
        }
        rest = after;
    }
}

fn is_tag(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.len() <= 128 && text.starts_with(is_word) && text.chars().all(|c| is_word(c) || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn accepts_references() {
        let digest = format!("alpine@sha256:{}", "0a".repeat(32));
        for text in [
            "alpine",
            "alpine:3.20",
            "docker/dockerfile:1",
            "localhost/a",
            "localhost:5000/a/b:v1_2.3-x",
            "[::1]:5000/a",
            "Registry.example/a",
            "REGISTRY/a",
            "x/a.b__c-d---e/f",
            "ghcr.io/a/b:_x",
            &digest,
        ] {
            assert_eq!(problem(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_reference() {
        for text in [
            "",
            "Alpine",
            "a/B",
            "alpine:",
            "alpine:-x",
            "alpine:a:b",
            "a//b",
            "-a",
            "a-",
            "a..b",
            "a___b",
            "a b",
            "a@sha256:00",
            "a@md5:00000000000000000000000000000000",
            "https://example.com/a",
            "exa_mple.com/a",
            &"0a".repeat(32),
        ] {
            assert!(problem(text).is_some(), "{text}");
        }
    }
}
