//! Spans of time as Compose reads them.

use std::time::Duration;

use dlint_syntax::duration::compose_nanoseconds;

/// The span that a text stands for, `None` if it is none or negative: `30s`, `1m30s`, `1.5h`, `2d`, `1w`, `0`. A number without
/// unit is none, but for 0.
///
/// Source: Compose file reference, "Specifying durations"; Go's `time.ParseDuration`, with days and weeks added.
pub fn parse_duration(text: &str) -> Option<Duration> {
    compose_nanoseconds(text).and_then(|nanoseconds| u64::try_from(nanoseconds).ok()).map(Duration::from_nanos)
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
