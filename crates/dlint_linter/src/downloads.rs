//! curl and wget: what a command fetches, and where it goes.

mod options;

use dlint_syntax::TextRange;
use dlint_syntax::shell::{Argument, ArgumentKind, Arguments, Word};

use crate::hosts::host_of;
use crate::run::CommandNode;
pub(crate) use options::CURL;
use options::WGET;

/// A program that fetches files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// curl.
    Curl,
    /// wget, GNU's or BusyBox's.
    Wget,
}

/// Where what is fetched goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Output {
    /// Into a file, as far as its name is known, relative to the folder of the command.
    File(String),
    /// To another command, or to the log.
    Stdout,
}

/// A command that fetches something.
#[derive(Debug, Clone)]
pub(crate) struct Download<'s> {
    /// The program.
    pub(crate) tool: Tool,
    /// The word that names the program.
    pub(crate) program: Word<'s>,
    /// Options and operands.
    pub(crate) arguments: Arguments<'s>,
    /// The URLs, with the values of variables where they are known.
    pub(crate) urls: Vec<(Word<'s>, String)>,
    /// Where they go.
    pub(crate) outputs: Vec<Output>,
}

impl<'s> Download<'s> {
    /// The download that a command is.
    pub(crate) fn new(node: &CommandNode<'s, '_>) -> Option<Self> {
        let program = node.program?;
        let (tool, spec) = match program.name.as_ref() {
            "curl" => (Tool::Curl, &CURL),
            "wget" => (Tool::Wget, &WGET),
            _ => return None,
        };
        let arguments = program.arguments(spec);
        let text = |word: Word<'s>| node.value(word).unwrap_or_else(|| word.unquoted().into_owned());
        let mut urls: Vec<(Word<'s>, String)> = arguments.operands().map(|word| (word, text(word))).collect();
        urls.extend(arguments.values('\0', "url").map(|value| (value.word, value.text.clone().into_owned())));
        if urls.is_empty() {
            return None;
        }
        if !urls.iter().any(|(_, url)| url.contains("://")) && !is_told_scheme(&arguments) {
            for (_, url) in &mut urls {
                add_scheme(tool, url);
            }
        }
        let mut download = Self { tool, program: program.word, arguments, urls, outputs: Vec::new() };
        download.outputs = download.find_outputs(node);
        Some(download)
    }

    fn find_outputs(&self, node: &CommandNode<'s, '_>) -> Vec<Output> {
        let remote_names = || self.urls.iter().map(|(_, url)| Output::File(remote_name(url))).collect::<Vec<_>>();
        let (letter, name) = match self.tool {
            Tool::Curl => ('o', "output"),
            Tool::Wget => ('O', "output-document"),
        };
        let named: Vec<Output> = self
            .arguments
            .values(letter, name)
            .map(|value| match value.text.as_ref() {
                "-" | "/dev/stdout" => Output::Stdout,
                text if value.word.unquoted().len() == text.len() => {
                    Output::File(node.value(value.word).unwrap_or_else(|| text.to_owned()))
                }
                text => Output::File(text.to_owned()),
            })
            .collect();
        if named.iter().any(|output| *output != Output::Stdout) {
            return named;
        }
        if self.tool == Tool::Curl && self.arguments.has('O', "remote-name") {
            return remote_names();
        }
        if self.tool == Tool::Wget && named.is_empty() {
            let folder = self.arguments.value('P', "directory-prefix").map(|value| value.text.clone());
            let within = |output| match (&folder, output) {
                (Some(folder), Output::File(name)) => Output::File(format!("{}/{name}", folder.trim_end_matches('/'))),
                (_, output) => output,
            };
            return remote_names().into_iter().map(within).collect();
        }
        let file =
            node.command.redirects().find(|redirect| redirect.writes_file() && !redirect.target().is("/dev/null"));
        match file.map(|redirect| redirect.target()) {
            Some(target) => vec![Output::File(node.value(target).unwrap_or_else(|| target.unquoted().into_owned()))],
            None => vec![Output::Stdout],
        }
    }

    /// The option that has it take any certificate.
    pub(crate) fn insecure(&self) -> Option<TextRange> {
        let takes_any = |argument: &&Argument<'_>| match (&argument.kind, self.tool) {
            (ArgumentKind::Short(letter), Tool::Curl) => *letter == 'k',
            (ArgumentKind::Long(name), Tool::Curl) => matches!(&**name, "insecure" | "proxy-insecure" | "doh-insecure"),
            // GNU's long options may be cut short.
            (ArgumentKind::Long(name), Tool::Wget) => name.starts_with("no-check-cert"),
            _ => false,
        };
        self.arguments.iter().find(takes_any).map(|argument| argument.range)
    }

    /// Whether it only asks whether something is there, or throws it away.
    pub(crate) fn only_looks(&self) -> bool {
        let asks = match self.tool {
            Tool::Curl => self.arguments.has('I', "head"),
            Tool::Wget => self.arguments.has_long("spider"),
        };
        asks || self.outputs.iter().any(|output| *output == Output::File("/dev/null".to_owned()))
    }

