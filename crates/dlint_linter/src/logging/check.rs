//! What a driver makes of the options that it is given.

use dlint_syntax::TextRange;
use dlint_syntax::duration;
use dlint_syntax::suggest::nearest;

use super::drivers::{self, FACILITIES};
use super::{LogDriver, LogOption, OptionType};
use crate::compose::parse_size;
use crate::text::{list, shorten};

/// An option as somebody wrote it.
#[derive(Debug, Clone, Copy)]
pub struct Given<'t> {
    /// The name.
    pub name: &'t str,
    /// The value; none if it is not known. An empty one is as good as none at all.
    pub value: Option<&'t str>,
    /// Where the name is written.
    pub name_range: TextRange,
    /// Where the value is written.
    pub value_range: TextRange,
}

/// Something that is wrong with options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is.
    pub kind: FaultKind,
    /// Where.
    pub range: TextRange,
    /// One sentence that says what is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that belongs to the story.
    pub related: Option<(TextRange, String)>,
    /// Whether the driver refuses it as soon as it sees its options; see [`LogOption::is_checked_early`].
    pub is_early: bool,
    /// Whether it is a fault only as long as another option is missing, which for a service the daemon may have.
    pub is_for_want: bool,
}

/// The kinds of [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// An option that the driver does not have.
    Unknown,
    /// A value that the driver does not take, options that exclude each other, or one that is missing.
    Invalid,
    /// An option that does nothing as things are.
    Ineffective,
    /// An option that is to go away.
    Deprecated,
}

/// What is wrong with the options that a driver is given. `driver_range` is where the driver's name is written.
pub fn check(driver: &'static LogDriver, options: &[Given<'_>], driver_range: Option<TextRange>) -> Vec<Fault> {
    let mut check = Check { driver, options, faults: Vec::new() };
    if driver.name == "none" {
        return check.faults;
    }
    for option in options {
        match driver.option(option.name) {
            Some(known) => check.value(known, option),
            None if driver.refuses_unknown => check.unknown(option),
            None => {}
        }
    }
    check.together(driver_range);
    check.faults
}

/// More names do not help anybody who reads a message.
const MOST_NAMES: usize = 8;

struct Check<'c, 't> {
    driver: &'static LogDriver,
    options: &'c [Given<'t>],
    faults: Vec<Fault>,
}

