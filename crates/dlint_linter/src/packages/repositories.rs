//! What the files that name repositories say of signatures.

/// What a text for such a file says so that nobody checks the packages: `trusted=yes` for apt, `gpgcheck=0` for dnf and yum.
/// And the line that says it. A repository of local files is trusted as they are.
///
/// Source: the manual pages sources.list(5) and dnf.conf(5).
pub(crate) fn unchecked(text: &str) -> Option<(&'static str, &str)> {
    // `printf` and `sed` write lines so.
    let lines: Vec<&str> = text.split('\n').flat_map(|line| line.split("\\n")).map(str::trim).collect();
    let trusted = || lines.iter().copied().find(|line| is_trusted_line(line));
    if let Some(line) = trusted().or_else(|| trusted_field(&lines)) {
        return Some(("trusted=yes", line));
    }
    let mut repositories = lines.split(|line| line.starts_with('[')).filter(|lines| !is_local(lines));
    let line = repositories.find_map(|lines| lines.iter().copied().find(|line| is_check_off(line)))?;
    Some(("gpgcheck=0", line))
}

/// `deb [trusted=yes] https://…`
fn is_trusted_line(line: &str) -> bool {
    line.contains("trusted=yes") && line.contains("deb") && !["file:", "copy:"].iter().any(|it| line.contains(it))
}

/// The same as fields: `Types: deb`, `URIs: https://…`, `Trusted: yes`.
fn trusted_field<'t>(lines: &[&'t str]) -> Option<&'t str> {
    lines.split(|line| line.is_empty()).find_map(|lines| {
        let field = |name: &str, value: &str| {
            lines.iter().copied().find(|line| {
                let says = |(left, right): (&str, &str)| {
                    left.eq_ignore_ascii_case(name) && right.trim_start().starts_with(value)
                };
                line.split_once(':').is_some_and(says)
            })
        };
        let is_local = field("URIs", "file:").or_else(|| field("URIs", "copy:")).is_some();
        field("Trusted", "yes").filter(|_| field("Types", "deb").is_some() && !is_local)
    })
}

/// `gpgcheck = 0`
fn is_check_off(line: &str) -> bool {
    let off = |value: &str| ["0", "false", "no"].iter().any(|it| value.trim().eq_ignore_ascii_case(it));
    line.split_once('=').is_some_and(|(name, value)| name.trim() == "gpgcheck" && off(value))
}

fn is_local(lines: &[&str]) -> bool {
    let mut addresses =
        lines.iter().filter_map(|line| line.split_once('=')).filter(|(name, _)| name.trim() == "baseurl");
    addresses.any(|(_, address)| address.trim_start().starts_with("file:"))
}

/// What a script for `sed` puts into the file, a line for each command that does: the replacements of `s`, and the texts of `a`,
/// `i` and `c`. What it looks for is not in it.
pub(crate) fn written_by_sed(script: &str) -> String {
    let commands = script.split([';', '\n']).filter_map(|command| {
        let command = without_addresses(command)?;
        match command.chars().next()? {
            's' => command[1..].split(command[1..].chars().next()?).nth(2),
            'a' | 'i' | 'c' => Some(command[1..].trim_start_matches([' ', '\\'])),
            _ => None,
        }
    });
    commands.collect::<Vec<_>>().join("\n")
}

/// A command without the lines that it is for: `/^gpgcheck/`, `$`, `1,3`.
fn without_addresses(command: &str) -> Option<&str> {
    let mut rest = command;
    loop {
        let is_address = |char: char| char.is_ascii_digit() || matches!(char, '$' | ',' | '!' | '{' | ' ' | '\t');
        rest = rest.trim_start_matches(is_address);
        match rest.strip_prefix('/') {
            Some(pattern) => rest = pattern.split_once('/')?.1,
            None => return Some(rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{unchecked, written_by_sed};

    #[test]
    fn repositories_that_nobody_checks() {
        for text in
            ["gpgcheck=0", "[x]\\nbaseurl=https://e\\ngpgcheck = no\\n", "[a]\nbaseurl=file:///a\n[b]\ngpgcheck=0\n"]
        {
            assert_eq!(unchecked(text).map(|it| it.0), Some("gpgcheck=0"), "{text}");
        }
        for text in ["deb [arch=amd64 trusted=yes] https://e ./", "Types: deb\nURIs: https://e\nTrusted: yes\n"] {
            assert_eq!(unchecked(text).map(|it| it.0), Some("trusted=yes"), "{text}");
        }
        for text in [
            "gpgcheck=1",
            "repo_gpgcheck=0",
            "[x]\nbaseurl=file:///repo\ngpgcheck=0",
            "deb [trusted=yes] file:/repo ./",
            "Types: deb\nURIs: file:/repo\nTrusted: yes",
        ] {
            assert_eq!(unchecked(text), None, "{text}");
        }
    }

    #[test]
    fn what_sed_writes() {
        assert_eq!(written_by_sed("s/gpgcheck=1/gpgcheck=0/g"), "gpgcheck=0");
        assert_eq!(written_by_sed("/x/,$s|a|b|; 3a\\ c"), "b\nc");
        assert_eq!(written_by_sed("/gpgcheck=0/d"), "");
        assert_eq!(written_by_sed("/etc/yum.repos.d/x.repo"), "");
    }
}
