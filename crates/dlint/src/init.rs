//! `dlint init`: a configuration file for the files at hand, or made of what other linters go by.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use dlint_linter::config::foreign::{Converted, Foreign, Note, Tool, convert};
use dlint_linter::policy::POLICIES;

use crate::Status;
use crate::args::{Color, InitArgs};
use crate::check;
use crate::failure::Failure;
use crate::paths::{Here, display};
use crate::read;
use crate::settings::{Basis, NAMES, foreign_beside, unreadable};
use crate::summary::{Counts, counted};
use crate::terminal::note;
use crate::write::{Sink, print};

/// What stands at the head of the file.
const HEAD: &str = "#:schema https://raw.githubusercontent.com/dlint/dlint/main/docs/dlint.schema.json\n\
                    # https://github.com/dlint/dlint/blob/main/docs/configuration.md says what may stand here.\n";

/// A configuration file of another linter.
struct File {
    tool: Tool,
    path: PathBuf,
    name: String,
    text: String,
}

impl File {
    fn foreign(&self) -> Foreign<'_> {
        Foreign { tool: self.tool, name: &self.name, text: &self.text }
    }
}

/// Runs the command.
pub(crate) fn run(args: &InitArgs, color: Color) -> Result<Status, Failure> {
    let here = Here::new()?;
    let folder = here.absolute(&args.folder);
    if !folder.is_dir() {
        let message = if folder.exists() { "is no folder" } else { "does not exist" };
        return Err(format!("`{}` {message}", display(&args.folder)).into());
    }
    let goal = goal(args)?;
    let files: Vec<File> = if args.from.is_empty() {
        let found = Tool::ALL.into_iter().filter_map(|tool| Some((tool, foreign_beside(tool, &folder)?)));
        let found: Vec<File> = found.map(|(tool, path)| read_foreign(tool, &path, &here)).collect::<Result<_, _>>()?;
        // A program that nobody named does not keep the others from being converted.
        found.into_iter().filter(|file| !is_program(file, color)).collect()
    } else {
        args.from.iter().map(|path| read_foreign(tool_of(path)?, path, &here)).collect::<Result<_, _>>()?
    };
    check_once(&files)?;
    let foreign: Vec<Foreign<'_>> = files.iter().map(File::foreign).collect();
    let converted = convert(&foreign).map_err(|error| unreadable(&files[error.index].name, &error))?;
    let basis = if files.is_empty() {
        Basis::Nothing
    } else {
        Basis::Foreign(files.iter().map(|file| (file.tool, file.path.clone())).collect())
    };
    let (counts, folders) = check::count(basis, &args.folder, &here)?;
    let text = if files.is_empty() { template(&counts) } else { format!("{HEAD}{}", converted.toml) };
    match &goal {
        None => print(&Sink::Stdout, [text.as_bytes()])?,
        Some(path) => write(path, &text, args.force)?,
    }
    let goal = goal.map(|path| here.shown(&path, &path));
    report(&files, &converted, goal.as_deref(), &counts, color);
    // One that was named is wanted alone.
    if args.from.is_empty() {
        let folder = here.real(&folder).unwrap_or(folder);
        let has_its_own = |other: &Path| NAMES.iter().any(|name| other.join(name).is_file());
        say_what_lies_below(folders.iter().filter(|it| **it != folder && !has_its_own(it)), &here, color);
    }
    Ok(Status::Clean)
}

/// That compose-lint goes by files beside Compose files, which the new file takes from their places.
fn say_what_lies_below<'f>(folders: impl Iterator<Item = &'f PathBuf>, here: &Here, color: Color) {
    for folder in folders {
        if let Some(path) = foreign_beside(Tool::ComposeLint, folder) {
            let shown = |path: &Path| display(&here.shown(path, path));
            let (file, folder) = (shown(&path), shown(folder));
            note(color, &format!("`{file}` is not in it, and holds no more: `dlint init {folder}` converts it"));
        }
    }
}

/// Where the file goes; nowhere for standard output.
fn goal(args: &InitArgs) -> Result<Option<PathBuf>, String> {
    if args.output.as_deref() == Some(Path::new("-")) {
        return Ok(None);
    }
    let is_there = |path: &Path| format!("`{}` is there already; `--force` replaces it", display(path));
    let Some(path) = &args.output else {
        // The other name would go on to hold beside it, or instead of it.
        let there = NAMES.map(|name| args.folder.join(name)).into_iter().find(|path| path.exists());
        return match there {
            Some(path) if args.force => Ok(Some(path)),
            Some(path) => Err(is_there(&path)),
            None => Ok(Some(args.folder.join(NAMES[0]))),
        };
    };
    if path.exists() && !args.force { Err(is_there(path)) } else { Ok(Some(path.clone())) }
}

