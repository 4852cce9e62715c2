//! Instructions of a Dockerfile, their flags, and what its stages come to.

use std::fmt::Write;

use dlint_syntax::dockerfile::{Base, Dockerfile, Instruction, Kind, Model, Setting, Stage, Value};
use dlint_syntax::{TextRange, TextSize};

use super::{LineOf, code};
use crate::features::instructions::{MOUNT_OPTIONS, find};

/// What stands at an offset: an instruction, a flag, an option of a mount, a base image, a stage.
pub(super) fn describe(
    file: &Dockerfile,
    model: &Model,
    offset: TextSize,
    line_of: LineOf<'_>,
) -> Option<(String, TextRange)> {
    let after = file.instructions.partition_point(|it| it.range.start() <= offset);
    let at = after.checked_sub(1)?;
    let instruction = innermost(file.instructions.get(at)?, offset);
    let here = |range: TextRange| range.contains_inclusive(offset);
    if here(instruction.keyword.range) {
        let about = find(&instruction.keyword.text)?;
        let text = format!(
            "```dockerfile\n{}\n```\n\n{}\n\n[Dockerfile reference]({})",
            about.usage,
            about.description,
            about.link()
        );
        return Some((text, instruction.keyword.range));
    }
    let with_base = |stage: &Stage| format!("{}\n\n{}", of_base(model, stage), summary(file, stage, line_of));
    if let Kind::From(from) = &instruction.kind {
        let stage = model.stage_of(at)?;
        if let Some(image) = from.image.as_ref().filter(|image| here(image.range)) {
            return Some((with_base(stage), image.range));
        }
        if let Some(name) = from.name.as_ref().filter(|name| here(name.range)) {
            return Some((with_base(stage), name.range));
        }
    }
    if let Kind::Run(run) = &instruction.kind
        && let Some(option) = run.mounts.iter().flat_map(|mount| &mount.options).find(|option| here(option.range))
    {
        if here(option.key.range) {
            let about = MOUNT_OPTIONS.iter().find(|it| it.name == alias(&option.key.text))?;
            return Some((format!("`{}`\n\n{}", about.name, about.description), option.key.range));
        }
        let value = option.value.as_ref().filter(|_| option.key.text == "from")?;
        return Some((with_base(model.stage_named(&value.text, false)?), value.range));
    }
    let flag = instruction.flags.iter().find(|flag| here(flag.range))?;
    if let Some(value) = flag.value.as_ref().filter(|value| flag.name.text == "from" && here(value.range)) {
        return Some((with_base(model.stage_named(&value.text, true)?), value.range));
    }
    let about = find(&instruction.keyword.text)?;
    let it = about.flag(&flag.name.text).filter(|_| flag.value.as_ref().is_none_or(|value| !here(value.range)))?;
    let text = format!("`--{}`\n\n{}\n\n[Dockerfile reference]({})", it.name, it.description, about.link());
    Some((text, TextRange::new(flag.range.start(), flag.name.range.end())))
}

/// The name that an option of a mount goes by.
///
/// Source: Docker documentation, "Dockerfile reference", "RUN --mount".
fn alias(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "dst" | "destination" => "target".to_owned(),
        "src" => "source".to_owned(),
        "ro" => "readonly".to_owned(),
        "rw" => "readwrite".to_owned(),
        _ => name,
    }
}

fn of_base(model: &Model, stage: &Stage) -> String {
    match &stage.base {
        Base::Image(reference) => format!("Image `{reference}`"),
        Base::Scratch => "Nothing: the stage starts empty".to_owned(),
        Base::Stage(parent) => match model.root_base(stage) {
            Base::Image(reference) => format!("Stage {parent}, which comes from the image `{reference}`"),
            Base::Scratch => format!("Stage {parent}, which comes from nothing"),
            _ => format!("Stage {parent}"),
        },
        Base::Unknown => "A variable decides that has no default".to_owned(),
    }
}

