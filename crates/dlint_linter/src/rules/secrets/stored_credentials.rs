//! `stored-credentials`: a build step logs in somewhere, and the credentials stay in the layer.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{OptionSpec, Program, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};
use crate::severity::Cvss;

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
    on: &[On::Program(&PROGRAMS, command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    let Some((place, file)) = stores(program) else { return };
    if is_removed(node, file) || is_mounted(node.run, file) {
        return;
    }
    let is_in_image = node.run.is_shipped;
    let mut report = cx.report(place, format!("this writes credentials to `{file}`, where they stay in the layer"));
    report.help("Mount the file as a secret for the commands that need it, or remove it at the end of the same `RUN`");
    if !is_in_image {
        report.level(Level::Info);
    }
}

/// The programs of [`login`], and Bundler, whose `config` keeps tokens of hosts.
const PROGRAMS: [&str; 20] = [
    "aws", "gcloud", "az", "doctl", "docker", "podman", "buildah", "skopeo", "crane", "oras", "helm", "npm", "pnpm", "yarn", "composer", "git", "poetry", "dotnet", "nuget", "bundle",
];

/// A command that stores credentials.
struct Login {
    /// What its operands begin with.
    words: &'static [&'static str],
    /// What one of its words contains, unless this is empty.
    needs: &'static [&'static str],
    /// Where the credentials end up, below the home folder.
    file: &'static str,
}

/// The command of a program that stores credentials, if it has one. Sources: the documentation of each program.
fn login(program: &str) -> Option<Login> {
    let (words, needs, file): (&[&str], &[&str], _) = match program {
        "aws" => (&["configure", "set"], &["secret_access_key", "session_token"], ".aws/credentials"),
        "gcloud" => (&["auth", "activate-service-account"], &[], ".config/gcloud"),
        "az" => (&["login"], &["-p", "--password", "--federated-token"], ".azure"),
        "doctl" => (&["auth", "init"], &["-t", "--access-token"], ".config/doctl"),
        "docker" | "podman" | "buildah" | "skopeo" | "oras" => (&["login"], &[], ".docker/config.json"),
        "crane" => (&["auth", "login"], &[], ".docker/config.json"),
        "helm" => (&["registry", "login"], &[], ".docker/config.json"),
        "npm" | "pnpm" => (&["config", "set"], &["_authToken", "_auth", "_password"], ".npmrc"),
        "yarn" => (&["config", "set"], &["npmAuthToken", "_authToken"], ".yarnrc.yml"),
        "composer" => {
            (&["config"], &["http-basic", "github-oauth", "gitlab-token", "gitlab-oauth", "bearer"], "auth.json")
        }
        "git" => (&["config"], &[".extraheader", ".extraHeader"], ".gitconfig"),
        "poetry" => (&["config"], &["http-basic", "pypi-token"], ".config/pypoetry"),
        "dotnet" | "nuget" => (&[], &["--store-password-in-clear-text"], "NuGet.Config"),
        _ => return None,
    };
    Some(Login { words, needs, file })
}

/// What a command stores: its place, and the file that it ends up in.
fn stores(program: &Program<'_>) -> Option<(TextRange, &'static str)> {
    // Most programs are none of them, and their words need not be read.
    let login = login(&program.name);
    if login.is_none() && program.name != "bundle" {
        return None;
    }
    let spec = OptionSpec::new("uT", &["username", "key-file", "tenant"]);
    let arguments = program.arguments(&spec);
    let operands: Vec<Word<'_>> = arguments.operands().collect();
    let end = operands.last().map_or(program.word.range(), Word::range);
    let words: Vec<_> = program.words.iter().map(|word| word.unquoted()).collect();
    let only_asks = ["--unset", "--unset-all", "--remove-section", "--get", "--get-all", "--get-regexp", "--list", "--delete", "unset"];
    if words.iter().any(|word| only_asks.contains(&word.as_ref())) {
        return None;
    }
    let is = |login: &Login| {
        let has_words = login.words.iter().enumerate().all(|(index, word)| operands.get(index).is_some_and(|it| it.is(word)));
        // Options are whole words, keys are parts of words.
        let is_needed = |word: &str, need: &str| {
            if need.starts_with('-') { word.split('=').next() == Some(need) } else { word.contains(need) }
        };
        let has = |need: &&str| words.iter().any(|word| is_needed(word, need));
        has_words && (login.needs.is_empty() || login.needs.iter().any(has))
    };
    let file = match login.filter(is) {
        Some(login) => login.file,
        None if !operands.first().is_some_and(|word| word.is("config")) => return None,
        None if program.name == "git" && words.iter().any(|word| is_token_url(word)) => ".gitconfig",
        None if program.name == "bundle" && is_for_host(&operands) => ".bundle/config",
        None => return None,
    };
    Some((program.word.range().cover(end), file))
}

