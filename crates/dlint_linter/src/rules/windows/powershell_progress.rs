//! `powershell-progress`: a download in Windows PowerShell that is slowed down by its progress bar.

use crate::diagnostic::{Category, Level};
use crate::powershell::PowerShell;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "powershell-progress",
    summary: "A download in Windows PowerShell that its progress bar slows down",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/powershell/progress-preference"],
    docs: include_str!("powershell_progress.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let Some(script) = PowerShell::of(run).filter(|script| script.is_windows_powershell) else { return };
    // Windows PowerShell has more names for it.
    let is_download = |statement: &&str| {
        statement.starts_with("iwr ") || (["wget ", "curl "].iter().any(|it| statement.starts_with(it)) && statement.contains(" -outfile "))
    };
    let is_inside = ["= iwr ", "(iwr ", "{ iwr "].iter().any(|it| script.says(it));
    let downloads = script.says("invoke-webrequest") || is_inside || script.statements().iter().any(is_download);
    if downloads && !script.sets("progresspreference") {
        cx.report(run.place(), "`Invoke-WebRequest` draws its progress for each piece that it reads, which makes it many times slower")
            .help("Put `$ProgressPreference = 'SilentlyContinue';` before it, or say that once in the `SHELL`");
    }
}