fn write(path: &Path, text: &str, force: bool) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("`{}` cannot be written: {error}", display(path));
    if force {
        return fs::write(path, text).map_err(failed);
    }
    let mut file = fs::File::create_new(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

fn tool_of(path: &Path) -> Result<Tool, String> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    Tool::of_file(name).ok_or_else(|| {
        format!(
            "--from: `{}` is no configuration file of hadolint (`.hadolint.yaml`), dclint (`.dclintrc`, `package.json`) or \
             compose-lint (`.compose-lint.yml`)",
            display(path)
        )
    })
}

fn read_foreign(tool: Tool, path: &Path, here: &Here) -> Result<File, String> {
    let path = here.absolute(path);
    let name = display(&here.shown(&path, &path));
    let bytes = read::file(&path).map_err(|error| format!("`{name}` {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("`{name}` is not UTF-8"))?;
    Ok(File { tool, path, name, text })
}

/// Whether a file is a program that cannot be read, which is said.
fn is_program(file: &File, color: Color) -> bool {
    match convert(&[file.foreign()]) {
        Err(error) if error.is_program => {
            note(color, &format!("`{}:{}` {}", file.name, error.line, error.message));
            true
        }
        _ => false,
    }
}

/// That no linter is there twice: nobody could tell which of its files holds.
fn check_once(files: &[File]) -> Result<(), String> {
    for (index, file) in files.iter().enumerate() {
        if let Some(first) = files[..index].iter().find(|first| first.tool == file.tool) {
            return Err(format!("--from: `{}` and `{}` are both of {}", first.name, file.name, file.tool.name()));
        }
    }
    Ok(())
}

/// A file that changes nothing, with what may be changed as comments.
fn template(counts: &Counts) -> String {
    let mut out = format!("{HEAD}\n# The set of rules to begin with; `dlint rules --policy NAME` lists one.\n");
    for policy in &POLICIES {
        let _ = writeln!(out, "#   {:<12} {}", policy.name, policy.summary);
    }
    out.push_str(
        "# use-policy = \"recommended\"\n\n\
         # The least level (hint, info, warning, error) or CVSS rating (low, medium, high, critical) that makes a run fail.\n\
         # fail-on = \"warning\"\n\n\
         # What is not linted, as lines of a .gitignore say it.\n\
         # exclude = [\"vendor/\"]\n\n\
         # Rules that are not checked: names, codes of other tools, categories.\n\
         # ignore = []\n\n\
         # Rules with a level of their own: off, hint, info, warning or error. `dlint explain RULE` says what a rule is about.\n\
         [rules]\n",
    );
    let mut rules: Vec<_> = counts.rules.iter().collect();
    rules.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    if rules.is_empty() {
        out.push_str("# root-user = \"error\"\n");
    } else {
        out.push_str("# Found here now:\n");
    }
    for (rule, count) in rules {
        let setting = format!("# {} = \"{}\"", rule.rule().name, rule.rule().level.name());
        let _ = writeln!(out, "{setting:<44} # {}", counted(*count, "finding"));
    }
    out.push_str(
        "\n# What holds for some files, languages or services only.\n\
         # [[overrides]]\n\
         # paths = [\"legacy/\"]\n\
         # ignore = [\"root-user\"]\n\
         # reason = \"is replaced this year\"\n",
    );
    out
}

/// Says what was written, what has no equal, and what is next.
fn report(files: &[File], converted: &Converted, goal: Option<&Path>, counts: &Counts, color: Color) {
    for (file, notes) in files.iter().zip(&converted.notes) {
        for Note { line, message } in notes {
            note(color, &format!("{}:{line}: {message}", file.name));
        }
    }
    let Some(goal) = goal else { return };
    let names: Vec<String> = files.iter().map(|file| format!("`{}`", file.name)).collect();
    let from = if names.is_empty() { String::new() } else { format!(" from {}", names.join(" and ")) };
    let found = match counts.total() {
        0 => "dlint finds nothing with it".to_owned(),
        total => format!(
            "dlint has {} with it; `--baseline FILE --write-baseline` keeps what there is now from being reported",
            counted(total, "finding")
        ),
    };
    note(color, &format!("`{}` is written{from}: {found}", display(goal)));
}
