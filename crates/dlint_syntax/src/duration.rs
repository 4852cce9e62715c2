//! Durations as Go's `time.ParseDuration` reads them, and what Compose adds.

/// The nanoseconds of a duration (`1m30s`, `.5h`, `-1ms`); nothing if it cannot be read or does not fit.
///
/// Source: <https://pkg.go.dev/time#ParseDuration>.
pub fn nanoseconds(text: &str) -> Option<i64> {
    read(text, &GO)
}

/// Like [`nanoseconds`], with days (`2d`) and weeks (`1w`) as Compose knows them.
///
/// Source: Compose file reference, "Specifying durations".
pub fn compose_nanoseconds(text: &str) -> Option<i64> {
    read(text, &COMPOSE)
}

type Unit = (&'static str, i128);

const SECOND: i128 = 1_000_000_000;
const GO: [Unit; 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("\u{b5}s", 1_000),
    ("\u{3bc}s", 1_000),
    ("ms", 1_000_000),
    ("s", SECOND),
    ("m", 60 * SECOND),
    ("h", 3600 * SECOND),
];
const COMPOSE: [Unit; 10] =
    [GO[0], GO[1], GO[2], GO[3], GO[4], GO[5], GO[6], GO[7], ("d", 24 * 3600 * SECOND), ("w", 7 * 24 * 3600 * SECOND)];

fn read(text: &str, units: &[Unit]) -> Option<i64> {
    let (negative, mut rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let limit = i128::from(i64::MAX) + i128::from(negative);
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => digits(after),
            None => ("", after),
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let length = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(length);
        let unit = units.iter().find(|(name, _)| *name == unit)?.1;
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        total = total.checked_add(whole.checked_mul(unit)?)?.checked_add(part(fraction, unit))?;
        if total > limit {
            return None;
        }
        rest = after;
    }
    i64::try_from(if negative { -total } else { total }).ok()
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The nanoseconds of the digits after a decimal point; what is below a nanosecond is dropped.
fn part(digits: &str, unit: i128) -> i128 {
    let digits = &digits[..digits.len().min(18)];
    let scale = 10_i128.pow(digits.len() as u32);
    digits.parse::<i128>().unwrap_or(0) * unit / scale
}

#[cfg(test)]
mod tests {
    use super::nanoseconds;

    #[test]
    fn reads_what_go_reads() {
        assert_eq!(nanoseconds("30s"), Some(30_000_000_000));
        assert_eq!(nanoseconds("1m30s"), Some(90_000_000_000));
        assert_eq!(nanoseconds("-1.5h"), Some(-5_400_000_000_000));
        assert_eq!(nanoseconds(".5ms"), Some(500_000));
        assert_eq!(nanoseconds("1.s"), Some(1_000_000_000));
        assert_eq!(nanoseconds("5\u{b5}s"), Some(5_000));
        assert_eq!(nanoseconds("0"), Some(0));
        assert_eq!(nanoseconds("+0"), Some(0));
    }

    #[test]
    fn refuses_what_go_refuses() {
        for text in ["", "-", "30", "s", ".s", "1 s", "1d", "1S", "30sx", "9223372036854775808ns", "99999999999999h"] {
            assert_eq!(nanoseconds(text), None, "{text}");
        }
    }
}
