//! Tokens that can be recognised by their shape, because whoever issues them has seen to that.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, Match, MatchKind};

/// A token in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is, with its article: `a GitHub token`.
    pub kind: &'static str,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
}

/// The characters that a token consists of after its prefix.
#[derive(Clone, Copy)]
enum Chars {
    /// Letters and digits.
    Alphanumeric,
    /// Capital letters and digits.
    Upper,
    /// Digits and `a` to `f`.
    Hex,
    /// Letters, digits, `_` and `-`.
    Url,
    /// As `Url`, and dots.
    Dotted,
}

impl Chars {
    fn contain(self, byte: u8) -> bool {
        match self {
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
            Self::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
        }
    }
}

type Shape = (&'static str, Chars, usize, bool, &'static str);

/// Prefixes, what follows them and at least how many characters of that. Where the number is exact, a longer run is no
/// token; the issuers' documentation gives prefix and length.
static SHAPES: [Shape; 32] = [
    ("AKIA", Chars::Upper, 16, true, "an AWS access key"),
    ("ASIA", Chars::Upper, 16, true, "an AWS access key"),
    ("ghp_", Chars::Alphanumeric, 36, false, "a GitHub token"),
    ("gho_", Chars::Alphanumeric, 36, false, "a GitHub token"),
    ("ghu_", Chars::Alphanumeric, 36, false, "a GitHub token"),
    ("ghs_", Chars::Alphanumeric, 36, false, "a GitHub token"),
    ("ghr_", Chars::Alphanumeric, 36, false, "a GitHub token"),
    ("github_pat_", Chars::Url, 40, false, "a GitHub token"),
    ("glpat-", Chars::Dotted, 20, false, "a GitLab token"),
    ("gldt-", Chars::Url, 20, false, "a GitLab token"),
    ("glrt-", Chars::Url, 20, false, "a GitLab token"),
    ("xoxb-", Chars::Url, 24, false, "a Slack token"),
    ("xoxp-", Chars::Url, 24, false, "a Slack token"),
    ("xapp-", Chars::Url, 24, false, "a Slack token"),
    ("sk_live_", Chars::Alphanumeric, 24, false, "a Stripe key"),
    ("rk_live_", Chars::Alphanumeric, 24, false, "a Stripe key"),
    ("AIza", Chars::Url, 35, true, "a Google API key"),
    ("npm_", Chars::Alphanumeric, 36, true, "an npm token"),
    ("pypi-AgEIcHlwaS5vcmc", Chars::Url, 50, false, "a PyPI token"),
    ("rubygems_", Chars::Hex, 48, true, "a RubyGems key"),
    ("dckr_pat_", Chars::Url, 20, false, "a Docker Hub token"),
    ("hf_", Chars::Alphanumeric, 34, true, "a Hugging Face token"),
    ("sk-ant-", Chars::Url, 40, false, "an Anthropic key"),
    ("sk-proj-", Chars::Url, 40, false, "an OpenAI key"),
    ("dop_v1_", Chars::Hex, 64, true, "a DigitalOcean token"),
    ("SG.", Chars::Dotted, 60, false, "a SendGrid key"),
    ("hvs.", Chars::Url, 24, false, "a Vault token"),
    ("shpat_", Chars::Hex, 32, true, "a Shopify token"),
    ("dapi", Chars::Hex, 32, true, "a Databricks token"),
    ("lin_api_", Chars::Alphanumeric, 40, false, "a Linear key"),
    ("glsa_", Chars::Url, 32, false, "a Grafana token"),
    ("AGE-SECRET-KEY-1", Chars::Upper, 58, true, "an age key"),
];

/// The first token in a text.
pub fn token(text: &str) -> Option<Token> {
    tokens(text).next()
}

/// What begins a token: the prefixes of [`SHAPES`], then [`JSON_WEB_TOKEN`] and [`KEY_HEADER`].
static BEGINNINGS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let prefixes = SHAPES.iter().map(|shape| shape.0).chain([JSON_WEB_TOKEN, KEY_HEADER]);
    // Only of this kind is there a search that goes through long texts many bytes at a time.
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(prefixes).expect("a few short words")
});

/// `{"` in base64.
const JSON_WEB_TOKEN: &str = "eyJ";

const KEY_HEADER: &str = "-----BEGIN ";

