//! What the text of a scalar has to say.

use std::net::IpAddr;

use super::validate::listed;
use super::{Format, Names, PULL_POLICIES};
use crate::compose::{CommandLineError, parse_duration, parse_size, split_command_line};
use crate::go::parse_float;

/// What is wrong with a text.
pub(crate) struct TextFault {
    /// Reads on after "cannot be `text`: ".
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl TextFault {
    pub(crate) fn new(message: &str) -> Self {
        Self { message: message.to_owned(), help: None }
    }

    pub(crate) fn with_help(message: &str, help: &str) -> Self {
        Self { message: message.to_owned(), help: Some(help.to_owned()) }
    }
}

/// What is wrong with a text in this format, if something is. Ports and mounts are read elsewhere.
pub(super) fn fault_of_text(text: &str, format: Format) -> Option<TextFault> {
    let unless = |fits: bool, message: &str, help: &str| (!fits).then(|| TextFault::with_help(message, help));
    match format {
        Format::Text | Format::Usually(_) | Format::Port | Format::Mount => None,
        Format::NotEmpty => unless(!text.is_empty(), "it is empty", "Give it a value, or leave the key out"),
        Format::Boolean => {
            let words = ["true", "false", "yes", "no", "on", "off", "y", "n"];
            let fits = words.iter().any(|word| text.eq_ignore_ascii_case(word));
            unless(fits, "that is no boolean", "Write `true` or `false`")
        }
        Format::Integer { min, max } => {
            let fits = text.parse::<i64>().is_ok_and(|number| (min..=max).contains(&number));
            unless(fits, "that is no such whole number", "Write a whole number")
        }
        Format::Number => unless(parse_float(text).is_some(), "that is no number", "Write a number"),
        Format::Percent => {
            let fits = parse_float(text).is_some_and(|number| (0.0..=100.0).contains(&number) && number.fract() == 0.0);
            unless(fits, "that is no such whole number", "Write a whole number from 0 to 100")
        }
        Format::Size | Format::PositiveSize => {
            unless(parse_size(text).is_some(), "that is no size", "Write a number with a unit: `512m`, `2g`")
        }
        Format::Duration => unless(
            dlint_syntax::duration::compose_nanoseconds(text).is_some() || parse_duration(text).is_some(),
            "that is no span of time",
            "Write a number with a unit: `30s`, `1m30s`",
        ),
        Format::FileMode => unless(
            i64::from_str_radix(text.trim_start_matches("0o"), 8).is_ok(),
            "that is no mode of a file",
            "Write octal digits: `0440`",
        ),
        Format::OneOf(values) => (!values.contains(&text))
            .then(|| TextFault::with_help("it is none of the values", &format!("It is {}", listed(values)))),
        Format::OneOfOrEmpty(values) => (!text.is_empty() && !values.contains(&text))
            .then(|| TextFault::with_help("it is none of the values", &format!("It is {}", listed(values)))),
        Format::ContainerName => {
            // The pattern has no ends, so two good characters side by side are enough.
            let bytes = text.as_bytes();
            let is_good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
            let fits = bytes.windows(2).any(|pair| pair[0].is_ascii_alphanumeric() && is_good(pair[1]));
            unless(fits, "that is no name of a container", "Use two or more letters, digits, `_`, `.` and `-`")
        }
        Format::PullPolicy => {
            let every = text.split("every_").skip(1).any(|rest| {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                digits > 0 && matches!(rest.as_bytes().get(digits), Some(b'w' | b'd' | b'h' | b'm' | b's'))
            });
            let fits = every || PULL_POLICIES.iter().any(|policy| text.contains(policy));
            unless(fits, "that is no policy", "Write `always`, `missing`, `never`, `build`, or `every_12h`")
        }
        Format::CountOrAll => unless(
            text == "all" || text.parse::<i64>().is_ok(),
            "it is neither a number nor `all`",
            "Write a number or `all`",
        ),
        Format::IpAddress => unless(text.parse::<IpAddr>().is_ok(), "that is no IP address", "Write an IP address"),
        Format::Device => {
            unless(text.split(':').count() <= 3, "it has too many parts", "Use the long form for a path with a colon")
        }
        Format::CommandLine => split_command_line(text).err().map(|error| match error {
            CommandLineError::OpenQuote(_) => TextFault::new("a quote is not closed"),
            CommandLineError::OpenEscape(_) => TextFault::new("a backslash stands at its end"),
            CommandLineError::Parenthesis(_) => TextFault::with_help(
                "Compose runs no shell, and cannot read a parenthesis",
                "Put it in quotes, or run a shell: `[\"sh\", \"-c\", \"…\"]`",
            ),
            CommandLineError::OpenSubstitution(_) => TextFault::new("a parenthesis is not closed"),
        }),
        Format::Variable => {
            let name = text.split('=').next().unwrap_or_default();
            unless(
                !(text.contains('=') && name.ends_with([' ', '\t'])),
                "a blank stands before the `=`",
                "Remove the blank",
            )
        }
        Format::Pair => unless(text.contains('='), "it has no `=`", "Write `NAME=VALUE`"),
        Format::Ssh => {
            unless(text == "default" || text.contains('='), "it has no `=`", "Write `default`, or `ID=PATH`")
        }
        Format::Host => match text.split_once('=').or_else(|| text.split_once(':')) {
            Some((name, _)) => unless(Names::Host.allow(name), "that is no name of a host", "Write `NAME=ADDRESS`"),
            None => Some(TextFault::with_help("it has no address", "Write `NAME=ADDRESS`")),
        },
    }
}
