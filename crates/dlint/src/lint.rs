//! Linting one file.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use dlint_linter::fix::{Fixed, apply, fix_chosen, fix_document};
use dlint_linter::{Checked, Config, Document, Language, Safety, check_all};

use crate::baseline::{Baseline, Known, entries};
use crate::changed::{Changed, Lines};
use crate::content;
use crate::diff;
use crate::discover::{Note, Target};
use crate::files::Disk;
use crate::nested::Nested;
use crate::output::{Findings, Rendered, Reporter};
use crate::paths::Here;
use crate::read;
use crate::settings::Settings;
use crate::shellcheck::Shellcheck;
use crate::summary::Counts;
use crate::terminal::Look;
use crate::write;

/// What is done beside reporting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Nothing.
    Check,
    /// Fixes up to the given safety are applied.
    Fix(Safety),
    /// What they would change is shown.
    Diff(Safety),
}

/// All that linting a file needs.
#[derive(Debug)]
pub(crate) struct Run<'r> {
    pub(crate) settings: &'r Settings,
    /// What holds in folders that have settings of their own.
    pub(crate) nested: &'r Nested,
    pub(crate) here: &'r Here,
    pub(crate) disk: &'r Disk<'r>,
    /// A report each; the first is the one that people see.
    pub(crate) reporters: &'r [Reporter<'r>],
    /// How a diff is drawn.
    pub(crate) look: Look,
    pub(crate) mode: Mode,
    /// The language of files that somebody named and whose name does not tell.
    pub(crate) language: Option<Language>,
    /// ShellCheck, where it is to be run.
    pub(crate) shellcheck: Option<&'r Shellcheck>,
    /// What is known already.
    pub(crate) baseline: Option<&'r Baseline>,
    /// The lines that findings are to be on.
    pub(crate) changed: Option<&'r Changed>,
    /// Whether the findings are wanted for a baseline.
    pub(crate) collect: bool,
}

/// What a file is linted by.
#[derive(Clone, Copy)]
struct Scope<'s> {
    /// The folder that it really lies in.
    folder: &'s Path,
    config: &'s Config,
}

/// What linting a file gave.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The language, unless the file turned out not to be for dlint.
    pub(crate) language: Option<Language>,
    /// The findings that are left.
    pub(crate) counts: Counts,
    /// The same for each report.
    pub(crate) rendered: Vec<Rendered>,
    /// How many fixes were made, or would be.
    pub(crate) fixed: usize,
    /// How many entries of the baseline the file has no more.
    pub(crate) stale: usize,
    /// The entries of a baseline that the file would have.
    pub(crate) entries: Option<(String, BTreeSet<String>)>,
    /// The text after the fixes, of standard input; or the diff.
    pub(crate) text: Option<Arc<str>>,
    /// What went wrong.
    pub(crate) problem: Option<Note>,
}

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps what a panic says for the report instead of printing it.
pub(crate) fn keep_panics_quiet() {
    panic::set_hook(Box::new(|info| PANIC.set(Some(info.to_string().replace('\n', " ")))));
}

/// Runs `work` for a file. A fault of dlint costs that file, not the run.
fn guarded(path: &Path, work: impl FnOnce() -> Result<Outcome, String>) -> Outcome {
    let result = panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let fault = PANIC.take().unwrap_or_else(|| "panic".to_owned());
        Err(format!("made dlint fail, which is a fault of dlint; please report it with the file: {fault}"))
    });
    result.unwrap_or_else(|message| Outcome {
        problem: Some(Note { path: path.to_owned(), message }),
        ..Outcome::default()
    })
}