/// The tokens in a text, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(beginning) = BEGINNINGS.find(Input::new(text).range(at..)) {
            at = beginning.end();
            if let Some(found) = token_at(text, beginning) {
                at = found.range.end;
                return Some(found);
            }
        }
        None
    })
}

/// The token that begins like one.
fn token_at(text: &str, beginning: Match) -> Option<Token> {
    let start = beginning.start();
    if text[beginning.range()] == *KEY_HEADER {
        return key_header(text, start);
    }
    // Every other shape starts a word.
    if start.checked_sub(1).is_some_and(|before| is_word(text.as_bytes()[before])) {
        return None;
    }
    match SHAPES.get(beginning.pattern().as_usize()) {
        Some(shape) => shaped(text, beginning, shape),
        None => json_web_token(&text[start..])
            .map(|length| Token { kind: "a JSON web token", range: start..start + length }),
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn shaped(text: &str, beginning: Match, (_, chars, length, exact, kind): &Shape) -> Option<Token> {
    let tail = &text[beginning.end()..];
    let run = tail.bytes().take_while(|&byte| chars.contain(byte)).count();
    let whole = if *exact { run == *length } else { run >= *length };
    let ends = tail.as_bytes().get(run).is_none_or(|&byte| !is_word(byte));
    let is_token = whole && ends && is_random(&tail[..run]);
    is_token.then(|| Token { kind, range: beginning.start()..beginning.end() + run })
}

/// Whether the characters are mixed enough to have come from a generator: documentation writes `AKIAIOSFODNN7EXAMPLE`
/// and `ghp_xxxx…`.
fn is_random(text: &str) -> bool {
    let mut seen = [false; 128];
    text.bytes().for_each(|byte| seen[usize::from(byte & 0x7f)] = true);
    let distinct = seen.iter().filter(|seen| **seen).count();
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    distinct >= 8 && has_digit && !text.to_ascii_uppercase().contains("EXAMPLE")
}

/// The length of the JSON web token that a text starts with: a header, claims and a signature, each in base64. The
/// first two begin with `{"`.
fn json_web_token(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(|&byte| Chars::Dotted.contain(byte)).count();
    let mut parts = text[..length].split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = header.len() >= 16 && claims.starts_with(JSON_WEB_TOKEN) && claims.len() >= 16 && signature.len() >= 20;
    (whole && parts.next().is_none()).then_some(length)
}

/// The first line of a private key in PEM form.
fn key_header(text: &str, start: usize) -> Option<Token> {
    const DASHES: &str = "-----";
    let rest = text[start..].strip_prefix(KEY_HEADER)?;
    let label = rest.split_once(DASHES)?.0;
    let is_label = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ';
    if !(label.ends_with("PRIVATE KEY") || label.ends_with("PRIVATE KEY BLOCK")) || !label.bytes().all(is_label) {
        return None;
    }
    let end = start + KEY_HEADER.len() + label.len() + DASHES.len();
    // A script that looks for the line, or writes one from a variable, has no key after it.
    let body = text[end..].trim_start_matches(|char: char| char.is_whitespace() || "\\n\0".contains(char));
    let is_key = body.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte)).count() >= 16;
    is_key.then_some(Token { kind: "a private key", range: start..end })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{token, tokens};

    /// Put together here, so that no scanner takes the test for a leak.
    fn made(prefix: &str, rest: &str) -> String {
        format!("{prefix}{rest}")
    }

    #[test]
    fn shapes_are_found_where_they_stand() {
        let github = made("ghp", "_16C7e42F292c6912E7710c838347Ae178B4a");
        let text = format!("curl -H 'Authorization: token {github}' x");
        let found = token(&text).unwrap();
        assert_eq!((found.kind, &text[found.range]), ("a GitHub token", github.as_str()));
        let jwt = made("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P");
        assert_eq!(token(&jwt).unwrap().kind, "a JSON web token");
        let pem = made("-----BEGIN OPENSSH ", "PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\n");
        assert_eq!(token(&pem).unwrap().kind, "a private key");
        assert_eq!(tokens(&format!("{github} {jwt}")).count(), 2);
    }

    #[test]
    fn what_documentation_writes_is_none() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "AKIA",
            "npm_config_loglevel",
            "hf_transfer",
            "sk_live_",
            "grep -q -- '-----BEGIN RSA PRIVATE KEY-----' key.pem",
            "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
            "é-----BEGIN",
        ] {
            assert_eq!(token(text), None, "{text}");
        }
    }
}
