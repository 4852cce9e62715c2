//! Names of variables and options that hold secrets.

use std::ops::Range;

/// Words of a name that say that it holds a secret.
const SECRET_WORDS: [&str; 17] = [
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "PASSCODE",
    "PASSWORT",
    "PSW",
    "PWORD",
    "SECRET",
    "SECRETS",
    "TOKEN",
    "APIKEY",
    "SECRETKEY",
    "PRIVATEKEY",
    "ACCESSKEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "CREDS",
];

/// Words that say so at the end of a name that has others before it: `DB_PASS`, but neither `PASS` nor `PASS_THROUGH`.
const LAST_WORDS: [&str; 4] = ["PASS", "PWD", "PAT", "PW"];

/// What makes a `KEY` secret when it stands before it.
const KEY_WORDS: [&str; 19] = [
    "ACCESS",
    "ACCOUNT",
    "API",
    "APP",
    "APPLICATION",
    "AUTH",
    "DEPLOY",
    "ENCRYPTION",
    "JWT",
    "LICENCE",
    "LICENSE",
    "MASTER",
    "PRIVATE",
    "SECRET",
    "SESSION",
    "SHARED",
    "SIGNING",
    "SSH",
    "STORAGE",
];

/// Words that name something about a secret, not the secret.
const ABOUT_WORDS: [&str; 96] = [
    "ALG",
    "ALGO",
    "ALGORITHM",
    "ALLOW",
    "ATTEMPTS",
    "AUDIENCE",
    "BACKEND",
    "CACHE",
    "CHANGE",
    "CHARS",
    "CHECK",
    "CLAIM",
    "CLASS",
    "COMMAND",
    "COOKIE",
    "COST",
    "COUNT",
    "DAYS",
    "DELAY",
    "DIGEST",
    "DIR",
    "DIRECTORY",
    "DISABLE",
    "DISABLED",
    "DUMMY",
    "DURATION",
    "EMPTY",
    "ENABLE",
    "ENABLED",
    "ENDPOINT",
    "ENGINE",
    "EXAMPLE",
    "EXPIRATION",
    "EXPIRE",
    "EXPIRES",
    "EXPIRY",
    "FIELD",
    "FILE",
    "FINGERPRINT",
    "FOLDER",
    "FORMAT",
    "GENERATOR",
    "GRANT",
    "HASH",
    "HEADER",
    "HELPER",
    "HISTORY",
    "HOST",
    "HOURS",
    "ID",
    "INTERVAL",
    "ISSUER",
    "ITERATIONS",
    "LENGTH",
    "LIFETIME",
    "LIMIT",
    "LOCATION",
    "MANAGER",
    "MAX",
    "MIN",
    "MINUTES",
    "MODE",
    "MOUNT",
    "MS",
    "NAME",
    "NAMESPACE",
    "NOTFOUND",
    "PATH",
    "PLACEHOLDER",
    "POLICY",
    "PORT",
    "PREFIX",
    "PROVIDER",
    "PUBLIC",
    "RANDOM",
    "REF",
    "REQUIRE",
    "REQUIRED",
    "RESET",
    "RETRIES",
    "ROTATION",
    "ROUNDS",
    "SECONDS",
    "SERVER",
    "SERVICE",
    "SIZE",
    "SOCK",
    "STORE",
    "STRENGTH",
    "SUFFIX",
    "TIMEOUT",
    "TTL",
    "TYPE",
    "URL",
    "VALIDITY",
    "VERSION",
];

/// Prefixes of variables that front-end tools build into what every visitor downloads; nothing under them is secret.
const PUBLIC_PREFIXES: [&str; 9] = [
    "VITE_",
    "REACT_APP_",
    "NEXT_PUBLIC_",
    "NUXT_PUBLIC_",
    "EXPO_PUBLIC_",
    "GATSBY_",
    "VUE_APP_",
    "NG_APP_",
    "PUBLIC_",
];

/// A name that says "credentials" and is the path of their file. Source: Google Cloud, "How Application Default Credentials works".
const PATH_BY_NAME: &str = "GOOGLE_APPLICATION_CREDENTIALS";

/// Whether a variable, key or option of that name holds a secret: `DB_PASSWORD`, `githubToken`, `--api-key`; not
/// `DB_PASSWORD_FILE`, `TOKEN_TTL`, `MONKEY`, `PUBLIC_KEY`.
pub fn is_secret_name(name: &str) -> bool {
    if !may_name_secret(name) {
        return false;
    }
    let upper = name.to_ascii_uppercase();
    let words = words(name, &upper);
    let Some(last) = words.last() else { return false };
    let says_so = words.iter().any(|word| SECRET_WORDS.contains(word) || is_compound(word))
        || (words.len() > 1 && LAST_WORDS.contains(last) && !matches!(words[0], "OLD" | "NEW"))
        || words.windows(2).any(|pair| pair[1] == "KEY" && KEY_WORDS.contains(&pair[0]))
        || upper == "SECRET_KEY_BASE";
    says_so
        && upper != PATH_BY_NAME
        && !PUBLIC_PREFIXES.iter().any(|prefix| upper.starts_with(prefix))
        && !words.iter().any(|word| ABOUT_WORDS.binary_search(word).is_ok())
}

