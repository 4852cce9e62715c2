//! What a plain scalar means to Go's `yaml.v3` (its `resolve.go`), which Docker Compose reads files with.

/// The type and value of a scalar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`. The `yes` and `no` of YAML 1.1 are strings.
    Bool(bool),
    /// An integer of 64 bits, signed or unsigned, in decimal, hexadecimal (`0x`), octal (`0o`, or a leading `0`) or binary (`0b`)
    /// notation.
    Int(i128),
    /// A decimal number that is no integer of 64 bits, or `.inf`, `.nan`.
    Float(f64),
    /// A string.
    Str,
    /// A date, or a date with a time of day.
    Timestamp,
}

impl Scalar {
    /// The type in words, with an article: "a string".
    pub const fn described(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Str => "a string",
            Self::Timestamp => "a timestamp",
        }
    }

    /// What a scalar without quotes and tag resolves to.
    pub fn of_plain(text: &str) -> Self {
        let Some(&first) = text.as_bytes().first() else { return Self::Null };
        match first {
            b'0'..=b'9' | b'+' | b'-' => numeric(text),
            b'.' => match text {
                ".nan" | ".NaN" | ".NAN" => Self::Float(f64::NAN),
                ".inf" | ".Inf" | ".INF" => Self::Float(f64::INFINITY),
                _ => decimal(text),
            },
            b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' => match text {
                "~" | "null" | "Null" | "NULL" => Self::Null,
                "true" | "True" | "TRUE" => Self::Bool(true),
                "false" | "False" | "FALSE" => Self::Bool(false),
                _ => Self::Str,
            },
            _ => Self::Str,
        }
    }
}

/// Whether the text is a boolean of YAML 1.1 that YAML 1.2 and Docker Compose read as a string: `yes`, `no`, `on`, `off`, `y`, `n`.
pub fn is_yaml11_boolean(text: &str) -> bool {
    ["yes", "no", "on", "off", "y", "n"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn numeric(text: &str) -> Scalar {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        _ => {}
    }
    if is_timestamp(text) {
        return Scalar::Timestamp;
    }
    let plain;
    let digits = if text.contains('_') {
        plain = text.replace('_', "");
        plain.as_str()
    } else {
        text
    };
    integer(digits).map_or_else(|| decimal(digits), Scalar::Int)
}

/// Go's `strconv.ParseInt` and `ParseUint` with base 0, and the two further notations of `yaml.v3`.
fn integer(text: &str) -> Option<i128> {
    let (negative, magnitude) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let bytes = magnitude.as_bytes();
    let (radix, digits) = match bytes {
        [b'0', b'x' | b'X', ..] => (16, &magnitude[2..]),
        [b'0', b'o' | b'O', ..] => (8, &magnitude[2..]),
        [b'0', b'b' | b'B', ..] => (2, &magnitude[2..]),
        [b'0', _, ..] => (8, &magnitude[1..]),
        _ => (10, magnitude),
    };
    // Rust would accept a sign here.
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let value = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let value = if negative { -value } else { value };
    // An unsigned number takes no sign, not even `+`.
    let limit = if text.len() == magnitude.len() { i128::from(u64::MAX) } else { i128::from(i64::MAX) };
    (i128::from(i64::MIN)..=limit).contains(&value).then_some(value)
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, or a string.
fn decimal(text: &str) -> Scalar {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => all_digits(fraction),
        Some((whole, fraction)) => all_digits(whole) && (fraction.is_empty() || all_digits(fraction)),
        None => all_digits(mantissa),
    };
    let exponent_fits = exponent.is_none_or(|part| all_digits(part.strip_prefix(['-', '+']).unwrap_or(part)));
    if !mantissa_fits || !exponent_fits {
        return Scalar::Str;
    }
    match text.parse::<f64>() {
        // Go reports a number that is too large as an error, so it stays a string.
        Ok(number) if number.is_finite() => Scalar::Float(number),
        _ => Scalar::Str,
    }
}

/// `2001-12-14`, `2001-12-14T21:59:43.10-05:00`, `2001-12-14 21:59:43.10`: the layouts of Go's `yaml.v3`.
pub(super) fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || bytes[4] != b'-' || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let Ok(year) = text[..4].parse::<u32>() else { return false };
    let Some((month, rest)) = short_number(&bytes[5..]) else { return false };
    let [b'-', rest @ ..] = rest else { return false };
    let Some((day, rest)) = short_number(rest) else { return false };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    if !(1..=days).contains(&day) {
        return false;
    }
    match rest {
        [] => true,
        [b'T' | b't', time @ ..] => time_of_day(time).is_some_and(is_zone),
        [b' ', time @ ..] => time_of_day(time).is_some_and(<[u8]>::is_empty),
        _ => false,
    }
}