    /// Whether what it fetches goes to standard output, and only there.
    pub(crate) fn to_stdout(&self) -> bool {
        self.outputs.iter().all(|output| *output == Output::Stdout)
    }

    /// Whether it fetches from this machine alone.
    pub(crate) fn is_local(&self) -> bool {
        let hosts = ["//localhost", "//127.", "//[::1]"];
        self.urls.iter().all(|(_, url)| hosts.iter().any(|host| url.contains(host)))
    }

    /// The files that it writes.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.outputs.iter().filter_map(|output| match output {
            Output::File(path) => Some(path.as_str()),
            Output::Stdout => None,
        })
    }

    /// Whether there may be options that are not seen, in a variable whose value is not known.
    pub(crate) fn may_hide_options(&self, node: &CommandNode<'s, '_>) -> bool {
        self.arguments.may_hide_options()
            && self.arguments.operands().any(|word| node.value(word).is_none_or(|value| value.starts_with('-')))
    }

    /// Whether short options are written together like this (`-nv`).
    pub(crate) fn has_cluster(&self, letters: &str) -> bool {
        let is_cluster = |text: &str| text.starts_with('-') && !text.starts_with("--") && text.contains(letters);
        self.arguments.iter().any(|it| is_cluster(&it.word.unquoted()))
    }
}

/// Whether curl is told which scheme an address without one has, or which it may have.
fn is_told_scheme(arguments: &Arguments<'_>) -> bool {
    ["proto", "proto-default", "hsts"].iter().any(|name| arguments.has_long(name))
}

/// Schemes that curl takes where the name of the host begins so.
const SCHEMES: [&str; 6] = ["ftp", "dict", "ldap", "imap", "smtp", "pop3"];

/// Adds the scheme that a program takes for an address without one: HTTP, or of curl what the first part of the name says.
///
/// Source: the manual pages of curl (URL) and wget (URL Format).
fn add_scheme(tool: Tool, url: &mut String) {
    let host = host_of(url);
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let domain = host.rsplit_once('.').map_or("", |(_, domain)| domain);
    let is_domain = domain.len() > 1 && domain.bytes().all(|byte| byte.is_ascii_alphabetic());
    // `install.sh` may be a file, for an option that nobody knows here.
    let is_address = url.contains('/') || host.split('.').count() > 2;
    if !is_domain || !is_address || !host.split('.').all(is_part) || !url.starts_with(host) {
        return;
    }
    let other = SCHEMES.iter().find(|name| tool == Tool::Curl && host.split('.').next() == Some(name));
    *url = format!("{}://{url}", other.unwrap_or(&"http"));
}

/// The name that a file has at the end of its URL.
fn remote_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Download, Output, Tool};
    use crate::document::Document;
    use crate::language::Language;
    use crate::run::Runs;

    fn outputs(command: &str) -> Option<Vec<Output>> {
        let text = format!("FROM a\nARG V=1\nRUN {command}\n");
        let document = Document::parse("Dockerfile", text, Language::Dockerfile);
        let (file, model) = document.dockerfile().unwrap();
        let runs = Runs::new(file, model);
        let run = runs.iter().next().unwrap();
        Download::new(&run.node(0)).map(|download| download.outputs)
    }

    #[test]
    fn where_it_goes() {
        let file = |name: &str| Some(vec![Output::File(name.to_owned())]);
        assert_eq!(outputs("curl -fsSL -o /tmp/x https://e.com/y"), file("/tmp/x"));
        assert_eq!(outputs("curl -fsSLo\"/tmp/$V\" https://e.com/y"), file("/tmp/$V"));
        assert_eq!(outputs("curl -o \"/tmp/$V\" https://e.com/y"), file("/tmp/1"));
        assert_eq!(outputs("curl -OL --retry 3 https://e.com/y-${V}.tgz?z"), file("y-1.tgz"));
        assert_eq!(outputs("curl https://e.com/y > /tmp/x"), file("/tmp/x"));
        assert_eq!(outputs("curl -X POST -d a=b https://e.com/y"), Some(vec![Output::Stdout]));
        assert_eq!(outputs("wget -qO- https://e.com/y"), Some(vec![Output::Stdout]));
        assert_eq!(outputs("wget -nv -P /opt/ https://e.com/y"), file("/opt/y"));
        assert_eq!(outputs("wget https://e.com/y -O x"), file("x"));
        assert_eq!(outputs("curl --version"), None);
        assert_eq!(outputs("make"), None);
    }

    #[test]
    fn addresses_without_a_scheme() {
        let url = |tool, text: &str| {
            let mut url = text.to_owned();
            super::add_scheme(tool, &mut url);
            url
        };
        assert_eq!(url(Tool::Curl, "example.com/x"), "http://example.com/x");
        assert_eq!(url(Tool::Wget, "ftp.example.com"), "http://ftp.example.com");
        assert_eq!(url(Tool::Curl, "ftp.example.com"), "ftp://ftp.example.com");
        for text in [
            "localhost/x",
            "127.0.0.1",
            "$HOST/x",
            "${HOST}.com",
            "x",
            "a b.com",
            "user@example.com/x",
            ".com",
            "./x.sh",
            "install.sh",
        ] {
            assert_eq!(url(Tool::Curl, text), text);
        }
    }
}
