//! `curl-and-wget`: two programs for one thing.

use dlint_syntax::TextRange;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "curl-and-wget",
    summary: "Both curl and wget are used",
    category: Category::Efficiency,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL4001",
        "trivy:DS-0014",
        "kics:Run Using 'wget' and 'curl'",
        "semgrep:use-either-wget-or-curl",
    ],
    docs: include_str!("curl_and_wget.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let runs = cx.runs();
    // The stage, and the place in it.
    let first_use = |tool: &str| -> Option<(usize, TextRange)> {
        let mut commands = runs.of_chain(node.stage.index).flat_map(RunNode::nodes);
        let command = commands.find(|command| command.name() == tool)?;
        Some((command.run.stage.index, command.program?.word.range()))
    };
    let (Some(curl), Some(wget)) = (first_use("curl"), first_use("wget")) else { return };
    let (early, other, late, tool) = if curl.1.start() < wget.1.start() {
        (curl, "curl", wget, "wget")
    } else {
        (wget, "wget", curl, "curl")
    };
    // A stage that only inherits both is not where it happens.
    if late.0 != node.stage.index {
        return;
    }
    cx.report(late.1, format!("`{tool}` is used here, and `{other}` elsewhere, for the same thing"))
        .related(early.1, format!("`{other}` is used here"))
        .help("Use one of them, and do not install the other");
}
