//! Spans of time as Compose reads them.

use std::time::Duration;

/// The span that a text stands for, `None` if it is none or negative: `30s`, `1m30s`, `1.5h`, `2d`, `1w`, `0`. A number without
/// unit is none, but for 0.
///
/// Source: Compose file reference, "Specifying durations"; Go's `time.ParseDuration`, with days and weeks added.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    if rest == "0" || rest == "-0" {
        return Some(Duration::ZERO);
    }
    if rest.is_empty() {
        return None;
    }
    let mut nanoseconds: u128 = 0;
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => digits(after),
            None => ("", after),
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let (unit, after) = unit(after)?;
        let whole: u128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        nanoseconds = nanoseconds.checked_add(whole.checked_mul(unit)?)?.checked_add(part_of(fraction, unit))?;
        rest = after;
    }
    // Go counts nanoseconds in 63 bits.
    i64::try_from(nanoseconds).ok()?;
    Some(Duration::from_nanos(nanoseconds as u64))
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The length of the unit that a text starts with, in nanoseconds, and the rest.
fn unit(text: &str) -> Option<(u128, &str)> {
    const SECOND: u128 = 1_000_000_000;
    let units = [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", SECOND),
        ("m", 60 * SECOND),
        ("h", 3600 * SECOND),
        ("d", 24 * 3600 * SECOND),
        ("w", 7 * 24 * 3600 * SECOND),
    ];
    units.into_iter().find_map(|(name, length)| Some((length, text.strip_prefix(name)?)))
}

/// The digits behind the point, as a part of the unit.
fn part_of(fraction: &str, unit: u128) -> u128 {
    let mut scale = unit;
    let mut sum = 0;
    for digit in fraction.bytes() {
        scale /= 10;
        sum += scale * u128::from(digit - b'0');
    }
    sum
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::parse_duration;

    #[test]
    fn reads_durations_as_compose_does() {
        for (text, milliseconds) in [
            ("30s", 30_000),
            ("1m30s", 90_000),
            ("1.5h", 5_400_000),
            ("100ms", 100),
            ("2d", 172_800_000),
            ("1w1d", 691_200_000),
            ("0", 0),
            ("0s", 0),
            ("+1s", 1_000),
            (".5s", 500),
            ("1.s", 1_000),
            ("1500us", 1),
        ] {
            assert_eq!(parse_duration(text).map(|it| it.as_millis()), Some(milliseconds), "{text}");
        }
        assert_eq!(parse_duration("3µs"), Some(Duration::from_micros(3)));
    }

    #[test]
    fn refuses_what_compose_refuses() {
        for text in ["", "10", "s", "1x", "1s ", " 1s", "-1s", "1 s", ".s", "9999999999h", "1S", "+"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
