//! `invalid-value`: a value that its key does not take.

use dlint_syntax::duration;

use crate::compose::{FaultKind, Project, parse_size, schema};
use crate::daemon::{DaemonConfig, Format, Json, Type, is_template};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::{list, shorten};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-value",
    summary: "A value that its key does not take",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_value.md"),
    on: &[On::Daemon(daemon), On::Compose(compose)],
};

fn compose(project: &Project<'_>, cx: &mut Context<'_>) {
    schema::report(project, FaultKind::InvalidValue, cx);
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for value in &config.values {
        let help = match (value.ty, Json::of(value.value)) {
            (Type::Integer(min, max), Json::Integer(number)) => integer(*min, *max, number),
            (Type::String(format), Json::String(text)) if !is_template(text) => string(*format, text),
            _ => continue,
        };
        let Some(help) = help else { continue };
        let shown = match Json::of(value.value) {
            Json::String(text) => shorten(text),
            _ => shorten(value.value.text().unwrap_or_default()),
        };
        let message = match (value.ty, shown.as_str()) {
            (_, "") => format!("`{}` cannot be empty", value.path),
            (Type::String(Format::UserRemap), "root" | "0") => "`userns-remap` cannot map root to itself".to_owned(),
            _ => format!("`{}` cannot be `{shown}`", value.path),
        };
        let mut report = cx.report(value.value.range(), message);
        report.help(help);
        if matches!(shown.as_str(), "root" | "0") && matches!(value.ty, Type::String(Format::UserRemap)) {
            report.category(Category::Correctness);
        }
    }
}

/// What to write instead of a number, if it is out of its range.
fn integer(min: i64, max: i64, number: i128) -> Option<String> {
    if (i128::from(min)..=i128::from(max)).contains(&number) {
        return None;
    }
    Some(match (min, max) {
        (i64::MIN, _) => "Write a number of at most 64 bits".to_owned(),
        (min, i64::MAX) => format!("Write a number from {min} on"),
        (min, max) => format!("Write a number from {min} to {max}"),
    })
}

/// What to write instead of a string, if the key does not take it.
fn string(format: Format, text: &str) -> Option<String> {
    // Of these the empty string is refused like any other that is none.
    let is_read = matches!(format, Format::Size | Format::Label | Format::Pair | Format::ExecOption | Format::Domain);
    if text.is_empty() && !is_read {
        return None;
    }
    match format {
        Format::Choice(choices) => {
            // Words are compared exactly, but for the levels of the log.
            let ignores_case = choices.iter().any(|choice| choice.value == "trace");
            let is_known = choices
                .iter()
                .any(|choice| choice.value == text || (ignores_case && choice.value.eq_ignore_ascii_case(text)));
            let words = || list(choices.iter().map(|choice| choice.value), "or");
            (!is_known).then(|| match text {
                "warning" if ignores_case => "Write `warn`".to_owned(),
                _ => format!("Write {}", words()),
            })
        }
        Format::Size => parse_size(text).is_none().then(|| "Write a size such as `64M`".to_owned()),
        Format::DiskSpace => {
            let is_share = text.strip_suffix('%').is_some_and(|number| number.parse::<u64>().is_ok());
            (!is_share && parse_size(text).is_none()).then(|| "Write a size such as `10GB`".to_owned())
        }
        Format::Duration => {
            let is_number = text.parse::<i64>().is_ok();
            (!is_number && duration::nanoseconds(text).is_none()).then(|| "Write a time such as `48h`".to_owned())
        }
        Format::Domain => (!is_domain(text)).then(|| "Write a domain such as `example.com`".to_owned()),
        Format::Pair => (!text.contains('=')).then(|| "Write `name=value`".to_owned()),
        Format::Label => label(text),
        Format::ExecOption => exec_option(text),
        Format::FirewallMark => {
            let is_small = |part| go_unsigned(part).is_some_and(|number| u32::try_from(number).is_ok());
            let is_mark = text.splitn(2, '/').all(is_small);
            (!is_mark).then(|| "Write a number of 32 bits, perhaps with a mask: `0x1/0x3`".to_owned())
        }
        Format::ApiVersion => api_version(text),
        Format::UserRemap => remap(text),
        _ => None,
    }
}