impl Run<'_> {
    /// Lints a file.
    pub(crate) fn lint(&self, target: &Target) -> Outcome {
        guarded(&target.shown, || {
            let Some(document) = self.read(target)? else { return Ok(Outcome::default()) };
            Ok(self.lint_document(&document, &target.real, Some(target)))
        })
    }

    /// Lints what came from standard input, as if it were at `path`.
    pub(crate) fn lint_stdin(&self, bytes: Vec<u8>, path: &Path, absolute: &Path) -> Outcome {
        guarded(path, || {
            let text = read::readable(&bytes);
            let language = content::of_given(path, &text, self.language).ok_or_else(|| {
                "is in a language that cannot be told; name it with `--language` or `--stdin-filename`".to_owned()
            })?;
            drop(text);
            let document = read::parse(path, bytes, language)?;
            self.disk.put_over(absolute, &document);
            let folder = absolute.parent().unwrap_or(absolute);
            let mut real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
            real.extend(absolute.file_name());
            Ok(self.lint_document(&document, &real, None))
        })
    }

    /// Reads and parses a file; `None` if it turns out not to be for dlint.
    fn read(&self, target: &Target) -> Result<Option<Arc<Document>>, String> {
        let Target { real, shown, language, given, .. } = target;
        if let Some(language) = *language {
            // Compose files may include each other, so they are kept; who asks for a Dockerfile did so before.
            if language != Language::Dockerfile {
                return self.disk.load(real, shown, language).map(Some);
            }
            if let Some(document) = self.disk.loaded(real, language) {
                return Ok(Some(document));
            }
            return read::parse(shown, read::source(real)?, language).map(Some);
        }
        let bytes = read::source(real)?;
        let text = read::readable(&bytes);
        let language = if *given {
            let language = content::of_given(shown, &text, self.language);
            Some(language.ok_or("is in a language that cannot be told; name it with `--language`")?)
        } else {
            content::of_found(shown, &text)
        };
        drop(text);
        let document = language.map(|language| read::parse(shown, bytes, language)).transpose()?;
        if let Some(document) = &document {
            self.disk.put(real, document);
        }
        Ok(document)
    }

    /// `real` is where the file really lies, `target` the file to write fixes to; without one the fixed text is handed back.
    fn lint_document(&self, document: &Arc<Document>, real: &Path, target: Option<&Target>) -> Outcome {
        let folder = real.parent().unwrap_or(real);
        let settings = self.nested.settings(Some(folder)).unwrap_or(self.settings);
        let config = settings.config_for(real, document.language());
        let scope = Scope { folder, config: &config };
        let (Mode::Fix(limit) | Mode::Diff(limit)) = self.mode else {
            return self.outcome(document, scope, self.lines(document).as_ref(), self.findings(document, scope));
        };
        if document.is_utf16() {
            return self.unfixable(document, scope, limit);
        }
        let mut lines = self.lines(document);
        let fixed = self.fix(document, scope, limit, lines.as_mut());
        self.settle(document, scope, &fixed, lines.as_ref(), target).unwrap_or_else(|message| {
            // The findings are those of the file as it still is.
            let findings = self.findings(document, scope);
            let mut outcome = self.outcome(document, scope, self.lines(document).as_ref(), findings);
            outcome.problem = Some(Note { path: document.path().to_owned(), message });
            outcome
        })
    }

    /// Findings of a document that is read and cannot be written, in a run that fixes.
    fn unfixable(&self, document: &Arc<Document>, scope: Scope<'_>, limit: Safety) -> Outcome {
        let findings = self.findings(document, scope);
        let has_fixes = !apply(document.text(), &findings.diagnostics, limit).1.is_empty();
        let mut outcome = self.outcome(document, scope, self.lines(document).as_ref(), findings);
        if has_fixes {
            let message = "is UTF-16, which dlint reads and does not write, so it is not fixed; save it as UTF-8";
            outcome.problem = Some(Note { path: document.path().to_owned(), message: message.to_owned() });
        }
        outcome
    }

    /// The lines of a document that findings are to be on, if it is to be some.
    fn lines(&self, document: &Document) -> Option<Lines> {
        self.changed.map(|changed| changed.lines(document.path(), self.here))
    }

    /// Fixes what would be reported. `lines` go with the text.
    fn fix(&self, document: &Arc<Document>, scope: Scope<'_>, limit: Safety, lines: Option<&mut Lines>) -> Fixed {
        let files = self.disk.view(scope.folder);
        if lines.is_none() && self.baseline.is_none() {
            return fix_document(document, scope.config, &files, limit);
        }
        let (mut lines, mut last) = (lines, Arc::clone(document));
        let fixed = fix_chosen(document, scope.config, &files, limit, &mut |current, checked| {
            let mut wanted = checked.clone();
            if let Some(baseline) = self.baseline {
                baseline.filter(current, scope.config, self.here, &mut wanted);
            }
            if let Some(lines) = &mut lines {
                lines.follow(last.text(), current.text());
                lines.filter(current, &mut wanted);
                last = Arc::clone(current);
            }
            wanted.diagnostics
        });
        if let Some(lines) = lines {
            lines.follow(last.text(), fixed.document.text());
        }
        fixed
    }

    /// What the rules find, and ShellCheck.
    fn findings(&self, document: &Arc<Document>, scope: Scope<'_>) -> Checked {
        let found = check_all(document, scope.config, &self.disk.view(scope.folder));
        self.with_shellcheck(document, scope, found)
    }

    fn with_shellcheck(&self, document: &Arc<Document>, scope: Scope<'_>, found: Checked) -> Checked {
        match self.shellcheck {
            Some(shellcheck) => shellcheck.add(document, scope.config, found),
            None => found,
        }
    }

    /// Has ShellCheck look at all Dockerfiles among the files, in one go. What cannot be read is found later.
    pub(crate) fn ask_shellcheck(&self, targets: &[Target]) {
        let Some(shellcheck) = self.shellcheck else { return };
        let dockerfiles = targets.iter().filter(|target| target.language.is_none_or(|it| it == Language::Dockerfile));
        let documents: Vec<Arc<Document>> = dockerfiles
            .filter_map(|target| {
                let document = self.read(target).ok().flatten()?;
                self.disk.put(&target.real, &document);
                document.dockerfile().is_some().then_some(document)
            })
            .collect();
        shellcheck.prepare(documents.iter());
    }

    /// Does with fixes what the mode says.
    fn settle(
        &self,
        document: &Document,
        scope: Scope<'_>,
        fixed: &Fixed,
        lines: Option<&Lines>,
        target: Option<&Target>,
    ) -> Result<Outcome, String> {
        let remaining = Checked { diagnostics: fixed.remaining.clone(), suppressed: fixed.suppressed.clone() };
        let remaining = self.with_shellcheck(&fixed.document, scope, remaining);
        let mut outcome = self.outcome(&fixed.document, scope, lines, remaining);
        outcome.fixed = fixed.applied.len();
        let (old, new) = (document.text(), fixed.document.text());
        match (self.mode, target) {
            (Mode::Fix(_), None) => outcome.text = Some(Arc::clone(new)),
            _ if fixed.applied.is_empty() => {}
            (Mode::Fix(_), Some(target)) => self.write(target, old, new)?,
            _ => outcome.text = Some(diff::unified(document.path(), old, new, self.look).into()),
        }
        if let Some(target) = target.filter(|_| !fixed.applied.is_empty()) {
            self.disk.put(&target.real, &fixed.document);
        }
        Ok(outcome)
    }

    /// What is told of findings; of those on `lines` where these are given.
    fn outcome(&self, document: &Document, scope: Scope<'_>, lines: Option<&Lines>, mut checked: Checked) -> Outcome {
        let entries = self.collect.then(|| entries(document, self.here, &checked));
        let mut known = Known::default();
        if let Some(baseline) = self.baseline {
            known = baseline.filter(document, scope.config, self.here, &mut checked);
        }
        if let Some(lines) = lines {
            lines.filter(document, &mut checked);
        }
        let mut counts = Counts::of(&checked);
        counts.known = known.known;
        let (language, stale) = (Some(document.language()), known.stale);
        let findings = Findings::new(document, &checked);
        let rendered = self.reporters.iter().map(|reporter| reporter.render(&findings)).collect();
        Outcome { language, counts, rendered, stale, entries, ..Outcome::default() }
    }

    fn write(&self, target: &Target, old: &str, new: &str) -> Result<(), String> {
        // A link may be followed to read what somebody named, but never to write outside the project.
        let link = self.here.absolute(&target.shown);
        let folder = link.parent().and_then(|folder| folder.canonicalize().ok());
        if target.link && !folder.is_some_and(|folder| target.real.starts_with(self.here.root(&folder))) {
            return Err("is a link out of the project, so its fixes are not written".to_owned());
        }
        write::replace(&target.real, old.as_bytes(), new.as_bytes())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    use dlint_linter::fix::Fixed;
    use dlint_linter::{Document, Language, RuleId, Safety};

    use super::{Mode, Outcome, Run, Scope, guarded, keep_panics_quiet};
    use crate::args::{CheckArgs, OutputFormat};
    use crate::discover::Target;
    use crate::files::Disk;
    use crate::nested::Nested;
    use crate::output::Reporter;
    use crate::paths::Here;
    use crate::settings::{Basis, Settings};
    use crate::terminal::Look;

    const OLD: &str = "FROM a\r\n";
    const NEW: &str = "FROM b\r\n";

    /// Fixes `shown` in `dir` as if a rule had wanted `OLD` to be `NEW`.
    fn settle(dir: &Path, shown: &str, mode: Mode, is_file: bool) -> Result<Outcome, String> {
        let here = Here::at(dir.to_owned());
        let path = dir.join(shown);
        let link = path.is_symlink();
        let real = path.canonicalize().unwrap_or(path);
        let target = Target { real, shown: shown.into(), language: None, given: true, link };
        let disk = Disk::new(&here, std::slice::from_ref(&target));
        let args = CheckArgs { no_config: true, ..CheckArgs::default() };
        let settings = Settings::of_basis(Basis::Nothing, &args, &here).unwrap();
        let nested = Nested::default();
        let look = Look { color: false, unicode: true, width: 80 };
        let config = &settings.config;
        let reporter = Reporter {
            format: OutputFormat::Concise,
            config,
            look,
            statistics: false,
            quiet: false,
            hide_suppressed: false,
        };
        let run = Run {
            settings: &settings,
            nested: &nested,
            here: &here,
            disk: &disk,
            reporters: &[reporter],
            look,
            mode,
            language: None,
            shellcheck: None,
            baseline: None,
            changed: None,
            collect: false,
        };
        let parse = |text| Document::parse(shown, text, Language::Dockerfile);
        let applied = RuleId::all().take(1).collect();
        let fixed = Fixed { document: Arc::new(parse(NEW)), remaining: Vec::new(), suppressed: Vec::new(), applied };
        let scope = Scope { folder: dir, config };
        run.settle(&parse(OLD), scope, &fixed, None, is_file.then_some(&target))
    }

    fn project() -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().canonicalize().unwrap();
        fs::create_dir_all(path.join("project/.git")).unwrap();
        fs::write(path.join("project/Dockerfile"), OLD).unwrap();
        (dir, path)
    }

    #[test]
    fn fixes_are_written() {
        let (_guard, dir) = project();
        let outcome = settle(&dir.join("project"), "Dockerfile", Mode::Fix(Safety::Safe), true).unwrap();
        assert_eq!((outcome.fixed, outcome.text), (1, None));
        assert_eq!(fs::read_to_string(dir.join("project/Dockerfile")).unwrap(), NEW);
    }

    #[test]
    fn a_diff_writes_nothing() {
        let (_guard, dir) = project();
        let outcome = settle(&dir.join("project"), "Dockerfile", Mode::Diff(Safety::Safe), true).unwrap();
        let diff = "--- Dockerfile\n+++ Dockerfile\n@@ -1 +1 @@\n-FROM a\r\n+FROM b\r\n";
        assert_eq!(outcome.text.as_deref(), Some(diff));
        assert_eq!(fs::read_to_string(dir.join("project/Dockerfile")).unwrap(), OLD);
    }

    #[test]
    fn fixed_standard_input_is_handed_back() {
        let (_guard, dir) = project();
        let outcome = settle(&dir.join("project"), "Dockerfile", Mode::Fix(Safety::Safe), false).unwrap();
        assert_eq!(outcome.text.as_deref(), Some(NEW));
        assert_eq!(fs::read_to_string(dir.join("project/Dockerfile")).unwrap(), OLD);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let (_guard, dir) = project();
        fs::write(dir.join("project/Dockerfile"), "FROM theirs\n").unwrap();
        let error = settle(&dir.join("project"), "Dockerfile", Mode::Fix(Safety::Safe), true).unwrap_err();
        assert!(error.contains("changed by somebody else"), "{error}");
        assert_eq!(fs::read_to_string(dir.join("project/Dockerfile")).unwrap(), "FROM theirs\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_written_through_only_inside_the_project() {
        use std::os::unix::fs::symlink;
        let (_guard, dir) = project();
        symlink("Dockerfile", dir.join("project/Dockerfile.link")).unwrap();
        settle(&dir.join("project"), "Dockerfile.link", Mode::Fix(Safety::Safe), true).unwrap();
        assert_eq!(fs::read_to_string(dir.join("project/Dockerfile")).unwrap(), NEW);
        assert!(dir.join("project/Dockerfile.link").is_symlink());

        fs::write(dir.join("outside"), OLD).unwrap();
        symlink("../outside", dir.join("project/Dockerfile.out")).unwrap();
        let error = settle(&dir.join("project"), "Dockerfile.out", Mode::Fix(Safety::Safe), true).unwrap_err();
        assert!(error.contains("link out of the project"), "{error}");
        assert_eq!(fs::read_to_string(dir.join("outside")).unwrap(), OLD);
    }

    #[test]
    fn a_fault_of_ours_costs_one_file() {
        keep_panics_quiet();
        let outcome = guarded(Path::new("Dockerfile"), || panic!("two\nlines"));
        let _ = std::panic::take_hook();
        let problem = outcome.problem.unwrap();
        assert_eq!(problem.path, Path::new("Dockerfile"));
        assert!(problem.message.contains("fault of dlint") && problem.message.ends_with("two lines"), "{problem:?}");
    }
}
