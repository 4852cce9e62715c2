//! Credentials in URLs.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::guessable::is_guessable;
use super::placeholders::is_placeholder;

/// A URL with a user and a password in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlCredentials {
    /// The URL's scheme (`https`).
    pub scheme: String,
    /// The part before the `@`, user and password, in bytes of the text.
    pub userinfo: Range<usize>,
    /// The password, or the token that stands alone.
    pub password: Range<usize>,
}

/// What stands between the scheme of a URL and the rest.
static SEPARATOR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("://"));

/// The URLs in a text that have a literal password: `https://user:password@host`, or a token in place of both. Variables
/// and placeholders in its place are none.
pub fn url_credentials(text: &str) -> impl Iterator<Item = UrlCredentials> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(found) = SEPARATOR.find(&text.as_bytes()[at..]) {
            let separator = at + found;
            at = separator + 3;
            if let Some(credentials) = read(text, separator) {
                at = credentials.userinfo.end;
                return Some(credentials);
            }
        }
        None
    })
}

fn read(text: &str, separator: usize) -> Option<UrlCredentials> {
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-');
    let length = text[..separator].bytes().rev().take_while(|&byte| is_scheme(byte)).count();
    let scheme = &text[separator - length..separator];
    if scheme.is_empty() || scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let start = separator + 3;
    let authority =
        text[start..].split(|char: char| char.is_whitespace() || "/?#\"'`<>()\\,;|&".contains(char)).next()?;
    let (userinfo, host) = authority.rsplit_once('@')?;
    if host.is_empty() {
        return None;
    }
    let password_at = match userinfo.find(':') {
        Some(colon) => start + colon + 1,
        // A token may stand alone, but a lone user is no secret.
        None if super::token(userinfo).is_some() => start,
        None => return None,
    };
    let password = password_at..start + userinfo.len();
    let value = &text[password.clone()];
    // What everybody tries, and the user's own name, is what documentation writes.
    let user = userinfo.split(':').next().unwrap_or_default();
    let stands_for_one = is_placeholder(value)
        || value.starts_with('%')
        || is_guessable(value, &[user])
        || matches!(value, "password" | "pass" | "passwd" | "secret" | "token" | "pwd" | "x-oauth-basic")
        || host.starts_with("example.");
    (!stands_for_one && !user.contains('$') || super::token(value).is_some()).then(|| UrlCredentials {
        scheme: scheme.to_owned(),
        userinfo: start..start + userinfo.len(),
        password,
    })
}

#[cfg(test)]
mod tests {
    use super::url_credentials;

    fn found(text: &str) -> Vec<&str> {
        url_credentials(text).map(|it| &text[it.password]).collect()
    }

    #[test]
    fn literal_passwords() {
        assert_eq!(found("git clone https://bob:hunter2@git.corp/app && x"), ["hunter2"]);
        assert_eq!(found("a=redis://:hunter2@cache:6379/0 b=amqp://u:tigger9@mq"), ["hunter2", "tigger9"]);
        assert_eq!(found("postgresql://app:hunter@2@db/app"), ["hunter@2"]);
    }

    #[test]
    fn what_is_no_password() {
        for text in [
            "https://example.org/a@b",
            "https://user@host/x",
            "ssh://git@github.com/org/app",
            "https://user:$PASSWORD@host",
            "https://${USER}:hunter2@host",
            "https://user:password@host",
            "https://user:<token>@host",
            "https://host:8080/",
            "https://oauth2:%TOKEN%@host",
            "git@github.com:org/app",
            "http://user:hunter2@example.com",
            "file://a:b@c",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
