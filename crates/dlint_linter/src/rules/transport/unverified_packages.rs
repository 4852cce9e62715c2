//! `unverified-packages`: packages are installed whose signatures nobody checks.

mod files;

use dlint_syntax::TextRange;
use dlint_syntax::shell::{OptionSpec, Program, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;
use crate::verification::is_verified;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unverified-packages",
    summary: "Packages are installed whose signatures nobody checks",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "checkov:CKV2_DOCKER_7",
        "checkov:CKV2_DOCKER_8",
        "checkov:CKV2_DOCKER_9",
        "checkov:CKV2_DOCKER_10",
        "checkov:CKV2_DOCKER_11",
        "cis:4.11",
    ],
    docs: include_str!("unverified_packages.md"),
    on: &[On::Program(&PROGRAMS, command), On::Instruction(files::instruction)],
};

/// Programs that install packages, and those that write the files of repositories.
const PROGRAMS: [&str; 18] = [
    "apk",
    "apt-get",
    "apt",
    "aptitude",
    "dnf",
    "dnf5",
    "yum",
    "microdnf",
    "tdnf",
    "yum-config-manager",
    "zypper",
    "rpm",
    "add-apt-repository",
    "cat",
    "echo",
    "printf",
    "sed",
    "tee",
];

fn report(place: TextRange, how: &str, cx: &mut Context<'_>) {
    cx.report(place, format!("{how} has packages installed without a check of who made them"))
        .help("Leave it out, and install the key that the repository signs with");
}

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    if program.is_any(&["add-apt-repository", "cat", "echo", "printf", "sed", "tee"]) {
        files::writer(node, program, cx);
        return;
    }
    let Some((place, how)) = switch(program) else { return };
    if program.name == "apk" && is_verified(node.run) {
        return;
    }
    report(place, &how, cx);
}

/// The word that switches the check of signatures off, and how to name it.
fn switch(program: &Program<'_>) -> Option<(TextRange, String)> {
    let words = || program.words.iter();
    let any = |options: &[&str]| {
        let (word, text) = words().map(|word| (word, word.unquoted())).find(|(_, text)| options.contains(&text.as_ref()))?;
        Some((word.range(), format!("`{text}`")))
    };
    let setting = || words().find(is_gpgcheck_off).map(|word| (word.range(), "`gpgcheck=0`".to_owned()));
    match program.name.as_ref() {
        "apk" => any(&["--allow-untrusted"]),
        "apt-get" | "apt" | "aptitude" => any(&["--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"])
            .or_else(|| words().find(is_apt_setting).map(|word| (word.range(), "this setting".to_owned()))),
        "dnf" | "dnf5" | "yum" | "microdnf" | "tdnf" => any(&["--nogpgcheck", "--no-gpgchecks"]).or_else(setting),
        "yum-config-manager" => setting(),
        "zypper" => any(&["--no-gpg-checks", "--no-gpg-check"]).or_else(|| zypper_repository(program)),
        "rpm" if rpm_installs(program) => any(&["--nosignature", "--nodigest", "--noverify", "--nofiledigest"]),
        _ => None,
    }
}

/// `APT::Get::AllowUnauthenticated=true` and its kin.
fn is_apt_setting(word: &Word<'_>) -> bool {
    if !word.text().contains('=') {
        return false;
    }
    let lower = word.unquoted().to_ascii_lowercase();
    let Some((name, value)) = lower.split_once('=') else { return false };
    let known = ["allowunauthenticated", "allowinsecurerepositories", "allowdowngradetoinsecurerepositories"];
    known.iter().any(|end| name.ends_with(end)) && matches!(value, "true" | "1" | "yes")
}

/// `--setopt=example.gpgcheck=0`
fn is_gpgcheck_off(word: &Word<'_>) -> bool {
    let text = word.unquoted().replace(' ', "");
    let Some((name, value)) = text.rsplit_once('=') else { return false };
    name.rsplit(['.', '=']).next() == Some("gpgcheck") && matches!(value, "0" | "false" | "no")
}

/// `zypper addrepo --no-gpgcheck`, for a repository that is not made of local files.
fn zypper_repository(program: &Program<'_>) -> Option<(TextRange, String)> {
    let arguments = program.arguments(&OptionSpec::FLAGS);
    let mut operands = arguments.operands();
    let names_repository = operands.next().is_some_and(|word| ["ar", "addrepo", "mr", "modifyrepo"].iter().any(|it| word.is(it)));
    let is_local = operands.any(|word| ["/", "dir:", "file:"].iter().any(|start| word.unquoted().starts_with(start)));
    let option = arguments.find('G', "no-gpgcheck").filter(|_| names_repository && !is_local)?;
    Some((option.word.range(), format!("`{}`", option.word.unquoted())))
}

/// Whether `rpm` is to install, and not to ask or to check.
fn rpm_installs(program: &Program<'_>) -> bool {
    let arguments = program.arguments(&OptionSpec::FLAGS);
    let has = |options: &[(char, &str)]| options.iter().any(|(letter, name)| arguments.has(*letter, name));
    has(&[('i', "install"), ('U', "upgrade"), ('F', "freshen"), ('\0', "reinstall")])
        && !has(&[('q', "query"), ('V', "verify"), ('K', "checksig")])
}
