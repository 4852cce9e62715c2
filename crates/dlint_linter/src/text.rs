//! Pieces of messages.

/// As much of a value is shown in a message.
const MOST: usize = 60;

/// A value for a message: on one line, and not longer than anybody wants to read.
pub(crate) fn shorten(value: &str) -> String {
    let mut chars = value.chars().map(|char| if char.is_control() { ' ' } else { char });
    let mut shown: String = chars.by_ref().take(MOST).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

/// `a`, `b` and `c`, or `a`, `b` or `c`, each in backticks.
pub(crate) fn list<S: AsRef<str>>(words: impl IntoIterator<Item = S>, last: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match words.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// Whether a pattern in which `*` stands for any characters matches all of a text.
pub(crate) fn matches_pattern(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut of) = (0, 0);
    // Where the last star is, and how far the text is given to it.
    let mut star: Option<(usize, usize)> = None;
    while of < text.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, of));
            at += 1;
        } else if pattern.get(at) == text.get(of) {
            at += 1;
            of += 1;
        } else if let Some((start, given)) = star {
            star = Some((start, given + 1));
            at = start + 1;
            of = given + 1;
        } else {
            return false;
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|&byte| byte == b'*'))
}

#[cfg(test)]
mod tests {
    use super::{list, matches_pattern, shorten};

    #[test]
    fn patterns() {
        let is = matches_pattern;
        assert!(is("*", "docker.io") && is("*.example.com", "a.example.com") && is("ghcr.io", "ghcr.io"));
        assert!(is("ghcr.io/org/*", "ghcr.io/org/app/x") && is("a*b*c", "a-b-b-c"));
        assert!(!is("*.example.com", "example.com") && !is("ghcr.io", "ghcr.io.evil.com") && !is("a*b*c", "a-b"));
    }

    #[test]
    fn values_are_short_and_on_one_line() {
        assert_eq!(shorten("a\nb\0"), "a b ");
        assert_eq!(shorten(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
        assert_eq!(list(["a"], "or"), "`a`");
        assert_eq!(list(["a", "b", "c"], "or"), "`a`, `b` or `c`");
        assert_eq!(list(Vec::<&str>::new(), "or"), "");
    }
}
