//! `missing-healthcheck-tool`: a health check with a program that the image does not have.

mod decisive;

use dlint_syntax::TextSize;
use dlint_syntax::dockerfile::{Form, Instruction, Kind};
use dlint_syntax::hash::HashMap;
use dlint_syntax::shell;

use std::path::PathBuf;

use crate::build::{Built, built_stage};
use crate::compose::{Command, CommandForm, Project, Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::image::Reference;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::MAX_OTHERS;
use crate::stage::StageNode;
use crate::value;
use decisive::is_decisive;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-healthcheck-tool",
    summary: "A health check with a program that the image does not have",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_healthcheck_tool.md"),
    on: &[On::Stage(stage), On::Compose(project)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let Some(index) = node.stage.end.healthcheck.filter(|index| node.stage.instructions.contains(index)) else { return };
    let Kind::Healthcheck(check) = &node.file.instructions[index].kind else { return };
    let Some(form) = &check.command else { return };
    let Some(base) = node.base_image() else { return };
    let is_missing = |name: &str| is_tool(name) && lacks(&base, name) && !may_have(node, name, cx.document);
    let mut commands = form.script().commands_deep().filter_map(|command| Some((command, command.program()?)));
    let Some((_, program)) = commands.find(|(command, program)| is_missing(&program.name) && is_decisive(*command, &is_missing)) else {
        return;
    };
    let name = program.name.as_ref();
    let place = program.word.range();
    let root = node.model.chain(node.stage).last().unwrap_or(node.stage);
    cx.report(place, format!("the image `{}` has no `{name}`, and nothing installs it, so that the container is never healthy", base.name))
        .help(help(&base, name))
        .related(root.from(node.file).range, "the image is this");
}

/// The programs that images lack.
const TOOLS: [&str; 2] = ["curl", "wget"];

fn is_tool(name: &str) -> bool {
    TOOLS.contains(&name)
}

/// What is known of built stages: by Dockerfile, stage and program, whether the program may be there.
type Known = HashMap<(PathBuf, usize, &'static str), bool>;

/// The tests of services' health checks, in images that are pulled or built.
fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut known = Known::default();
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        cx.anchor = service.name_place.in_checked();
        self::service(service, &mut known, cx);
    }
    cx.anchor = None;
}

fn service(service: &Service<'_>, known: &mut Known, cx: &mut Context<'_>) {
    let Some(check) = service.healthcheck().filter(|check| check.disabled().is_none()) else { return };
    let Some(test) = &check.test else { return };
    let Some((word, name)) = program_of(test) else { return };
    if service.is_partial() || may_mount(service, name) {
        return;
    }
    let alias = check.alias.or(test.alias);
    if service.build().is_none() {
        let Some(image) = service.image() else { return };
        let Some(base) = image.known().map(Reference::new).filter(|base| lacks(base, name)) else { return };
        if !decides(word, &|name| is_tool(name) && lacks(&base, name)) {
            return;
        }
        // A command may install it first.
        if service.command().is_some() || service.entrypoint().is_some() {
            return;
        }
        value::report_at(cx, word.place, alias, format!("the image `{}` has no `{name}`, so that the container is never healthy", base.name))
            .help(help(&base, name))
            .related_at(image.place, "the image is this");
        return;
    }
    let Some(Built { document, stage, .. }) = built_stage(service, cx) else { return };
    let Some(node) = StageNode::of(&document, stage) else { return };
    let Some(base) = node.base_image().filter(|base| lacks(base, name)) else { return };
    let mut may_have = |name: &'static str| {
        let key = (document.path().to_owned(), stage, name);
        *known.entry(key).or_insert_with(|| may_have(&node, name, &document))
    };
    if may_have(name) {
        return;
    }
    let missing = TOOLS.map(|tool| if lacks(&base, tool) && !may_have(tool) { tool } else { "" });
    if !decides(word, &|name| missing.contains(&name)) {
        return;
    }
    let root = node.model.chain(node.stage).last().unwrap_or(node.stage);
    value::report_at(cx, word.place, alias, format!("the image `{}` has no `{name}`, and nothing installs it, so that the container is never healthy", base.name))
        .help(help(&base, name))
        .aside_in(&document, root.from(node.file).range, "the image is this");
}

