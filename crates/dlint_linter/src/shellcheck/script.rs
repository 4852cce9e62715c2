//! The scripts of a Dockerfile as ShellCheck reads them, with the way back to the file.

use std::fmt::Write as _;

use dlint_syntax::dockerfile::{Dockerfile, Form, Instruction, Kind, Model, Origin, Stage, State, Value};
use dlint_syntax::text::CompactString;
use dlint_syntax::{TextRange, TextSize};

use crate::document::Document;
use crate::image::Reference;
use crate::image::system_shell::{SystemShell, system_shell};
use crate::shell::{Shell, ShellKind, is_windows};

/// A script for ShellCheck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellScript {
    /// What ShellCheck is to read: a line that names the dialect, lines that declare the variables, then the script as the shell sees it,
    /// continued lines joined.
    pub text: String,
    /// How many lines come before the script itself.
    prelude: u32,
    /// For each line of the script the place in the file of each of its characters, and of its end.
    places: Vec<Vec<TextRange>>,
}

impl ShellScript {
    /// The place in the file of a range of [`ShellScript::text`], given by lines and columns from 1 that count characters, its end
    /// exclusive. `None` if it does not lie in the script itself.
    pub fn place(&self, start: (u32, u32), end: (u32, u32)) -> Option<TextRange> {
        let at = |(line, column): (u32, u32)| {
            let line = self.places.get(line.checked_sub(self.prelude + 1)? as usize)?;
            line.get(column.saturating_sub(1) as usize).or(line.last()).copied()
        };
        let start = at(start)?.start();
        // The end of the character before it: what is masked behind that does not belong to it.
        let end = if end.1 > 1 { at((end.0, end.1 - 1)).map(TextRange::end) } else { at(end).map(TextRange::start) };
        Some(TextRange::new(start, end.unwrap_or(start).max(start)))
    }
}

/// The scripts of a document that a shell of the POSIX family reads, in file order: `RUN`, also where `ONBUILD` puts it off, and the shell
/// form of `CMD`, `ENTRYPOINT` and `HEALTHCHECK`. None if it is no Dockerfile.
pub fn scripts(document: &Document) -> Vec<ShellScript> {
    let Some((file, model)) = document.dockerfile() else { return Vec::new() };
    let mut scripts = Vec::new();
    model.walk(file, |stage, at, state| {
        let instruction = match &file.instructions[at] {
            Instruction { kind: Kind::Onbuild(Some(trigger)), .. } => trigger,
            instruction => instruction,
        };
        let (form, shell, secrets) = match &instruction.kind {
            Kind::Run(run) => {
                let secrets =
                    run.mounts.iter().filter_map(|mount| Some(mount.option(&["env"])?.value.as_ref()?.text.clone()));
                (
                    Some(&run.form),
                    Shell::of_run(file, run, state.shell, is_windows(file, model, stage)),
                    secrets.collect(),
                )
            }
            Kind::Cmd(form) | Kind::Entrypoint(form) => {
                (Some(form), Shell::in_force(file, model, stage, state.shell), Vec::new())
            }
            Kind::Healthcheck(check) => {
                (check.command.as_ref(), Shell::in_force(file, model, stage, state.shell), Vec::new())
            }
            _ => return,
        };
        let Some(Form::Shell(text)) = form else { return };
        let Some(dialect) = dialect(shell, model, stage).filter(|_| !text.is_blank()) else { return };
        let is_run = matches!(instruction.kind, Kind::Run(_));
        let mut script = ShellScript { text: String::new(), prelude: 0, places: Vec::new() };
        script.head(dialect, &directives(document, file, instruction), shell);
        script.declare(state, is_run, secrets);
        script.body(text.text(), text.range.start());
        scripts.push(script);
    });
    scripts
}

/// What ShellCheck calls the shell; `None` for one that it does not know.
fn dialect(shell: Shell<'_>, model: &Model, stage: &Stage) -> Option<&'static str> {
    Some(match shell.kind {
        ShellKind::Bash => "bash",
        ShellKind::Sh => match model.root_base(stage) {
            dlint_syntax::dockerfile::Base::Image(text) => match system_shell(&Reference::new(text)) {
                Some(SystemShell::Dash) => "dash",
                Some(SystemShell::Ash) => "busybox",
                Some(SystemShell::Bash) => "bash",
                Some(SystemShell::Other) | None => "sh",
            },
            _ => "sh",
        },
        ShellKind::Posix => match shell.name.map(str::to_ascii_lowercase).as_deref() {
            Some("dash") => "dash",
            Some("ash") => "busybox",
            Some("ksh" | "ksh93" | "mksh") => "ksh",
            _ => return None,
        },
        _ => return None,
    })
}

/// What comments directly above an instruction ask of ShellCheck: `# shellcheck disable=SC2086`.
fn directives<'d>(document: &'d Document, file: &Dockerfile, instruction: &Instruction) -> Vec<&'d str> {
    let text = document.text();
    let mut found = Vec::new();
    let mut before = usize::from(instruction.range.start());
    for comment in file.comments.iter().rev().filter(|comment| comment.range.end() <= instruction.range.start()) {
        let between = &text[usize::from(comment.range.end())..before];
        if !between.trim_matches([' ', '\t', '\r']).trim_start_matches('\n').is_empty()
            || between.matches('\n').count() > 1
        {
            break;
        }
        before = comment.range.start().into();
        let said = document.slice(comment.range).trim_start_matches(['#', ' ', '\t']);
        found.extend(
            said.strip_prefix("shellcheck ")
                .map(str::trim)
                .filter(|rest| rest.starts_with("disable=") && !rest.contains(['\r', '\n'])),
        );
    }
    found
}

