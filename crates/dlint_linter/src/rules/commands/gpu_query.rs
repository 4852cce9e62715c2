//! `gpu-query`: a build asks for a graphics card.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "gpu-query",
    summary: "A build that asks for a graphics card",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/gpu/no-buildtime-gpu-queries"],
    docs: include_str!("gpu_query.md"),
    on: &[On::Command(command)],
};

/// What scripts in Python call to learn of it.
const CALLS: [&str; 6] = [
    "cuda.is_available()",
    "cuda.device_count()",
    "cuda.get_device_name(",
    "list_physical_devices()",
    "list_physical_devices('GPU')",
    "list_physical_devices(\"GPU\")",
];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    let is_script = program.name.starts_with("python") && program.words.iter().any(|word| word.is("-c"));
    let place = if program.name == "nvidia-smi" {
        program.word.range()
    } else if is_script {
        let script = program.words.iter().find(|word| CALLS.iter().any(|call| word.unquoted().contains(call)));
        let Some(script) = script else { return };
        script.range()
    } else {
        return;
    };
    if has_device(node.run) || node.command.is_checked() || is_looked_for(node) {
        return;
    }
    cx.report(place, "this asks for a graphics card, which a build does not have")
        .help("Ask where the container starts");
}

/// Whether an earlier command looks whether there is such a program: `command -v nvidia-smi`.
fn is_looked_for(node: &CommandNode<'_, '_>) -> bool {
    let looks = |earlier: CommandNode<'_, '_>| {
        let words = earlier.command.words();
        let asks = words.first().is_some_and(|word| ["command", "which", "type", "hash"].iter().any(|it| word.is(it)));
        asks && words.iter().any(|word| word.is(node.name()))
    };
    node.earlier().any(looks)
}

/// Whether the build is given a device.
fn has_device(run: &RunNode<'_>) -> bool {
    run.instruction.flag("device").is_some()
}
