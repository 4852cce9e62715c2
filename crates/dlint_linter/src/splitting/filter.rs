//! What programs in a pipe make of what they read.

use dlint_syntax::shell::Program;

/// What a program in a pipe makes of what it reads.
pub(super) enum Filter {
    /// One word, whatever that is: a number, a field without blanks of one line.
    Picks,
    /// One word of one word.
    Keeps,
    /// Several words: it puts blanks between them.
    Lists,
    Other,
}

pub(super) fn filter(program: &Program<'_>) -> Filter {
    let literal: Vec<String> = program.words.iter().map(|word| word.unquoted().into_owned()).collect();
    let has_blank = || literal.iter().any(|text| text.contains([' ', '\n']) && !text.starts_with("-d") && text != " ");
    match program.name.as_ref() {
        "wc" if literal.len() == 1 => Filter::Picks,
        "tr" if matches!(&*literal, [from, to] if !from.starts_with('-') && to.contains(' ')) => Filter::Lists,
        "sed" if literal.iter().any(|text| puts_blanks(text)) => Filter::Lists,
        "paste" if literal.iter().any(|text| text.ends_with(' ')) => Filter::Lists,
        "awk" | "gawk" | "mawk" if literal.iter().any(|text| prints_several(text)) => Filter::Lists,
        "cut" | "head" | "rev" | "tail" => Filter::Keeps,
        "tr" if !literal.iter().skip(1).any(|text| text.contains([' ', '\n'])) => Filter::Keeps,
        "sed" if !has_blank() => Filter::Keeps,
        "awk" | "gawk" | "mawk" if literal.last().is_some_and(|text| is_one_field(text)) => Filter::Keeps,
        _ => Filter::Other,
    }
}

/// `{print $1}`, `{ print $1"."$2 }`.
fn is_one_field(script: &str) -> bool {
    let Some(printed) = script.split_once("print").map(|(_, rest)| rest.trim_end_matches([' ', '}', ';'])) else {
        return false;
    };
    printed.trim().starts_with('$') && !printed.contains(',') && !printed.trim().contains(' ')
}

/// `s/,/ /g`: whether blanks come in the place of something else, which takes away none that were there.
fn puts_blanks(script: &str) -> bool {
    let Some(rest) = script.strip_prefix('s') else { return false };
    let Some(delimiter) = rest.chars().next().filter(char::is_ascii_punctuation) else { return false };
    let mut fields = rest[1..].split(delimiter);
    let (pattern, text) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    text.contains(' ') && !pattern.contains([' ', '['])
}

/// `{print $1, $2}`.
fn prints_several(script: &str) -> bool {
    script.split_once("print ").is_some_and(|(_, rest)| rest.trim_start().starts_with('$') && rest.contains(", $"))
}
