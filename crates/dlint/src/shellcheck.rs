//! Running ShellCheck, which only whoever runs dlint can ask for: a repository must not start a program.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use dlint_linter::shellcheck::{EXCLUDED, Finding, ShellScript, diagnostics, merge, scripts};
use dlint_linter::suppress::split;
use dlint_linter::{Checked, Config, Document};
use dlint_syntax::hash::{HashMap, HashSet, HashSetExt};
use serde::Deserialize;

/// How many scripts one call is given: the command line of a program has a limit.
const MOST: usize = 2000;

/// How long a call may take. What takes longer hangs, or the scripts were made for it to hang.
const PATIENCE: Duration = Duration::from_secs(300);

/// ShellCheck, and what it has said so far.
#[derive(Debug)]
pub(crate) struct Shellcheck {
    program: PathBuf,
    /// What it said of a document, by the document's text: for each of its scripts.
    said: Mutex<HashMap<Arc<str>, Vec<Vec<Finding>>>>,
    /// Why it cannot be run.
    failure: OnceLock<String>,
}

/// The format `json1` of ShellCheck.
#[derive(Deserialize)]
struct Output {
    comments: Vec<Comment>,
}

#[derive(Deserialize)]
struct Comment {
    file: String,
    #[serde(flatten)]
    finding: Finding,
}

impl Shellcheck {
    /// For a program that is named by a path, or looked for by its name.
    pub(crate) fn new(program: &Path) -> Self {
        Self { program: program.to_owned(), said: Mutex::default(), failure: OnceLock::new() }
    }

    /// Has the scripts of all these documents checked, in one go.
    pub(crate) fn prepare<'d>(&self, documents: impl Iterator<Item = &'d Arc<Document>>) {
        let mut texts: Vec<(Arc<str>, Vec<ShellScript>)> = Vec::new();
        let mut seen = HashSet::new();
        for document in documents {
            if seen.insert(Arc::clone(document.text())) {
                texts.push((Arc::clone(document.text()), scripts(document)));
            }
        }
        let all: Vec<&ShellScript> = texts.iter().flat_map(|(_, scripts)| scripts).collect();
        match self.ask(&all) {
            Ok(mut findings) => {
                let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
                for (text, scripts) in texts {
                    let rest = findings.split_off(scripts.len());
                    said.insert(text, std::mem::replace(&mut findings, rest));
                }
            }
            // The first failure is as good as any.
            Err(message) => drop(self.failure.set(message)),
        }
    }

    /// Why it could not be run, if it could not.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }

    /// Adds what it says of a document to the findings of the rules.
    pub(crate) fn add(&self, document: &Arc<Document>, config: &Config, mut found: Checked) -> Checked {
        if document.dockerfile().is_none() || self.failure().is_some() {
            return found;
        }
        let known = || self.said.lock().unwrap_or_else(PoisonError::into_inner).get(document.text()).cloned();
        let said = known().or_else(|| {
            // A fix has changed it.
            self.prepare([document].into_iter());
            known()
        });
        let Some(said) = said else { return found };
        let scripts = scripts(document);
        let external =
            scripts.iter().zip(&said).flat_map(|(script, findings)| diagnostics(document, config, script, findings));
        let (kept, suppressed) = split(document, config, external.collect());
        found.diagnostics = merge(found.diagnostics, kept);
        found.suppressed.extend(suppressed);
        found
    }

    /// Its findings for each script.
    fn ask(&self, scripts: &[&ShellScript]) -> Result<Vec<Vec<Finding>>, String> {
        let mut findings: Vec<Vec<Finding>> = scripts.iter().map(|_| Vec::new()).collect();
        for (chunk, results) in scripts.chunks(MOST).zip(findings.chunks_mut(MOST)) {
            let folder =
                tempfile::tempdir().map_err(|error| format!("no folder for the scripts could be made: {error}"))?;
            for (number, script) in chunk.iter().enumerate() {
                fs::write(folder.path().join(number.to_string()), &script.text)
                    .map_err(|error| format!("the scripts could not be written: {error}"))?;
            }
            for Comment { file, finding } in self.run(folder.path(), chunk.len())?.comments {
                let result = file
                    .rsplit(['/', '\\'])
                    .next()
                    .and_then(|name| name.parse().ok())
                    .and_then(|number: usize| results.get_mut(number));
                if let Some(result) = result {
                    result.push(finding);
                }
            }
        }
        Ok(findings)
    }

    /// Runs it in a folder over the files `0`, `1`, … there.
    fn run(&self, folder: &Path, count: usize) -> Result<Output, String> {
        let name = self.program.display();
        let excluded: Vec<String> = EXCLUDED.iter().map(|code| format!("SC{code}")).collect();
        let mut command = Command::new(&self.program);
        command
            .current_dir(folder)
            // A `.shellcheckrc` may lie wherever somebody can write, and lead to other files.
            .args(["--norc", "--format=json1", &format!("--exclude={}", excluded.join(","))])
            .args((0..count).map(|number| number.to_string()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("`{name}` is not installed"),
            _ => format!("`{name}` cannot be run: {error}"),
        })?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (stdout, stderr) = (thread::spawn(move || all(stdout)), thread::spawn(move || all(stderr)));
        let start = Instant::now();
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(5)),
                Ok(None) => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(format!("`{name}` took more than {} seconds", PATIENCE.as_secs()));
                }
                Err(error) => return Err(format!("`{name}` cannot be waited for: {error}")),
            }
        };
        let text = |thread: thread::JoinHandle<Vec<u8>>| {
            String::from_utf8_lossy(&thread.join().unwrap_or_default()).into_owned()
        };
        let (stdout, stderr) = (text(stdout), text(stderr));
        // 0: nothing, 1: findings, 2: some file could not be read. Anything else is about the call.
        serde_json::from_str(&stdout).map_err(|_| {
            let said = stderr.lines().chain(stdout.lines()).find(|line| !line.trim().is_empty());
            let said =
                said.map_or_else(|| format!("it ended with {status}"), |line| format!("it says: {}", line.trim()));
            format!("`{name}` gives no report that dlint can read, as version 0.7 and later do; {said}")
        })
    }
}

fn all(stream: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        // What could be read is what there is.
        let _ = stream.read_to_end(&mut bytes);
    }
    bytes
}
