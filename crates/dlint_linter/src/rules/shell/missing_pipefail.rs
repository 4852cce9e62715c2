//! `missing-pipefail`: a command that fails in a pipe is not noticed.

use dlint_syntax::shell::{Command, Operator};

use crate::diagnostic::{Category, Level};
use crate::image::system_shell::SystemShell;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{ShellScript, scripts, sh};
use crate::shell::ShellKind;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-pipefail",
    summary: "A command that fails in a pipe goes unnoticed",
    category: Category::Correctness,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL4006", "kics:Shell Running A Pipe Without Pipefail Flag", "semgrep:set-pipefail"],
    docs: include_str!("missing_pipefail.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let scripts = scripts(run);
    let Some((script, first)) = scripts.iter().find_map(|script| Some((script, unnoticed(script)?))) else { return };
    let failing = first.name().map_or_else(|| "what stands before it".to_owned(), |name| format!("`{name}`"));
    cx.report(first.operator_range(), format!("if {failing} fails, the pipe goes on with what it has got, and \
                                               the build with it"))
        .help(help(run, script));
}

/// The first command of a script that may fail in a pipe without anybody noticing.
fn unnoticed<'a>(script: &ShellScript<'a>) -> Option<Command<'a>> {
    script.script.all_commands().find(|command| {
        matches!(command.operator(), Operator::Pipe | Operator::PipeBoth)
            && !script.settings_at(*command).pipefail
            && !is_harmless(*command)
            // Of what is asked, "no" is as good an answer as any.
            && !command.is_checked()
    })
}

/// Whether a command cannot fail in a way that matters: it prints what it is given, or nothing.
fn is_harmless(command: Command<'_>) -> bool {
    let name = command.name();
    matches!(name.as_deref(), Some("echo" | "printf" | "yes" | "true" | ":" | "{"))
        || (name.as_deref() == Some("cat") && command.words().len() == 1)
}

fn help(run: &RunNode<'_>, script: &ShellScript<'_>) -> &'static str {
    if script.shell != ShellKind::Sh {
        return "Put `set -o pipefail` before it";
    }
    if !script.is_outermost {
        return "Run it with a shell that has `pipefail`: `bash -o pipefail -c …`";
    }
    if run.run.is_heredoc {
        return "Begin the script with `#!/bin/bash` and `set -euo pipefail`, where the image has bash";
    }
    match sh(run) {
        Some(SystemShell::Ash) => "Put `SHELL [\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]` before it, or \
                                   begin the command with `set -o pipefail;`",
        Some(SystemShell::Bash) => "Begin the command with `set -o pipefail;`",
        _ => "Put `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` before it, where the image has bash",
    }
}
