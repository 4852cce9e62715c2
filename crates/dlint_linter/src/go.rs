//! How Go reads numbers, and writes values as text, which Compose does before it hands them on.

/// A number as Go's `fmt.Sprint` writes it: the shortest digits, with an exponent from a million on, and below 0.0001.
pub(crate) fn float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').expect("the notation has an exponent");
    let exponent: i32 = exponent.parse().expect("the exponent is a number");
    if (-4..LARGEST).contains(&exponent) {
        return number.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// The exponent from which on one is written.
const LARGEST: i32 = 6;

/// A number as Go's `strconv.ParseFloat` reads it: with `_` between digits, and none that is too large.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let is_between = |at: usize| is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1));
    if !text.match_indices('_').all(|(at, _)| is_between(at)) {
        return None;
    }
    let number = text.replace('_', "").parse::<f64>().ok()?;
    (number.is_finite() || !text.contains(|c: char| c.is_ascii_digit())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{float, parse_float};

    #[test]
    fn reads_numbers_as_go_does() {
        for (text, number) in [("1.5", 1.5), ("1e1", 10.0), ("1_0", 10.0), ("1.", 1.0), (".5", 0.5), ("+1", 1.0)] {
            assert_eq!(parse_float(text), Some(number), "{text}");
        }
        for text in ["", " 1", "_1", "1_", "1__0", "1e400", "0x10", "x"] {
            assert_eq!(parse_float(text), None, "{text}");
        }
        assert_eq!(parse_float("inf"), Some(f64::INFINITY));
    }

    /// Each as Compose 2.40 prints it.
    #[test]
    fn writes_numbers_as_go_does() {
        for (number, text) in [
            (1.1, "1.1"),
            (1.0, "1"),
            (0.5, "0.5"),
            (1e3, "1000"),
            (1e5, "100000"),
            (1e6, "1e+06"),
            (123_456.5, "123456.5"),
            (1_234_567.5, "1.2345675e+06"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (1.234_567_890_123_456_8e21, "1.2345678901234568e+21"),
            (0.0015, "0.0015"),
            (0.000_000_1, "1e-07"),
            (1e21, "1e+21"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(float(number), text);
        }
    }
}
