//! `download-piped-to-shell`: what a server sends is run as it comes.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{Command, OptionSpec, PartKind, Program, Scope};

use crate::diagnostic::{Category, Level};
use crate::downloads::Download;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "download-piped-to-shell",
    summary: "A downloaded script is run without a look at what came",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:4.11"],
    docs: include_str!("download_piped_to_shell.md"),
    on: &[On::Command(command)],
};

/// Without TLS anybody on the way can send another script.
const PLAIN: Cvss = Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H");

const HELP: &str = "Download it to a file, check its digest (`sha256sum -c`), then run it; or install a package";

/// Whether a program reads another one from its standard input.
fn is_interpreter(name: &str) -> bool {
    matches!(
        name,
        "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh" | "mksh" | "fish" | "python" | "python2" | "python3" | "perl" | "ruby" | "node" | "php" | "pwsh" | "bun"
    )
}

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    let is_interpreter = is_interpreter(&program.name);
    let download = if is_interpreter && reads_stdin(program) { from_pipe(node) } else { None };
    let runs_word = is_interpreter || program.is_any(&["eval", "source", "."]);
    let Some((place, download)) = download.or_else(|| runs_word.then(|| from_word(node, program)).flatten()) else { return };
    let plain = download.urls.iter().any(|url| url.1.starts_with("http://"));
    let unsafe_way = plain || download.insecure().is_some();
    let what = if unsafe_way {
        "this runs whatever arrives, and anybody on the way can send something else"
    } else {
        "this runs whatever the server sends on the day of the build, even half of it if the connection breaks"
    };
    let mut report = cx.report(place, what);
    report.help(HELP);
    if unsafe_way {
        report.level(Level::Error).cvss(PLAIN);
    }
}

/// Whether an interpreter is given no script of its own.
fn reads_stdin(program: &Program<'_>) -> bool {
    let is_shell = program.name.ends_with("sh");
    let spec = if is_shell { OptionSpec::new("oO", &[]) } else { OptionSpec::FLAGS };
    let arguments = program.arguments(&spec);
    // Options with which a program of its own is given: `-c` of shells and Python, `-e` of Perl and Node.js, …
    let programs = if is_shell { "c" } else { "cemnpr" };
    if programs.chars().any(|letter| arguments.has_short(letter)) {
        return false;
    }
    let has_operands = arguments.operands().next().is_some();
    let names_input = program.words.iter().any(|word| word.is("-") || word.is("--") || word.is("/dev/stdin"));
    // `bash -s -- arguments`, `php -- --install-dir=/usr/bin`, `bash -e`
    arguments.has_short('s') || names_input || !has_operands
}

/// The download that is piped into the command, and the place from it to the command.
fn from_pipe<'a, 'b>(node: &CommandNode<'a, 'b>) -> Option<(TextRange, &'b Download<'a>)> {
    let before = node.command.pipeline().commands().take(node.command.position());
    let (command, found) = before.filter_map(|command| Some((command, download(node, command)?))).last()?;
    Some((command.range().cover(node.command.range()), found))
}

/// The download that a command of the same `RUN` is, if it prints what it fetches.
fn download<'a, 'b>(node: &CommandNode<'a, 'b>, command: Command<'_>) -> Option<&'b Download<'a>> {
    node.run.node_of(command)?.download().filter(|download| download.to_stdout() && !download.only_looks())
}

/// The download in `sh -c "$(curl …)"`, `eval "$(curl …)"`, `bash <(curl …)`.
fn from_word<'a, 'b>(node: &CommandNode<'a, 'b>, program: &Program<'_>) -> Option<(TextRange, &'b Download<'a>)> {
    let is_evaluated = program.is_any(&["eval", "source", "."]) || program.words.iter().any(|word| word.is("-c"));
    program.words.iter().find_map(|word| {
        word.all_parts().find_map(|part| {
            let is_file = part.kind() == PartKind::ProcessSubstitution;
            let is_text = matches!(part.kind(), PartKind::CommandSubstitution | PartKind::Backticks);
            if !(is_file || (is_text && is_evaluated && starts(word, part.range()))) {
                return None;
            }
            let scope: Scope<'_> = part.scope()?;
            let last = scope.commands().last()?;
            // What is made of the download by other commands is not it.
            let download = download(node, last)?;
            Some((program.word.range().cover(word.range()), download))
        })
    })
}

/// Whether an expansion is all of a word, quotes aside.
fn starts(word: dlint_syntax::shell::Word<'_>, part: TextRange) -> bool {
    u32::from(word.range().len()) - u32::from(part.len()) <= 2
}
