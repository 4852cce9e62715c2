//! `dlint check`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use dlint_linter::{Language, Safety};
use rayon::prelude::*;

use crate::Status;
use crate::args::{CheckArgs, Color};
use crate::baseline::Baseline;
use crate::changed::Changed;
use crate::discover::{Found, Note, Target, discover};
use crate::failure::Failure;
use crate::files::Disk;
use crate::lint::{Mode, Outcome, Run, keep_panics_quiet};
use crate::nested::Nested;
use crate::output::{Rendered, Reporter};
use crate::paths::{Here, display, displayed, set_prefix};
use crate::progress;
use crate::read;
use crate::reports::reports;
use crate::settings::{Basis, Settings, Source, environment};
use crate::shellcheck::Shellcheck;
use crate::summary::{Counts, Summary, counted};
use crate::terminal::{Look, complain, note};
use crate::threads;
use crate::write::{Sink, print};

/// With fewer files, starting threads costs more than they save.
const PARALLEL: usize = 8;

/// The name of standard input where none is given.
const STDIN: &str = "<stdin>";

/// Runs the command.
pub(crate) fn run(mut args: CheckArgs, color: Color) -> Result<Status, Failure> {
    environment::apply(&mut args)?;
    let args = &args;
    let is_stdin = is_stdin(args)?;
    // The process ends soon after the run, and what lives as long as it does need not be freed piece by piece.
    let here: &Here = Box::leak(Box::new(Here::new()?));
    // Standard input goes by the name that it has.
    let named = args.stdin_filename.as_deref().filter(|_| is_stdin).map(|path| here.absolute(path));
    let folder = named.as_deref().and_then(Path::parent).unwrap_or(here.dir());
    let settings: &Settings = Box::leak(Box::new(Settings::new(folder, args, here)?));
    let mode = mode(args);
    if let Some(prefix) = &args.path_prefix {
        set_prefix(prefix);
    }
    let mut sinks = Vec::new();
    let mut reporters = Vec::new();
    for (format, sink) in reports(args, is_stdin, mode, here)? {
        let look = look(&sink, color);
        let (statistics, quiet) = (args.statistics, args.quiet);
        let (config, hide_suppressed) = (&settings.config, args.hide_suppressed);
        reporters.push(Reporter { format, config, look, statistics, quiet, hide_suppressed });
        sinks.push(sink);
    }
    if args.statistics && !reporters.iter().any(Reporter::is_for_people) {
        return Err("--statistics goes with `--output-format text` and `concise`; \
                    `json` always has the numbers, in `summary`"
            .to_owned()
            .into());
    }
    let baseline = match &args.baseline {
        Some(path) if !args.write_baseline => Some(Baseline::read(path)?),
        Some(path) => {
            Baseline::check_goal(path)?;
            None
        }
        None => None,
    };
    let changed = args.changed_lines.as_deref().map(|path| changed(path, is_stdin, here)).transpose()?;
    if !args.quiet && changed.as_ref().is_some_and(Changed::is_about_other_files) {
        note(color, "--changed-lines: none of the files that the diff adds lines to is here");
    }
    keep_panics_quiet();
    let command = Check { args, here, settings, mode, sinks, reporters, baseline, changed, color };
    if is_stdin { command.stdin() } else { command.files() }
}

/// Counts what is found below a folder by a configuration, and reports nothing; and in which folders there are Compose files.
pub(crate) fn count(basis: Basis, folder: &Path, here: &Here) -> Result<(Counts, BTreeSet<PathBuf>), Failure> {
    let args = CheckArgs { no_config: true, ..CheckArgs::default() };
    let settings = Settings::of_basis(basis, &args, here)?;
    keep_panics_quiet();
    let mut found = discover(&[folder.to_owned()], &settings.excludes, false, here);
    let folders = std::mem::take(&mut found.folders);
    let disk = Disk::new(here, &found.targets).with_folders(folders);
    let (args, settings) = (&args, &settings);
    let (sinks, reporters, color) = (Vec::new(), Vec::new(), Color::Never);
    let command =
        Check { args, here, settings, mode: Mode::Check, sinks, reporters, baseline: None, changed: None, color };
    let mut counts = Counts::default();
    for outcome in lint_all(&command.run(&disk, &Nested::default(), None), &found.targets, true) {
        counts.add(&outcome.counts);
    }
    let compose = found.targets.iter().filter(|target| target.language == Some(Language::Compose));
    let folders = compose.filter_map(|target| target.real.parent().map(Path::to_owned)).collect();
    Ok((counts, folders))
}

