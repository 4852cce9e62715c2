//! `deprecated-apt-key`: a key that is trusted for every repository.

use dlint_syntax::shell::{OptionSpec, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "deprecated-apt-key",
    summary: "`apt-key` trusts a key for every repository, and is gone from newer releases",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:N/I:H/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("deprecated_apt_key.md"),
    on: &[On::Program(&["apt-key"], command)],
};

/// Options of GnuPG with which keys come in. They may be cut short.
const FETCHING: [&str; 4] = ["--receive-keys", "--recv-keys", "--fetch-keys", "--import"];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program.filter(|program| program.name == "apt-key") else { return };
    let arguments = program.arguments(&OptionSpec::new("", &["keyring"]));
    let Some(subcommand) = arguments.operands().next() else { return };
    let is_adding = subcommand.is("add") || (subcommand.is("adv") && program.words.iter().any(fetches));
    if !is_adding {
        return;
    }
    // A keyring of its own vouches for nothing but the repositories that name it.
    let keyring = arguments.value('\0', "keyring").map(|value| value.text.as_ref());
    let is_for_all = keyring.is_none_or(|path| path == "/etc/apt/trusted.gpg" || path.starts_with("/etc/apt/trusted.gpg.d/"));
    let message = if is_for_all {
        "this key vouches for the packages of every repository, and `apt-key` is gone after Debian 12 and Ubuntu 24.04"
    } else {
        "`apt-key` is gone after Debian 12 and Ubuntu 24.04"
    };
    cx.report(program.word.range().cover(subcommand.range()), message)
    .help("Put the key into `/etc/apt/keyrings/`, and name it in the repository's line: `deb \
           [signed-by=/etc/apt/keyrings/NAME.asc] …`");
}

fn fetches(word: Word<'_>) -> bool {
    let text = word.unquoted();
    text.len() > "--re".len() && FETCHING.iter().any(|option| option.starts_with(&*text))
}
