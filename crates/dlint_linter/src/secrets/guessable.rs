//! Passwords that are made of words everybody tries.

/// Words that people put together to passwords for trying things out, and that lists of passwords have.
///
/// In the order of the alphabet.
const WORDS: [&str; 219] = [
    "a",
    "abc",
    "access",
    "account",
    "adjust",
    "admin",
    "administrator",
    "airflow",
    "an",
    "and",
    "api",
    "app",
    "application",
    "at",
    "auth",
    "authentication",
    "backend",
    "bad",
    "bar",
    "basic",
    "baz",
    "be",
    "before",
    "big",
    "bob",
    "bot",
    "by",
    "change",
    "changed",
    "changeit",
    "changeme",
    "char",
    "character",
    "characters",
    "chars",
    "choose",
    "client",
    "cluster",
    "code",
    "complex",
    "cookie",
    "core",
    "custom",
    "data",
    "database",
    "db",
    "debug",
    "default",
    "define",
    "demo",
    "deploy",
    "dev",
    "devel",
    "develop",
    "developer",
    "development",
    "do",
    "docker",
    "dont",
    "drupal",
    "dummy",
    "duper",
    "elastic",
    "email",
    "encrypt",
    "encryption",
    "enter",
    "env",
    "environment",
    "example",
    "fake",
    "first",
    "foo",
    "for",
    "frontend",
    "generate",
    "generated",
    "grafana",
    "guest",
    "hash",
    "hello",
    "here",
    "hex",
    "id",
    "in",
    "initial",
    "insecure",
    "insert",
    "internal",
    "is",
    "it",
    "joomla",
    "jwt",
    "key",
    "keycloak",
    "keys",
    "kong",
    "laravel",
    "least",
    "letmein",
    "local",
    "localhost",
    "login",
    "long",
    "magento",
    "mail",
    "main",
    "make",
    "maria",
    "mariadb",
    "master",
    "me",
    "minimum",
    "minio",
    "mongo",
    "mongodb",
    "must",
    "my",
    "mysql",
    "new",
    "nextcloud",
    "no",
    "not",
    "nothing",
    "of",
    "one",
    "only",
    "optional",
    "or",
    "oracle",
    "our",
    "own",
    "owner",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "pg",
    "pgadmin",
    "please",
    "pls",
    "postgres",
    "postgresql",
    "private",
    "prod",
    "production",
    "pw",
    "pwd",
    "question",
    "qwerty",
    "rabbit",
    "rabbitmq",
    "random",
    "real",
    "redis",
    "refresh",
    "replace",
    "root",
    "sa",
    "safe",
    "salt",
    "sample",
    "secret",
    "secrets",
    "secure",
    "server",
    "service",
    "session",
    "set",
    "sha",
    "shared",
    "should",
    "sign",
    "signing",
    "simple",
    "site",
    "smtp",
    "some",
    "something",
    "sql",
    "staging",
    "strapi",
    "string",
    "strong",
    "super",
    "sys",
    "system",
    "team",
    "temp",
    "test",
    "tester",
    "testing",
    "than",
    "the",
    "this",
    "to",
    "token",
    "tutorial",
    "unknown",
    "unsafe",
    "up",
    "use",
    "user",
    "username",
    "value",
    "very",
    "wants",
    "was",
    "weak",
    "web",
    "webhook",
    "wiki",
    "with",
    "wordpress",
    "world",
    "wp",
    "you",
    "your",
    "zabbix",
];

/// Where the words with a first letter begin in [`WORDS`]; those with the next one begin where they end.
const BY_LETTER: [u8; 27] = {
    let mut starts = [0; 27];
    let (mut letter, mut at) = (0, 0);
    while letter < starts.len() {
        while at < WORDS.len() && WORDS[at].as_bytes()[0] < b'a' + letter as u8 {
            at += 1;
        }
        starts[letter] = at as u8;
        letter += 1;
    }
    starts
};

/// What is longer is not put together from these words. A set of places in it fits into the bits of a number.
const MOST: usize = 80;

/// Whether a value is made of such words alone, and of a few digits and signs between them: `dev_password`, `s3cr3t`,
/// `my-super-secret-key-change-me-in-production`. `near`: words that stand beside it, such as the name of the user or of the service, which are
/// tried as well.
pub fn is_guessable(value: &str, near: &[&str]) -> bool {
    if value.len() > MOST || !value.is_ascii() || value.bytes().filter(u8::is_ascii_digit).count() > 6 {
        return false;
    }
    let mut letters = [0; MOST];
    let letters = &mut letters[..value.len()];
    letters.copy_from_slice(value.as_bytes());
    letters.make_ascii_lowercase();
    let of_words = |text: &[u8]| runs(text).all(|run| is_of_words(run, near));
    if of_words(letters) {
        return true;
    }
    let mut is_spelt = false;
    for byte in letters.iter_mut() {
        let plain = match *byte {
            b'0' => b'o',
            b'3' => b'e',
            b'1' => b'i',
            b'4' | b'@' => b'a',
            b'5' | b'$' => b's',
            other => other,
        };
        is_spelt |= plain != *byte;
        *byte = plain;
    }
    is_spelt && of_words(letters)
}

/// The rows of letters in a text.
fn runs(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| !byte.is_ascii_alphabetic()).filter(|run| !run.is_empty())
}

/// Whether a row of small letters can be divided into words.
fn is_of_words(run: &[u8], near: &[&str]) -> bool {
    if run.len() == 1 {
        return true;
    }
    // The places up to which it can be, a bit for each.
    let mut ends: u128 = 1;
    for start in 0..run.len() {
        if ends >> start & 1 == 0 {
            continue;
        }
        let rest = &run[start..];
        let letter = usize::from(rest[0] - b'a');
        for word in &WORDS[usize::from(BY_LETTER[letter])..usize::from(BY_LETTER[letter + 1])] {
            if rest.starts_with(word.as_bytes()) {
                ends |= 1 << (start + word.len());
            }
        }
        for word in near.iter().flat_map(|text| runs(text.as_bytes())).filter(|word| word.len() > 1) {
            if rest.get(..word.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(word)) {
                ends |= 1 << (start + word.len());
            }
        }
    }
    ends >> run.len() & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::{WORDS, is_guessable};

    #[test]
    fn words_are_in_order() {
        assert!(WORDS.iter().is_sorted());
    }

    #[test]
    fn what_everybody_tries() {
        for value in [
            "postgres",
            "dev_password",
            "s3cr3t",
            "P@ssw0rd",
            "my-super-secret-key-change-me-in-production",
            "admin123",
            "12345",
            "mysecretpassword",
        ] {
            assert!(is_guessable(value, &[]), "{value}");
        }
        assert!(is_guessable("acme2", &["acme"]));
        assert!(is_guessable("acme_dev", &["Acme-App"]));
    }

    #[test]
    fn what_nobody_guesses() {
        for value in [
            "hunter2",
            "acme",
            "6f1ed002ab5595859014ebf0951522d9",
            "correct horse",
            "password-84736251",
            "aibohphobia7",
            "Zq8!vT2xLm",
        ] {
            assert!(!is_guessable(value, &[]), "{value}");
        }
    }
}
