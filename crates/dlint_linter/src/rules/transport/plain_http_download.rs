//! `plain-http-download`: something is downloaded that anybody on the way can replace.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind, Source};
use dlint_syntax::shell::{Descriptor, OptionSpec, Program, Word};

use crate::diagnostic::{Category, Level};
use crate::hosts::{host_of, is_nearby};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;
use crate::verification::is_verified;

/// The rule.
pub const RULE: Rule = Rule {
    name: "plain-http-download",
    summary: "Something is downloaded over a connection that is not protected",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:4.11"],
    docs: include_str!("plain_http_download.md"),
    on: &[On::Command(command), On::Instruction(instruction)],
};

fn report(place: TextRange, scheme: &str, what: &str, cx: &mut Context<'_>) {
    cx.report(place, format!("{what} comes over plain `{scheme}`, so that anybody on the way can replace it"))
        .help("Use `https`, or check its digest or signature in the same instruction");
}

/// The scheme of an address over which anybody can answer, if it is one: not of this machine or one nearby.
fn plain_scheme(url: &str) -> Option<&'static str> {
    let (scheme, rest) = ["http", "ftp", "git"].iter().find_map(|scheme| Some((*scheme, url.strip_prefix(scheme)?.strip_prefix("://")?)))?;
    (!is_nearby(host_of(rest))).then_some(scheme)
}

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    if let Some((word, scheme)) = keys(program) {
        let message = format!(
            "a key comes over plain `{scheme}`, so that anybody on the way can replace it, and with it whatever it \
             vouches for"
        );
        let help = "Get the key over `https`, or copy it from the build's context";
        cx.report(word.range(), message).level(Level::Error).help(help);
        return;
    }
    let mut tell = |word: Word<'_>, url: &str| {
        if let Some(scheme) = plain_scheme(url).filter(|_| !is_verified(node.run)) {
            let what = if feeds_key(node) { "this key" } else { "this" };
            report(word.range(), scheme, what, cx);
        }
    };
    match node.download() {
        Some(download) if download.only_looks() || is_thrown_away(node) => {}
        Some(download) => download.urls.iter().for_each(|(word, url)| tell(*word, url)),
        None => addresses(program).into_iter().chain(archives(node)).for_each(|word| tell(word, &word.unquoted())),
    }
}

/// Whether what a command prints goes to `/dev/null`.
fn is_thrown_away(node: &CommandNode<'_, '_>) -> bool {
    node.command.redirects().any(|redirect| {
        let is_output = redirect.writes_file() && redirect.descriptor() != Descriptor::Number(2);
        is_output && redirect.target().is("/dev/null")
    })
}

/// The packages that the manager of a programming language is to fetch from an address.
fn archives<'a>(node: &CommandNode<'a, '_>) -> Vec<Word<'a>> {
    let call = node.package().filter(|call| call.action.installs() && !call.manager.is_system());
    call.map(|call| call.operands().collect()).unwrap_or_default()
}

/// The addresses that a command other than curl and wget downloads from.
fn addresses<'a>(program: &Program<'a>) -> Vec<Word<'a>> {
    let operands = |spec: &OptionSpec| program.arguments(spec).operands().collect::<Vec<_>>();
    let with = |option: &str, subcommands: &[&str]| {
        let arguments = program.arguments(&OptionSpec::FLAGS);
        let subcommand = arguments.subcommand();
        if !subcommand.is_some_and(|it| subcommands.contains(&&*it)) {
            return Vec::new();
        }
        let words = program.words;
        let after = words.iter().zip(words.iter().skip(1)).filter(|(first, _)| first.is(option)).map(|(_, second)| second);
        after.collect()
    };
    match program.name.as_ref() {
        "git" | "hg" => {
            let words = operands(&OptionSpec::new("cCbo", &["branch", "depth", "origin", "config"]));
            let clones = words.iter().any(|word| ["clone", "fetch", "pull"].iter().any(|it| word.is(it)));
            if clones { words } else { Vec::new() }
        }
        "svn" => operands(&OptionSpec::new("r", &["revision", "username", "password"])),
        // What is installed from an address is not checked as what comes from a repository is.
        "rpm" | "yum" | "dnf" | "microdnf" | "tdnf" => operands(&OptionSpec::FLAGS).into_iter().filter(|word| word.unquoted().ends_with(".rpm")).collect(),
        "pip" | "pip3" => [with("--index-url", &["install", "download"]), with("-i", &["install"]), with("--extra-index-url", &["install"])].concat(),
        "npm" | "pnpm" | "yarn" => with("--registry", &["install", "i", "ci", "add"]),
        "gem" => with("--source", &["install"]),
        _ => Vec::new(),
    }
}

/// The address of a key that vouches for packages, if it is plain.
fn keys<'a>(program: &Program<'a>) -> Option<(Word<'a>, &'static str)> {
    let takes_key = match program.name.as_ref() {
        "rpm" => program.words.iter().any(|word| word.is("--import")),
        "apt-key" => program.words.iter().any(|word| word.is("--fetch-keys")),
        "gpg" | "gpg2" => program.words.iter().any(|word| word.is("--fetch-keys")),
        _ => false,
    };
    if !takes_key {
        return None;
    }
    program.words.iter().find_map(|word| Some((word, plain_scheme(&word.unquoted())?)))
}

/// Whether a download is piped into something that takes keys.
fn feeds_key(node: &CommandNode<'_, '_>) -> bool {
    let after = node.command.pipeline().commands().skip(node.command.position() + 1);
    after.filter_map(|command| command.program()).any(|program| program.is_any(&["apt-key", "gpg", "gpg2"]))
}

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Add(add) = &instruction.kind else { return };
    if instruction.flag("checksum").is_some() {
        return;
    }
    for source in &add.sources {
        let Source::Path(word) = source else { continue };
        if let Some(scheme) = plain_scheme(&word.text) {
            report(word.range, scheme, "this", cx);
        }
    }
}