/// `gems.example.com user:password`, which Bundler keeps for a host; its other keys have no dot, or begin with what they are about.
fn is_for_host(operands: &[Word<'_>]) -> bool {
    let [.., key, value] = operands else { return false };
    let (key, value) = (key.unquoted(), value.unquoted());
    let is_host = key.contains('.') && !key.starts_with("build.") && !key.starts_with("mirror.") && !key.starts_with("local.");
    is_host && value.contains(':') && !value.contains("://")
}

/// `url.https://TOKEN@github.com/.insteadOf`.
fn is_token_url(text: &str) -> bool {
    text.starts_with("url.")
        && text.split_once("://").is_some_and(|(_, rest)| rest.split_once('@').is_some_and(|(user, _)| user.contains(['$', ':']) && user != "git"))
}

/// What undoes the commands of [`login`] and of Bundler: the words that a command of the program then has. Sources: the documentation of each
/// program.
fn undoing(program: &str) -> &'static [&'static [&'static str]] {
    match program {
        "docker" | "podman" | "buildah" | "skopeo" | "crane" | "oras" | "helm" => &[&["logout"]],
        "az" => &[&["logout"], &["account", "clear"]],
        "gcloud" => &[&["revoke"]],
        "doctl" => &[&["auth", "remove"]],
        "npm" | "pnpm" => &[&["logout"], &["config", "delete"], &["config", "rm"], &["c", "delete"]],
        "yarn" => &[&["config", "unset"], &["config", "delete"]],
        "dotnet" | "nuget" => &[&["remove", "source"], &["sources", "remove"], &["sources", "Remove"]],
        "bundle" => &[&["--delete"], &["unset"]],
        "git" => &[&["--unset"], &["--unset-all"], &["--remove-section"], &["unset"], &["remove-section"]],
        "composer" | "poetry" => &[&["--unset"]],
        _ => &[],
    }
}

/// Folders beside its own that a file may be in: what Composer keeps for all projects, and what Git keeps for one.
fn other_folders(program: &Program<'_>, file: &str) -> &'static [&'static str] {
    let is_shared = || program.words.iter().any(|word| ["--global", "--system", "--file", "-f"].iter().any(|option| word.is(option)));
    match file {
        "auth.json" => &["/.composer/", "/.config/composer/"],
        ".gitconfig" if !is_shared() => &["/.git/"],
        _ => &[],
    }
}

/// Whether a later command of the `RUN` removes the file, logs out, or unsets what was set.
fn is_removed(node: &CommandNode<'_, '_>, file: &str) -> bool {
    let Some(program) = node.program else { return false };
    let name = file.rsplit('/').next().unwrap_or(file);
    let first = file.split('/').next().unwrap_or(file);
    let folders = other_folders(program, file);
    node.later().any(|later| {
        let words = || later.command.words().iter();
        let names_it = |word: Word<'_>| {
            let text = word.unquoted();
            text.contains(name) || text.contains(first) || folders.iter().any(|folder| format!("/{text}/").contains(folder))
        };
        if matches!(later.name(), "rm" | "shred" | "unlink") {
            return words().any(names_it);
        }
        // Programs that keep the credentials in one file undo what another did.
        let is_same = later.name() == program.name || login(later.name()).is_some_and(|login| login.file == file);
        is_same && undoing(later.name()).iter().any(|wanted| wanted.iter().all(|it| words().any(|word| word.is(it))))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_syntax::{TextSize, shell};

    use super::{PROGRAMS, login, stores};

    #[test]
    fn no_program_is_passed_over() {
        for name in PROGRAMS.into_iter().filter(|name| *name != "bundle") {
            let login = login(name).unwrap();
            let words = login.words.iter().chain(login.needs.first());
            let text = words.fold(name.to_owned(), |text, word| format!("{text} {word}"));
            let script = shell::parse(&text, TextSize::new(0));
            let command = script.commands().next().and_then(|command| command.program());
            assert!(command.is_some_and(|program| stores(&program).is_some()), "{text}");
        }
    }

    #[test]
    fn programs_store_what_their_login_is_given() {
        let file = |text: &str| {
            let script = shell::parse(text, TextSize::new(0));
            let command = script.commands().next().and_then(|command| command.program());
            command.and_then(|program| stores(&program)).map(|(_, file)| file)
        };
        assert_eq!(file("aws configure set aws_secret_access_key x"), Some(".aws/credentials"));
        assert_eq!(file("aws configure set region x"), None);
        assert_eq!(file("az login -p x"), Some(".azure"));
        assert_eq!(file("crane auth login -u a -p b host"), Some(".docker/config.json"));
        assert_eq!(file("skopeo login -u a -p b host"), Some(".docker/config.json"));
        assert_eq!(file("pnpm config set //host/:_authToken x"), Some(".npmrc"));
        assert_eq!(file("git config url.https://x:y@github.com/.insteadOf https://github.com/"), Some(".gitconfig"));
        assert_eq!(file("git config http.https://host/.extraheader x"), Some(".gitconfig"));
        assert_eq!(file("bundle config set gems.example.com user:password"), Some(".bundle/config"));
        assert_eq!(file("bundle config --local https://gems.example.com/ user:password"), Some(".bundle/config"));
        assert_eq!(file("bundle config set --local without 'development:test'"), None);
        assert_eq!(file("bundle config build.pg --with-pg-config=/usr/bin/pg:config"), None);
        assert_eq!(file("git config --unset http.extraHeader"), None);
        assert_eq!(file("git config --get http.https://host/.extraheader"), None);
        assert_eq!(file("nuget sources add --store-password-in-clear-text"), Some("NuGet.Config"));
        assert_eq!(file("login registry"), None);
    }
}
