//! What may be typed in a Dockerfile.

use std::collections::BTreeSet;
use std::ops::Range;

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_linter::rules::syntax::feature_newer_than_syntax::{asked_version, version_of_flag};
use dlint_syntax::TextSize;
use dlint_syntax::dockerfile::{Base, Dockerfile, Instruction, Kind, Model, PLATFORM_ARGS, TokenKind};

use super::{Completion, CompletionKind, List};
use crate::features::instructions::{
    self, INSTRUCTIONS, MOUNT_OPTIONS, MOUNT_TYPES, PLATFORMS, PROTOCOLS, SIGNALS, find,
};
use crate::features::{choices, paths};

/// The start of the word that ends at a byte.
fn word_start(text: &str, separators: &[char]) -> usize {
    text.rfind(|c: char| c.is_whitespace() || separators.contains(&c))
        .map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8))
}

/// Where in a word a variable begins that is being typed.
fn variable_start(typed: &str, escape: char) -> Option<usize> {
    let dollar = typed.rfind('$')?;
    let name = typed.get(dollar + 1..)?;
    let name = name.strip_prefix('{').unwrap_or(name);
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_name && !typed[..dollar].ends_with([escape, '$'])).then_some(dollar)
}

/// Whether a place is in an instruction that ends at `end`, or behind it with nothing but blanks and continuations between.
pub(in crate::features) fn goes_on(text: &str, end: usize, at: usize, escape: char) -> bool {
    let Some(between) = text.get(end..at).filter(|between| between.contains('\n')) else { return true };
    let mut lines = between.split('\n');
    let first = lines.next().unwrap_or_default().trim();
    let is_continued = first.trim_end_matches(escape).is_empty()
        && (first.ends_with(escape) || text.get(..end).is_some_and(|before| before.ends_with(escape)));
    let is_passed_over = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    is_continued && lines.all(is_passed_over)
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
    let token = file.tokens.iter().find(|token| token.range.start() < place && place <= token.range.end());
    // Behind its line end begins what comes next.
    let token = token.filter(|token| {
        !text[token.range].get(..at - usize::from(token.range.start())).is_some_and(|it| it.ends_with('\n'))
    });
    match token.map(|token| token.kind) {
        Some(TokenKind::HeredocLine) => return in_heredoc(text, file, model, at),
        Some(TokenKind::Comment | TokenKind::HeredocEnd) => return Vec::new(),
        _ => {}
    }
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    // The instruction that the place is in, or behind with blanks between.
    let current = file.instructions.iter().enumerate().rev().find(|(_, it)| it.range.start() <= place);
    let current = current.filter(|(_, it)| goes_on(text, usize::from(it.range.end()), at, file.escape.char()));
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
    if let Some(dollar) = variable_start(typed, file.escape.char()) {
        // The bracket that an editor closed by itself is replaced, too.
        let is_closed =
            typed.get(dollar + 1..).is_some_and(|rest| rest.starts_with('{')) && text[at..].starts_with('}');
        return variables(file, model, index, word + dollar..at + usize::from(is_closed), &inner.kind);
    }
    let is_at_flags = usize::from(inner.arguments.start()) >= word || inner.arguments.is_empty();
    if typed.starts_with('-') && is_at_flags {
        return flags(&Here { document, file, model, files, index }, about, inner, word..at);
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
                    images(&mut list, model, index);
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
        Kind::Copy(_) | Kind::Add(_) => {
            let Some(start) = path_start(text, usize::from(inner.keyword.range.end()), word, at) else {
                return Vec::new();
            };
            list = List::new(start..at);
            paths::of_context(&mut list, document, files, inner, at, &text[start..at]);
        }
        Kind::User(_) => {
            // Behind the colon stands a group, and groups are mostly called like their users.
            let group = typed.find(':').map_or(0, |colon| colon + 1);
            list = List::new(word + group..at);
            choices::users(&mut list, text, file, model, index);
        }
        Kind::Expose(_) => {
            if let Some(slash) = typed.rfind('/').filter(|slash| *slash > 0) {
                list = List::new(word + slash + 1..at);
                for protocol in PROTOCOLS {
                    list.add(CompletionKind::Value, protocol, "", "");
                }
            }
        }
        Kind::Healthcheck(check) if check.command.is_none() => {
            list.add(CompletionKind::Keyword, "CMD", "the command that checks", "");
            list.add(CompletionKind::Keyword, "NONE", "no check, not even the base image's", "");
        }
        _ => {}
    }
    list.all
}

/// A variable that may be typed in a heredoc.
fn in_heredoc(text: &str, file: &Dockerfile, model: &Model, at: usize) -> Vec<Completion> {
    let place = TextSize::new(at as u32);
    let found = file.instructions.iter().enumerate().find_map(|(index, it)| {
        let heredoc = it.heredocs.iter().find(|heredoc| heredoc.body.contains_inclusive(place))?;
        Some((index, it, heredoc))
    });
    let Some((index, instruction, heredoc)) = found else { return Vec::new() };
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let Some(dollar) = variable_start(&text[line..at], '\\') else { return Vec::new() };
    // A shell reads those of its own script, too.
    if !heredoc.expand && !matches!(instruction.kind, Kind::Run(_)) {
        return Vec::new();
    }
    let is_closed = text[line + dollar + 1..at].starts_with('{') && text[at..].starts_with('}');
    variables(file, model, index, line + dollar..at + usize::from(is_closed), &instruction.kind)
}