/// Whether standard input is linted rather than files.
fn is_stdin(args: &CheckArgs) -> Result<bool, String> {
    let is_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    if is_stdin && args.paths.len() > 1 {
        return Err("`-` is standard input and goes with no other path; a file of that name is `./-`".to_owned());
    }
    match &args.stdin_filename {
        Some(_) if !is_stdin => Err("--stdin-filename goes with the path `-`".to_owned()),
        Some(name) if name.is_dir() || name.file_name().is_none() => {
            Err(format!("--stdin-filename: `{}` is a folder; give the name of a file in it", display(name)))
        }
        _ => Ok(is_stdin),
    }
}

/// Reads the diff of `--changed-lines`.
fn changed(path: &Path, is_stdin: bool, here: &Here) -> Result<Changed, String> {
    let wrong = |message: String| format!("--changed-lines: `{}` {message}", display(path));
    let bytes = if path.as_os_str() == "-" {
        if is_stdin {
            return Err("--changed-lines: standard input cannot be both the diff and what is linted".to_owned());
        }
        read::stdin()
    } else {
        read::diff(path)
    };
    let bytes = bytes.map_err(wrong)?;
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Err(wrong(
            "is UTF-16, as PowerShell writes what is sent to a file; `git diff --output=FILE` does not".to_owned(),
        ));
    }
    Changed::parse(&String::from_utf8_lossy(&bytes), here).map_err(wrong)
}

fn mode(args: &CheckArgs) -> Mode {
    let limit = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    match (args.diff, args.fix) {
        (true, _) => Mode::Diff(limit),
        (_, true) => Mode::Fix(limit),
        _ => Mode::Check,
    }
}

fn look(sink: &Sink, color: Color) -> Look {
    match sink {
        Sink::Stdout => Look::of_stdout(color),
        Sink::Stderr => Look::of_stderr(color),
        Sink::File(..) => Look::of_file(color),
    }
}

struct Check<'c> {
    args: &'c CheckArgs,
    here: &'c Here,
    settings: &'c Settings,
    mode: Mode,
    /// Where the reports go, in their order.
    sinks: Vec<Sink>,
    reporters: Vec<Reporter<'c>>,
    baseline: Option<Baseline>,
    changed: Option<Changed>,
    color: Color,
}

