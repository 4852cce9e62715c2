//! `host-command`: a command for a machine or a terminal, where there is neither.

use dlint_syntax::shell::Words;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "host-command",
    summary: "A command that is of no use in a build",
    category: Category::Correctness,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3001", "kics:Run Utilities And POSIX Commands", "semgrep:nonsensical-command"],
    docs: include_str!("host_command.md"),
    on: &[On::Program(&["top", "htop", "btop", "atop", "vi", "vim", "nvim", "nano", "pico", "emacs", "shutdown", "reboot", "halt", "poweroff", "mount", "umount", "swapon", "swapoff", "modprobe", "insmod", "rmmod", "ifconfig", "iptables", "ip6tables", "free", "ps", "kill", "pkill", "killall"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    let Some(why) = why(node, program.words, node.name()) else { return };
    // Somebody who asks whether it fails knows that it may.
    if node.command.is_checked() || program.words.iter().any(|word| word.is("--version") || word.is("--help")) {
        return;
    }
    cx.report(program.word.range(), format!("`{}` {why}", node.name())).help("Remove it from the build");
}

/// What makes a command useless in a build.
fn why(node: &CommandNode<'_, '_>, words: Words<'_>, name: &str) -> Option<&'static str> {
    let is_privileged = node.run.instruction.flag("security").is_some();
    Some(match name {
        "top" | "htop" | "btop" | "atop" if !has_any(words, &["-b", "-bn1", "-n"]) => "needs a terminal, and a build has none",
        // With a script, an editor is a program like others.
        "vi" | "vim" | "nvim" | "nano" | "pico" | "emacs" if !has_options(words) && !node.is_fed() => {
            "needs a terminal, and a build has none"
        }
        "shutdown" | "reboot" | "halt" | "poweroff" => "is for a machine, and a build is none",
        "mount" if !is_privileged && !words.is_empty() => "is not permitted in a build, and would be gone after it",
        "umount" | "swapon" | "swapoff" | "modprobe" | "insmod" | "rmmod" if !is_privileged => "is not permitted in a build",
        "ifconfig" | "iptables" | "ip6tables" if !is_privileged => "is about the network of the build, which is gone after it",
        "free" if !is_used(node) => "tells of the machine that builds, and nothing of the image",
        "ps" if !is_used(node) => "sees the processes of this `RUN`, and tells nothing of the image",
        "kill" | "pkill" | "killall" if !starts_processes(node) => "finds no process to end: each `RUN` has only those that it starts",
        _ => return None,
    })
}

fn has_any(words: Words<'_>, options: &[&str]) -> bool {
    words.iter().any(|word| options.iter().any(|option| word.is(option)))
}

fn has_options(words: Words<'_>) -> bool {
    words.iter().any(|word| word.text().starts_with(['-', '+', '"', '\'', '$']))
}

/// Whether the output goes somewhere: a pipe, a variable, a file.
fn is_used(node: &CommandNode<'_, '_>) -> bool {
    node.command.is_piped()
        || node.command.scopes().any(|scope| scope.kind().is_substitution())
        || node.command.redirects().any(|redirect| redirect.writes_file())
}

/// Whether something in the `RUN` before the command may still be running: a job in the background, a service, a server that
/// puts itself there.
fn starts_processes(node: &CommandNode<'_, '_>) -> bool {
    node.earlier().any(|earlier| {
        earlier.command.pipeline().is_background() || !matches!(earlier.name(), "set" | "echo" | "cd" | "apt-get" | "apk" | "rm" | "cp" | "mkdir" | "sleep")
    })
}
