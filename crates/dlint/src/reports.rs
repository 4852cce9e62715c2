//! Where the reports of a run go.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::args::{CheckArgs, Output, OutputFormat};
use crate::content;
use crate::lint::Mode;
use crate::paths::{Here, display};
use crate::settings::NAMES;
use crate::write::Sink;

/// Why there is no report.
const TWICE: &str =
    "two reports cannot both go to standard output; give one of them a file, as in `--output sarif=dlint.sarif`";

/// The reports that are wanted, each with where it goes. Files are opened, so that they are known to be writable before the work is done.
pub(crate) fn reports(
    args: &CheckArgs,
    is_stdin: bool,
    mode: Mode,
    here: &Here,
) -> Result<Vec<(OutputFormat, Sink)>, String> {
    // Standard output is for the fixed text, when standard input is fixed.
    let standard = || if is_stdin && matches!(mode, Mode::Fix(_)) { Sink::Stderr } else { Sink::Stdout };
    let is_standard = |path: &Path| path.as_os_str() == "-";
    let on_standard = args.output.iter().filter(|output| is_standard(&output.path)).count();
    let mut files = Files { read: read_files(args, here), written: Vec::new(), here };
    let mut reports = Vec::new();
    // The usual report gives way to one that was asked for.
    if on_standard == 0 || args.output_format.is_some() || args.output_file.is_some() {
        let sink = match &args.output_file {
            Some(path) => files.create("--output-file", path)?,
            None if on_standard > 0 => return Err(TWICE.to_owned()),
            None => standard(),
        };
        reports.push((args.output_format.unwrap_or_default(), sink));
    }
    if on_standard > 1 {
        return Err(TWICE.to_owned());
    }
    for Output { format, path } in &args.output {
        reports.push((*format, if is_standard(path) { standard() } else { files.create("--output", path)? }));
    }
    // GitHub shows at most ten annotations of a kind; the rest is in the summary of the job.
    if reports.iter().any(|(format, _)| *format == OutputFormat::Github)
        && let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty())
        && let Ok(file) = File::options().append(true).create(true).open(&path)
    {
        reports.push((OutputFormat::Markdown, Sink::File(file, display(Path::new(&path)))));
    }
    Ok(reports)
}

/// What a run reads beside what it finds.
fn read_files(args: &CheckArgs, here: &Here) -> Vec<PathBuf> {
    let given = args.paths.iter().chain(&args.baseline).chain(&args.changed_lines).chain(&args.config);
    given.map(|path| here.absolute(path)).collect()
}

/// Whether a path is a file that dlint lints or goes by, and that no report is to overwrite.
pub(crate) fn is_source(path: &Path) -> bool {
    let is_configuration = || NAMES.iter().any(|name| path.file_name().is_some_and(|it| it == *name));
    path.is_file() && (content::by_name(path).is_some() || is_configuration())
}

struct Files<'h> {
    /// What is read, by absolute paths.
    read: Vec<PathBuf>,
    /// What was opened for reports, by where it really lies.
    written: Vec<PathBuf>,
    here: &'h Here,
}

impl Files<'_> {
    fn create(&mut self, flag: &str, path: &Path) -> Result<Sink, String> {
        let name = display(path);
        if is_source(path) || path.is_file() && self.read.contains(&self.here.absolute(path)) {
            return Err(format!("{flag}: `{name}` is read by dlint, and a report would overwrite it"));
        }
        let file = File::create(path).map_err(|error| format!("{flag}: `{name}` cannot be written: {error}"))?;
        // A device takes any number of reports.
        if file.metadata().is_ok_and(|metadata| metadata.is_file())
            && let Ok(real) = fs::canonicalize(path)
        {
            if self.written.contains(&real) {
                return Err(format!("{flag}: `{name}` cannot take two reports; give each a file of its own"));
            }
            self.written.push(real);
        }
        Ok(Sink::File(file, name))
    }
}
