//! Text in UTF-16, which Compose and `dockerd` tell by its byte order mark.

use dlint_syntax::{TextRange, TextSize};

/// Whether bytes begin with the mark of UTF-16.
pub fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// The text without its mark, and where it is none: there a `\u{1a}` (substitute) stands in it. `None` for bytes that are not UTF-16.
pub fn decode(bytes: &[u8]) -> Option<(String, Vec<TextRange>)> {
    let (mark, rest) = bytes.split_at_checked(2).filter(|_| is_utf16(bytes))?;
    let unit = |pair: &[u8; 2]| if mark[0] == 0xff { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
    let (pairs, left) = rest.as_chunks::<2>();
    let mut text = String::with_capacity(rest.len());
    let mut invalid = Vec::new();
    let mut substitute = |text: &mut String| {
        let start = TextSize::of(text.as_str());
        text.push('\u{1a}');
        invalid.push(TextRange::new(start, TextSize::of(text.as_str())));
    };
    for character in char::decode_utf16(pairs.iter().map(unit)) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => substitute(&mut text),
        }
    }
    if !left.is_empty() {
        substitute(&mut text);
    }
    Some((text, invalid))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::decode;

    fn little(text: &str) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn both_orders_are_read() {
        let text = "a: é😀\r\n";
        assert_eq!(decode(&little(text)).unwrap(), (text.to_owned(), vec![]));
        let big: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big).unwrap().0, text);
        assert_eq!(decode(b"a: b"), None);
        assert_eq!(decode(b""), None);
        assert_eq!(decode(b"\xff\xfe").unwrap().0, "");
    }

    #[test]
    fn what_is_no_text_has_a_place() {
        let mut bytes = little("a");
        bytes.extend([0x00, 0xd8, b'b', 0, b'c']);
        let (text, invalid) = decode(&bytes).unwrap();
        assert_eq!(text, "a\u{1a}b\u{1a}");
        let places: Vec<_> = invalid.iter().map(|range| (u32::from(range.start()), u32::from(range.end()))).collect();
        assert_eq!(places, [(1, 2), (3, 4)]);
    }
}
