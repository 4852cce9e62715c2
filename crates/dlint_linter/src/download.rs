//! Commands that download, and commands that check what was downloaded.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{ArgumentKind, OptionSpec, Program, Word};

use crate::run::{CommandNode, RunNode};

/// Options of curl that take a value. Source: curl(1), 8.x.
pub(crate) const CURL: OptionSpec = OptionSpec::new(
    "AbCcDdEeFHhKmoPQrTtUuwXxYyz",
    &[
        "cacert",
        "capath",
        "cert",
        "cert-type",
        "ciphers",
        "config",
        "connect-timeout",
        "connect-to",
        "continue-at",
        "cookie",
        "cookie-jar",
        "data",
        "data-ascii",
        "data-binary",
        "data-raw",
        "data-urlencode",
        "dns-servers",
        "doh-url",
        "dump-header",
        "form",
        "form-string",
        "header",
        "interface",
        "json",
        "keepalive-time",
        "key",
        "key-type",
        "limit-rate",
        "local-port",
        "max-filesize",
        "max-redirs",
        "max-time",
        "netrc-file",
        "noproxy",
        "oauth2-bearer",
        "output",
        "output-dir",
        "pass",
        "pinnedpubkey",
        "preproxy",
        "proto",
        "proto-default",
        "proto-redir",
        "proxy",
        "proxy-cacert",
        "proxy-header",
        "proxy-user",
        "quote",
        "range",
        "referer",
        "request",
        "request-target",
        "resolve",
        "retry",
        "retry-delay",
        "retry-max-time",
        "socks5",
        "socks5-hostname",
        "speed-limit",
        "speed-time",
        "stderr",
        "time-cond",
        "tls-max",
        "tls13-ciphers",
        "trace",
        "trace-ascii",
        "unix-socket",
        "upload-file",
        "url",
        "url-query",
        "user",
        "user-agent",
        "variable",
        "write-out",
    ],
);

/// Options of wget that take a value. Source: GNU Wget's manual, and BusyBox's help.
const WGET: OptionSpec = OptionSpec::new(
    "AaBDIilOoPQRTtUwXe",
    &[
        "accept",
        "append-output",
        "base",
        "bind-address",
        "ca-certificate",
        "ca-directory",
        "certificate",
        "ciphers",
        "config",
        "connect-timeout",
        "cut-dirs",
        "default-page",
        "directory-prefix",
        "dns-timeout",
        "domains",
        "exclude-directories",
        "execute",
        "header",
        "http-password",
        "http-user",
        "include-directories",
        "input-file",
        "level",
        "limit-rate",
        "load-cookies",
        "max-redirect",
        "output-document",
        "output-file",
        "password",
        "post-data",
        "post-file",
        "prefer-family",
        "private-key",
        "progress",
        "quota",
        "read-timeout",
        "referer",
        "reject",
        "retry-on-http-error",
        "save-cookies",
        "secure-protocol",
        "timeout",
        "tries",
        "user",
        "user-agent",
        "wait",
        "waitretry",
    ],
);

/// What a `curl` or `wget` does.
pub(crate) struct Download<'a> {
    /// The addresses as written, variables in them.
    pub(crate) urls: Vec<Word<'a>>,
    /// The option that has it take any certificate.
    pub(crate) insecure: Option<TextRange>,
    /// Whether what it gets goes to standard output.
    pub(crate) to_stdout: bool,
    /// Whether it only asks whether something is there.
    pub(crate) only_looks: bool,
}

impl<'a> Download<'a> {
    /// Reads a command, if it is one that downloads.
    pub(crate) fn of(program: &Program<'a>) -> Option<Self> {
        let is_curl = program.name == "curl";
        if !is_curl && program.name != "wget" {
            return None;
        }
        let arguments = program.arguments(if is_curl { &CURL } else { &WGET });
        let mut urls: Vec<Word<'a>> = arguments.operands().filter(|word| is_url(&word.unquoted())).collect();
        urls.extend(arguments.values('\0', "url").map(|value| value.word));
        let insecure = arguments
            .iter()
            .find(|argument| match &argument.kind {
                ArgumentKind::Short(letter) => is_curl && *letter == 'k',
                ArgumentKind::Long(name) if is_curl => {
                    matches!(&**name, "insecure" | "proxy-insecure" | "doh-insecure")
                }
                // GNU's long options may be cut short.
                ArgumentKind::Long(name) => name.starts_with("no-check-cert"),
                ArgumentKind::Operand => false,
            })
            .map(|argument| argument.range);
        let to_stdout = if is_curl {
            let output = arguments.value('o', "output").map(|value| value.text.clone());
            !arguments.has('O', "remote-name")
                && !arguments.has_long("remote-name-all")
                && output.is_none_or(|it| it == "-")
        } else {
            arguments.value('O', "output-document").is_some_and(|value| value.text == "-")
        };
        let only_looks = if is_curl { arguments.has('I', "head") } else { arguments.has_long("spider") };
        Some(Self { urls, insecure, to_stdout, only_looks })
    }
}

/// Whether a text is an address, or may become one.
fn is_url(text: &str) -> bool {
    text.contains("://") || text.starts_with('$') || text.contains('.')
}

/// Programs that compare digests or check signatures.
const VERIFIERS: [&str; 17] = [
    "md5sum",
    "sha1sum",
    "sha256sum",
    "sha384sum",
    "sha512sum",
    "sha512",
    "b2sum",
    "shasum",
    "sha256",
    "cksum",
    "gpgv",
    "cosign",
    "minisign",
    "slsa-verifier",
    "rhash",
    "signify",
    "gpgv2",
];

/// Whether a command checks a digest or a signature.
pub(crate) fn verifies(node: &CommandNode<'_, '_>) -> bool {
    let name = node.name();
    let has = |words: &[&str]| node.command.words().iter().any(|word| words.iter().any(|it| word.is(it)));
    VERIFIERS.contains(&name)
        || (matches!(name, "gpg" | "gpg2") && has(&["--verify", "--batch-verify"]))
        || (name == "openssl" && has(&["dgst", "sha256", "sha512"]))
        || (name == "certutil" && has(&["-hashfile"]))
        || (name == "git" && has(&["verify-tag", "verify-commit"]))
}

/// Whether anything in the `RUN` checks digests or signatures; of which file is not asked.
pub(crate) fn is_verified(run: &RunNode<'_>) -> bool {
    run.nodes().any(|node| verifies(&node))
}