impl ShellScript {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.prelude += 1;
    }

    fn head(&mut self, dialect: &str, directives: &[&str], shell: Shell<'_>) {
        self.line(&format!("# shellcheck shell={dialect}"));
        for directive in directives {
            self.line(&format!("# shellcheck {directive}"));
        }
        // ShellCheck says nothing of a `cd` that may fail where the shell stops then.
        if shell.settings.errexit {
            self.line("set -e");
        }
    }

    /// Declares the variables that the shell starts with. Of their values only matters whether they are one word.
    fn declare(&mut self, state: &State, is_run: bool, secrets: Vec<CompactString>) {
        let mut unknown = secrets;
        let mut known = String::new();
        for variable in state.variables.iter().filter(|variable| is_run || matches!(variable.origin, Origin::Env(_))) {
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            if variable.name.is_empty()
                || variable.name.starts_with(|char: char| char.is_ascii_digit())
                || !variable.name.bytes().all(is_name)
            {
                continue;
            }
            match &variable.value {
                Value::Known(value) => {
                    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._:@%+=-".contains(&byte);
                    let value = if value.is_empty() {
                        ""
                    } else if value.bytes().all(plain) {
                        "x"
                    } else {
                        "x * y"
                    };
                    let _ = write!(known, " {}='{value}'", variable.name);
                }
                Value::Unknown => unknown.push(variable.name.clone()),
            }
        }
        if !known.is_empty() {
            self.line(&format!("export{known}"));
        }
        if !unknown.is_empty() {
            let names = unknown.join(" ");
            self.line(&format!("read -r {names}; export {names}"));
        }
    }

    /// Appends the script that stands at `base` in its file: its masked text without what the shell does not see.
    fn body(&mut self, text: &str, base: TextSize) {
        // A `#!` line has been looked at; anywhere but in the first line it is a fault to ShellCheck.
        let shebang = text.trim_start_matches('\0').starts_with("#!");
        let skipped = if shebang { text.find('\n').unwrap_or(text.len()) } else { 0 };
        let mut line = Vec::new();
        let mut end = base;
        for (offset, char) in text.char_indices() {
            let place = base + TextSize::new(offset as u32);
            if char == '\0' || offset < skipped {
                continue;
            }
            self.text.push(char);
            line.push(TextRange::at(place, TextSize::of(char)));
            end = place + TextSize::of(char);
            if char == '\n' {
                self.places.push(std::mem::take(&mut line));
            }
        }
        line.push(TextRange::empty(end));
        self.places.push(line);
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::scripts;
    use crate::document::Document;
    use crate::language::Language;

    fn texts(dockerfile: &str) -> Vec<String> {
        let document = Document::parse("Dockerfile", dockerfile, Language::Dockerfile);
        scripts(&document).into_iter().map(|script| script.text).collect()
    }

    #[test]
    fn a_script_is_what_the_shell_sees() {
        let found = texts(
            "FROM debian:12 AS a\nARG A\nENV B=1.2 C=\"d e\" D=\n# shellcheck disable=SC2086\nRUN x \\\n# no\n  && y\n\
             FROM alpine:3\nSHELL [\"/bin/bash\", \"-ec\"]\nRUN <<E\n#!/bin/ash\nz\nE\nCMD run $A\nRUN \
                                     [\"a\"]\nFROM x\nSHELL [\"pwsh\", \"-c\"]\nRUN x\n",
        );
        assert_eq!(
            found,
            [
                "# shellcheck shell=dash\n# shellcheck disable=SC2086\nexport B='x' C='x * y' D=''\nread -r A; \
                 export A\nx   && y\n",
                "# shellcheck shell=busybox\n\nz\n",
                "# shellcheck shell=bash\nset -e\nrun $A\n",
            ]
        );
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let dockerfile = "FROM debian:12\nENV A=b\nRUN \u{e9}cho \\\n# no\n  x$y\n";
        let document = Document::parse("Dockerfile", dockerfile, Language::Dockerfile);
        let script = &scripts(&document)[0];
        let at = |from: u32, to: u32| &dockerfile[script.place((3, from), (3, to)).unwrap()];
        let column = script.text.lines().last().unwrap().find("x$y").unwrap() as u32;
        // The line has one character of two bytes before it.
        assert_eq!((at(column, column + 3), at(1, 5)), ("x$y", "\u{e9}cho"));
        assert_eq!(script.place((1, 1), (1, 3)), None);
        assert!(script.place((3, 900), (3, 901)).is_some() && script.place((9, 1), (9, 2)).is_none());
    }
}