impl Check<'_> {
    fn files(&self) -> Result<Status, Failure> {
        let current = [PathBuf::from(".")];
        let paths = if self.args.paths.is_empty() { &current[..] } else { &self.args.paths };
        let mut found = discover(paths, &self.settings.excludes, self.args.force_exclude, self.here);
        let nested = Nested::read(self.args, self.here, self.settings, &mut found)?;
        self.say_by_what(&nested);
        let folders = std::mem::take(&mut found.folders);
        let disk = Disk::new(self.here, &found.targets).with_folders(folders);
        let shellcheck = self.settings.shellcheck.as_deref().map(Shellcheck::new);
        let run = self.run(&disk, &nested, shellcheck.as_ref());
        run.ask_shellcheck(&found.targets);
        let outcomes = lint_all(&run, &found.targets, self.args.quiet);
        // The process ends soon, and what it has read goes with it faster than piece by piece.
        std::mem::forget(disk);
        self.say_without_shellcheck(shellcheck.as_ref());
        let none = !outcomes.iter().any(|outcome| outcome.language.is_some() || outcome.problem.is_some());
        if none && found.problems.is_empty() && !(self.args.force_exclude && found.excluded) {
            // A program that reads the report is to find one.
            if !self.reporters.iter().all(Reporter::is_for_people) {
                self.finish(found, outcomes)?;
            }
            let places: Vec<String> = paths.iter().map(|path| format!("`{}`", display(path))).collect();
            return Err(format!(
                "nothing to lint in {}: no Dockerfile or Containerfile, no Compose file (`compose.yaml`, \
                 `docker-compose.yml`, ...) and no `daemon.json` that is not ignored; a file of another name is linted \
                 if you name it",
                places.join(", ")
            )
            .into());
        }
        self.finish(found, outcomes)
    }

    fn stdin(&self) -> Result<Status, Failure> {
        self.say_by_what(&Nested::default());
        let path = self.args.stdin_filename.as_deref().unwrap_or(Path::new(STDIN));
        let absolute = self.here.absolute(path);
        let shown = self.here.shown(path, &absolute);
        let mut found = Found::default();
        let bytes = match read::stdin_source() {
            Ok(bytes) => bytes,
            Err(message) => {
                found.problems.push(Note { path: shown, message });
                return self.finish(found, Vec::new());
            }
        };
        if self.args.force_exclude && self.settings.excludes.contains(&absolute, false) {
            if matches!(self.mode, Mode::Fix(_)) {
                print(&Sink::Stdout, [bytes.as_slice()])?;
            }
            found.skipped.push(Note { path: shown, message: "is excluded by the configuration".to_owned() });
            return self.finish(found, Vec::new());
        }
        let disk = Disk::new(self.here, &[]);
        let backup = matches!(self.mode, Mode::Fix(_)).then(|| bytes.clone());
        let shellcheck = self.settings.shellcheck.as_deref().map(Shellcheck::new);
        let outcome = self.run(&disk, &Nested::default(), shellcheck.as_ref()).lint_stdin(bytes, &shown, &absolute);
        self.say_without_shellcheck(shellcheck.as_ref());
        if let Some(backup) = backup {
            // An editor replaces its buffer by what comes out, so what went in must come out at least. The text of a
            // file that is not UTF-8 is not quite the file.
            let text = outcome.text.as_deref().filter(|_| outcome.fixed > 0);
            print(&Sink::Stdout, [text.map_or(backup.as_slice(), str::as_bytes)])?;
        }
        self.finish(found, vec![outcome])
    }

    /// One note for each configuration file of another linter that holds.
    fn say_by_what(&self, nested: &Nested) {
        if self.args.quiet {
            return;
        }
        let all = std::iter::once(self.settings).chain(nested.all());
        let sources: BTreeMap<&str, &Source> =
            all.flat_map(|settings| &settings.chain.sources).map(|source| (source.name.as_str(), source)).collect();
        for (name, source) in sources {
            let Some((_, notes)) = &source.foreign else { continue };
            if let Some(unread) = &source.unread {
                let text = format!("`{name}:{}` {}; `--no-compat` passes over it", unread.line, unread.message);
                note(self.color, &text);
                continue;
            }
            let lost = notes.len();
            let lost = match lost {
                0 => String::new(),
                1 => ", but for 1 setting that has no equal".to_owned(),
                lost => format!(", but for {lost} settings that have no equal"),
            };
            note(
                self.color,
                &format!(
                    "`{name}` holds{lost}, since there is no dlint.toml: `dlint init --from {name}` converts it, and with \
                     `--no-compat` it is passed over"
                ),
            );
        }
    }

    /// One note if ShellCheck was asked for and could not be run. The findings of dlint's own rules are there all the same.
    fn say_without_shellcheck(&self, shellcheck: Option<&Shellcheck>) {
        if let Some(failure) = shellcheck.and_then(Shellcheck::failure) {
            note(self.color, &format!("without ShellCheck: {failure}"));
        }
    }

    fn run<'r>(&'r self, disk: &'r Disk<'r>, nested: &'r Nested, shellcheck: Option<&'r Shellcheck>) -> Run<'r> {
        Run {
            settings: self.settings,
            nested,
            here: self.here,
            disk,
            reporters: &self.reporters,
            look: self.reporters.first().map_or_else(|| Look::of_stdout(self.color), |reporter| reporter.look),
            mode: self.mode,
            language: self.args.language,
            shellcheck,
            baseline: self.baseline.as_ref(),
            changed: self.changed.as_ref(),
            collect: self.args.write_baseline,
        }
    }

    /// Reports what was found, in the order of the files.
    fn finish(&self, found: Found, outcomes: Vec<Outcome>) -> Result<Status, Failure> {
        let mut summary = Summary::new(found.skipped, found.problems);
        std::mem::forget(found.targets);
        let mut rendered: Vec<Vec<Rendered>> =
            self.reporters.iter().map(|_| Vec::with_capacity(outcomes.len())).collect();
        let mut diffs = Vec::new();
        let (mut stale, mut entries) = (0, Vec::new());
        for outcome in outcomes {
            if let Some(language) = outcome.language {
                summary.add(language, &outcome.counts, outcome.fixed);
            }
            summary.problems.extend(outcome.problem);
            stale += outcome.stale;
            entries.extend(outcome.entries);
            for (report, piece) in rendered.iter_mut().zip(outcome.rendered) {
                report.push(piece);
            }
            diffs.extend(outcome.text.filter(|_| matches!(self.mode, Mode::Diff(_))));
        }
        summary.problems.sort();
        for Note { path, message } in &summary.problems {
            complain(self.color, &format!("`{}` {message}", displayed(path)));
        }
        if matches!(self.mode, Mode::Diff(_)) {
            let sink = self.sinks.first().unwrap_or(&Sink::Stdout);
            print(sink, diffs.iter().map(|diff| diff.as_bytes()))?;
            self.say_what_would_be_fixed(&summary)?;
        } else {
            self.report(rendered, &summary)?;
        }
        self.settle_baseline(stale, entries)?;
        Ok(self.status(&summary))
    }

    /// Writes the reports; for each of them the pieces are given, in the order of the files.
    fn report(&self, rendered: Vec<Vec<Rendered>>, summary: &Summary) -> Result<(), String> {
        let mut failures = Vec::new();
        for ((reporter, sink), rendered) in self.reporters.iter().zip(&self.sinks).zip(rendered) {
            let mut pieces = reporter.assemble(rendered, summary);
            if reporter.is_for_people() && !self.args.quiet && summary.fixed > 0 {
                pieces.push((summary.fixed_line(false) + "\n").into_bytes());
            }
            // One that cannot be written does not keep the others from their places.
            failures.extend(print(sink, pieces.iter().map(Vec::as_slice)).err());
            // As with what was read: the process ends soon.
            std::mem::forget(pieces);
        }
        if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
    }

    /// Writes the baseline, or says what of it is out of date.
    fn settle_baseline(&self, stale: usize, entries: Vec<(String, BTreeSet<String>)>) -> Result<(), String> {
        let Some(path) = &self.args.baseline else { return Ok(()) };
        let name = display(path);
        if self.args.write_baseline {
            let mut baseline = Baseline::of(entries.into_iter());
            // With one that cannot be read nothing is kept: it is replaced by one that can.
            if let Ok(older) = Baseline::read(path) {
                let current = [PathBuf::from(".")];
                let paths = if self.args.paths.is_empty() { &current[..] } else { &self.args.paths };
                let looked_at: Vec<PathBuf> = paths.iter().map(|path| self.here.absolute(path)).collect();
                baseline.keep(older, &looked_at, self.here);
            }
            baseline.write(path)?;
            note(self.color, &format!("`{name}` has {} now", counted(baseline.len(), "finding")));
            return Ok(());
        }
        let stale = stale + self.baseline.as_ref().map_or(0, |baseline| baseline.gone(self.here));
        if stale > 0 {
            let entries = if stale == 1 { "1 entry".to_owned() } else { format!("{stale} entries") };
            note(self.color, &format!("{entries} of `{name}` found no more; `--write-baseline` takes them out"));
        }
        Ok(())
    }

    fn say_what_would_be_fixed(&self, summary: &Summary) -> Result<(), String> {
        if self.args.quiet {
            return Ok(());
        }
        let left = match summary.counts.total() {
            0 => String::new(),
            left => format!("; {} would be left", counted(left, "finding")),
        };
        print(&Sink::Stderr, [format!("{}{left}\n", summary.fixed_line(true)).as_bytes()])
    }

    fn status(&self, summary: &Summary) -> Status {
        if !summary.problems.is_empty() {
            return Status::Error;
        }
        if self.args.write_baseline {
            return Status::Clean;
        }
        let would_change = matches!(self.mode, Mode::Diff(_)) && summary.fixed > 0;
        if !self.args.exit_zero && (would_change || summary.counts.reaches(self.settings.fail_on)) {
            Status::Findings
        } else {
            Status::Clean
        }
    }
}

