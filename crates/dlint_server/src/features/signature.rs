//! How an instruction or a flag is written, while it is being typed.

use dlint_linter::Document;
use dlint_syntax::TextSize;
use dlint_syntax::dockerfile::{Instruction, Kind, TokenKind};

use super::completion::dockerfile::goes_on;
use super::instructions::{self, Flag, MOUNT_OPTIONS};

/// A way to write something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    /// The whole of it.
    pub(crate) label: String,
    /// What it does.
    pub(crate) documentation: String,
    /// Its parts: pieces of the label, in order.
    pub(crate) parameters: Vec<String>,
    /// The part that is being typed.
    pub(crate) active: Option<usize>,
}

/// The ways to write what is being typed at a place, the likeliest first; none where nothing has to be said.
pub(crate) fn signatures(document: &Document, offset: TextSize) -> Vec<Signature> {
    let Some((file, _)) = document.dockerfile() else { return Vec::new() };
    let (text, at) = (document.text(), usize::from(offset));
    let is_inside = |kind| matches!(kind, TokenKind::Comment | TokenKind::HeredocLine | TokenKind::HeredocEnd);
    if file.tokens.iter().any(|it| is_inside(it.kind) && it.range.start() < offset && offset < it.range.end()) {
        return Vec::new();
    }
    let Some(outer) = file.instructions.iter().rev().find(|it| it.keyword.range.end() < offset) else {
        return Vec::new();
    };
    // Blanks behind the last word are no part of the instruction.
    if !goes_on(text, usize::from(outer.range.end()), at, file.escape.char()) {
        return Vec::new();
    }
    let instruction = match &outer.kind {
        Kind::Onbuild(Some(trigger)) if trigger.keyword.range.end() < offset => trigger,
        _ => outer,
    };
    let Some(about) = instructions::find(&instruction.keyword.text) else { return Vec::new() };
    let start = usize::from(instruction.keyword.range.end());
    let Some(typed) = text.get(start..at) else { return Vec::new() };
    let word = typed.rsplit(char::is_whitespace).next().unwrap_or_default();
    let flag = word.strip_prefix("--").filter(|_| instruction.arguments.start() >= offset || is_only_flags(typed));
    if let Some((name, value)) = flag.and_then(|flag| flag.split_once('='))
        && let Some(flag) = about.flag(name)
    {
        return vec![if flag.name == "mount" { of_mount(flag, value) } else { of_flag(flag) }];
    }
    let typed_words = words_before(instruction, typed, word);
    if typed_words > 0 && is_free(instruction, typed_words) {
        return Vec::new();
    }
    let has_more_flags = instruction.flags.len() < about.flags.len();
    let is_at_flags = flag.is_some() || (word.is_empty() && typed_words == 0 && typed.contains("--") && has_more_flags);
    let mut all: Vec<Signature> = about
        .usage
        .split(" | ")
        .map(|usage| {
            let parameters = parts(usage);
            let active = active(&parameters, typed_words, is_at_flags, is_last(instruction, offset));
            Signature { label: usage.to_owned(), documentation: about.description.to_owned(), parameters, active }
        })
        .collect();
    // `HEALTHCHECK NONE`.
    if word.starts_with(['N', 'n']) && all.len() > 1 {
        all.reverse();
    }
    all
}

/// Whether a command or a text goes on of which nothing more can be said: editors ask at each blank.
fn is_free(instruction: &Instruction, words: usize) -> bool {
    match &instruction.kind {
        Kind::Run(_) | Kind::Cmd(_) | Kind::Entrypoint(_) | Kind::Maintainer(_) | Kind::Env(_) | Kind::Label(_) => true,
        Kind::Healthcheck(_) => words > 1,
        _ => false,
    }
}

/// Whether nothing but flags is typed yet.
fn is_only_flags(typed: &str) -> bool {
    typed.split_whitespace().all(|word| word.starts_with("--") || word == "\\")
}

/// How many words that are no flags stand before the one that is being typed.
fn words_before(instruction: &Instruction, typed: &str, word: &str) -> usize {
    let before = typed.get(..typed.len() - word.len()).unwrap_or_default();
    let is_counted = |it: &&str| !it.starts_with("--") && *it != "\\" && *it != "`";
    let words = before.split_whitespace().filter(is_counted).count();
    // What is in quotes and brackets is one.
    let is_array = before.trim_start().starts_with('[');
    let has_array = matches!(instruction.kind, Kind::Cmd(_) | Kind::Entrypoint(_) | Kind::Shell(_));
    if is_array && has_array { 0 } else { words }
}

/// Whether a place is in the last word of an instruction that has several.
fn is_last(instruction: &Instruction, offset: TextSize) -> bool {
    match &instruction.kind {
        Kind::Copy(copy) | Kind::Add(copy) => {
            copy.destination.as_ref().is_none_or(|word| word.range.start() <= offset) && !copy.sources.is_empty()
        }
        _ => true,
    }
}

