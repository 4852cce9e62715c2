//! Command lines: `command` and `entrypoint` as one string.
//!
//! Source: Compose file reference, "command"; github.com/mattn/go-shellwords, which Compose splits them with.

/// A command line, split into words. There is no shell: quotes and backslashes are taken away, and nothing is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// The words.
    pub words: Vec<String>,
    /// Where an operator of a shell (`;`, `&`, `|`, `<`, `>`) stands, in bytes: Compose drops it with everything behind it.
    pub cut: Option<usize>,
}

/// What Compose refuses in a command line, with its place in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandLineError {
    /// The quote that begins here is not closed.
    OpenQuote(usize),
    /// A backslash stands at the end.
    OpenEscape(usize),
    /// A parenthesis that no `$` precedes.
    Parenthesis(usize),
    /// A command substitution that is not closed.
    OpenSubstitution(usize),
}

/// Splits a command line as Compose does.
pub fn split_command_line(text: &str) -> Result<CommandLine, CommandLineError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    // The quote, backtick or parenthesis that is open, and where.
    let mut quote: Option<(char, usize)> = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let open = quote.map(|(quote, _)| quote);
        match (c, open) {
            ('\\', None | Some('"' | '`' | ')')) => {
                let (_, escaped) = chars.next().ok_or(CommandLineError::OpenEscape(at))?;
                word.get_or_insert_default().push(escaped);
            }
            (c, Some(close)) if c == close => {
                quote = None;
                if matches!(close, '`' | ')') {
                    word.get_or_insert_default().push(close);
                }
            }
            ('"' | '\'', None) => {
                quote = Some((c, at));
                word.get_or_insert_default();
            }
            ('`', None) => {
                quote = Some((c, at));
                word.get_or_insert_default().push(c);
            }
            ('(', None) => {
                let word = word.get_or_insert_default();
                if !word.ends_with('$') {
                    return Err(CommandLineError::Parenthesis(at));
                }
                word.push(c);
                quote = Some((')', at));
            }
            (')', None) => return Err(CommandLineError::Parenthesis(at)),
            (';' | '&' | '|' | '<' | '>', None) => {
                // `2>` is the number of a file, not a word.
                let is_number =
                    c == '>' && word.as_ref().is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
                words.extend(word.filter(|_| !is_number));
                return Ok(CommandLine { words, cut: Some(at) });
            }
            (' ' | '\t' | '\r' | '\n', None) => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    match quote {
        None => Ok(CommandLine { words, cut: None }),
        Some((')', at)) => Err(CommandLineError::OpenSubstitution(at)),
        Some((_, at)) => Err(CommandLineError::OpenQuote(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::{CommandLineError, split_command_line};

    fn split(text: &str) -> (String, Option<usize>) {
        let line = split_command_line(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        (line.words.join("|"), line.cut)
    }

    #[test]
    fn words_without_a_shell() {
        for (text, words) in [
            ("echo \"a b\" 'c\"d' e\\ f $X", "echo|a b|c\"d|e f|$X"),
            ("a '' b", "a||b"),
            ("", ""),
            ("a\tb\n c", "a|b|c"),
            ("echo `a b` $(c d)", "echo|`a b`|$(c d)"),
        ] {
            assert_eq!(split(text), (words.to_owned(), None), "{text}");
        }
    }

    #[test]
    fn operators_end_it() {
        for (text, words, cut) in
            [("a && b", "a", 2), ("a b|c", "a|b", 3), ("a;b", "a", 1), ("a 2>/dev/null b", "a", 3), ("a>b", "a", 1)]
        {
            assert_eq!(split(text), (words.to_owned(), Some(cut)), "{text}");
        }
        assert_eq!(split("a '&&' b").1, None);
    }

    #[test]
    fn refuses_what_compose_refuses() {
        for (text, error) in [
            ("a 'b", CommandLineError::OpenQuote(2)),
            ("a \"b", CommandLineError::OpenQuote(2)),
            ("a `b", CommandLineError::OpenQuote(2)),
            ("a\\", CommandLineError::OpenEscape(1)),
            ("a (b)", CommandLineError::Parenthesis(2)),
            ("a $(b", CommandLineError::OpenSubstitution(3)),
        ] {
            assert_eq!(split_command_line(text), Err(error), "{text}");
        }
    }
}
