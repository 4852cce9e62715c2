//! `stored-credentials`: a build step logs in somewhere, and the credentials stay in the layer.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{OptionSpec, Program};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};
use crate::severity::Cvss;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "stored-credentials",
    summary: "A build step logs in, and leaves the credentials in the layer",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["trivy:DS-0031", "cis:4.10"],
    docs: include_str!("stored_credentials.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    let Some((place, file)) = stores(program) else { return };
    if is_removed(node, file) || is_mounted(node.run, file) {
        return;
    }
    let is_in_image = StageNode { file: node.run.file, model: node.run.model, stage: node.run.stage }.is_in_image();
    let mut report = cx.report(place, format!("this writes credentials to `{file}`, where they stay in the layer"));
    report.help("Mount the file as a secret for the commands that need it, or remove it at the end of the same `RUN`");
    if !is_in_image {
        report.level(Level::Info);
    }
}

/// What a command stores: its place, and the file (below the home folder) that it ends up in. Sources: the
/// documentation of each program.
fn stores(program: &Program<'_>) -> Option<(TextRange, &'static str)> {
    let arguments = program.arguments(&OptionSpec::new("putT", &["username", "password", "key-file", "tenant", "access-token", "federated-token"]));
    let operands: Vec<_> = arguments.operands().collect();
    let is = |index: usize, text: &str| operands.get(index).is_some_and(|word| word.is(text));
    let contains = |index: usize, text: &str| operands.get(index).is_some_and(|word| word.unquoted().contains(text));
    let whole = program.word.range().cover(operands.last().map_or(program.word.range(), |word| word.range()));
    let file = match program.name.as_ref() {
        "aws" if is(0, "configure") && is(1, "set") && (contains(2, "secret_access_key") || contains(2, "session_token")) => ".aws/credentials",
        "gcloud" if is(0, "auth") && is(1, "activate-service-account") => ".config/gcloud",
        "az" if is(0, "login") && (arguments.has('p', "password") || arguments.has_long("federated-token")) => ".azure",
        "doctl" if is(0, "auth") && is(1, "init") && arguments.has('t', "access-token") => ".config/doctl",
        "docker" | "podman" | "buildah" | "skopeo" | "crane" | "oras" | "helm" if is(0, "login") || (is(0, "registry") && is(1, "login")) => ".docker/config.json",
        "npm" | "pnpm" if is(0, "config") && is(1, "set") && program.words.iter().any(|word| has_auth(&word.unquoted())) => ".npmrc",
        "yarn" if is(0, "config") && is(1, "set") && (contains(2, "npmAuthToken") || contains(2, "_authToken")) => ".yarnrc.yml",
        "composer" if is(0, "config") && ["http-basic", "github-oauth", "gitlab-token", "gitlab-oauth", "bearer"].iter().any(|it| contains(1, it)) => "auth.json",
        "git" if is(0, "config") && program.words.iter().any(|word| word.unquoted().to_ascii_lowercase().contains(".extraheader")) => ".gitconfig",
        "git" if is(0, "config") && program.words.iter().any(|word| is_token_url(&word.unquoted())) => ".gitconfig",
        "poetry" if is(0, "config") && (contains(1, "http-basic") || contains(1, "pypi-token")) => ".config/pypoetry",
        "bundle" if is(0, "config") && operands.len() > 2 && operands.last().is_some_and(|word| word.unquoted().contains(':') && !word.unquoted().contains("://")) => ".bundle/config",
        "dotnet" | "nuget" if program.words.iter().any(|word| word.is("--store-password-in-clear-text")) => "NuGet.Config",
        _ => return None,
    };
    Some((whole, file))
}

/// `//registry.npmjs.org/:_authToken`, `_auth`, `_password`.
fn has_auth(text: &str) -> bool {
    ["_authToken", "_auth", "_password"].iter().any(|key| text.contains(key))
}

/// `url.https://TOKEN@github.com/.insteadOf`.
fn is_token_url(text: &str) -> bool {
    text.starts_with("url.")
        && text.split_once("://").is_some_and(|(_, rest)| rest.split_once('@').is_some_and(|(user, _)| user.contains(['$', ':']) && user != "git"))
}

/// Whether a later command of the `RUN` removes the file, logs out, or unsets what was set.
fn is_removed(node: &CommandNode<'_, '_>, file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let first = file.split('/').next().unwrap_or(file);
    node.later().any(|later| {
        let words = || later.command.words().iter();
        let names_it = || words().any(|word| word.unquoted().contains(name) || word.unquoted().contains(first));
        match later.name() {
            "rm" | "shred" | "unlink" => names_it(),
            "docker" | "podman" | "az" | "gcloud" | "helm" | "npm" | "buildah" | "skopeo" => words().any(|word| word.is("logout") || word.is("revoke") || word.is("delete")),
            "git" | "composer" | "aws" | "bundle" | "yarn" | "poetry" => words().any(|word| word.is("--unset") || word.is("--unset-all") || word.is("--remove-section") || word.is("unset")),
            _ => false,
        }
    })
}

/// Whether a mount of the `RUN` takes what is written there.
fn is_mounted(run: &RunNode<'_>, file: &str) -> bool {
    let first = file.split('/').next().unwrap_or(file);
    run.run.mounts.iter().any(|mount| {
        let target = mount.option(&["target", "dst", "destination"]).and_then(|option| option.value.as_ref());
        target.is_some_and(|target| target.text.contains(first) || target.text.trim_end_matches('/') == "/root")
    })
}
