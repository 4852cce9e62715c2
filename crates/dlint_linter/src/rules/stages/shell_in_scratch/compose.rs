//! What services run.

use dlint_syntax::dockerfile::Stage;

use super::{MOST, image_without_shell, is_shell, is_system, may_bring_shell, without_shell};
use crate::build::{Built, MOST_BUILDS, built_stage};
use crate::compose::{Command, CommandForm, Project, Service};
use crate::image::Reference;
use crate::rule::Context;
use crate::stage::StageNode;
use crate::value;

/// What services run in a shell that their images do not have.
pub(super) fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut left = MOST_BUILDS;
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        cx.anchor = service.name_place.in_checked();
        self::service(service, &mut left, cx);
    }
    cx.anchor = None;
}

fn service(service: &Service<'_>, left: &mut usize, cx: &mut Context<'_>) {
    let test = service.healthcheck().filter(|check| check.disabled().is_none()).and_then(|check| check.test.as_ref());
    let test = test.filter(|test| match &test.form {
        CommandForm::Text(text) => text.known().is_some_and(|text| !text.trim().is_empty() && text != "NONE"),
        CommandForm::List(words) => words.first().is_some_and(|way| way.is("CMD-SHELL")) || words.first().is_some_and(|way| way.is("CMD")) && words.get(1).is_some_and(|word| word.known().is_some_and(is_shell)),
    });
    let entrypoint = service.entrypoint().filter(|entrypoint| starts_shell(entrypoint));
    let command = service.command().filter(|command| service.entrypoint().is_none() && starts_shell(command));
    if test.is_none() && entrypoint.is_none() && command.is_none() || service.is_partial() {
        return;
    }
    // A shell may be mounted.
    if service.mounts().iter().any(|mount| mount.clean_target().is_none_or(|path| is_system(&path))) {
        return;
    }
    if service.build().is_some() {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return;
        }
    }
    let Some((what, has_entrypoint)) = image_of(service, cx) else { return };
    let command = command.filter(|_| !has_entrypoint);
    for (command, so) in [(test, "so the container is never healthy"), (entrypoint, "so the container does not start"), (command, "so the container does not start")] {
        if let Some(command) = command {
            value::report_at(cx, command.place, command.alias, format!("this runs a shell, which {what} does not have, {so}"))
                .help("Write a program of the image, and its arguments, as a list of words");
        }
    }
}

/// The image of a service, if it has no shell, and whether it has an entrypoint or may have one.
fn image_of(service: &Service<'_>, cx: &Context<'_>) -> Option<(String, bool)> {
    if service.build().is_none() {
        let image = service.image()?;
        return Some((image_without_shell(&Reference::new(image.known()?))?, true));
    }
    let Built { document, stage, .. } = built_stage(service, cx)?;
    let node = StageNode::of(&document, stage)?;
    let what = without_shell(&node)?;
    let mut all = node.model.chain(node.stage).flat_map(|stage: &Stage| stage.instructions.clone());
    let brings = all.by_ref().take(MOST).any(|index| may_bring_shell(&node.file.instructions[index].kind));
    (!brings && all.next().is_none()).then_some((what, node.stage.end.entrypoint.is_some()))
}

fn starts_shell(command: &Command) -> bool {
    match &command.form {
        CommandForm::Text(text) => text.known().and_then(|text| text.split_whitespace().next()).is_some_and(is_shell),
        CommandForm::List(words) => words.first().and_then(|word| word.known()).is_some_and(is_shell),
    }
}