impl<'t> Check<'_, 't> {
    fn given(&self, name: &str) -> Option<Given<'t>> {
        self.options.iter().rev().find(|option| option.name == name && option.value != Some("")).copied()
    }

    fn fault(&mut self, kind: FaultKind, range: TextRange, message: String, is_early: bool) -> &mut Fault {
        self.faults.push(Fault { kind, range, message, help: None, related: None, is_early, is_for_want: false });
        self.faults.last_mut().expect("just pushed")
    }

    fn unknown(&mut self, option: &Given<'_>) {
        let driver = self.driver;
        let name = option.name;
        let others: Vec<&str> = drivers::drivers()
            .iter()
            .filter(|other| other.refuses_unknown && other.option(name).is_some())
            .map(|other| other.name)
            .collect();
        let message = match others.as_slice() {
            [] => format!("the log driver `{}` has no option `{name}`", driver.name),
            [other] => format!("`{name}` is an option of the log driver `{other}`, not of `{}`", driver.name),
            [first, .., last] => {
                format!("`{name}` is an option of log drivers such as `{first}` and `{last}`, not of `{}`", driver.name)
            }
        };
        let normal = name.replace('_', "-");
        let help = match nearest(&normal, driver.all_options().map(|option| option.name)) {
            _ if name == "awslogs-stream-prefix" => {
                Some("Only Amazon ECS knows it; use `tag` to name the stream".to_owned())
            }
            Some(near) => Some(format!("Did you mean `{near}`?")),
            None if driver.options.is_empty() || driver.options.len() > MOST_NAMES => None,
            None => {
                Some(format!("Its own options are {}", list(driver.options.iter().map(|option| option.name), "and")))
            }
        };
        self.fault(FaultKind::Unknown, option.name_range, message, true).help = help;
    }

    fn value(&mut self, known: &'static LogOption, given: &Given<'_>) {
        if let Some(instead) = known.instead {
            let message = format!("the log option `{}` is deprecated", known.name);
            self.fault(FaultKind::Deprecated, given.name_range, message, false).help = Some(format!("Use `{instead}`"));
        }
        let Some(value) = given.value.filter(|value| !value.is_empty()) else { return };
        if let Some(expected) = unfit(known, value) {
            let message = format!("`{}` cannot be `{}`", known.name, shorten(value));
            self.fault(FaultKind::Invalid, given.value_range, message, known.is_checked_early).help =
                Some(format!("Write {expected}"));
        }
    }

    fn together(&mut self, driver_range: Option<TextRange>) {
        self.buffer();
        match self.driver.name {
            "json-file" => self.json_file(),
            "local" => self.local(),
            "gelf" => self.gelf(),
            "awslogs" => self.awslogs(),
            "fluentd" => self.fluentd(),
            _ => {}
        }
        // With options that all containers share, the driver is asked about them at once.
        let Some(range) = driver_range.filter(|_| !self.options.is_empty()) else { return };
        let missing = self.driver.options.iter().filter(|option| option.is_required && option.is_checked_early);
        for option in missing.filter(|option| self.given(option.name).is_none()).collect::<Vec<_>>() {
            let message = format!("the log driver `{}` needs the option `{}`", self.driver.name, option.name);
            self.fault(FaultKind::Invalid, range, message, true).is_for_want = true;
        }
    }

    fn buffer(&mut self) {
        let Some(size) = self.given("max-buffer-size") else { return };
        let mode = self.given("mode");
        if mode.is_none_or(|mode| mode.value == Some("blocking")) {
            let message = "`max-buffer-size` needs `mode` to be `non-blocking`".to_owned();
            let fault = self.fault(FaultKind::Invalid, size.name_range, message, true);
            fault.related = mode.map(|mode| (mode.value_range, "this is the other mode".to_owned()));
            fault.is_for_want = mode.is_none();
        }
    }

    fn json_file(&mut self) {
        let (size, files) = (self.given("max-size"), self.given("max-file"));
        if let Some(compress) = self.given("compress").filter(|it| it.value.and_then(go_bool) == Some(true)) {
            let has_one_file = files.is_none_or(|files| files.value == Some("1"));
            if size.is_none() || has_one_file {
                let message = "`compress` needs `max-size`, and a `max-file` above 1".to_owned();
                let fault = self.fault(FaultKind::Invalid, compress.name_range, message, false);
                fault.help = Some("Without rotation there is nothing to compress, and no container starts".to_owned());
                fault.is_for_want = files.is_none_or(|files| files.value != Some("1"));
                return;
            }
        }
        if let (None, Some(files)) = (size, files) {
            let message = "`max-file` does nothing without `max-size`".to_owned();
            let fault = self.fault(FaultKind::Ineffective, files.name_range, message, false);
            fault.help = Some("Add `\"max-size\": \"10m\"`, or the log grows without end".to_owned());
            fault.is_for_want = true;
        }
    }

    fn local(&mut self) {
        let Some(files) = self.given("max-file").filter(|it| matches!(it.value, Some("0" | "1"))) else { return };
        let compress = self.given("compress");
        if compress.is_none_or(|it| it.value.and_then(go_bool) == Some(true)) {
            let message =
                "the log driver `local` compresses rotated files, which needs a `max-file` above 1".to_owned();
            let fault = self.fault(FaultKind::Invalid, files.value_range, message, false);
            fault.help = Some("Raise it, or set `compress` to `\"false\"`".to_owned());
            fault.is_for_want = compress.is_none();
        }
    }

    fn gelf(&mut self) {
        let Some((address, value)) = self.given("gelf-address").and_then(|it| Some((it, it.value?))) else { return };
        let Some((scheme, rest)) = value.split_once("://") else { return };
        if matches!(scheme, "tcp" | "udp") && port_of(rest).is_none() {
            let message = format!("`gelf-address` cannot be `{}`: a port is missing", shorten(value));
            self.fault(FaultKind::Invalid, address.value_range, message, true).help =
                Some("GELF's usual port is 12201".to_owned());
        }
        let misfits = match scheme {
            "tcp" => ["gelf-compression-level", "gelf-compression-type"],
            "udp" => ["gelf-tcp-max-reconnect", "gelf-tcp-reconnect-delay"],
            _ => return,
        };
        for option in misfits.map(|name| self.given(name)).into_iter().flatten() {
            let other = if scheme == "tcp" { "UDP" } else { "TCP" };
            let message = format!("`{}` is only for addresses with {other}", option.name);
            let fault = self.fault(FaultKind::Invalid, option.name_range, message, true);
            fault.related = Some((address.value_range, "the address".to_owned()));
        }
    }

    fn awslogs(&mut self) {
        let (time, pattern) = (self.given("awslogs-datetime-format"), self.given("awslogs-multiline-pattern"));
        self.excluded(time, pattern);
        if let Some(format) = self.given("awslogs-format") {
            self.excluded(Some(format), time);
            self.excluded(Some(format), pattern);
        }
    }

    fn fluentd(&mut self) {
        let (new, old) = (self.given("fluentd-async"), self.given("fluentd-async-connect"));
        self.excluded(new, old);
        let Some((interval, value)) =
            self.given("fluentd-async-reconnect-interval").and_then(|it| Some((it, it.value?)))
        else {
            return;
        };
        if duration::nanoseconds(value).is_some_and(|time| time != 0 && !(100_000_000..=10_000_000_000).contains(&time))
        {
            let message = format!("`{}` cannot be `{}`", interval.name, shorten(value));
            self.fault(FaultKind::Invalid, interval.value_range, message, true).help =
                Some("Write a time from `100ms` to `10s`".to_owned());
        }
    }

    fn excluded(&mut self, a: Option<Given<'t>>, b: Option<Given<'t>>) {
        let (Some(a), Some(b)) = (a, b) else { return };
        let message = format!("`{}` and `{}` exclude each other", a.name, b.name);
        self.fault(FaultKind::Invalid, b.name_range, message, true).related =
            Some((a.name_range, "the other one".to_owned()));
    }
}

