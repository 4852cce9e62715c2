//! The shell that reads the commands of a stage.

use dlint_syntax::dockerfile::{Base, Dockerfile, Escape, Instruction, Kind, Model, Run, Stage};
use dlint_syntax::shell::Settings;

use crate::image::Reference;

/// A shell, or what stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShellKind {
    /// None: the exec form starts a program directly.
    None,
    /// `sh`, whatever that is in the base image: dash in Debian and Ubuntu, BusyBox's ash in Alpine, bash in Fedora.
    Sh,
    /// bash.
    Bash,
    /// Another shell of the POSIX family: dash, ash, ksh, mksh, zsh.
    Posix,
    /// PowerShell.
    PowerShell,
    /// Windows' `cmd`.
    Cmd,
    /// Something that is no shell known here: an interpreter in a `#!` line, another `SHELL`.
    Other,
}

/// The shell that reads a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shell<'a> {
    /// Which one.
    pub kind: ShellKind,
    /// Its name in lower case as far as it is said: `bash`, `ash`, `pwsh`.
    pub name: Option<&'a str>,
    /// What its own arguments switch on (`SHELL ["/bin/bash", "-o", "pipefail", "-c"]`).
    pub settings: Settings,
    /// The index in [`Dockerfile::instructions`] of the `SHELL` that says so.
    pub instruction: Option<usize>,
}

impl ShellKind {
    /// Whether what it reads is read as by a POSIX shell. So is the exec form: it may start such a shell (`["sh", "-c"]`).
    pub fn is_posix(self) -> bool {
        matches!(self, Self::None | Self::Sh | Self::Bash | Self::Posix)
    }

    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "sh" => Self::Sh,
            "bash" => Self::Bash,
            "dash" | "ash" | "ksh" | "ksh93" | "mksh" | "zsh" => Self::Posix,
            "powershell" | "pwsh" => Self::PowerShell,
            "cmd" => Self::Cmd,
            _ => return None,
        })
    }
}

impl<'a> Shell<'a> {
    const EXEC: Self = Self::plain(ShellKind::None);

    const fn plain(kind: ShellKind) -> Self {
        let settings = Settings { errexit: false, nounset: false, xtrace: false, noglob: false, pipefail: false };
        Self { kind, name: None, settings, instruction: None }
    }

    /// The shell that reads a `RUN`, where `setting` is the `SHELL` in force before it.
    pub(crate) fn of_run(file: &'a Dockerfile, run: &'a Run, setting: Option<usize>, is_windows: bool) -> Self {
        if matches!(run.form, dlint_syntax::dockerfile::Form::Exec(_)) {
            return Self::EXEC;
        }
        match run.shebang() {
            Some(line) => Self::of_words(&line.split_whitespace().collect::<Vec<_>>()),
            None => Self::set_by(file, setting, || is_windows),
        }
    }

    /// The shell that reads the shell form of an instruction of the stage, where `setting` is the `SHELL` in force there
    /// (see [`State::shell`](dlint_syntax::dockerfile::State::shell)).
    pub fn in_force(file: &'a Dockerfile, model: &Model, stage: &Stage, setting: Option<usize>) -> Self {
        Self::set_by(file, setting, || is_windows(file, model, stage))
    }

    fn set_by(file: &'a Dockerfile, setting: Option<usize>, is_windows: impl FnOnce() -> bool) -> Self {
        let Some(at) = setting else {
            return Self::plain(if is_windows() { ShellKind::Cmd } else { ShellKind::Sh });
        };
        let instruction = match &file.instructions[at] {
            Instruction { kind: Kind::Onbuild(Some(trigger)), .. } => trigger,
            instruction => instruction,
        };
        let Kind::Shell(words) = &instruction.kind else { return Self::plain(ShellKind::Other) };
        let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Self { instruction: Some(at), ..Self::of_words(&words) }
    }

    /// The shell of a command line: the last word that names one, as it may be started by something else
    /// (`conda run -n env bash -c`, `/usr/bin/env bash`).
    fn of_words(words: &[&'a str]) -> Self {
        for (index, word) in words.iter().enumerate().rev() {
            let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
            let plain = name.len() - if name.to_ascii_lowercase().ends_with(".exe") { 4 } else { 0 };
            let name = &name[..plain];
            if let Some(kind) = ShellKind::of_name(&name.to_ascii_lowercase()) {
                let settings = Settings::from_arguments(words[index + 1..].iter().copied());
                return Self { kind, name: Some(name), settings, instruction: None };
            }
        }
        Self::plain(ShellKind::Other)
    }
}

/// Whether a stage is built upon Windows, as far as the file tells: by its base image, by its platform, or by an escape
/// character that nobody needs elsewhere.
pub fn is_windows(file: &Dockerfile, model: &Model, stage: &Stage) -> bool {
    let platform = model.root_of(stage).from(file).flag("platform");
    if platform.and_then(|flag| flag.value.as_ref()).is_some_and(|value| value.text.starts_with("windows")) {
        return true;
    }
    if file.escape == Escape::Backtick {
        return true;
    }
    let Base::Image(text) = model.root_base(stage) else { return false };
    let marks = ["windows", "nanoserver", "servercore", "ltsc20", "framework"];
    // Hardly any does, and need not be taken apart.
    marks.iter().any(|mark| text.contains(mark)) && is_windows_image(&Reference::new(text))
}

/// Whether an image is one for Windows, as far as its name and tag tell. A name like `build-windows` tells nothing: that is
/// as well one of Linux with a compiler for Windows.
///
/// Source: Microsoft's registry, where all of `windows` and `dotnet/framework` is for Windows, as are the tags that name
/// a release of Windows Server.
fn is_windows_image(image: &Reference<'_>) -> bool {
    let says = |text: &str, marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    let tag = image.tag.unwrap_or_default();
    let last = image.name.rsplit('/').next().unwrap_or(image.name);
    let is_microsofts = image.name.strip_prefix("mcr.microsoft.com/").is_some_and(|name| {
        name.starts_with("windows") || name.starts_with("dotnet/framework/") || tag.contains("windows")
    });
    let server = ["nanoserver", "servercore"];
    is_microsofts || says(last, &server) || says(tag, &server) || tag.contains("ltsc20")
}
