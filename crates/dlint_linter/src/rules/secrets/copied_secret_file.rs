//! `copied-secret-file`: a file of secrets is copied into the image.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Copy, Kind, Source};
use dlint_syntax::shell::Command;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::MAX_OTHERS;
use crate::severity::Cvss;
use crate::stage::StageNode;
use crate::text::basename;

/// The rule.
pub const RULE: Rule = Rule {
    name: "copied-secret-file",
    summary: "A private key, `.env` or another file of secrets is copied into the image",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["trivy:DS-0031", "cis:4.10"],
    docs: include_str!("copied_secret_file.md"),
    on: &[On::Stage(stage)],
};

const HELP: &str = "Mount it where the build needs it (`RUN --mount=type=secret,…`), or into the container when \
                    it starts";

/// What files of these names hold. Sources: the documentation of the programs that read them.
const NAMES: [(&str, &str); 28] = [
    ("id_rsa", "a private SSH key"),
    ("id_dsa", "a private SSH key"),
    ("id_ecdsa", "a private SSH key"),
    ("id_ed25519", "a private SSH key"),
    (".ssh", "a folder of SSH keys"),
    (".netrc", "passwords"),
    ("_netrc", "passwords"),
    (".pgpass", "database passwords"),
    (".pypirc", "tokens of package registries"),
    (".git-credentials", "passwords"),
    (".dockercfg", "passwords of registries"),
    (".docker/config.json", "passwords of registries"),
    (".aws", "keys of AWS"),
    (".aws/credentials", "keys of AWS"),
    (".boto", "keys of cloud storage"),
    (".azure", "tokens of Azure"),
    (".kube/config", "the keys of a cluster"),
    ("kubeconfig", "the keys of a cluster"),
    (".vault-token", "a token of Vault"),
    (".terraformrc", "tokens of Terraform"),
    ("terraform.tfstate", "secrets in the state of Terraform"),
    (".gnupg", "private keys of GnuPG"),
    ("master.key", "the key to the credentials of Rails"),
    ("secrets.yml", "secrets"),
    ("secrets.yaml", "secrets"),
    ("secrets.json", "secrets"),
    ("secrets.env", "secrets"),
    ("client_secret.json", "secrets"),
];

/// Endings of files that hold private keys.
const ENDINGS: [(&str, &str); 6] = [
    (".ppk", "a private SSH key"),
    (".p12", "a certificate with its private key"),
    (".pfx", "a certificate with its private key"),
    (".kdbx", "a database of passwords"),
    (".ovpn", "the keys of a VPN"),
    (".jks", "a store of keys"),
];

/// Where the keys lie that package managers check signatures with. They are public.
const KEYRINGS: [&str; 5] = ["keyrings", "/etc/apt", "/etc/apk", "rpm-gpg", "ca-certificates"];

const PRIVATE_KEY: &str = "a private key";

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { continue };
        for source in &copy.sources {
            let Source::Path(word) = source else { continue };
            let Some(what) = secrets_in(&word.text, copy) else { continue };
            if what == PRIVATE_KEY && is_imported(node, index, &word.text, copy, cx) {
                continue;
            }
            let removed = removal(node, index, &word.text, cx);
            let mut report = cx.report(word.range, format!("`{}` looks like {what}, and is copied into the \
                                                            image", word.text));
            report.help(HELP);
            // In a stage that is thrown away it is only in the build's cache.
            if !node.is_in_image() {
                report.level(Level::Info);
            } else if what.contains("private") {
                report.level(Level::Error);
            }
            if let Some(removed) = removed {
                report.related(removed, "this does not take it out of the layer that it was copied into");
            }
        }
    }
}

/// What a source holds, if its name tells that it holds secrets.
fn secrets_in(path: &str, copy: &Copy) -> Option<&'static str> {
    let path = path.trim_end_matches('/');
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or(&lower);
    if let Some((_, what)) = NAMES.iter().find(|(known, _)| is_below(&lower, known)) {
        return Some(what);
    }
    if let Some((_, what)) = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)) {
        return (!name.contains("trust") && !name.contains("cacerts") && !is_for_tests(&lower)).then_some(*what);
    }
    if is_environment_file(name) {
        return Some("the secrets of an environment");
    }
    (is_private_key(name) && !is_public_place(name, copy) && !is_for_tests(&lower)).then_some(PRIVATE_KEY)
}

