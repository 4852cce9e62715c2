//! Instructions of a Dockerfile, and what their variables come to.

use std::fmt::Write;

use dlint_syntax::dockerfile::{Base, Dockerfile, Instruction, Kind, Model};
use dlint_syntax::{TextRange, TextSize};

/// Where the pages of the reference are.
const REFERENCE: &str = "https://docs.docker.com/reference/dockerfile/";

/// Name, form and purpose of each instruction. Source: Docker documentation, "Dockerfile reference".
const INSTRUCTIONS: [(&str, &str, &str); 18] = [
    (
        "ADD",
        "ADD [--checksum=…] [--chown=…] [--chmod=…] SOURCE… DESTINATION",
        "Copies files from the build context, from a URL or from a Git repository into the image, and unpacks archives of the context. For plain files of the context `COPY` says the same and nothing more.",
    ),
    (
        "ARG",
        "ARG NAME[=DEFAULT]…",
        "Declares a variable for the build, which `docker build --build-arg` may set. It is no secret: it stays in the history of the image.",
    ),
    (
        "CMD",
        "CMD [\"program\", \"argument\"…]",
        "What the container runs by default, or the arguments of the `ENTRYPOINT`. The last one counts.",
    ),
    (
        "COPY",
        "COPY [--from=STAGE] [--chown=…] [--chmod=…] [--link] SOURCE… DESTINATION",
        "Copies files from the build context, another stage or another image.",
    ),
    (
        "ENTRYPOINT",
        "ENTRYPOINT [\"program\", \"argument\"…]",
        "The program of the container; what `docker run` is given, or `CMD`, becomes its arguments. In shell form it takes none, and no signals.",
    ),
    ("ENV", "ENV NAME=VALUE…", "Sets variables for the instructions that follow and for the container."),
    ("EXPOSE", "EXPOSE PORT[/PROTOCOL]…", "Says which ports the program listens on. It publishes none."),
    (
        "FROM",
        "FROM [--platform=…] IMAGE [AS NAME]",
        "Begins a stage, from an image, an earlier stage or nothing (`scratch`).",
    ),
    (
        "HEALTHCHECK",
        "HEALTHCHECK [--interval=…] [--timeout=…] [--start-period=…] [--retries=…] CMD …",
        "How Docker finds out whether the program still works; `NONE` switches off what the base image has. The last one counts.",
    ),
    ("LABEL", "LABEL NAME=VALUE…", "Writes metadata to the image."),
    (
        "MAINTAINER",
        "MAINTAINER NAME",
        "Names the author. Deprecated: use the label `org.opencontainers.image.authors`.",
    ),
    ("ONBUILD", "ONBUILD INSTRUCTION", "Puts an instruction off until another build starts from this image."),
    (
        "RUN",
        "RUN [--mount=…] [--network=…] [--security=…] COMMAND",
        "Runs a command and keeps what it changes in a layer. Mounts bring caches, secrets and files that are not kept.",
    ),
    ("SHELL", "SHELL [\"program\", \"argument\"…]", "The shell of the shell forms that follow."),
    ("STOPSIGNAL", "STOPSIGNAL SIGNAL", "The signal that stops the container; `SIGTERM` where it is not set."),
    ("USER", "USER USER[:GROUP]", "Who runs the instructions that follow, and the container."),
    (
        "VOLUME",
        "VOLUME PATH…",
        "Folders whose content is kept outside of the container's own layer, in anonymous volumes unless others are mounted.",
    ),
    (
        "WORKDIR",
        "WORKDIR PATH",
        "The folder of the instructions that follow and of the container; it is created if it is not there.",
    ),
];

/// What the keyword at an offset does, or what the base image after `FROM` comes to.
pub(super) fn describe(file: &Dockerfile, model: &Model, offset: TextSize) -> Option<(String, TextRange)> {
    let after = file.instructions.partition_point(|it| it.range.start() <= offset);
    let at = after.checked_sub(1)?;
    let outer = file.instructions.get(at)?;
    let instruction = innermost(outer, offset);
    if instruction.keyword.range.contains_inclusive(offset) {
        let name = instruction.name();
        let (_, form, purpose) = INSTRUCTIONS.iter().find(|(known, ..)| *known == name)?;
        let anchor = name.to_ascii_lowercase();
        let text = format!("```dockerfile\n{form}\n```\n\n{purpose}\n\n[Dockerfile reference]({REFERENCE}#{anchor})");
        return Some((text, instruction.keyword.range));
    }
    let Kind::From(from) = &instruction.kind else { return None };
    let image = from.image.as_ref().filter(|image| image.range.contains_inclusive(offset))?;
    let stage = model.stage_of(at)?;
    let mut text = match &stage.base {
        Base::Image(reference) => format!("Image `{reference}`"),
        Base::Scratch => "Nothing: the stage starts empty".to_owned(),
        Base::Stage(parent) => match model.root_base(stage) {
            Base::Image(reference) => format!("Stage {parent}, which comes from the image `{reference}`"),
            Base::Scratch => format!("Stage {parent}, which comes from nothing"),
            _ => format!("Stage {parent}"),
        },
        Base::Unknown => "A variable decides that has no default".to_owned(),
    };
    let _ = write!(text, "\n\nStage {} of this file{}", stage.index, if stage.is_final { ", the last" } else { "" });
    Some((text, image.range))
}

/// The trigger of an `ONBUILD`, where the offset is in it.
fn innermost(instruction: &Instruction, offset: TextSize) -> &Instruction {
    match &instruction.kind {
        Kind::Onbuild(Some(trigger)) if trigger.range.contains_inclusive(offset) => trigger,
        _ => instruction,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_linter::{Document, Language};

    fn at(text: &str, word: &str) -> Option<(String, String)> {
        let document = Document::parse("Dockerfile", text, Language::Dockerfile);
        let offset = (text.find(word).unwrap() as u32).into();
        let (markdown, range) = crate::hover::hover(&document, &[], offset)?;
        Some((markdown, document.slice(range).to_owned()))
    }

    #[test]
    fn instructions_and_bases_are_explained() {
        let text = "ARG TAG=1.2\nFROM alpine:$TAG AS base\nFROM base\nonbuild run echo x\n";
        let (run, place) = at(text, "run").unwrap();
        assert!(run.contains("#run") && place == "run");
        let (base, place) = at(text, "alpine").unwrap();
        assert_eq!((&*place, base.lines().next().unwrap()), ("alpine:$TAG", "Image `alpine:1.2`"));
        assert!(at(text, "base\nonbuild").unwrap().0.starts_with("Stage 0, which comes from the image `alpine:1.2`"));
        assert!(at(text, "echo").is_none());
    }

    #[test]
    fn every_instruction_is_known() {
        let names: Vec<_> = super::INSTRUCTIONS.iter().map(|it| it.0).collect();
        assert!(names.is_sorted());
    }
}
