//! The command line: bad input. Each kind has its message, and none hides the findings in other files.
#![allow(clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::process::Stdio;

use support::{CLEAN, Project, few};

const UNTAGGED: &str = "FROM alpine\n";

#[test]
fn a_path_that_does_not_exist() {
    let project = Project::with(&[("Dockerfile", UNTAGGED)]);
    let said = project.dlint(&few(&["Dockerfile", "gone", "--output-format", "concise"])).ends_with(2);
    assert!(said.stdout.contains("untagged-image"), "the other file is linted all the same: {}", said.stdout);
    said.complains("error: `gone` does not exist\n");
    project.dlint(&["Dokcerfile"]).ends_with(2).complains("does not exist; did you mean `Dockerfile`?");
    project.dlint(&["chekc"]).ends_with(2).complains("did you mean the command `dlint check`?");
    project.dlint(&["--fix", "check"]).ends_with(2).complains("its name comes before all options");
}

#[test]
fn a_folder_without_anything_to_lint() {
    let project = Project::with(&[("src/main.rs", ""), ("Dockerfile.j2", ""), ("values.yaml", "")]);
    let said = project.dlint(&[]).ends_with(2).complains("nothing to lint in `.`: no Dockerfile or Containerfile");
    assert_eq!(said.stdout, "");
    let said = project.dlint(&["src", "--output-format", "json"]).ends_with(2).complains("nothing to lint in `src`");
    assert!(said.stdout.starts_with(r#"{"version":1,"diagnostics":[],"files":0,"#), "{}", said.stdout);
}

#[test]
fn a_binary_file() {
    let project = Project::with(&[("a/Dockerfile", UNTAGGED)]);
    project.write("b/Dockerfile", b"\x7fELF\x02\x01\0\0\0");
    let said = project.dlint(&few(&["--output-format", "concise"])).ends_with(2);
    assert!(said.stdout.starts_with("a/Dockerfile:1:6"), "{}", said.stdout);
    said.complains("error: `b/Dockerfile` is a binary file\n");
}

#[test]
fn utf16() {
    let project = Project::new();
    project.write("Dockerfile", b"\xff\xfeF\0R\0O\0M\0");
    project.dlint(&[]).ends_with(2).complains("`Dockerfile` is UTF-16, which Docker does not read; save it as UTF-8");
}

#[test]
fn compose_files_and_daemon_json_may_be_utf16() {
    let utf16 =
        |text: &str| -> Vec<u8> { format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let project = Project::new();
    let bytes = utf16("# é😀\nversion: '3'\nservices:\n  web:\n    image: nginx:1\n    user: 5\n");
    project.write("compose.yaml", &bytes);
    project.write("daemon.json", utf16("{\"debug\": 1}"));
    let said = project.dlint(&few(&["--output-format", "concise"])).ends_with(1);
    assert!(said.stdout.contains("compose.yaml:6:11: error[wrong-type]"), "{}", said.stdout);
    assert!(said.stdout.contains("daemon.json:1:11: error[wrong-type]"), "{}", said.stdout);
    // The fix would write another encoding.
    let said = project.dlint(&["--fix", "compose.yaml"]).ends_with(2);
    said.complains(
        "`compose.yaml` is UTF-16, which dlint reads and does not write, so it is not fixed; save it as UTF-8",
    );
    assert_eq!(std::fs::read(project.path("compose.yaml")).unwrap(), bytes);
    let said = project.dlint_with(&["--language", "compose", "--output-format", "concise", "-"], &bytes).ends_with(1);
    assert!(said.stdout.contains("<stdin>:6:11: error[wrong-type]"), "{}", said.stdout);
}

#[test]
fn invalid_utf8_is_a_finding() {
    let project = Project::new();
    project.write("Dockerfile", b"# caf\xe9\nFROM alpine\n");
    let said = project.dlint(&few(&["--output-format", "concise"])).ends_with(1);
    assert!(said.stdout.starts_with("Dockerfile:2:6: warning[untagged-image]"), "{}", said.stdout);
    let said = project.dlint(&["--select", "invalid-encoding", "--output-format", "concise"]).ends_with(1);
    assert!(said.stdout.starts_with("Dockerfile:1:6: warning[invalid-encoding]"), "{}", said.stdout);
}

#[test]
fn an_empty_file() {
    let project = Project::with(&[("Dockerfile", ""), ("compose.yaml", ""), ("daemon.json", "")]);
    let report = project.json(&few(&[]));
    assert_eq!(report["files"], 3);
    assert_eq!(report["summary"]["errors"], serde_json::json!([]));
    let rules: Vec<_> = report["diagnostics"].as_array().unwrap().iter().map(|it| (&it["path"], &it["rule"])).collect();
    assert_eq!(rules[0], (&"Dockerfile".into(), &"missing-from".into()));
    let text = project.dlint(&few(&["Dockerfile"])).ends_with(1).stdout;
    assert!(text.contains("Dockerfile:1:1"), "{text}");
}

#[test]
fn a_line_of_ten_megabytes_is_cut() {
    let project = Project::new();
    let line = "x".repeat(5_000_000);
    project.write("Dockerfile", format!("FROM alpine:3.20\nRUNN {line}\u{e9}{line}\n"));
    for format in ["text", "concise", "json", "github"] {
        let said = project.dlint(&few(&["--output-format", format])).ends_with(1);
        assert!(said.stdout.contains("line-too-long"), "{format}");
        assert!(said.stdout.len() < 4000, "{format}: {} bytes", said.stdout.len());
    }
    let said = project.dlint(&few(&[])).ends_with(1);
    assert!(said.stdout.lines().all(|line| line.chars().count() <= 120), "{}", said.stdout);
    assert!(said.stdout.contains("RUNN xxx"), "{}", said.stdout);
}

#[test]
fn a_file_that_is_too_large() {
    let project = Project::new();
    project.write("Dockerfile", "");
    std::fs::File::options()
        .write(true)
        .open(project.path("Dockerfile"))
        .unwrap()
        .set_len(50 * 1024 * 1024 + 1)
        .unwrap();
    project.dlint(&[]).ends_with(2).complains("`Dockerfile` is larger than 50 MiB");
}

#[test]
fn a_folder_that_is_called_like_a_file() {
    let project = Project::with(&[("Dockerfile/Dockerfile", UNTAGGED), ("compose.yaml/notes.txt", "")]);
    let said = project.dlint(&few(&["--output-format", "concise"])).ends_with(1);
    assert!(said.stdout.starts_with("Dockerfile/Dockerfile:1:6"), "{}", said.stdout);
    assert_eq!(said.stderr, "");
}

#[test]
fn a_file_whose_language_cannot_be_told() {
    let project = Project::with(&[("notes", "hello\n"), ("stage", UNTAGGED)]);
    project
        .dlint(&["notes"])
        .ends_with(2)
        .complains("`notes` is in a language that cannot be told; name it with `--language`");
    let said = project.dlint(&few(&["notes", "--language", "dockerfile"])).ends_with(1);
    assert!(said.stdout.contains("`hello` is not an instruction"), "{}", said.stdout);
    let said = project.dlint(&few(&["stage"])).ends_with(1);
    assert!(said.stdout.contains("untagged-image"), "{}", said.stdout);
}

#[test]
fn unknown_names_get_suggestions() {
    let project = Project::with(&[("Dockerfile", CLEAN)]);
    project
        .dlint(&["--select", "floating-tga"])
        .ends_with(2)
        .complains("--select: `floating-tga` is no rule, alias or category; did you mean `floating-tag`?");
    project.dlint(&["--ignore", "zzzzzz"]).ends_with(2).complains("--ignore: `zzzzzz` is no rule");
    project.dlint(&["--output-fromat", "json"]).ends_with(2).complains("--output-format");
    project.dlint(&["--output-format", "jsno"]).ends_with(2).complains("json");
    project.dlint(&["--fail-on", "warn"]).ends_with(2).complains("'warning'");
}

#[test]
fn standard_input_that_cannot_be_linted() {
    let project = Project::with(&[("sub/Dockerfile", CLEAN)]);
    project.dlint_with(&["-"], "hello\n").ends_with(2).complains("`<stdin>` is in a language that cannot be told");
    project.dlint_with(&["-"], "").ends_with(2).complains("`--language`");
    project
        .dlint_with(&["-", "--stdin-filename", "sub"], CLEAN)
        .ends_with(2)
        .complains("--stdin-filename: `sub` is a folder");
    project.dlint(&["sub", "--stdin-filename", "x"]).ends_with(2).complains("--stdin-filename goes with the path `-`");
    project.dlint(&["-", "sub"]).ends_with(2).complains("goes with no other path");
    project
        .dlint_with(&["-", "--stdin-filename", "Dockerfile"], "FROM a\0\n")
        .ends_with(2)
        .complains("is a binary file");
}

#[test]
fn an_output_file_that_cannot_be_written() {
    let project = Project::with(&[("Dockerfile", CLEAN)]);
    project
        .dlint(&["--output-file", "gone/report.json"])
        .ends_with(2)
        .complains("--output-file: `gone/report.json` cannot be written");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let project = Project::new();
    for (args, status) in [
        (few(&["-", "--stdin-filename", "Dockerfile"]), 1),
        (few(&["-", "--language", "dockerfile", "--output-format", "json", "--exit-zero"]), 0),
    ] {
        let mut command = project.command(&args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Nothing is written before all of the input is read, so the pipe is closed in time.
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all("FROM alpine\n".repeat(10_000).as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(status));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::UNTAGGED;
    use super::support::{Project, Said, few};

    #[test]
    fn a_named_pipe_is_never_opened() {
        let project = Project::with(&[("a/Dockerfile", UNTAGGED)]);
        assert!(Command::new("mkfifo").arg(project.path("Dockerfile")).status().unwrap().success());
        project
            .dlint(&["Dockerfile"])
            .ends_with(2)
            .complains("`Dockerfile` is a named pipe, not a file; pipe into `dlint -`");
        let said = project.dlint(&few(&["--output-format", "concise"])).ends_with(1);
        assert!(said.stdout.starts_with("a/Dockerfile:1:6"), "{}", said.stdout);
        assert!(said.stdout.contains("Skipped `Dockerfile`, which is a named pipe"), "{}", said.stdout);
    }

    #[test]
    fn sockets_and_devices() {
        let project = Project::new();
        let _socket = UnixListener::bind(project.path("compose.yaml")).unwrap();
        project.dlint(&["compose.yaml"]).ends_with(2).complains("`compose.yaml` is a socket, not a file");
        project.dlint(&["/dev/null"]).ends_with(2).complains("`/dev/null` is a device, not a file");
    }

    #[test]
    fn links_to_nothing_and_to_themselves() {
        let project = Project::with(&[("a/Dockerfile", UNTAGGED)]);
        symlink("gone", project.path("Dockerfile")).unwrap();
        symlink("two.Dockerfile", project.path("one.Dockerfile")).unwrap();
        symlink("one.Dockerfile", project.path("two.Dockerfile")).unwrap();
        project.dlint(&["Dockerfile"]).ends_with(2).complains("`Dockerfile` is a link to `gone`, which does not exist");
        project
            .dlint(&["one.Dockerfile"])
            .ends_with(2)
            .complains("`one.Dockerfile` is a link that leads back to itself");
        let said = project.dlint(&few(&["--output-format", "concise"])).ends_with(1);
        assert!(said.stdout.starts_with("a/Dockerfile:1:6"), "{}", said.stdout);
        assert!(said.stdout.contains("Skipped `Dockerfile`, which is a link to `gone`"), "{}", said.stdout);
    }

    #[test]
    fn a_path_that_is_not_utf8() {
        let project = Project::new();
        project.write(OsStr::from_bytes(b"d\xff/Dockerfile.\xfe"), UNTAGGED);
        for args in [few(&["--output-format", "concise"]), few(&["--output-format", "concise", "."])] {
            let said = project.dlint(&args).ends_with(1);
            assert!(said.stdout.starts_with("d\u{fffd}/Dockerfile.\u{fffd}:1:6: warning"), "{}", said.stdout);
        }
        let mut command = project.command(&few(&["--output-format", "json"]));
        let said = Said::of(command.arg(OsStr::from_bytes(b"d\xff/Dockerfile.\xfe"))).ends_with(1);
        assert!(said.stdout.contains("\"path\":\"d\u{fffd}/Dockerfile.\u{fffd}\""), "{}", said.stdout);
    }

    #[test]
    fn a_file_that_may_not_be_read() {
        let project = Project::with(&[("a/Dockerfile", UNTAGGED), ("b/Dockerfile", UNTAGGED)]);
        fs::set_permissions(project.path("b/Dockerfile"), fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(project.path("b/Dockerfile")).is_ok() {
            // The superuser may read everything.
            return;
        }
        let said = project.dlint(&few(&["--output-format", "concise"])).ends_with(2);
        assert!(said.stdout.starts_with("a/Dockerfile:1:6"), "{}", said.stdout);
        said.complains("`b/Dockerfile` may not be read: permission denied");
    }

    /// A file that nobody can read from its start, the superuser included.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_cannot_be_read() {
        let project = Project::with(&[("Dockerfile", UNTAGGED)]);
        let args = few(&["Dockerfile", "/proc/self/mem", "--language", "dockerfile", "--output-format", "concise"]);
        let said = project.dlint(&args).ends_with(2);
        assert!(said.stdout.starts_with("Dockerfile:1:6"), "{}", said.stdout);
        said.complains("cannot be read: ");
    }

    #[test]
    fn nothing_from_a_file_steers_the_terminal() {
        let project = Project::new();
        project.write("x\u{1b}[2J/Dockerfile", "FROM a:latest\nRUNN\u{1b}[31m \u{202e}x\n");
        for format in ["text", "concise", "github"] {
            let said = project.dlint(&few(&["--output-format", format])).ends_with(1);
            assert!(said.stdout.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{:?}", said.stdout);
        }
    }
}