/// Where the path begins that is being typed: behind a quote, and within a JSON array behind that of the string. None where no path can be.
fn path_start(text: &str, arguments: usize, word: usize, at: usize) -> Option<usize> {
    let before = text.get(arguments..at)?;
    if let Some(array) = before.find('[').filter(|array| {
        before[..*array].split_whitespace().all(|flag| flag.starts_with("--") || flag == "\\" || flag == "`")
    }) {
        let quotes = before[array..].matches('"').count();
        return (quotes % 2 == 1).then(|| arguments + before.rfind('"').map_or(0, |quote| quote + 1));
    }
    let has_quote = text.get(word..at)?.starts_with(['"', '\'']);
    Some(word + usize::from(has_quote))
}

fn of_instructions(text: &str, from: usize, at: usize, file: &Dockerfile, in_onbuild: bool) -> Vec<Completion> {
    let blanks = text[from..at].len() - text[from..at].trim_start().len();
    let typed = from + blanks..at;
    let is_lower = text[typed.clone()].starts_with(|c: char| c.is_ascii_lowercase());
    let mut list = List::new(typed);
    let rest = text.get(at..).and_then(|rest| rest.split(['\n', '\r']).next()).unwrap_or_default();
    let end = if rest.starts_with([' ', '\t']) { "" } else { " " };
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
            let snippet = snippet(name).filter(|_| rest.trim().is_empty());
            let snippet = snippet.map(|it| format!("{written} {it}")).unwrap_or_default();
            list.add_as(CompletionKind::Keyword, written.clone(), written + end, instruction.usage, documentation);
            list.snippet(snippet);
        }
    }
    list.all
}

/// What is to be filled in behind an instruction that is mostly written one way. Those whose words are completed have none.
fn snippet(instruction: &str) -> Option<&'static str> {
    Some(match instruction {
        "CMD" | "ENTRYPOINT" => "[\"${1:program}\"]",
        "ENV" => "${1:NAME}=${2:value}",
        "HEALTHCHECK" => "--interval=${1:30s} --timeout=${2:5s} CMD ${3:command}",
        "LABEL" => "${1:name}=\"${2:value}\"",
        "SHELL" => "[\"${1:/bin/bash}\", \"${2:-c}\"]",
        "VOLUME" => "[\"${1:/data}\"]",
        _ => return None,
    })
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

/// Where something is being typed.
struct Here<'h> {
    document: &'h Document,
    file: &'h Dockerfile,
    model: &'h Model,
    files: &'h dyn Files,
    /// The index of the instruction.
    index: usize,
}

fn flags(
    here: &Here<'_>,
    about: &'static instructions::Instruction,
    inner: &Instruction,
    word: Range<usize>,
) -> Vec<Completion> {
    let text = here.document.text();
    let typed = text.get(word.clone()).unwrap_or_default();
    let rest = text.get(word.end..).unwrap_or_default();
    let Some((name, value)) = typed.split_once('=') else {
        let mut list = List::new(word.clone());
        // What the frontend that the file asks for does not know yet comes last.
        let asked = asked_version(here.file);
        let newer = |flag: &instructions::Flag| {
            let since = version_of_flag(about.name, flag.name)?;
            Some((since, asked?)).filter(|(since, asked)| since > asked)
        };
        let mut flags: Vec<&'static instructions::Flag> = about.flags.iter().collect();
        flags.sort_by_key(|flag| newer(flag).is_some());
        for flag in flags {
            let is_there =
                inner.flags.iter().any(|it| it.name.text == flag.name && usize::from(it.range.start()) != word.start);
            if !is_there || matches!(flag.name, "mount" | "exclude" | "device") {
                let end = match flag.takes_value {
                    true if rest.starts_with('=') => "",
                    true => "=",
                    false if rest.starts_with([' ', '\t']) => "",
                    false => " ",
                };
                let text = format!("--{}{end}", flag.name);
                let detail = newer(flag)
                    .map(|(since, asked)| format!("came with syntax 1.{since}; this file asks for 1.{asked}"));
                let detail = detail.as_deref().unwrap_or(about.name);
                list.add_as(CompletionKind::Key, format!("--{}", flag.name), text, detail, flag.description);
            }
        }
        return list.all;
    };
    let name = name.trim_start_matches('-');
    if name == "mount" {
        return mount(here, value, word.end);
    }
    let mut list = List::new(word.end - value.len()..word.end);
    match name {
        "from" => stages(&mut list, here.model, here.file, here.index, true),
        "chown" => {
            let group = value.find(':').map_or(0, |colon| colon + 1);
            list = List::new(word.end - value.len() + group..word.end);
            choices::users(&mut list, text, here.file, here.model, here.index);
        }
        "platform" => PLATFORMS.iter().for_each(|it| list.add(CompletionKind::Value, *it, "", "")),
        _ => {
            let flag = about.flag(name);
            for value in flag.map_or(&[][..], |flag| flag.values) {
                list.add(CompletionKind::Value, *value, "", "");
            }
            if flag.is_some_and(|flag| !flag.takes_value) {
                list.add(CompletionKind::Value, "true", "", "");
                list.add(CompletionKind::Value, "false", "", "");
            }
        }
    }
    list.all
}

fn mount(here: &Here<'_>, value: &str, end: usize) -> Vec<Completion> {
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
        "from" => stages(&mut list, here.model, here.file, here.index, true),
        "source" | "src" if kind == "bind" && !value.split(',').any(|it| it.starts_with("from=")) => {
            paths::in_context(&mut list, here.document, here.files, typed);
        }
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

/// The images that the other instructions of the file name already.
fn images(list: &mut List, model: &Model, index: usize) {
    let others = model.stages.iter().filter(|stage| stage.from != index);
    let images = others.filter_map(|stage| match &stage.base {
        Base::Image(image) => Some(image.as_str()),
        _ => None,
    });
    for image in images.collect::<BTreeSet<_>>() {
        list.add(CompletionKind::Value, image, "image", "");
    }
}
