//! File modes, as `chmod` and `COPY --chmod` take them, and the commands that set them.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{OptionSpec, Program, Word};

/// What a mode gives, as far as it matters to security.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub struct ModeGrants {
    /// Everybody may write.
    pub world_writable: bool,
    /// Whoever runs it becomes its owner.
    pub setuid: bool,
    /// Whoever runs it gets its group; on a directory only its files inherit the group.
    pub setgid: bool,
    /// Files in a directory can be removed only by their owners.
    pub sticky: bool,
}

impl ModeGrants {
    /// Reads a mode: `0777`, `u+s,o-w`, `a=rwx`. `None` if it is no mode.
    pub fn of(mode: &str) -> Option<Self> {
        if mode.is_empty() {
            return None;
        }
        if mode.bytes().all(|byte| matches!(byte, b'0'..=b'7')) {
            let bits = u32::from_str_radix(mode, 8).ok().filter(|bits| *bits <= 0o7777)?;
            return Some(Self {
                world_writable: bits & 0o002 != 0,
                setuid: bits & 0o4000 != 0,
                setgid: bits & 0o2000 != 0,
                sticky: bits & 0o1000 != 0,
            });
        }
        let mut grants = Self::default();
        for clause in mode.split(',') {
            let who_end = clause.find(|char| !matches!(char, 'u' | 'g' | 'o' | 'a'))?;
            let (who, mut actions) = clause.split_at(who_end);
            // Without a letter the umask, which is 022 in a build, takes the right to write from the others.
            let others = who.contains(['o', 'a']);
            let (user, group) =
                (who.is_empty() || who.contains(['u', 'a']), who.is_empty() || who.contains(['g', 'a']));
            while let Some(operator) = actions.chars().next() {
                if !matches!(operator, '+' | '-' | '=') {
                    return None;
                }
                let rest = &actions[1..];
                let end = rest.find(['+', '-', '=']).unwrap_or(rest.len());
                let (permissions, next) = rest.split_at(end);
                if !permissions.chars().all(|char| "rwxXstugo".contains(char)) {
                    return None;
                }
                let has = |letter| permissions.contains(letter);
                let mut set = |flag: fn(&mut Self) -> &mut bool, applies: bool, given: bool| {
                    if applies && (given || operator == '=') {
                        *flag(&mut grants) = given && operator != '-';
                    }
                };
                set(|grants| &mut grants.world_writable, others, has('w'));
                set(|grants| &mut grants.setuid, user, has('s'));
                set(|grants| &mut grants.setgid, group, has('s'));
                set(|grants| &mut grants.sticky, true, has('t'));
                actions = next;
            }
        }
        Some(grants)
    }
}

/// The programs of [`modes`].
pub(crate) const MODE_PROGRAMS: [&str; 4] = ["chmod", "mkdir", "install", "find"];

/// The modes that a command sets, with their places: one, but for a `find` that runs `chmod` more than once.
pub(crate) fn modes(program: &Program<'_>) -> Vec<(TextRange, String)> {
    if program.name != "find" {
        return mode(program).into_iter().collect();
    }
    let words: Vec<Word<'_>> = program.words.iter().collect();
    let run = |(index, word): (usize, &Word<'_>)| {
        let command = words.get(index + 1..).filter(|_| matches!(word.bytes(), b"-exec" | b"-execdir"))?;
        let is_end = |word: &Word<'_>| matches!(word.unquoted().as_ref(), ";" | "+");
        let end = command.iter().position(is_end).unwrap_or(command.len());
        let (name, arguments) = command[..end].split_first()?;
        let name = name.unquoted();
        (name.rsplit('/').next() == Some("chmod")).then(|| chmod(arguments))?
    };
    words.iter().enumerate().filter_map(run).collect()
}

/// The mode among the arguments of `chmod`.
fn chmod(words: &[Word<'_>]) -> Option<(TextRange, String)> {
    let has_reference = words.iter().any(|word| word.text().starts_with("--reference"));
    // A mode may look like an option (`-w`), but those only take away.
    let mode = words.iter().find(|word| !word.text().starts_with('-'))?;
    Some((mode.range(), mode.literal()?.into_owned())).filter(|_| !has_reference)
}

fn mode(program: &Program<'_>) -> Option<(TextRange, String)> {
    match program.name.as_ref() {
        "chmod" => chmod(&program.words.iter().collect::<Vec<_>>()),
        "mkdir" | "install" => {
            let arguments =
                program.arguments(&OptionSpec::new("mogSt", &["mode", "owner", "group", "suffix", "target-directory"]));
            let value = arguments.value('m', "mode")?;
            Some((value.range, value.text.to_string()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ModeGrants;

    fn of(mode: &str) -> String {
        let Some(grants) = ModeGrants::of(mode) else { return "none".to_owned() };
        let flags = [(grants.world_writable, 'w'), (grants.setuid, 'u'), (grants.setgid, 'g'), (grants.sticky, 't')];
        flags.iter().filter(|(set, _)| *set).map(|(_, letter)| *letter).collect()
    }

    #[test]
    fn octal() {
        for (mode, grants) in [
            ("777", "w"),
            ("0755", ""),
            ("1777", "wt"),
            ("4755", "u"),
            ("2775", "g"),
            ("6711", "ug"),
            ("o", "none"),
            ("778", "none"),
            ("", "none"),
        ] {
            assert_eq!(of(mode), grants, "{mode}");
        }
    }

    #[test]
    fn symbolic() {
        for (mode, grants) in [
            ("o+w", "w"),
            ("a+rwx", "w"),
            ("+w", ""),
            ("+x", ""),
            ("a=rwx", "w"),
            ("u+s", "u"),
            ("ug+s", "ug"),
            ("+s", "ug"),
            ("g=u", ""),
            ("a+w,o-w", ""),
            ("a+rwX,o=rx", ""),
            ("ugo+rw", "w"),
            ("a+w+t", "wt"),
            ("o-w", ""),
            ("u=rwx,go=rx", ""),
            ("x", "none"),
            ("a+q", "none"),
        ] {
            assert_eq!(of(mode), grants, "{mode}");
        }
    }
}