/// Whether a path is `known`, or that in some folder.
fn is_below(path: &str, known: &str) -> bool {
    path.strip_suffix(known).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

fn is_for_tests(path: &str) -> bool {
    ["test", "example", "sample", "snakeoil", "dummy"].iter().any(|word| path.contains(word))
}

/// `.env`, `.env.production`; not `.env.example`.
fn is_environment_file(name: &str) -> bool {
    match name.strip_prefix(".env") {
        Some("") => true,
        Some(rest) => matches!(rest, ".local" | ".prod" | ".production" | ".staging" | ".secret" | ".secrets" | ".live"),
        None => false,
    }
}

/// `server.key`, `privkey.pem`, `tls-key.pem`; not `cert.pem`, `repository.gpg.key`, `key.pub.pem`.
fn is_private_key(name: &str) -> bool {
    const PUBLIC: [&str; 11] =
        ["pub", "gpg", "pgp", "asc", "sign", "archive", "release", "repo", "apt", "rpm", "keyring"];
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    if PUBLIC.iter().any(|word| stem.contains(word)) {
        return false;
    }
    match ending {
        "key" => true,
        "pem" => stem.split(['-', '_', '.']).any(|word| matches!(word, "key" | "privkey" | "private" | "privatekey")),
        _ => false,
    }
}

fn is_public_place(name: &str, copy: &Copy) -> bool {
    let Some(to) = &copy.destination else { return false };
    // The key that all answers of DNSSEC are checked with. Source: unbound-anchor(8).
    let is_anchor = name == "root.key" && to.text.contains("unbound");
    is_anchor || KEYRINGS.iter().any(|place| to.text.contains(place))
}

/// Whether a later command of the stage takes a file for a key that signatures are checked with, which is public.
fn is_imported(node: &StageNode<'_>, copied: usize, path: &str, copy: &Copy, cx: &Context<'_>) -> bool {
    let lower = path.to_ascii_lowercase();
    // GnuPG imports private keys, too.
    if ["priv", "secret"].iter().any(|word| lower.contains(word)) {
        return false;
    }
    let destination = copy.destination.as_ref().map_or("", |word| word.text.as_str());
    let names = [basename(path), basename(destination)];
    let is_it = |text: &str| {
        let text = basename(text);
        let is_pattern = text.strip_prefix('*').is_some_and(|end| end.len() > 1 && names[0].ends_with(end));
        is_pattern || (!text.is_empty() && names.contains(&text))
    };
    let names_it = |command: Command<'_>| {
        let targets = command.redirects().map(|redirect| redirect.target());
        command.words().iter().chain(targets).any(|word| is_it(&word.unquoted()))
    };
    let runs = cx.runs();
    let mut commands = runs.of_stage(node.stage.index).iter().filter(|run| run.at > copied).take(MAX_OTHERS).flat_map(|run| &run.commands);
    commands.any(|simple| {
        let Some(program) = &simple.program else { return false };
        let wanted: &[&str] = match program.name.as_ref() {
            "apt-key" => &["add"],
            "rpm" | "rpmkeys" => &["--import"],
            "gpg" | "gpg2" => &["--dearmor", "--import", "--show-keys"],
            _ => return false,
        };
        // `cat docker.key | apt-key add -`
        program.words.iter().any(|word| wanted.iter().any(|it| word.is(it))) && simple.command.pipeline().commands().any(names_it)
    })
}

/// The word of a later `rm` in the stage that removes a file of that name.
fn removal(node: &StageNode<'_>, copied: usize, path: &str, cx: &Context<'_>) -> Option<TextRange> {
    let name = path.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty())?;
    let runs = cx.runs();
    let later = runs.of_stage(node.stage.index).iter().filter(|run| run.at > copied);
    let commands = later.flat_map(|run| &run.commands).filter_map(|command| command.program.as_ref());
    let mut words = commands.filter(|program| program.is_any(&["rm", "shred"])).flat_map(|program| program.words.iter());
    words.find(|word| word.unquoted().rsplit('/').next() == Some(name)).map(|word| word.range())
}
