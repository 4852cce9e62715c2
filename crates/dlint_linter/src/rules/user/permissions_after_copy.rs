//! `permissions-after-copy`: changing what was just copied stores it a second time.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind};
use dlint_syntax::shell::{OptionSpec, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "permissions-after-copy",
    summary: "`chown` or `chmod` of what `COPY` brought stores it in the image a second time",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:prefer-copy-chmod"],
    docs: include_str!("permissions_after_copy.md"),
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program.filter(|program| program.is_any(&["chown", "chmod", "chgrp"])) else { return };
    let is_in_image = StageNode { file: node.run.file, model: node.run.model, stage: node.run.stage }.is_in_image();
    if !is_in_image || node.run.is_trigger {
        return;
    }
    let arguments = program.arguments(&OptionSpec::new("", &["from", "reference"]));
    let recursive = arguments.has('R', "recursive");
    let skip = usize::from(!arguments.has_long("reference"));
    for path in arguments.operands().skip(skip) {
        let Some(copied) = copied(node, path, recursive) else { continue };
        let (flag, change) = if program.name == "chmod" { ("--chmod", "rights") } else { ("--chown", "owner") };
        cx.report(path.range(), format!("to change the {change} of what was copied stores all of it in the \
                                         image a second time"))
            .help(format!("Let `COPY` do it: `COPY {flag}=… SOURCE DESTINATION`"))
            .related(copied, "it is copied here");
    }
}

/// The `COPY` of the stage that brought exactly what a path names: a file, or with `recursive` a folder. Between them
/// nothing else may have come to it.
fn copied(node: &CommandNode<'_, '_>, path: Word<'_>, recursive: bool) -> Option<TextRange> {
    let path = path.literal()?;
    let path = path.trim_end_matches('/');
    let run = node.run;
    let mut found = None;
    for instruction in &run.file.instructions[run.stage.instructions.start..run.at] {
        let Kind::Copy(copy) = &instruction.kind else { continue };
        let Some(destination) = copy.destination.as_ref().filter(|to| to.text.starts_with('/')) else { continue };
        let to = &destination.text;
        let names_folder = to.ends_with('/');
        let is_file = !names_folder && copy.sources.len() == 1;
        let whole = to.trim_end_matches('/');
        // What is copied into a folder that was there before is only a part of it.
        let brings = (whole == path && (recursive || is_file)) || (names_folder && single_name(instruction).is_some_and(|name| format!("{whole}/{name}") == path));
        if brings && !path.is_empty() && instruction.flag("chown").is_none() && instruction.flag("chmod").is_none() {
            found = Some(instruction.keyword.range.cover(destination.range));
        }
    }
    found
}

/// The name of the one file that a `COPY` copies.
fn single_name(instruction: &Instruction) -> Option<&str> {
    let Kind::Copy(copy) = &instruction.kind else { return None };
    let [dlint_syntax::dockerfile::Source::Path(only)] = &copy.sources[..] else { return None };
    only.text.rsplit('/').next().filter(|name| !name.is_empty() && !name.contains(['*', '?', '[', '$', '.']) || name.contains('.') && !name.contains(['*', '?', '[', '$']) && *name != ".")
}
