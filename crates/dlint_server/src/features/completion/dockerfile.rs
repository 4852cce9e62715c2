//! What may be typed in a Dockerfile.

use std::collections::BTreeSet;
use std::ops::Range;

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_syntax::TextSize;
use dlint_syntax::dockerfile::{Base, Dockerfile, Instruction, Kind, Model, PLATFORM_ARGS, TokenKind};

use super::{Completion, CompletionKind, List};
use crate::features::instructions::{self, INSTRUCTIONS, MOUNT_OPTIONS, MOUNT_TYPES, PLATFORMS, SIGNALS, find};
use crate::features::{choices, paths};

/// The start of the word that ends at a byte.
fn word_start(text: &str, separators: &[char]) -> usize {
    text.rfind(|c: char| c.is_whitespace() || separators.contains(&c))
        .map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8))
}

/// What may be typed at a byte of a Dockerfile.
pub(super) fn completions(
    document: &Document,
    file: &Dockerfile,
    model: &Model,
    files: &dyn Files,
    at: usize,
) -> Vec<Completion> {
    let text = document.text();
    if let Some(directives) = choices::directives(text, file, at) {
        return directives;
    }
    let place = TextSize::new(at as u32);
    let inside = |kind| matches!(kind, TokenKind::Comment | TokenKind::HeredocLine | TokenKind::HeredocEnd);
    let token = file.tokens.iter().find(|token| token.range.start() < place && place <= token.range.end());
    if token.is_some_and(|token| {
        inside(token.kind)
            && !text[token.range].get(..at - usize::from(token.range.start())).is_some_and(|it| it.ends_with('\n'))
    }) {
        return Vec::new();
    }
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    // The instruction that the place is in, or behind with blanks between.
    let current = file.instructions.iter().enumerate().rev().find(|(_, it)| it.range.start() <= place);
    let current = current.filter(|(_, it)| {
        let end = usize::from(it.range.end());
        at <= end || text.get(end..at).is_some_and(|between| !between.contains('\n'))
    });
    let is_first_word =
        |start: usize| text.get(start..at).is_some_and(|typed| !typed.trim_start().contains(char::is_whitespace));
    let Some((index, instruction)) = current.filter(|(_, it)| {
        let start = usize::from(it.range.start());
        start < line_start || !is_first_word(start)
    }) else {
        return if is_first_word(line_start) { of_instructions(text, line_start, at, file, false) } else { Vec::new() };
    };
    let start = usize::from(instruction.range.start());
    if let Kind::Onbuild(trigger) = &instruction.kind {
        let rest = usize::from(instruction.keyword.range.end());
        if trigger
            .as_ref()
            .is_none_or(|trigger| trigger.range.end() >= place && is_first_word(usize::from(trigger.range.start())))
        {
            return of_instructions(text, rest, at, file, true);
        }
    }
    let inner = match &instruction.kind {
        Kind::Onbuild(Some(trigger)) => trigger,
        _ => instruction,
    };
    let Some(about) = find(&inner.keyword.text) else { return Vec::new() };
    let before = &text[start..at];
    let word = start + word_start(before, &[]);
    let typed = &text[word..at];
    // A variable goes before everything else.
    if let Some(dollar) = typed.rfind('$').filter(|dollar| {
        let name = typed.get(dollar + 1..).unwrap_or_default().trim_start_matches('{');
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    }) {
        return variables(file, model, index, word + dollar..at, &inner.kind);
    }
    let is_at_flags = usize::from(inner.arguments.start()) >= word || inner.arguments.is_empty();
    if typed.starts_with('-') && is_at_flags {
        return flags(text, file, model, index, about, inner, word..at);
    }
    let mut list = List::new(word..at);
    match &inner.kind {
        Kind::From(from) => {
            let words =
                before.split_whitespace().filter(|it| !it.starts_with("--")).count() - usize::from(!typed.is_empty());
            match words {
                1 => {
                    stages(&mut list, model, file, index, false);
                    list.add(CompletionKind::Value, "scratch", "nothing", "An image without any file.");
                    images(&mut list, model);
                    choices::images(&mut list);
                }
                2 if from.name.is_none() => list.add(CompletionKind::Keyword, "AS", "names the stage", ""),
                _ => {}
            }
        }
        Kind::Stopsignal(_) => {
            for signal in SIGNALS {
                list.add(CompletionKind::Value, signal, "", "");
            }
        }
        Kind::Copy(_) | Kind::Add(_) => paths::of_context(&mut list, document, files, inner, at, typed),
        Kind::User(_) => choices::users(&mut list, text, file, model, index),
        Kind::Healthcheck(check) if check.command.is_none() => {
            list.add(CompletionKind::Keyword, "CMD", "the command that checks", "");
            list.add(CompletionKind::Keyword, "NONE", "no check, not even the base image's", "");
        }
        _ => {}
    }
    list.all
}

fn of_instructions(text: &str, from: usize, at: usize, file: &Dockerfile, in_onbuild: bool) -> Vec<Completion> {
    let blanks = text[from..at].len() - text[from..at].trim_start().len();
    let typed = from + blanks..at;
    let is_lower = text[typed.clone()].starts_with(|c: char| c.is_ascii_lowercase());
    let mut list = List::new(typed);
    let has_from =
        file.instructions.iter().any(|it| matches!(it.kind, Kind::From(_)) && usize::from(it.range.end()) < from);
    for instruction in &INSTRUCTIONS {
        let name = instruction.name;
        let may_stand = match name {
            "MAINTAINER" => false,
            "FROM" | "ONBUILD" if in_onbuild => false,
            "FROM" | "ARG" => true,
            _ => has_from || in_onbuild,
        };
        if may_stand {
            let written = if is_lower { name.to_ascii_lowercase() } else { name.to_owned() };
            let documentation = format!("{}\n\n[Reference]({})", instruction.description, instruction.link());
            list.add_as(CompletionKind::Keyword, written.clone(), written + " ", instruction.usage, documentation);
        }
    }
    list.all
}

