//! Sizes in bytes as Compose reads them.

use std::borrow::Cow;

/// The number of bytes that a size stands for, `None` if it is none: `512m`, `1.5 GB`, `64KiB`, `1024`. Units are binary (`k` is
/// 1024) and in any case, `b` and `ib` may follow, one blank may stand before the unit. A fraction of a byte is cut off.
///
/// Source: Compose file reference, "Specifying byte values"; `RAMInBytes` of docker/go-units.
pub fn parse_size(text: &str) -> Option<u64> {
    let end = text.rfind(|c: char| c.is_ascii_digit() || c == '.' || c == ' ')?;
    // All three are one byte long.
    let (number, unit) = text.split_at(end + 1);
    let number = number.strip_suffix(' ').unwrap_or(number);
    let unit = unit.to_ascii_lowercase();
    let power = match unit.as_str() {
        "" | "b" => 0,
        _ => {
            let (prefix, rest) = unit.split_at_checked(1)?;
            if !matches!(rest, "" | "b" | "ib") {
                return None;
            }
            match prefix {
                "k" => 1,
                "m" => 2,
                "g" => 3,
                "t" => 4,
                "p" => 5,
                _ => return None,
            }
        }
    };
    // Rust reads "inf" and "nan" as numbers too, but those do not end in a digit.
    let number: f64 = without_underscores(number)?.parse().ok()?;
    if number.is_sign_negative() && number != 0.0 {
        return None;
    }
    // Saturates.
    #[allow(clippy::cast_sign_loss)]
    let bytes = (number * 1024_f64.powi(power)) as u64;
    Some(bytes)
}

/// A number as Go reads it: an underscore may stand between two digits.
fn without_underscores(number: &str) -> Option<Cow<'_, str>> {
    if !number.contains('_') {
        return Some(Cow::Borrowed(number));
    }
    let bytes = number.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_between = |(at, _)| at > 0 && is_digit(at - 1) && is_digit(at + 1);
    number.match_indices('_').all(is_between).then(|| Cow::Owned(number.replace('_', "")))
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn reads_sizes_as_compose_does() {
        for (text, bytes) in [
            ("1024", 1024),
            ("2b", 2),
            ("1k", 1024),
            ("1kb", 1024),
            ("1KiB", 1024),
            ("512m", 512 << 20),
            ("1.5 GB", 3 << 29),
            ("1t", 1 << 40),
            ("1P", 1 << 50),
            ("0.5", 0),
            ("0", 0),
            ("0.0005k", 0),
            (".5k", 512),
            ("1 ", 1),
            ("1e3", 1000),
            ("1_000", 1000),
            ("1_0.5k", 10752),
        ] {
            assert_eq!(parse_size(text), Some(bytes), "{text}");
        }
    }

    #[test]
    fn refuses_what_compose_refuses() {
        for text in [
            "",
            "m",
            "-1",
            "-1m",
            "1Mi",
            "1 gigabyte",
            "1x",
            "1bb",
            "1kbb",
            "1.2.3",
            "1  k",
            "1 0",
            " 1",
            "é1é",
            "inf",
            "_1",
            "1_",
            "1__0",
            "1_.0",
        ] {
            assert_eq!(parse_size(text), None, "{text}");
        }
    }
}
