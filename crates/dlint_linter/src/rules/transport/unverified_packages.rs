//! `unverified-packages`: packages are installed whose signatures nobody checks.

use std::borrow::Cow;

use dlint_syntax::TextRange;
use dlint_syntax::shell::{Program, Word};

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
    on: &[On::Program(&["apk", "apt-get", "apt", "aptitude", "dnf", "dnf5", "yum", "microdnf", "tdnf", "zypper", "rpm", "echo", "printf", "sed", "tee", "cat"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    let Some((place, how)) = switch(program) else { return };
    if program.name == "apk" && is_verified(node.run) {
        return;
    }
    cx.report(place, format!("{how} has packages installed without a check of who made them"))
        .help("Leave it out, and install the key that the repository signs with");
}

/// The word that switches the check of signatures off, and how to name it.
fn switch(program: &Program<'_>) -> Option<(TextRange, String)> {
    let words = || program.words.iter();
    let any = |options: &[&str]| {
        words().map(|word| (word, word.unquoted())).find(|(_, text)| options.contains(&text.as_ref()))
    };
    let quoted = |found: Option<(Word<'_>, Cow<'_, str>)>| found.map(|(word, text)| (word.range(), format!("`{text}`")));
    match program.name.as_ref() {
        "apk" => quoted(any(&["--allow-untrusted"])),
        "apt-get" | "apt" | "aptitude" => quoted(any(&["--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"]))
            .or_else(|| words().find(is_apt_setting).map(|word| (word.range(), "this setting".to_owned()))),
        "dnf" | "dnf5" | "yum" | "microdnf" | "tdnf" => quoted(any(&["--nogpgcheck", "--no-gpgchecks"]))
            .or_else(|| words().find(|word| has_setting(*word, "gpgcheck")).map(|word| (word.range(), "`gpgcheck=0`".to_owned()))),
        "zypper" => quoted(any(&["--no-gpg-checks", "--no-gpg-check"])),
        "rpm" => quoted(any(&["--nosignature", "--nodigest", "--noverify", "--nofiledigest"])),
        // A repository that is written into a file.
        "echo" | "printf" | "sed" | "tee" | "cat" => {
            let may_be = |word: &Word<'_>| ["trusted", "gpgcheck"].iter().any(|it| word.text().contains(it));
            words().filter(may_be).find_map(in_file)
        }
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

fn has_setting(word: Word<'_>, name: &str) -> bool {
    let text = word.unquoted().replace(' ', "");
    ["0", "false", "no"].iter().any(|off| text.ends_with(&format!("{name}={off}")))
}

/// What a line for a repository's file says: `deb [trusted=yes] …`, `gpgcheck=0`.
fn in_file(word: Word<'_>) -> Option<(TextRange, String)> {
    let text = word.unquoted();
    if text.contains("trusted=yes") && !text.contains("file:") && !text.contains("copy:") && text.contains("deb") {
        return Some((word.range(), "`trusted=yes`".to_owned()));
    }
    let lines = || text.split(['\n', '/']).flat_map(|line| line.split("\\n"));
    let is_off = |line: &str| matches!(line.trim().replace(' ', "").as_str(), "gpgcheck=0" | "gpgcheck=false" | "gpgcheck=no");
    // `sed s/gpgcheck=0/gpgcheck=1/` is the contrary.
    let is_on_after = lines().any(|line| line.trim().ends_with("gpgcheck=1"));
    (lines().any(is_off) && !is_on_after).then(|| (word.range(), "`gpgcheck=0`".to_owned()))
}
