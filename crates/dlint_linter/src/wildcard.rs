//! Patterns in which `*` stands for any characters.

/// Whether a pattern in which `*` stands for any characters matches all of a text.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
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
    use super::matches;

    #[test]
    fn patterns() {
        assert!(
            matches("*", "docker.io") && matches("*.example.com", "a.example.com") && matches("ghcr.io", "ghcr.io")
        );
        assert!(matches("ghcr.io/org/*", "ghcr.io/org/app/x") && matches("a*b*c", "a-b-b-c"));
        assert!(
            !matches("*.example.com", "example.com")
                && !matches("ghcr.io", "ghcr.io.evil.com")
                && !matches("a*b*c", "a-b")
        );
    }
}
