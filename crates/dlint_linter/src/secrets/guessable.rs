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

/// What is longer is not put together from these words.
const MOST: usize = 80;

/// Whether a value is made of such words alone, and of a few digits and signs between them: `dev_password`, `s3cr3t`,
/// `my-super-secret-key-change-me-in-production`. `near`: words that stand beside it, such as the name of the user or of the service, which are
/// tried as well.
pub fn is_guessable(value: &str, near: &[&str]) -> bool {
    if value.len() > MOST || !value.is_ascii() || value.bytes().filter(u8::is_ascii_digit).count() > 6 {
        return false;
    }
    let lower = value.trim().to_ascii_lowercase();
    let near: Vec<String> =
        near.iter().flat_map(|word| runs(&word.to_ascii_lowercase())).filter(|it| it.len() > 1).collect();
    let of_words = |text: &str| runs(text).iter().all(|run| is_of_words(run, &near));
    let plain = |char: char| match char {
        '0' => 'o',
        '3' => 'e',
        '1' => 'i',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        other => other,
    };
    of_words(&lower)
        || lower.contains(|char| plain(char) != char) && of_words(&lower.chars().map(plain).collect::<String>())
}

/// The rows of letters in a text.
fn runs(text: &str) -> Vec<String> {
    text.split(|char: char| !char.is_ascii_alphabetic()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// Whether a row of letters can be divided into words.
fn is_of_words(run: &str, near: &[String]) -> bool {
    if run.len() == 1 {
        return true;
    }
    let mut ends = vec![false; run.len() + 1];
    ends[0] = true;
    for start in 0..run.len() {
        if !ends[start] {
            continue;
        }
        let rest = &run[start..];
        let first = rest.as_bytes()[0];
        let alike = &WORDS[WORDS.partition_point(|word| word.as_bytes()[0] < first)..];
        let alike = alike.iter().take_while(|word| word.as_bytes()[0] == first);
        for word in alike.copied().chain(near.iter().map(String::as_str)) {
            if rest.starts_with(word) {
                ends[start + word.len()] = true;
            }
        }
    }
    ends[run.len()]
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
