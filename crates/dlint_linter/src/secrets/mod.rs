//! What is a secret, by its name and by its shape.
//!
//! One judgement for all languages: a variable of a Dockerfile, an environment of a service, an option of the daemon.
//! The names and shapes are chosen for precision: what is found here is nearly always meant to be secret, and what a
//! name only hints at is left alone. Nothing here ever gives a secret back, only what it is and where.

mod given;
mod guessable;
mod names;
mod placeholders;
mod tokens;
mod urls;

pub(crate) use given::{Given, WordsNear, given};
pub use guessable::is_guessable;
pub use names::is_secret_name;
pub(crate) use names::may_name_secret;
pub use placeholders::{is_placeholder, is_weak};
pub use tokens::{Token, token, tokens};
pub use urls::{UrlCredentials, url_credentials};

/// What makes a value a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Its shape: the kind of token that it is, such as `a GitHub token`.
    Token(&'static str),
    /// Its name, and that it is none of the values that stand for one.
    Named,
    /// Its name, although it is a word that everybody tries first (`admin`, `changeme`).
    Weak,
}

/// Whether `key = value` is a secret that is written out. `value` is what the program gets: without quotes, and with
/// nothing left that is expanded elsewhere.
pub fn looks_secret(key: &str, value: &str) -> Option<Kind> {
    if let Some(found) = token(value) {
        return Some(Kind::Token(found.kind));
    }
    if is_secret_name(key) { looks_given(key, value) } else { None }
}

/// The same of a value that is no token, if the name is that of a secret.
pub(crate) fn looks_given(key: &str, value: &str) -> Option<Kind> {
    if is_weak(value) && !names::is_optional(key) {
        return Some(Kind::Weak);
    }
    (!is_placeholder(value)).then_some(Kind::Named)
}

#[cfg(test)]
mod tests {
    use super::{Kind, looks_secret};

    #[test]
    fn a_name_and_a_value_make_a_secret() {
        assert_eq!(looks_secret("DB_PASSWORD", "hunter2!"), Some(Kind::Named));
        assert_eq!(looks_secret("DB_PASSWORD", "changeme"), Some(Kind::Weak));
        assert_eq!(
            looks_secret("ROOT_KEY", &format!("AKIA{}", "Q3EGRZP7WNKD4TLX")),
            Some(Kind::Token("an AWS access key"))
        );
        for (key, value) in [
            ("DB_PASSWORD", ""),
            ("DB_PASSWORD", "$DB_PASSWORD"),
            ("DB_PASSWORD", "<your password>"),
            ("DB_PASSWORD_FILE", "/run/secrets/db"),
            ("DB_PASSWORD", "/run/secrets/db"),
            ("DB_HOST", "hunter2!"),
            ("TOKEN_TTL", "3600"),
            ("ALLOW_EMPTY_PASSWORD", "yes"),
        ] {
            assert_eq!(looks_secret(key, value), None, "{key}={value}");
        }
    }
}