/// The program that a test begins with, if it is one of those that images lack.
fn program_of(test: &Command) -> Option<(&Scalar, &'static str)> {
    let word = match &test.form {
        CommandForm::Text(text) => text,
        CommandForm::List(words) => words.get(1).filter(|_| words.first().is_some_and(|way| way.is("CMD") || way.is("CMD-SHELL")))?,
    };
    let first = word.known()?.split_whitespace().next()?;
    TOOLS.into_iter().find(|name| *name == first).map(|name| (word, name))
}

/// Whether the test fails where the program that it begins with is missing.
fn decides(test: &Scalar, is_missing: &dyn Fn(&str) -> bool) -> bool {
    let script = shell::parse(test.known().unwrap_or_default(), TextSize::new(0));
    script.commands().next().is_none_or(|command| is_decisive(command, is_missing))
}

/// Whether a mount may bring the program.
fn may_mount(service: &Service<'_>, name: &str) -> bool {
    service.mounts().iter().any(|mount| {
        mount.clean_target().is_none_or(|path| path.ends_with("bin") || path.ends_with(name) || matches!(path.as_str(), "/" | "/usr" | "/usr/local"))
    })
}

/// Whether the program may be in the image of a stage, beside what its base has.
fn may_have(node: &StageNode<'_>, name: &str, document: &Document) -> bool {
    let mut before = node.model.chain(node.stage).flat_map(|stage| (StageNode { stage, ..*node }).instructions()).take(MAX_OTHERS + 1);
    let mut seen = 0;
    before.any(|instruction| {
        seen += 1;
        seen > MAX_OTHERS || may_bring(instruction, name, document)
    })
}

/// Whether an instruction may bring the program.
fn may_bring(instruction: &Instruction, name: &str, document: &Document) -> bool {
    match &instruction.kind {
        Kind::Run(run) => {
            let text = document.slice(instruction.range);
            // A script or a list may install it.
            let is_plain = matches!(run.form, Form::Shell(_)) && !text.contains(".sh") && !text.contains('$') && !text.contains("<<");
            !is_plain || text.contains(name) || ["ansible", "make", "build-essential", "chroot", "source "].iter().any(|it| text.contains(it))
        }
        Kind::Copy(copy) | Kind::Add(copy) => {
            let destination = copy.destination.as_ref().map_or("", |word| word.text.as_str());
            let folder = destination.trim_matches('/');
            let is_system = matches!(folder, "" | "usr" | "usr/local") || folder.ends_with("bin") || folder.contains("bin/");
            is_system || destination.contains('$') || document.slice(instruction.range).contains(name)
        }
        Kind::Onbuild(_) | Kind::Unknown => true,
        // Where to look for programs may be said.
        Kind::Env(env) => env.pairs.iter().any(|pair| pair.key.text == "PATH" && document.slice(pair.range).contains(name)),
        _ => false,
    }
}

/// Whether an image has no program of that name.
///
/// Source: the Dockerfiles of the official images, and the packages of the distributions that they are made of.
fn lacks(base: &Reference<'_>, name: &str) -> bool {
    let (image, tag) = (base.familiar_name(), base.tag.unwrap_or_default());
    let is_alpine = image == "alpine" || (tag.contains("alpine") && LANGUAGES.contains(&image));
    // BusyBox has a `wget` of its own.
    if is_alpine || image == "busybox" {
        return name == "curl";
    }
    if matches!(image, "debian" | "ubuntu") || image.starts_with("gcr.io/distroless/") {
        return true;
    }
    LANGUAGES.contains(&image) && tag.contains("slim")
}

/// Official images of languages whose variants `slim` and `alpine` have nothing that they do not need.
const LANGUAGES: [&str; 5] = ["python", "node", "ruby", "rust", "golang"];

fn help(base: &Reference<'_>, name: &str) -> String {
    let image = base.familiar_name();
    match name {
        "curl" if image == "alpine" || base.tag.is_some_and(|tag| tag.contains("alpine")) => {
            "Install it, or use the `wget` of BusyBox: `wget -q --spider URL`".to_owned()
        }
        _ if LANGUAGES.contains(&image) => format!("Install `{name}`, or let a few lines in the language of the image ask the service"),
        _ => format!("Install `{name}`, or use a program that the image has"),
    }
}
