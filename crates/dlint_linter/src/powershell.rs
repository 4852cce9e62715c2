//! Scripts in PowerShell, as far as rules look at them.

use dlint_syntax::dockerfile::{Form, Kind};

use crate::run::RunNode;
use crate::shell::ShellKind;

/// The script of a `RUN` that PowerShell reads.
pub(crate) struct PowerShell {
    /// The script, in lower case.
    text: String,
    /// What the `SHELL` says before it, in lower case.
    before: String,
    /// Whether it is Windows PowerShell (`powershell`), not PowerShell 7 (`pwsh`).
    pub(crate) is_windows_powershell: bool,
    /// Whether the `RUN` calls PowerShell out of another shell.
    pub(crate) is_called: bool,
}

impl PowerShell {
    /// The script of a `RUN`: because its shell is PowerShell, or because it calls it with `-Command`.
    pub(crate) fn of(run: &RunNode<'_>) -> Option<Self> {
        let Form::Shell(shell) = &run.run.form else { return None };
        if run.shell.kind == ShellKind::PowerShell {
            let setting = run.shell.instruction.and_then(|at| run.file.instructions.get(at));
            let before = match setting.map(|it| &it.kind) {
                Some(Kind::Shell(words)) => {
                    words.iter().map(|word| word.text.to_ascii_lowercase()).collect::<Vec<_>>().join(" ")
                }
                _ => String::new(),
            };
            let is_windows_powershell = run.shell.name.is_none_or(|name| name.eq_ignore_ascii_case("powershell"));
            return Some(Self { text: plain(shell.text()), before, is_windows_powershell, is_called: false });
        }
        let text = shell.text().trim_start_matches([' ', '\t', '\0', '\n', '\r']);
        let end = text.find([' ', '\t']).unwrap_or(text.len());
        let name = text[..end].rsplit(['/', '\\']).next().unwrap_or_default();
        let is = |known: &str| {
            let (begin, end) = name.split_at_checked(known.len()).unwrap_or_default();
            begin.eq_ignore_ascii_case(known) && (end.is_empty() || end.eq_ignore_ascii_case(".exe"))
        };
        let is_windows_powershell = is("powershell");
        if !is_windows_powershell && !is("pwsh") {
            return None;
        }
        let rest = plain(&text[end..]);
        let (options, script) = ["-command ", "-c "].iter().find_map(|option| {
            let at = rest.find(&format!(" {option}"))?;
            Some((&rest[..at], &rest[at + 1 + option.len()..]))
        })?;
        // What stands behind the name of a file is its own.
        if options.contains("-file") {
            return None;
        }
        let script = script.trim();
        // `cmd` knows only double quotes.
        let quotes = if run.shell.kind.is_posix() { &['"', '\''][..] } else { &['"'] };
        let unquoted = quotes.iter().find_map(|quote| script.strip_prefix(*quote)?.strip_suffix(*quote));
        let script = unquoted.unwrap_or(script);
        Some(Self { text: script.to_owned(), before: String::new(), is_windows_powershell, is_called: true })
    }

    /// Whether the script, or the `SHELL` before it, names a variable of settings; in lower case.
    pub(crate) fn sets(&self, variable: &str) -> bool {
        self.before.contains(variable) || self.text.contains(variable)
    }

    /// Whether a text stands in the script; in lower case.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// The statements of the outermost level, in lower case.
    pub(crate) fn statements(&self) -> Vec<&str> {
        let mut found = Vec::new();
        let (mut start, mut depth, mut quote) = (0, 0_u32, None);
        for (at, char) in self.text.char_indices() {
            match char {
                _ if quote == Some(char) => quote = None,
                _ if quote.is_some() => {}
                '"' | '\'' => quote = Some(char),
                '{' | '(' => depth += 1,
                '}' | ')' => depth = depth.saturating_sub(1),
                ';' | '\n' if depth == 0 => {
                    found.push(&self.text[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
        found.push(&self.text[start..]);
        found.iter().map(|it| it.trim()).filter(|it| !it.is_empty() && !it.starts_with('#')).collect()
    }
}

/// In lower case, without what Docker leaves out.
fn plain(text: &str) -> String {
    text.chars().filter(|char| *char != '\0').map(|char| char.to_ascii_lowercase()).collect()
}