/// What an option's value should be, if it is not.
fn unfit(option: &LogOption, value: &str) -> Option<String> {
    let is_fit = match option.ty {
        OptionType::Text => true,
        OptionType::Bool => go_bool(value).is_some(),
        OptionType::Integer(min, max) => go_integer(value).is_some_and(|number| (min..=max).contains(&number)),
        OptionType::Size => match parse_size(value) {
            // No file can be smaller than a byte.
            Some(size) => size > 0 || option.name != "max-size",
            None => false,
        },
        OptionType::Duration => duration::nanoseconds(value).is_some(),
        OptionType::Choice(words) => words.contains(&value),
        OptionType::Facility => {
            FACILITIES.contains(&value) || go_integer(value).is_some_and(|number| (0..=23).contains(&number))
        }
        OptionType::Address(schemes) => is_address(value, schemes),
        OptionType::Url => is_collector(value),
    };
    if is_fit {
        return None;
    }
    Some(match option.ty {
        OptionType::Text => return None,
        OptionType::Bool => "`true` or `false`".to_owned(),
        OptionType::Integer(i64::MIN, i64::MAX) => "a whole number".to_owned(),
        OptionType::Integer(min, i64::MAX) => format!("a whole number from {min} on"),
        OptionType::Integer(min, max) => format!("a whole number from {min} to {max}"),
        OptionType::Size if option.name == "max-size" => "a size above 0 such as `10m`".to_owned(),
        OptionType::Size => "a size such as `10m`".to_owned(),
        OptionType::Duration => "a time such as `500ms` or `5s`".to_owned(),
        OptionType::Choice(words) => list(words, "or"),
        OptionType::Facility => {
            "the name of a facility such as `daemon` or `local0`, or a number from 0 to 23".to_owned()
        }
        OptionType::Address(schemes) => {
            let schemes = schemes.iter().filter(|scheme| !scheme.is_empty());
            format!("an address that begins with {}", list(schemes.map(|scheme| format!("{scheme}://")), "or"))
        }
        OptionType::Url => "a URL such as `https://splunk.example.com:8088`, without a path".to_owned(),
    })
}

/// What Go's `strconv.ParseBool` makes of a text.
fn go_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// What Go's `strconv.Atoi` makes of a text.
fn go_integer(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// Whether a text is `scheme://…` with one of these schemes; an empty one stands for none at all.
fn is_address(text: &str, schemes: &[&str]) -> bool {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    if !schemes.contains(&scheme) {
        return false;
    }
    if scheme.starts_with("unix") {
        return true;
    }
    // A host without port has the default one; with several colons it is an IPv6 address.
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.matches(':').count() != 1 || port_of(host).is_some()
}

/// The port at the end of `host:port`.
fn port_of(text: &str) -> Option<u16> {
    let text = text.split(['/', '?', '#']).next().unwrap_or(text);
    let (_, port) = text.rsplit_once(':')?;
    port.parse().ok().filter(|_| port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a text is a URL of a host, with nothing behind it.
fn is_collector(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let host = rest.strip_suffix('/').unwrap_or(rest);
    !host.is_empty() && !host.contains(['/', '?', '#', '@'])
}