/// A number of one or two digits.
fn short_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let tens = digit(*bytes.first()?)?;
    match bytes.get(1).copied().and_then(digit) {
        Some(units) => Some((tens * 10 + units, &bytes[2..])),
        None => Some((tens, &bytes[1..])),
    }
}

/// `15:4:5` with an optional fraction; the hour has one digit or two.
fn time_of_day(bytes: &[u8]) -> Option<&[u8]> {
    let (hour, rest) = short_number(bytes)?;
    let [b':', rest @ ..] = rest else { return None };
    let (minute, rest) = short_number(rest)?;
    let [b':', rest @ ..] = rest else { return None };
    let (second, rest) = short_number(rest)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    match rest {
        [b'.' | b',', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (digits > 0).then(|| &fraction[digits..])
        }
        _ => Some(rest),
    }
}

/// `Z`, `+01:00`, `-05:30`.
fn is_zone(bytes: &[u8]) -> bool {
    match bytes {
        [b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit())
                && (h1 - b'0') * 10 + (h2 - b'0') <= 24
                && (m1 - b'0') * 10 + (m2 - b'0') <= 60
        }
        _ => false,
    }
}

/// What a scalar with an explicit tag resolves to: one whose tag is none of YAML's core schema is a string, `!` alone says nothing, and a
/// value that does not fit its tag (an error of its own) is read as if it had none.
pub(super) fn of_tagged(text: &str, style: super::ScalarStyle, tag: &str) -> Scalar {
    let plain = Scalar::of_plain(text);
    #[allow(clippy::cast_precision_loss, reason = "a float has no more precision")]
    match (core_type(tag), plain) {
        (Some("float"), Scalar::Int(number)) => Scalar::Float(number as f64),
        (Some("null"), Scalar::Null)
        | (Some("bool"), Scalar::Bool(_))
        | (Some("int"), Scalar::Int(_))
        | (Some("float"), Scalar::Float(_))
        | (Some("timestamp"), Scalar::Timestamp) => plain,
        (Some("null" | "bool" | "int" | "float" | "timestamp"), _) if style == super::ScalarStyle::Plain => plain,
        // What is reset is not read any more.
        (None, _) if style == super::ScalarStyle::Plain && matches!(tag, "!" | "!reset") => plain,
        _ => Scalar::Str,
    }
}

/// The type that a tag of YAML's core schema names: `int` for `!!int` and `!<tag:yaml.org,2002:int>`.
pub(super) fn core_type(tag: &str) -> Option<&str> {
    tag.strip_prefix("!!").or_else(|| tag.strip_prefix("!<tag:yaml.org,2002:")?.strip_suffix('>'))
}

/// What padded base64 says, with line breaks anywhere; none if it is none. Bytes that are not UTF-8 are replaced.
pub(super) fn of_base64(text: &str) -> Option<String> {
    let mut digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let padding = digits.iter().rev().take_while(|byte| **byte == b'=').count();
    if !digits.len().is_multiple_of(4) || padding > 2 {
        return None;
    }
    digits.truncate(digits.len() - padding);
    let mut bytes = Vec::with_capacity(digits.len());
    for group in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in group {
            bits = bits << 6 | u32::from(of_digit(*digit)?);
        }
        bits <<= 6 * (4 - group.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn of_digit(digit: u8) -> Option<u8> {
    Some(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}