/// Source: `ValidateDNSSearch` in moby, `daemon/pkg/opts`.
fn is_domain(text: &str) -> bool {
    let text = text.trim();
    if text == "." {
        return true;
    }
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    // The daemon's pattern also takes colons, by mistake.
    name.len() < 255 && name.bytes().any(|byte| byte.is_ascii_alphabetic()) && name.split(['.', ':']).all(is_label)
}

/// How names of labels begin that are Docker's own.
const RESERVED: [&str; 3] = ["com.docker.", "io.docker.", "org.dockerproject."];

fn label(text: &str) -> Option<String> {
    if !text.contains('=') {
        return Some("Write `name=value`".to_owned());
    }
    let lower = text.to_ascii_lowercase();
    let reserved = RESERVED.into_iter().find(|space| lower.starts_with(space))?;
    Some(format!("Names that begin with `{reserved}` are Docker's own"))
}

fn exec_option(text: &str) -> Option<String> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    match (name.trim().to_ascii_lowercase().as_str(), value.trim()) {
        ("native.cgroupdriver", "cgroupfs" | "systemd") => None,
        // For Windows.
        ("isolation", value) if !value.is_empty() => None,
        _ => Some("Write `native.cgroupdriver=systemd` or `native.cgroupdriver=cgroupfs`".to_owned()),
    }
}

/// Source: Go's `strconv.ParseUint` with base 0.
fn go_unsigned(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    let (radix, digits) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, &lower[2..]),
        [b'0', b'b', ..] => (2, &lower[2..]),
        [b'0', b'o', ..] => (8, &lower[2..]),
        [b'0', _, ..] => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    let digits = digits.replace('_', "");
    if digits.starts_with('+') { None } else { u64::from_str_radix(&digits, radix).ok() }
}

/// The oldest version that the daemon can be told to serve. There is an upper limit too, which rises with each release.
const OLDEST_API: (u32, u32) = (1, 24);

fn api_version(text: &str) -> Option<String> {
    if text.starts_with(['v', 'V']) {
        return Some(format!("Write it without the letter: `{}`", shorten(&text[1..])));
    }
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten();
    let version = text.split_once('.').and_then(|(major, minor)| Some((number(major)?, number(minor)?)));
    match version {
        None => Some("Write a version of the API such as `1.44`".to_owned()),
        Some(version) if version < OLDEST_API => Some("The oldest version that it may be is `1.24`".to_owned()),
        Some(_) => None,
    }
}

fn remap(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        ["root" | "0"] | ["root" | "0", _] => {
            Some("The daemon warns, and switches user namespaces off; write `default` or another user".to_owned())
        }
        [_] => None,
        [user, group] if !user.is_empty() && !group.is_empty() => None,
        _ => Some("Write `default`, `user` or `user:group`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{go_unsigned, is_domain};

    #[test]
    fn numbers_and_domains() {
        let numbers =
            [("0", 0), ("10", 10), ("0x1F", 31), ("0b11", 3), ("0o17", 15), ("017", 15), ("1_000", 1000)];
        for (text, number) in numbers {
            assert_eq!(go_unsigned(text), Some(number), "{text}");
        }
        for text in ["", "-1", "+1", "0x", "08", "a"] {
            assert_eq!(go_unsigned(text), None, "{text}");
        }
        for text in ["example.com", "a", ".", "corp.example.", " x "] {
            assert!(is_domain(text), "{text}");
        }
        for text in ["10.0.0.1", "-a.com", "a..b", "a_b", "exa mple", "..", "*.example.com"] {
            assert!(!is_domain(text), "{text}");
        }
    }
}
