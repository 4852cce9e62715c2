//! Helpers of the tests of the program: a project in a temporary folder, and dlint run in it.
#![allow(dead_code, reason = "not every test needs every helper")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder of its own, with `.git` so that it is a project.
pub(crate) struct Project {
    dir: TempDir,
}

/// What dlint said.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(".git")).unwrap();
        Self { dir }
    }

    /// With files: pairs of path and content.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let project = Self::new();
        for (path, content) in files {
            project.write(path, content);
        }
        project
    }

    pub(crate) fn write(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// A path in the project, free of links.
    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(path)
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dlint"));
        command.current_dir(self.dir.path()).args(args).stdin(Stdio::null());
        for name in [
            "NO_COLOR",
            "FORCE_COLOR",
            "CLICOLOR_FORCE",
            "COLUMNS",
            "GITHUB_WORKSPACE",
            "GITHUB_STEP_SUMMARY",
            "LANG",
            "LC_ALL",
        ] {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("DLINT_")) {
            command.env_remove(name);
        }
        // The account that runs the tests may have a configuration.
        let own = self.dir.path().join("own");
        command.env("XDG_CONFIG_HOME", &own).env("APPDATA", &own);
        command
    }

    pub(crate) fn dlint(&self, args: &[&str]) -> Said {
        Said::of(&mut self.command(args))
    }

    /// With text on standard input.
    pub(crate) fn dlint_with(&self, args: &[&str], input: impl AsRef<[u8]>) -> Said {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // That it does not read all of its input is its own matter.
        let _ = child.stdin.take().unwrap().write_all(input.as_ref());
        Said::new(child.wait_with_output().unwrap())
    }

    /// The report as JSON.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let said = self.dlint(&[args, &["--output-format", "json"]].concat());
        serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", said.stdout, said.stderr))
    }
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::new(command.output().unwrap())
    }

    fn new(output: std::process::Output) -> Self {
        Self {
            status: output.status.code().expect("not ended by a signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Checks the status, and shows what was said if it is another.
    #[track_caller]
    pub(crate) fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Checks that standard error has a text.
    #[track_caller]
    pub(crate) fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{text:?} is not in stderr:\n{}\nstdout:\n{}", self.stderr, self.stdout);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }
}

/// A Dockerfile with one finding, an error: `unknown-instruction`.
pub(crate) const BROKEN: &str =
    "FROM alpine:3.20@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5\nRUNN true\n";

/// A Dockerfile that the rules named in [`FEW`] find nothing in.
pub(crate) const CLEAN: &str = "FROM alpine:3.20\nUSER app\n";

/// Arguments that switch on few rules, so that a test does not depend on what all of them find. Rules of category
/// `syntax` are always on.
pub(crate) const FEW: [&str; 2] = ["--select", "untagged-image,floating-tag"];

/// [`FEW`] and more arguments.
pub(crate) fn few<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [&FEW[..], args].concat()
}