/// What a stage comes to at its end, as far as the file says.
fn summary(file: &Dockerfile, stage: &Stage, line_of: LineOf<'_>) -> String {
    let mut text = format!("Stage {} of this file", stage.index);
    if let Some(name) = &stage.name {
        let _ = write!(text, " (`{name}`)");
    }
    text += if stage.is_final { ", the last" } else { "" };
    let line = |at: usize| file.instructions.get(at).map(|it| line_of(it.range.start()));
    let says = |what: &str, setting: &Setting| {
        let value = match &setting.value {
            Value::Known(value) => code(value),
            Value::Unknown => "what a variable says".to_owned(),
        };
        Some(format!("* {what} {value} (line {})", line(setting.instruction)?))
    };
    let end = &stage.end;
    let user = end.user.as_ref().and_then(|it| says("runs as", it));
    let workdir = end.workdir.as_ref().and_then(|it| says("works in", it));
    let ports = end.exposed.iter().take(MOST_PORTS).filter_map(|it| says("listens on", it));
    let signal = end.stopsignal.as_ref().and_then(|it| says("is stopped by", it));
    let lines: Vec<String> = user.into_iter().chain(workdir).chain(ports).chain(signal).collect();
    if !lines.is_empty() {
        let _ = write!(text, "\n\n{}", lines.join("\n"));
    }
    text
}

/// How many ports of a stage are told.
const MOST_PORTS: usize = 8;

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
    use dlint_linter::{Document, Language, NoFiles};

    fn at(text: &str, word: &str) -> Option<(String, String)> {
        let document = Document::parse("Dockerfile", text, Language::Dockerfile);
        let offset = (text.find(word).unwrap() as u32).into();
        let values = crate::hover::values(&document, &NoFiles, offset);
        let (markdown, range) = crate::hover::hover(&document, &[], true, values, offset)?;
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
    fn flags_and_options_are_explained() {
        let text = "FROM a AS one\nFROM b\nCOPY --chown=x --from=one a b\nRUN --mount=type=cache,dst=/x true\n";
        let (flag, place) = at(text, "--chown").unwrap();
        assert!(flag.starts_with("`--chown`") && flag.contains("#copy"), "{flag}");
        assert_eq!(place, "--chown");
        let (option, place) = at(text, "dst").unwrap();
        assert!(option.starts_with("`target`") && place == "dst", "{option}");
        assert!(at(text, "one a b").unwrap().0.starts_with("Image `a`\n\nStage 0 of this file (`one`)"));
        assert!(at(text, "x --from").is_none());
    }

    #[test]
    fn stages_say_what_they_come_to() {
        let text = "FROM a AS one\nUSER app\nWORKDIR /srv\nFROM one\nEXPOSE 80\n";
        let (stage, _) = at(text, "one\nEXPOSE").unwrap();
        let wanted = "Stage 1 of this file, the last\n\n* runs as `app` (line 2)\n* works in `/srv` (line 3)\n* listens on `80` (line 5)";
        assert!(stage.ends_with(wanted), "{stage}");
    }

    #[test]
    fn variables_say_what_they_come_to() {
        let text = "ARG V=1\nFROM a:$V\nARG V\nENV W=$V-x\nRUN echo $W\nENV W=3 DB_PASSWORD=hunter2\nLABEL a=$UNSET b=$DB_PASSWORD\nARG TARGETARCH\n";
        let of = |word| at(text, word).unwrap_or_default().0;
        assert!(of("V\nARG").contains("`V` is `1`\n\nSet by `ARG` in line 1, unless"), "{}", of("V\nARG"));
        assert!(of("V\nENV").contains("Set by `ARG` in line 1"));
        assert_eq!(of("W\nENV"), "`W` is `1-x`\n\nSet by `ENV` in line 4");
        assert_eq!(of("W=3"), "`W` is `3`\n\nSet by `ENV` in line 6");
        assert_eq!(of("UNSET"), "`UNSET` is set by nothing in this file; the base image may set it");
        assert!(!of("DB_PASSWORD\nARG").contains("hunter2"));
        assert!(of("TARGETARCH").contains("set by the builder"));
    }
}
