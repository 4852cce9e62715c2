//! `wget-progress`: a progress bar that nobody watches.

use crate::diagnostic::{Category, Level};
use crate::downloads::{Output, Tool};
use crate::packages::Family;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "wget-progress",
    summary: "wget draws its progress into the build log",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["hadolint:DL3047"],
    docs: include_str!("wget_progress.md"),
    on: &[On::Download(command)],
};

/// Options that keep it from drawing, or choose how it draws.
const QUIET: [&str; 6] = ["quiet", "no-verbose", "progress", "show-progress", "output-file", "append-output"];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(download) = node.download().filter(|it| it.tool == Tool::Wget) else { return };
    let is_quiet = ['q', 'o', 'a'].iter().any(|letter| download.arguments.has_short(*letter))
        || download.has_cluster("nv")
        || QUIET.iter().any(|name| download.arguments.has_long(name));
    let is_silenced = node.command.redirects().any(|redirect| redirect.writes_file());
    let is_elsewhere = download.only_looks() || download.arguments.has('b', "background");
    if is_quiet || is_silenced || is_elsewhere || download.may_hide_options(node) || download.outputs == [Output::Stdout] {
        return;
    }
    let edit = is_gnu(node, cx).then(|| node.add_after(cx.document.text(), download.program, "--progress=dot:giga"));
    let mut report = cx.report(download.program.range(), "`wget` draws its progress, which fills the build log");
    report.help("Add `--progress=dot:giga`, or `-q` for the `wget` of BusyBox");
    if let Some(edit) = edit.flatten() {
        report.safe_fix("Add `--progress=dot:giga`", edit);
    }
}

/// Whether it is GNU's wget, which alone knows the option: the image is of a distribution that has no other.
fn is_gnu(node: &CommandNode<'_, '_>, cx: &Context<'_>) -> bool {
    const FAMILIES: [Family; 5] = [Family::Apt, Family::Dnf, Family::Yum, Family::Microdnf, Family::Zypper];
    let runs = cx.runs();
    let is_known = |run: &RunNode<'_>| {
        run.nodes().any(|node| node.package().is_some_and(|call| FAMILIES.contains(&call.manager.family)))
    };
    runs.of_chain(node.run.stage.index).any(is_known)
}
