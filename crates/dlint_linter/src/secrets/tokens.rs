//! Tokens that can be recognised by their shape, because whoever issues them has seen to that.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};

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

/// What is looked for: how the prefixes of [`SHAPES`], [`JSON_WEB_TOKEN`] and [`KEY_HEADER`] end, which is rarer than how they begin (`git`,
/// `npm`).
///
/// The order decides how fast that goes, not what is found. The search takes those of a column for a group, and looks again wherever a letter is the
/// first of one in the group, the next the second of one, and the next the third: words of one column are to have few letters together that follow
/// each other elsewhere.
static ENDINGS: [&[&str]; 4] = [
    &["ASIA", "lrt-", "ghu_", "AIza", "AKIA", "oxp-", "eyJ", "ldt-"],
    &["pat-", "hvs.", "dapi", "ghs_", "oxb-", "_v1_", "npm_", "SG."],
    &["pat_", "hf_", "ive_", "ems_", "roj-", "ghp_", "lsa_", "ant-"],
    &["vcmc", "ghr_", "gho_", "EY-1", "api_", "app-", "GIN "],
];

/// The search for [`ENDINGS`].
static SEARCH: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // Only of this kind is there a search that goes through long texts many bytes at a time. It finds whole words, so that the automaton has nothing
    // to do where it is there: the one that is built fastest will do.
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .kind(Some(AhoCorasickKind::NoncontiguousNFA))
        .build(ENDINGS.iter().copied().flatten())
        .expect("a few short words")
});

/// `{"` in base64.
const JSON_WEB_TOKEN: &str = "eyJ";

const KEY_HEADER: &str = "-----BEGIN ";

/// The tokens in a text, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(ending) = SEARCH.find(Input::new(text).range(at..)) {
            at = ending.end();
            if let Some(found) = token_at(text, at) {
                at = found.range.end;
                return Some(found);
            }
        }
        None
    })
}

/// The token whose prefix ends at a place.
fn token_at(text: &str, end: usize) -> Option<Token> {
    let before = &text[..end];
    if let Some(outside) = before.strip_suffix(KEY_HEADER) {
        return key_header(text, outside.len());
    }
    // Every other shape starts a word.
    let begins = |prefix: &str| {
        before.strip_suffix(prefix).is_some_and(|outside| !outside.bytes().next_back().is_some_and(is_word))
    };
    if begins(JSON_WEB_TOKEN) {
        let start = end - JSON_WEB_TOKEN.len();
        return json_web_token(&text[start..])
            .map(|length| Token { kind: "a JSON web token", range: start..start + length });
    }
    let shape = SHAPES.iter().find(|shape| begins(shape.0))?;
    shaped(text, end, shape)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn shaped(text: &str, end: usize, (prefix, chars, length, exact, kind): &Shape) -> Option<Token> {
    let tail = &text[end..];
    let run = tail.bytes().take_while(|&byte| chars.contain(byte)).count();
    let whole = if *exact { run == *length } else { run >= *length };
    let ends = tail.as_bytes().get(run).is_none_or(|&byte| !is_word(byte));
    let is_token = whole && ends && is_random(&tail[..run]);
    is_token.then(|| Token { kind, range: end - prefix.len()..end + run })
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
    use super::{ENDINGS, JSON_WEB_TOKEN, KEY_HEADER, SHAPES, token, tokens};

    #[test]
    fn every_prefix_is_looked_for() {
        let prefixes: Vec<_> = SHAPES.iter().map(|shape| shape.0).chain([JSON_WEB_TOKEN, KEY_HEADER]).collect();
        let endings: Vec<_> = ENDINGS.iter().copied().flatten().collect();
        for prefix in &prefixes {
            assert_eq!(endings.iter().filter(|ending| prefix.ends_with(**ending)).count(), 1, "{prefix}");
        }
        for ending in endings {
            assert!(prefixes.iter().any(|prefix| prefix.ends_with(ending)), "{ending}");
        }
    }

    /// Put together here, so that no scanner takes the test for a leak.
    fn made(prefix: &str, rest: &str) -> String {
        format!("{prefix}{rest}")
    }

    #[test]
    fn every_shape_is_found() {
        for (prefix, _, length, _, kind) in SHAPES {
            let random = "0A1B2C3D4E5F6A7B".repeat(8);
            let random = [random.clone(), random.to_lowercase()].map(|it| it[..length].to_owned());
            let text = random.map(|it| format!("x={};", made(prefix, &it)));
            let found = text.iter().find_map(|text| token(text));
            let expected = Some((kind, 2..2 + prefix.len() + length));
            assert_eq!(found.map(|it| (it.kind, it.range)), expected, "{prefix}");
            // In the middle of a word it is none.
            assert!(text.iter().all(|text| token(&text.replace("x=", "x=a")).is_none()), "{prefix}");
        }
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
