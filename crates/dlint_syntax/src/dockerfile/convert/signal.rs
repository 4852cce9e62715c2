//! `STOPSIGNAL`.

use crate::suggest::nearest;

use super::super::word::Word;
use super::{ErrorKind, Escape, InvalidValue, SyntaxError, known, shown};

/// The signals of Linux, without `SIG` and without the real-time ones. Source: `signal(7)`.
const SIGNALS: [&str; 36] = [
    "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
    "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "UNUSED", "URG",
    "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "EMT",
];

/// What to write for a signal.
pub const SIGNAL_HELP: &str = "Write the name of a signal (`SIGTERM`) or its number";

/// What is wrong with a signal, if it is known.
pub(super) fn error(word: &Word, escape: Escape) -> Option<SyntaxError> {
    let wrong = invalid_signal(&known(word, escape)?)?;
    let error = SyntaxError::new(ErrorKind::InvalidStopsignal, word.range, wrong.message).help(SIGNAL_HELP);
    Some(error.suggestion(wrong.suggestion))
}

/// What is wrong with the text of a signal, which is a number other than 0, or a name with or without `SIG`, in any case.
pub fn invalid_signal(text: &str) -> Option<InvalidValue> {
    if text.parse::<i64>().is_ok_and(|number| number != 0) {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    if SIGNALS.contains(&name) || is_real_time(name) {
        return None;
    }
    let suggestion = nearest(name, SIGNALS).map(|nearest| format!("SIG{nearest}"));
    Some(InvalidValue { message: format!("`{}` is not a signal", shown(text)), suggestion })
}

/// `RTMIN`, `RTMIN+1` to `RTMIN+15`, `RTMAX-14` to `RTMAX-1`, `RTMAX`.
fn is_real_time(name: &str) -> bool {
    let distance = |text: &str| match text.parse::<u8>() {
        Ok(distance) if !text.starts_with(['+', '0']) => distance,
        _ => 0,
    };
    match (name.strip_prefix("RTMIN"), name.strip_prefix("RTMAX")) {
        (Some(""), _) | (_, Some("")) => true,
        (Some(rest), _) => rest.strip_prefix('+').is_some_and(|rest| (1..=15).contains(&distance(rest))),
        (_, Some(rest)) => rest.strip_prefix('-').is_some_and(|rest| (1..=14).contains(&distance(rest))),
        (None, None) => false,
    }
}