/// The first two letters of the words that [`may_name_secret`] looks for, a bit for each first letter: those of one letter in either table.
const PAIRS: ([u8; 256], [u8; 256]) = {
    const fn set(mut table: [u8; 256], letters: &[u8], bit: u8) -> [u8; 256] {
        let mut at = 0;
        while at < letters.len() {
            table[letters[at] as usize] |= bit;
            table[letters[at].to_ascii_uppercase() as usize] |= bit;
            at += 1;
        }
        table
    }
    let first = set(set(set(set(set([0; 256], b"p", 1), b"s", 2), b"t", 4), b"k", 8), b"c", 16);
    let second = set(set(set(set(set([0; 256], b"was", 1), b"e", 2), b"o", 4), b"e", 8), b"r", 16);
    (first, second)
};

/// Whether a word of those that say so may be in a text. Most texts have none, and need not be divided into words.
pub(crate) fn may_name_secret(text: impl AsRef<[u8]>) -> bool {
    let bytes = text.as_ref();
    let lower = |at: usize| bytes.get(at).map_or(0, u8::to_ascii_lowercase);
    // `key` and `pat` are words of their own, unlike those in `keyring` and `path`.
    let ends = |at: usize| match (bytes[at - 1], bytes.get(at)) {
        (_, None) => true,
        (before, Some(next)) => {
            !next.is_ascii_alphanumeric() || (before.is_ascii_lowercase() && next.is_ascii_uppercase())
        }
    };
    // Letters that none of the words begins with are passed over without a further look.
    let begins = |pair: &[u8]| PAIRS.0[usize::from(pair[0])] & PAIRS.1[usize::from(pair[1])] != 0;
    bytes.windows(2).enumerate().filter(|(_, pair)| begins(pair)).any(|(at, _)| {
        match [lower(at), lower(at + 1), lower(at + 2), lower(at + 3)] {
            [b'p', b'w', ..]
            | [b'p', b's', b'w', _]
            | [b'p', b'a', b's', b's']
            | [b's', b'e', b'c', b'r']
            | [b't', b'o', b'k', b'e']
            | [b'c', b'r', b'e', b'd'] => true,
            [b'p', b'a', b't', _] | [b'k', b'e', b'y', _] => ends(at + 3),
            _ => false,
        }
    })
}

/// Words without a boundary between them: `PGPASSWORD`, `AUTHTOKEN`.
fn is_compound(word: &str) -> bool {
    ["PASSWORD", "PASSPHRASE", "APIKEY", "AUTHTOKEN", "ACCESSTOKEN", "SECRET"].iter().any(|end| word.ends_with(end))
}

/// Whether the name says that the secret may be left out, so that a word like `empty` or `yes` is an answer to that.
pub(super) fn is_optional(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    ["ALLOW", "EMPTY", "RANDOM", "DISABLE"].iter().any(|word| upper.contains(word))
}

/// The words of a name, divided at signs and where a capital follows a small letter, as they stand in the name in upper case.
fn words<'u>(name: &str, upper: &'u str) -> Vec<&'u str> {
    let mut words = Vec::with_capacity(4);
    let mut add = |word: Range<usize>| {
        if !word.is_empty() {
            words.push(&upper[word]);
        }
    };
    let (mut start, mut before_small) = (0, false);
    for (at, char) in name.char_indices() {
        if !char.is_alphanumeric() {
            add(start..at);
            start = at + char.len_utf8();
        } else if before_small && char.is_uppercase() {
            add(start..at);
            start = at;
        }
        before_small = char.is_lowercase();
    }
    add(start..name.len());
    words
}

#[cfg(test)]
mod tests {
    use super::{ABOUT_WORDS, is_secret_name};

    #[test]
    fn words_can_be_looked_up() {
        assert!(ABOUT_WORDS.is_sorted());
    }

    #[test]
    fn names_of_secrets() {
        for name in [
            "PASSWORD",
            "DB_PASSWORD",
            "DB_PASS",
            "PGPASSWORD",
            "MYSQL_ROOT_PASSWORD",
            "githubToken",
            "GITHUB_PAT",
            "NPM_TOKEN",
            "--api-key",
            "API_KEY",
            "APIKEY",
            "AWS_SECRET_ACCESS_KEY",
            "SSH_PRIVATE_KEY",
            "SSH_KEY",
            "SECRET_KEY_BASE",
            "client.secret",
            "clientSecret",
            "RAILS_MASTER_KEY",
            "splunk-token",
            "FTP_PWD",
            "GOOGLE_CREDENTIALS",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn every_word_is_looked_for() {
        for word in super::SECRET_WORDS.iter().chain(&super::LAST_WORDS).chain(&["KEY"]) {
            assert!(super::may_name_secret(word), "{word}");
            assert!(super::may_name_secret(format!("x{}", word.to_lowercase())), "{word}");
        }
    }

    #[test]
    fn names_of_other_things() {
        for name in [
            "PWD",
            "OLD_PWD",
            "PASS",
            "MONKEY",
            "KEY",
            "KEYS",
            "GPG_KEY",
            "PUBLIC_KEY",
            "DB_PASSWORD_FILE",
            "SECRET_NAME",
            "TOKEN_TTL",
            "TOKENIZERS_PARALLELISM",
            "MAX_TOKENS",
            "AWS_ACCESS_KEY_ID",
            "ALLOW_EMPTY_PASSWORD",
            "MYSQL_RANDOM_ROOT_PASSWORD",
            "SECRET_KEY_BASE_DUMMY",
            "SSH_AUTH_SOCK",
            "VITE_API_KEY",
            "NEXT_PUBLIC_STRIPE_KEY",
            "GOPRIVATE",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "GOOGLE_APPLICATION_CREDENTIALS_PATH",
            "ACCESS_TOKEN_EXPIRE_MINUTES",
            "PASSWORD_HASH_ROUNDS",
            "PASSENGER_VERSION",
            "AUTH",
            "COMPASS",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