/// Lints files; the outcomes are in the order of the files.
fn lint_all(run: &Run<'_>, targets: &[Target], quiet: bool) -> Vec<Outcome> {
    if targets.len() < PARALLEL {
        return progress::watch(targets.len(), quiet, |done| {
            let mut outcomes: Vec<Option<Outcome>> = targets.iter().map(|_| None).collect();
            for group in groups(run, targets) {
                for index in group {
                    outcomes[index] = Some(run.lint(&targets[index]));
                    done.fetch_add(1, Ordering::Relaxed);
                }
            }
            outcomes.into_iter().map(Option::unwrap_or_default).collect()
        });
    }
    threads::start();
    progress::watch(targets.len(), quiet, |done| {
        let mut outcomes: Vec<(usize, Outcome)> = Vec::with_capacity(targets.len());
        for group in groups(run, targets) {
            outcomes.par_extend(group.into_par_iter().map(|index| {
                let outcome = run.lint(&targets[index]);
                done.fetch_add(1, Ordering::Relaxed);
                (index, outcome)
            }));
        }
        outcomes.sort_unstable_by_key(|&(index, _)| index);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    })
}

/// The files in two groups, one to be linted after the other. Compose files are judged by the Dockerfiles that they
/// build. Linted first, they leave these parsed behind; but where files are fixed, they have to see them fixed.
fn groups(run: &Run<'_>, targets: &[Target]) -> [Vec<usize>; 2] {
    let is_dockerfile = |index: &usize| targets[*index].language == Some(Language::Dockerfile);
    let (dockerfiles, others) = (0..targets.len()).partition(is_dockerfile);
    if run.mode == Mode::Check { [others, dockerfiles] } else { [dockerfiles, others] }
}