/// The parts of a usage behind its name: words, and what is in brackets as a whole.
fn parts(usage: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    for c in usage.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match parts.last_mut() {
            Some(part) if c != ' ' || depth > 0 => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts.into_iter().skip(1).filter(|part| !part.is_empty()).collect()
}

fn active(parts: &[String], words: usize, is_at_flags: bool, is_last: bool) -> Option<usize> {
    let flags = parts.iter().position(|part| part == "[FLAGS]" || part.starts_with("[--"));
    if let Some(flags) = flags.filter(|_| is_at_flags) {
        return Some(flags);
    }
    let first = flags.map_or(0, |flags| flags + 1);
    let last = parts.len().checked_sub(1)?;
    let is_repeated = parts.get(first).is_some_and(|part| part.ends_with("...")) && first < last;
    if is_repeated {
        return Some(if words > 0 && is_last { last } else { first });
    }
    Some((first + words).min(last))
}

fn of_flag(flag: &Flag) -> Signature {
    let value = if flag.values.is_empty() { "VALUE".to_owned() } else { flag.values.join("|") };
    let label = format!("--{}={value}", flag.name);
    Signature { label, documentation: flag.description.to_owned(), parameters: vec![value], active: Some(0) }
}

fn of_mount(flag: &Flag, value: &str) -> Signature {
    let kind = value.split(',').find_map(|it| it.strip_prefix("type=")).unwrap_or("bind");
    let options = MOUNT_OPTIONS.iter().filter(|it| it.types.is_empty() || it.types.contains(&kind));
    let written = |name: &str| match name {
        "type" => format!("type={kind}"),
        "readonly" | "readwrite" | "required" => format!("[{name}]"),
        "target" => "target=PATH".to_owned(),
        _ => format!("[{name}={}]", name.to_ascii_uppercase()),
    };
    let options: Vec<_> = options.collect();
    let parameters: Vec<String> = options.iter().map(|it| written(it.name)).collect();
    let typed = value.rsplit(',').next().unwrap_or_default().split('=').next().unwrap_or_default();
    let active = options.iter().position(|it| it.name == typed);
    let about = active.and_then(|at| options.get(at)).map_or(flag.description, |option| option.description);
    let label = format!("--mount={}", parameters.join(","));
    Signature { label, documentation: about.to_owned(), parameters, active }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_linter::{Document, Language};
    use dlint_syntax::TextSize;

    use super::signatures;

    /// The first signature at the `|`, with its active part in angle brackets.
    fn at(text: &str) -> String {
        let offset = TextSize::new(text.find('|').unwrap() as u32);
        let document = Document::parse("x", text.replacen('|', "", 1), Language::Dockerfile);
        let all = signatures(&document, offset);
        let Some(first) = all.first() else { return String::new() };
        for part in &first.parameters {
            assert!(first.label.contains(part.as_str()), "{first:?}");
        }
        match first.active.and_then(|at| first.parameters.get(at)) {
            Some(part) => first.label.replacen(part.as_str(), &format!("<{part}>"), 1),
            None => first.label.clone(),
        }
    }

    #[test]
    fn the_part_that_is_typed_is_known() {
        let copy = "COPY [FLAGS] <SOURCE...> DESTINATION";
        for (text, wanted) in [
            ("FROM |", "FROM [--platform=PLATFORM] <IMAGE> [AS NAME]"),
            ("FROM --pl|", "FROM <[--platform=PLATFORM]> IMAGE [AS NAME]"),
            ("FROM a A|", "FROM [--platform=PLATFORM] IMAGE <[AS NAME]>"),
            ("FROM a\nCOPY |", copy),
            ("FROM a\nCOPY --link x|", copy),
            ("FROM a\nCOPY x| y z", copy),
            ("FROM a\nCOPY x y| z", copy),
            ("FROM a\nCOPY x y|", "COPY [FLAGS] SOURCE... <DESTINATION>"),
            ("FROM a\nCOPY --|", "COPY <[FLAGS]> SOURCE... DESTINATION"),
            ("FROM a\nCOPY --chown=|", "--chown=<VALUE>"),
            ("FROM a\nRUN --network=|", "--network=<default|none|host>"),
            ("FROM a\nHEALTHCHECK CMD x|", "HEALTHCHECK [FLAGS] CMD <COMMAND>"),
            ("FROM a\nHEALTHCHECK N|", "HEALTHCHECK <NONE>"),
            ("FROM a\nONBUILD COPY |x y", copy),
            ("FROM a\nCMD [\"a\", \"|\"]", "CMD <[\"PROGRAM\", \"ARGUMENT\"...]>"),
            ("FROM a\nCOPY x \\\n  |\n", "COPY [FLAGS] SOURCE... <DESTINATION>"),
            ("FROM a\nCOPY x \\\n# y\n  z| /y\n", copy),
            ("FROM --platform=x |", "FROM [--platform=PLATFORM] <IMAGE> [AS NAME]"),
            ("FROM a\nRUN |", "RUN [FLAGS] <COMMAND>"),
            ("FROM a\nRUN --network=none |", "RUN <[FLAGS]> COMMAND"),
            ("FROM a\nRUN echo |", ""),
            ("FROM a\nRUN --network=none echo |", ""),
            ("FROM a\nCMD x |", ""),
            ("FROM a\nENV A=b |", ""),
            ("FROM a\nHEALTHCHECK CMD x |", ""),
            ("FR|", ""),
            ("FROM a\n|", ""),
            ("FROM a\nWHAT |", ""),
            ("FROM a\nRUN <<EOF\nx |\nEOF\n", ""),
            ("# a |", ""),
        ] {
            assert_eq!(at(text), wanted, "{text}");
        }
        assert_eq!(
            at("FROM a\nRUN --mount=type=ssh,id=|"),
            "--mount=type=ssh,target=PATH,<[id=ID]>,[mode=MODE],[required]"
        );
    }
}
