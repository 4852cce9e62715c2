//! `unpinned-git-clone`: a repository as it is on the day of the build.

use dlint_syntax::shell::OptionSpec;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unpinned-git-clone",
    summary: "A repository is cloned without saying which version of it",
    category: Category::Reproducibility,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unpinned_git_clone.md"),
    on: &[On::Program(&["git"], command)],
};

/// Source: git-clone(1) and git(1).
const GIT: OptionSpec = OptionSpec::new(
    "bcCju",
    &[
        "branch", "config", "depth", "filter", "git-dir", "jobs", "origin", "reference", "revision", "separate-git-dir",
        "shallow-exclude", "shallow-since", "template", "upload-pack", "work-tree",
    ],
);

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program.filter(|program| program.name == "git") else { return };
    let arguments = program.arguments(&GIT);
    let mut operands = arguments.operands();
    if !operands.next().is_some_and(|word| word.is("clone")) {
        return;
    }
    let Some(repository) = operands.next() else { return };
    let is_pinned = arguments.has('b', "branch") || arguments.has_long("revision");
    let is_local = repository.unquoted().starts_with(['/', '.']) || repository.text().contains("file://");
    // What is checked out after that may be a version.
    let goes_on = node.later().any(|later| {
        later.name() == "git"
            && later.command.words().iter().any(|word| ["checkout", "reset", "switch", "submodule", "fetch"].iter().any(|it| word.is(it)))
    });
    if is_pinned || is_local || goes_on || arguments.may_hide_options() {
        return;
    }
    cx.report(repository.range(), format!("`{}` is cloned as it is on the day of the build", repository.unquoted()))
        .help("Add `--branch` with a tag, or check out a commit in the same `RUN`");
}
