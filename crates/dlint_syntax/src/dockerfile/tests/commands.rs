//! Commands: shell form, exec form, `SHELL` and `HEALTHCHECK`.

use super::super::ErrorKind::*;
use super::super::*;
use super::{at, instruction, refused_in_stage, texts};

fn exec(text: &str) -> Exec {
    match instruction(text).kind {
        Kind::Cmd(Form::Exec(words)) => words,
        other => panic!("{other:?} in {text}"),
    }
}

fn is_shell(text: &str) -> bool {
    matches!(instruction(text).kind, Kind::Cmd(Form::Shell(_)))
}

#[test]
fn exec_form_is_a_json_array_of_strings() {
    let text = r#"CMD [ "a b" , "c\"\\\/\n\t\u00e9\ud83d\ude00\ud800x", "" ]"#;
    let words = exec(text);
    assert_eq!(texts(&words), ["a b", "c\"\\/\n\té😀\u{fffd}x", ""]);
    assert_eq!(at(text, words[0].range), "\"a b\"");
    assert_eq!(at(text, words[0].sub_range(2..3)), "b");
    let in_second = |part: &str| {
        let start = words[1].text.find(part).unwrap();
        at(text, words[1].sub_range(start..start + part.len()))
    };
    assert_eq!(in_second("c\""), "c\\\"");
    assert_eq!(in_second("é"), "\\u00e9");
    assert_eq!(in_second("😀"), "\\ud83d\\ude00");
    assert_eq!(in_second("\u{fffd}x"), "\\ud800x");
    assert!(words[2].sub_range(0..0).is_empty());
    assert!(exec("CMD []").is_empty());
}

#[test]
fn what_is_no_json_is_shell_form() {
    for text in [
        "CMD",
        "CMD a [\"b\"]",
        "CMD ['a']",
        "CMD [\"a\",]",
        "CMD [\"a\"] b",
        "CMD [\"a\"",
        "CMD [\"a\\x\"]",
        "CMD [\"a\tb\"]",
        "CMD [01]",
        "CMD [1e999]",
        "CMD [nul]",
        "CMD [{\"a\" 1}]",
        "CMD {\"a\": 1}",
        "CMD [\"\\u00g0\"]",
        "CMD [-]",
        "CMD [1.]",
        "CMD [",
    ] {
        assert!(is_shell(text), "{text}");
    }
    assert!(is_shell(&format!("CMD {}{}", "[".repeat(10_001), "]".repeat(10_001))));
}

#[test]
fn elements_other_than_strings_are_refused() {
    refused_in_stage("RUN [\"a\", «[\"b\", 1]», 2]\n", &[InvalidJsonArray]);
    refused_in_stage("ENTRYPOINT [«{\"a\": [], \"b\": {}}»]\n", &[InvalidJsonArray]);
    refused_in_stage("CMD [«-1.5e+3»]\n", &[InvalidJsonArray]);
    refused_in_stage("CMD [«[]»]\n", &[InvalidJsonArray]);
    refused_in_stage("HEALTHCHECK CMD [«true»]\n", &[InvalidJsonArray]);
}

#[test]
fn commands_may_be_empty() {
    for text in ["RUN", "CMD", "ENTRYPOINT", "RUN []"] {
        instruction(text);
    }
}

#[test]
fn shell_is_a_json_array() {
    let Kind::Shell(words) = instruction("SHELL [\"/bin/bash\", \"-c\"]").kind else { panic!() };
    assert_eq!(texts(&words), ["/bin/bash", "-c"]);
    refused_in_stage("SHELL «/bin/bash -c»\n", &[InvalidShell]);
    refused_in_stage("SHELL «[]»\n", &[InvalidShell]);
    refused_in_stage("SHELL [«1»]\n", &[InvalidJsonArray]);
}

#[test]
fn healthcheck_has_a_command_or_is_none() {
    let Kind::Healthcheck(check) = instruction("HEALTHCHECK --interval=1m30s --retries=0 cmd curl x").kind else {
        panic!()
    };
    assert!(matches!(check.command, Some(Form::Shell(shell)) if shell.text() == "curl x"));
    let Kind::Healthcheck(check) = instruction("HEALTHCHECK --bogus none []").kind else { panic!() };
    assert!(check.is_none());
    refused_in_stage("HEALTHCHECK NONE «a b»\n", &[TooManyArguments]);
    refused_in_stage("HEALTHCHECK «CMD»\n", &[InvalidHealthcheck]);
    refused_in_stage("HEALTHCHECK «CMD» []\n", &[InvalidHealthcheck]);
    refused_in_stage("HEALTHCHECK «curl» x\n", &[InvalidHealthcheck]);
    refused_in_stage("HEALTHCHECK «CMD\u{a0}»x\n", &[InvalidHealthcheck]);
    let errors = refused_in_stage("HEALTHCHECK «CDM» x\n", &[InvalidHealthcheck]);
    assert_eq!(errors[0].suggestion.as_deref(), Some("CMD"));
}

#[test]
fn healthcheck_times_are_durations() {
    for flag in
        ["interval=0", "timeout=1ms", "start-period=.5h", "start-interval=+1s", "retries=+3", "retries=", "interval="]
    {
        instruction(&format!("HEALTHCHECK --{flag} CMD x"));
    }
    for flag in [
        "interval=«30»",
        "timeout=«0.5ms»",
        "start-period=«-1s»",
        "start-interval=«x»",
        "retries=«-1»",
        "retries=«x»",
        "retries=«3000000000»",
    ] {
        refused_in_stage(&format!("HEALTHCHECK --{flag} CMD x\n"), &[InvalidHealthcheck]);
    }
}

/// The words of the simple commands that a `RUN` runs, and what stands in the file at each.
fn commands(text: &str) -> Vec<(String, String)> {
    let Kind::Run(run) = instruction(text).kind else { panic!("{text}") };
    let words = |command: crate::shell::Command<'_>| -> (Vec<String>, Vec<String>) {
        command.words().iter().map(|word| (word.unquoted().into_owned(), at(text, word.range()).to_owned())).unzip()
    };
    let script = run.form.script();
    script.commands_deep().map(words).map(|(words, places)| (words.join(" "), places.join("|"))).collect()
}

#[test]
fn the_exec_form_is_a_command_too() {
    let pair = |words: &str, places: &str| (words.to_owned(), places.to_owned());
    assert_eq!(
        commands(r#"RUN ["apt-get", "in\u0073tall", "a b", "", "$x"]"#),
        [pair("apt-get install a b  $x", r"apt-get|in\u0073tall|a b||$x")]
    );
    assert_eq!(
        commands("RUN [\"/bin/sh\", \"-c\", \"a \\\"$b\\\" \\\n   && c\\td\"]"),
        [
            pair("/bin/sh -c a \"$b\"    && c\td", "/bin/sh|-c|a \\\"$b\\\" \\\n   && c\\td"),
            pair("a $b", "a|\\\"$b\\"),
            pair("c d", "c|d")
        ]
    );
    assert_eq!(commands("RUN []"), []);
}
