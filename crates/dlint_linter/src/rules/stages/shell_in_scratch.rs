//! `shell-in-scratch`: a command for a shell in an image that has none.

mod compose;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Copy, Form, Kind, Run, Stage};

use crate::diagnostic::{Category, Level};
use crate::image::Reference;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "shell-in-scratch",
    summary: "A command for a shell in an image that has none",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/shell-run-in-scratch"],
    docs: include_str!("shell_in_scratch.md"),
    on: &[On::Stage(stage), On::Compose(compose::project)],
};

/// As many instructions of the stages before this one are looked at.
const MOST: usize = 1000;

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let end = &node.stage.end;
    // With an entrypoint of its own, what `CMD` lists are arguments.
    let takes_cmd = end.entrypoint.is_none();
    if end.shell.is_some() || !node.stage.instructions.clone().any(|index| runs_shell(&node.file.instructions[index].kind, takes_cmd).is_some()) {
        return;
    }
    let Some(what) = without_shell(node) else { return };
    let before = node.model.chain(node.stage).skip(1).flat_map(|stage: &Stage| stage.instructions.clone()).take(MOST);
    if before.into_iter().any(|index| may_bring_shell(&node.file.instructions[index].kind)) {
        return;
    }
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        if let Some(shell) = runs_shell(&instruction.kind, takes_cmd) {
            let keyword: TextRange = instruction.keyword.range;
            let help = if shell.is_written { "Write a program of the image, and its arguments" } else { "Write the command as a list of words: `[\"…\"]`" };
            cx.report(keyword, format!("this runs `{}`, which {what} does not have", shell.name)).help(help);
            return;
        }
        if may_bring_shell(&instruction.kind) {
            return;
        }
    }
}

/// What a stage starts from, if that has no shell.
fn without_shell(node: &StageNode<'_>) -> Option<String> {
    if *node.model.root_base(node.stage) == Base::Scratch {
        return Some("an image made from `scratch`".to_owned());
    }
    node.base_image().and_then(|image| image_without_shell(&image))
}

/// The image, if it has no shell.
///
/// Source: the documentation of the images, which have variants with one for debugging.
fn image_without_shell(image: &Reference<'_>) -> Option<String> {
    let is_bare = image.name.starts_with("gcr.io/distroless/") || image.name == "cgr.dev/chainguard/static";
    let has_one = image.tag.is_some_and(|tag| tag.contains("debug") || tag.contains("dev"));
    // A digest may be that of any variant.
    (is_bare && !has_one && (image.tag.is_some() || image.digest.is_none())).then(|| format!("the image `{}`", image.name))
}

fn is_shell(path: &str) -> bool {
    matches!(path, "sh" | "bash" | "/bin/sh" | "/bin/bash" | "/usr/bin/sh" | "/usr/bin/bash")
}

/// A shell that an instruction runs.
struct Shell<'a> {
    name: &'a str,
    /// Whether its name stands in the file.
    is_written: bool,
}

/// The shell that an instruction runs a command in. `takes_cmd`: what `CMD` lists is a command.
fn runs_shell(kind: &Kind, takes_cmd: bool) -> Option<Shell<'_>> {
    let form = match kind {
        Kind::Run(run) if !mounts_shell(run) => &run.form,
        Kind::Cmd(form) | Kind::Entrypoint(form) => form,
        Kind::Healthcheck(check) => check.command.as_ref()?,
        _ => return None,
    };
    match form {
        Form::Shell(shell) => (!shell.text().trim().is_empty()).then_some(Shell { name: "/bin/sh", is_written: false }),
        Form::Exec(words) => {
            let name = words.first().map(|word| word.text.as_str()).filter(|name| is_shell(name))?;
            (takes_cmd || !matches!(kind, Kind::Cmd(_))).then_some(Shell { name, is_written: true })
        }
    }
}

/// Whether a `RUN` has a shell for as long as it runs.
fn mounts_shell(run: &Run) -> bool {
    run.mounts.iter().any(|mount| {
        let target = mount.option(&["target", "dst", "destination"]).and_then(|option| option.value.as_ref());
        target.is_none_or(|target| is_system(&target.text))
    })
}

/// Whether a shell may be at a path, or in it.
fn is_system(path: &str) -> bool {
    matches!(path.trim_end_matches('/'), "" | "/bin" | "/usr" | "/usr/bin") || is_shell(path)
}

/// Whether a shell may be in the image after an instruction.
fn may_bring_shell(kind: &Kind) -> bool {
    match kind {
        Kind::Copy(copy) | Kind::Add(copy) => !is_elsewhere(copy),
        Kind::Run(_) | Kind::Onbuild(_) => true,
        _ => false,
    }
}

/// Whether it copies to a folder in which the shell is not.
fn is_elsewhere(copy: &Copy) -> bool {
    let Some(destination) = &copy.destination else { return false };
    let path = destination.text.trim_matches('"');
    path.len() > 1 && path.starts_with('/') && !path.starts_with("/bin") && !path.contains(['$', '.'])
}
