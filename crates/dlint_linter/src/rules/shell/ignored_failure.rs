//! `ignored-failure`: a command before `;` may fail, and the build goes on.


use dlint_syntax::hash::HashMap;
use dlint_syntax::TextRange;
use dlint_syntax::shell::{Command, CommandKind, Operator, OptionSpec, PartKind, ScopeKind, Word};

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Invocation};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{ShellScript, has_errexit, is_status_read, scripts};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-failure",
    summary: "A command before `;` may fail, and the build goes on without it",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ignored_failure.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    // What a heredoc loses is another rule's matter, as a whole.
    if run.run.is_heredoc {
        return;
    }
    for script in scripts(run) {
        // Most scripts are one list of `&&`, of which nothing is lost.
        if !script.script.all_commands().any(may_lose) {
            continue;
        }
        let mut lists = Lists::default();
        let guilty = script.script.commands().find(|command| is_ignored(script, *command, &mut lists));
        if let Some(command) = guilty {
            let name = command.program().map_or_else(|| "this".to_owned(), |program| format!("`{}`", program.name));
            let in_loop = command.scopes().any(|scope| scope.kind() == ScopeKind::LoopBody);
            // Other shells than that of the `RUN` do not inherit its settings.
            let begin = if script.is_outermost { "begin the `RUN` with `set -e;`" } else { "begin that script with `set -e;`" };
            let (message, help) = if in_loop {
                (format!("if {name} fails, the loop goes on, and only the last round decides about the build"), "Put `|| exit 1` behind it")
            } else if command.operator() == Operator::Newline {
                (format!("if {name} fails, the build goes on: only the last command of the script counts"), "Put `|| exit 1` behind it")
            } else {
                (format!("if {name} fails, the build goes on: after `;` only the last command counts"), "Write `&&` in place of `;`")
            };
            let place = if in_loop { command.range() } else { command.range().cover(command.operator_range()) };
            let help = format!("{help}, or {begin}");
            cx.report(place, message).help(help);
        }
    }
}

/// Whether nobody notices that a command fails that is worth noticing.
fn is_ignored<'a>(script: &ShellScript<'a>, command: Command<'a>, lists: &mut Lists<'a>) -> bool {
    // What a function is called for, and with which settings, cannot be told.
    let in_function = command.scopes().any(|scope| scope.kind() == ScopeKind::FunctionBody);
    // What takes the least time to find out comes first.
    !in_function && !command.is_checked() && loses(command, lists) && is_worth_noticing(command) && !has_errexit(script, command)
}

/// Whether something may be lost at a command: others follow whatever becomes of it, or it has a body that is run again and again.
fn may_lose(command: Command<'_>) -> bool {
    matches!(command.operator(), Operator::Semicolon | Operator::Newline)
        || matches!(command.kind(), CommandKind::For | CommandKind::Select | CommandKind::While | CommandKind::Until)
}

/// Whether the status of a command is lost: something follows that does not look at it, in its own list or in those around.
fn loses<'a>(command: Command<'a>, lists: &mut Lists<'a>) -> bool {
    if !command.is_last_in_pipeline() || command.pipeline().is_background() {
        // A pipe is another rule's matter.
        return false;
    }
    let mut command = command;
    loop {
        let scope = command.scope();
        // `a && b; c`: if `a` fails, so does the list, which is lost at the `;`.
        let last_of_list = lists.last(command);
        if matches!(last_of_list.operator(), Operator::Semicolon | Operator::Newline) && follows(last_of_list) {
            return !scope.kind().is_substitution() && scope.kind() != ScopeKind::Condition && !is_status_read(last_of_list);
        }
        let Some(parent) = command.parent() else { return false };
        let is_part = matches!(
            scope.kind(),
            ScopeKind::Then | ScopeKind::Else | ScopeKind::Group | ScopeKind::Subshell | ScopeKind::CaseArm
        );
        if scope.kind() == ScopeKind::LoopBody {
            // `curl … && break` tries one after the other: the last round fails only if all have.
            let leaves = last_of_list != command && last_of_list.name().is_some_and(|name| matches!(&*name, "break" | "exit"));
            return !leaves && goes_on(parent);
        } else if !is_part || parent.is_piped() {
            return false;
        }
        command = parent;
    }
}

/// Whether a loop may have another round after any of its rounds.
fn goes_on(command: Command<'_>) -> bool {
    match command.kind() {
        CommandKind::For => command.subjects().len() > 1 || command.subjects().iter().any(may_be_several),
        kind => kind != CommandKind::Select,
    }
}

/// Whether one word that a loop runs over stands for several: a pattern, or something that the shell splits.
fn may_be_several(word: Word<'_>) -> bool {
    word.may_split() || word.parts().any(|part| matches!(part.kind(), PartKind::Glob | PartKind::Brace))
}

/// The lists of `&&` of a script, each walked once.
#[derive(Default)]
struct Lists<'a> {
    /// By the place of the scope: where the list begins that was walked last, and its last command.
    walked: HashMap<TextRange, (usize, Command<'a>)>,
}

impl<'a> Lists<'a> {
    /// The last command of the list that a command is in.
    fn last(&mut self, command: Command<'a>) -> Command<'a> {
        let scope = command.scope().range();
        if let Some((first, last)) = self.walked.get(&scope)
            && (*first..=last.index()).contains(&command.index())
        {
            return *last;
        }
        let mut last = command;
        while matches!(last.operator(), Operator::And | Operator::Pipe | Operator::PipeBoth | Operator::Or) {
            let Some(next) = last.next_in_scope() else { break };
            last = next;
        }
        self.walked.insert(scope, (command.index(), last));
        last
    }
}

/// Whether a command follows in the same scope, other than one that ends the script.
fn follows(command: Command<'_>) -> bool {
    command
        .next_in_scope()
        .is_some_and(|next| !matches!(next.name().as_deref(), Some("exit" | "return")) || next.words().len() > 1)
}

/// Other programs that leave something behind.
const MAKERS: [&str; 14] = [
    "curl", "wget", "tar", "unzip", "make", "cmake", "configure", "patch", "dpkg", "rpm", "docker-php-ext-install", "pecl", "mvn", "gradle",
];

/// Commands whose failure leaves an image behind that lacks something: installers, downloads, compilers.
fn is_worth_noticing(command: Command<'_>) -> bool {
    let Some(program) = command.program() else { return false };
    let builds = |call: &Invocation<'_>| matches!(call.arguments.subcommand().as_deref(), Some("run" | "build"));
    let packs = |call: &Invocation<'_>| call.action.installs() || call.action == Action::Refresh || builds(call);
    let git = || program.arguments(&OptionSpec::new("Cc", &["git-dir", "work-tree", "namespace"])).subcommand();
    program.is_any(&MAKERS)
        || Invocation::new(&program).is_some_and(|call| packs(&call))
        || (program.name == "git" && matches!(git().as_deref(), Some("clone" | "checkout" | "fetch")))
}