fn variables(file: &Dockerfile, model: &Model, index: usize, typed: Range<usize>, kind: &Kind) -> Vec<Completion> {
    let mut list = List::new(typed);
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let before = model.before(file, index);
    let is_global = matches!(kind, Kind::From(_)) || before.is_none();
    let of_stage = before.as_ref().filter(|_| !is_global).map(|state| state.variables.iter());
    let of_file = is_global.then(|| model.globals.iter());
    for variable in of_stage.into_iter().flatten().chain(of_file.into_iter().flatten()) {
        if !names.insert(&variable.name) {
            continue;
        }
        let value =
            variable.value.known().filter(|value| dlint_linter::secrets::looks_secret(&variable.name, value).is_none());
        list.add(CompletionKind::Variable, format!("${{{}}}", variable.name), value.unwrap_or_default(), "");
    }
    if is_global {
        for name in PLATFORM_ARGS {
            list.add(CompletionKind::Variable, format!("${{{name}}}"), "set by the builder", "");
        }
    }
    list.all
}

fn flags(
    text: &str,
    file: &Dockerfile,
    model: &Model,
    index: usize,
    about: &'static instructions::Instruction,
    inner: &Instruction,
    word: Range<usize>,
) -> Vec<Completion> {
    let typed = text.get(word.clone()).unwrap_or_default();
    let Some((name, value)) = typed.split_once('=') else {
        let mut list = List::new(word.clone());
        for flag in about.flags {
            let is_there =
                inner.flags.iter().any(|it| it.name.text == flag.name && usize::from(it.range.start()) != word.start);
            if !is_there || matches!(flag.name, "mount" | "exclude" | "device") {
                let text = format!("--{}{}", flag.name, if flag.takes_value { "=" } else { " " });
                list.add_as(CompletionKind::Key, format!("--{}", flag.name), text, about.name, flag.description);
            }
        }
        return list.all;
    };
    let name = name.trim_start_matches('-');
    if name == "mount" {
        return mount(file, model, index, value, word.end);
    }
    let mut list = List::new(word.end - value.len()..word.end);
    match name {
        "from" => stages(&mut list, model, file, index, true),
        "chown" => choices::users(&mut list, text, file, model, index),
        "platform" => PLATFORMS.iter().for_each(|it| list.add(CompletionKind::Value, *it, "", "")),
        _ => {
            for value in about.flag(name).map_or(&[][..], |flag| flag.values) {
                list.add(CompletionKind::Value, *value, "", "");
            }
        }
    }
    list.all
}

fn mount(file: &Dockerfile, model: &Model, index: usize, value: &str, end: usize) -> Vec<Completion> {
    let option = value.rsplit(',').next().unwrap_or_default();
    let kind = value.split(',').find_map(|it| it.strip_prefix("type=")).unwrap_or("bind");
    let Some((key, typed)) = option.split_once('=') else {
        let mut list = List::new(end - option.len()..end);
        for it in MOUNT_OPTIONS.iter().filter(|it| it.types.is_empty() || it.types.contains(&kind)) {
            if value.split(',').any(|other| other.split('=').next() == Some(it.name)) {
                continue;
            }
            let takes_value = !matches!(it.name, "readonly" | "readwrite" | "required");
            let text = if takes_value { format!("{}=", it.name) } else { it.name.to_owned() };
            list.add_as(CompletionKind::Key, it.name, text, "mount", it.description);
        }
        return list.all;
    };
    let mut list = List::new(end - typed.len()..end);
    match key {
        "type" => MOUNT_TYPES.iter().for_each(|(name, about)| list.add(CompletionKind::Value, *name, "", *about)),
        "sharing" => ["shared", "private", "locked"].iter().for_each(|it| list.add(CompletionKind::Value, *it, "", "")),
        "from" => stages(&mut list, model, file, index, true),
        _ => {}
    }
    list.all
}

/// The stages that an instruction may name: those before its own.
fn stages(list: &mut List, model: &Model, file: &Dockerfile, index: usize, in_lower_case: bool) {
    let own = model.stage_of(index).map_or(0, |stage| stage.index);
    for stage in model.stages.iter().take(own) {
        let Kind::From(from) = &stage.from(file).kind else { continue };
        let Some(name) = &from.name else { continue };
        let image = from.image.as_ref().map_or("", |image| image.text.as_str());
        // A base is looked up as it is written, and stages are kept in lower case.
        let written = if in_lower_case { name.text.clone() } else { name.text.to_ascii_lowercase() };
        list.add(CompletionKind::Reference, written, &format!("stage {} from {image}", stage.index), "");
    }
}

/// The images that the file names already.
fn images(list: &mut List, model: &Model) {
    let images = model.stages.iter().filter_map(|stage| match &stage.base {
        Base::Image(image) => Some(image.as_str()),
        _ => None,
    });
    for image in images.collect::<BTreeSet<_>>() {
        list.add(CompletionKind::Value, image, "image", "");
    }
}
