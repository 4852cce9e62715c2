//! Scripts for `sed`.

use std::ops::Range;

/// The parts of a script for `sed` that may come out in a file: what `s` puts in place of something, and the text of `a`, `i` and `c`.
///
/// Source: sed(1p) and the manual of GNU sed. A script may be given as it is written, in quotes. Of an option there is nothing.
pub(crate) fn written(script: &str) -> Vec<Range<usize>> {
    let bytes = script.as_bytes();
    // Behind the next one of these that no backslash is before.
    let behind = |delimiter: u8, mut at: usize| loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            byte if *byte == delimiter => return Some(at + 1),
            _ => at += 1,
        }
    };
    let end_of = |ends: &[u8], from: usize| {
        bytes[from..].iter().position(|byte| ends.contains(byte)).map_or(bytes.len(), |it| from + it)
    };
    let mut at = if script.starts_with("--expression=") { "--expression=".len() } else { 0 };
    let mut written = Vec::new();
    if at == 0 && script.starts_with('-') {
        return written;
    }
    while let Some(&byte) = bytes.get(at) {
        let next = match byte {
            // The address of the lines.
            b'/' => behind(b'/', at + 1),
            b'\\' => bytes.get(at + 1).and_then(|delimiter| behind(*delimiter, at + 2)),
            b's' => bytes.get(at + 1).filter(|delimiter| delimiter.is_ascii()).and_then(|&delimiter| {
                let start = behind(delimiter, at + 2)?;
                let end = behind(delimiter, start)?;
                written.push(start..end - 1);
                Some(end_of(b";\n}", end))
            }),
            b'a' | b'i' | b'c' => {
                written.push(at + 1..end_of(b"\n", at));
                Some(end_of(b"\n", at))
            }
            // Another command.
            byte if byte.is_ascii_alphabetic() => Some(end_of(b";\n}", at)),
            _ => Some(at + 1),
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::written;

    fn parts(script: &str) -> Vec<&str> {
        written(script).into_iter().map(|part| &script[part]).collect()
    }

    #[test]
    fn what_a_script_writes() {
        assert_eq!(parts("s/a/b/g"), ["b"]);
        assert_eq!(parts("'s|a\\|b|c|; /x/ s,d,e,'"), ["c", "e"]);
        assert_eq!(parts("--expression=1,$ s/a/b/"), ["b"]);
        assert_eq!(parts("/a s b/d"), Vec::<&str>::new());
        assert_eq!(parts("$a one; two\ns/x/y/"), [" one; two", "y"]);
        assert_eq!(parts("/a/{s/b/c/};\\,/x,d"), ["c"]);
        assert_eq!(parts("-i"), Vec::<&str>::new());
        for broken in ["s", "s/", "s/a", "s/a/b", "séaébé", "/a", "\\", "s/a\\"] {
            assert_eq!(parts(broken), Vec::<&str>::new(), "{broken}");
        }
    }
}
