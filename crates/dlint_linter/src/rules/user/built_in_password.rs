//! `built-in-password`: an account of the image gets a password that is written here, or none.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{OptionSpec, Program, RedirectOperator, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;
use crate::user::{USERADD, USERMOD};

/// The rule.
pub const RULE: Rule = Rule {
    name: "built-in-password",
    summary: "An account of the image gets a password that is written here, or none at all",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["checkov:CKV2_DOCKER_17", "cis:4.10"],
    docs: include_str!("built_in_password.md"),
    on: &[On::Program(&["chpasswd", "passwd", "useradd", "usermod", "adduser"], command)],
};

const HELP: &str = "Leave the account without a password that works (`useradd` and `adduser -D` do), and log in \
                    with keys, or not at all";

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program.filter(|_| node.run.is_shipped) else { return };
    match program.name.as_ref() {
        "chpasswd" => {
            let arguments = program.arguments(&OptionSpec::new("cRPs", &["crypt-method", "root", "prefix", "sha-rounds"]));
            let is_hash = arguments.has('e', "encrypted");
            // Locked: no password has such a hash.
            let locks = |text: &str| is_hash && text.split_once(':').is_some_and(|(_, hash)| hash.starts_with(['*', '!']));
            if let Some(word) = fed(node).filter(|word| word.unquoted().contains(':') && !locks(&word.unquoted())) {
                report(word.range(), cx);
            }
        }
        "passwd" => {
            let arguments = program.arguments(&OptionSpec::new("nwxiRr", &["root", "repository"]));
            let locks = arguments.has('l', "lock");
            if arguments.has('d', "delete") && !locks {
                empty(program.words.range().unwrap_or(program.word.range()), cx);
            } else if let Some(word) = fed(node) {
                report(word.range(), cx);
            }
        }
        "useradd" | "usermod" | "adduser" => password_option(program, cx),
        _ => {}
    }
}

fn report(place: TextRange, cx: &mut Context<'_>) {
    cx.report(place, "this password is in the image, and is the same in every container of it").hide(place).help(HELP);
}

fn empty(place: TextRange, cx: &mut Context<'_>) {
    cx.report(place, "the account has no password: whoever may try needs none").help(HELP);
}

/// What a command reads from `echo` or `printf` before it in the pipe, or from `<<<` or a heredoc: the word with a
/// literal password, if there is one.
fn fed<'a>(node: &CommandNode<'a, '_>) -> Option<Word<'a>> {
    let input = node.command.redirects().find_map(|redirect| match redirect.operator() {
        RedirectOperator::HereString => Some(redirect.target()),
        RedirectOperator::Heredoc => redirect.heredoc().map(|heredoc| heredoc.body()),
        _ => None,
    });
    let before = node.command.position().checked_sub(1).and_then(|before| node.command.pipeline().commands().nth(before));
    let echoed = before.and_then(|command| command.program()).filter(|program| program.is_any(&["echo", "printf"])).and_then(|program| {
        // Of `printf` the last word, which is the text where the first is the format.
        program.words.iter().rfind(|word| !word.text().starts_with('-'))
    });
    input.or(echoed).filter(|word| is_literal_password(*word))
}

/// Whether the password in `user:password` is written out: what follows the last colon holds no variable.
fn is_literal_password(word: Word<'_>) -> bool {
    let text = word.unquoted();
    let password = text.trim_end().rsplit(':').next().unwrap_or_default();
    !password.is_empty() && !password.contains(['$', '`', '%'])
}

/// `useradd -p HASH`.
fn password_option(program: &Program<'_>, cx: &mut Context<'_>) {
    if program.name == "adduser" {
        return;
    }
    let arguments = program.arguments(if program.name == "useradd" { &USERADD } else { &USERMOD });
    let Some(value) = arguments.value('p', "password") else { return };
    match value.text.as_ref() {
        "" => empty(value.range, cx),
        // Locked: no password has such a hash.
        text if text.starts_with(['!', '*']) => {}
        text if !text.contains(['$', '`']) || text.starts_with("$1$") || text.starts_with("$6$") || text.starts_with("$5$") => {
            report(value.range, cx);
        }
        // `$(openssl passwd -1 secret)` is written out, too.
        _ if hashes_literal(value.word) => report(value.range, cx),
        _ => {}
    }
}

/// Whether a substitution makes the hash of a password that is written out: the operand of `openssl passwd` or `mkpasswd`, not what they read.
fn hashes_literal(word: Word<'_>) -> bool {
    let scopes = word.all_parts().filter_map(|part| part.scope());
    let mut last = scopes.filter_map(|scope| scope.commands().last()?.program());
    last.any(|program| {
        let mut words = program.words.iter();
        let valued: &[&str] = match program.name.as_ref() {
            "openssl" if words.next().is_some_and(|word| word.is("passwd")) => &["-in", "-salt", "-rand", "-writerand", "-provider", "-config"],
            "mkpasswd" => &["-m", "-S", "-R", "-P", "--method", "--salt", "--rounds", "--password-fd"],
            _ => return false,
        };
        let reads = program.words.iter().any(|word| word.is("-in") || word.is("-stdin") || word.is("-s") || word.is("--stdin"));
        let mut operand = None;
        while let Some(word) = words.next() {
            if valued.iter().any(|option| word.is(option)) {
                words.next();
            } else if !word.text().starts_with('-') {
                operand = operand.or(Some(word));
            }
        }
        !reads && operand.is_some_and(|word| word.literal().is_some())
    })
}
