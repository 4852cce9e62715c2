//! Flags, with `RUN`'s mounts and devices.

use super::super::ErrorKind::*;
use super::super::*;
use super::{at, instruction, refused_in_stage, texts};

#[test]
fn flags_stand_before_the_arguments() {
    let text = "COPY --from=b --link --chown='c d':\"e\"\\ f a --parents";
    let copy = parse(&format!("FROM a AS b\n{text}")).instructions.remove(1);
    let flags: Vec<_> = copy
        .flags
        .iter()
        .map(|flag| (flag.name.text.as_str(), flag.value.as_ref().map(|it| it.text.as_str())))
        .collect();
    assert_eq!(flags, [("from", Some("b")), ("link", None), ("chown", Some("c d:e f"))]);
    let text = format!("FROM a AS b\n{text}");
    let chown = &copy.flags[2];
    assert_eq!(&text[chown.range], "--chown='c d':\"e\"\\ f");
    assert_eq!(&text[chown.value.as_ref().unwrap().sub_range(5..6)], "\\ ");
    assert_eq!(&text[copy.arguments], "a --parents");
}

#[test]
fn two_dashes_end_the_flags() {
    let Kind::Cmd(Form::Shell(shell)) = instruction("CMD -- --x").kind else { panic!() };
    assert_eq!(shell.text(), "--x");
}

#[test]
fn only_ascii_white_space_divides_flags() {
    let Kind::Workdir(Some(path)) = instruction("WORKDIR \u{a0} --x").kind else { panic!() };
    assert_eq!(path.text, "--x");
    refused_in_stage("COPY --chown=b\u{e0} «--x» c d\n", &[UnknownFlag]);
}

#[test]
fn unknown_flags_are_refused_with_a_proposal() {
    let errors = refused_in_stage("COPY «--form»=b c d\n", &[UnknownFlag]);
    assert_eq!(errors[0].message, "`COPY` has no flag `--form`");
    assert_eq!(errors[0].suggestion.as_deref(), Some("--from"));
    refused_in_stage("CMD «--x» y\n", &[UnknownFlag]);
    refused_in_stage("COPY «--FROM»=b c d\n", &[UnknownFlag]);
    refused_in_stage("ADD «--parents» b c\n", &[UnknownFlag]);
}

#[test]
fn some_instructions_ignore_flags() {
    for text in ["ARG --x=y a", "STOPSIGNAL --x 9", "HEALTHCHECK --x NONE"] {
        instruction(text);
    }
}

#[test]
fn flags_that_stand_twice_are_refused() {
    let errors = refused_in_stage("ADD --link «--link=false» b c\n", &[DuplicateFlag]);
    assert!(errors[0].related.is_some());
    instruction("COPY --exclude=a --exclude=b c d");
    instruction("RUN --mount=target=/a --mount=target=/b --device=c --device=d x");
}

#[test]
fn flags_need_the_right_values() {
    refused_in_stage("COPY «--from» b c\n", &[InvalidFlagValue]);
    refused_in_stage("COPY «--link=» b c\n", &[InvalidFlagValue]);
    refused_in_stage("ADD --unpack=«yes» b c\n", &[InvalidFlagValue]);
    let errors = refused_in_stage("ADD --keep-git-dir=«flase» b c\n", &[InvalidFlagValue]);
    assert_eq!(errors[0].suggestion.as_deref(), Some("false"));
    instruction("COPY --link=TRUE --parents=False b c");
}

#[test]
fn network_and_security_know_few_values() {
    for text in ["RUN --network=none x", "RUN --network=host --security=insecure x"] {
        instruction(text);
    }
    let errors = refused_in_stage("RUN --network=«hots» x\n", &[InvalidRunOption]);
    assert_eq!(errors[0].suggestion.as_deref(), Some("host"));
    refused_in_stage("RUN --network=«Host» x\n", &[InvalidRunOption]);
    refused_in_stage("RUN «--network=» x\n", &[InvalidRunOption]);
    refused_in_stage("RUN --security=«a» x\n", &[InvalidRunOption]);
}

#[test]
fn devices_have_a_name() {
    for value in ["a", "name=a", "a/b=c,required", "name=a,required=false", "required"] {
        instruction(&format!("RUN --device={value} x"));
    }
    for value in ["a,«b»", "name=a,«b=c»", "a,«name=b»", "a,«required=x»", "«\"»a"] {
        refused_in_stage(&format!("RUN --device='{value}' x\n"), &[InvalidRunOption]);
    }
    refused_in_stage("RUN «--device=» x\n", &[InvalidFlagValue]);
}

#[test]
fn mounts_are_comma_separated() {
    let text = "RUN --mount=type=cache,'\"target=/a,\"\"b\"',RO x";
    let Kind::Run(run) = parse(&format!("FROM a\n{text}")).instructions.remove(1).kind else { panic!() };
    let options = &run.mounts[0].options;
    let keys: Vec<Word> = options.iter().map(|option| option.key.clone()).collect();
    assert_eq!(texts(&keys), ["type", "target", "RO"]);
    assert_eq!(options[1].value.as_ref().unwrap().text, "/a,\"b");
    assert_eq!(at(text, options[1].range), "\"target=/a,\"\"b\"");
    assert_eq!(at(text, options[1].value.as_ref().unwrap().sub_range(3..5)), "\"\"b");
    assert_eq!(run.mounts[0].kind(), "cache");
    assert!(run.mounts[0].option(&["readonly", "ro"]).is_some());
}

#[test]
fn unreadable_mounts_are_refused() {
    refused_in_stage("RUN «--mount=» x\n", &[InvalidFlagValue]);
    refused_in_stage("RUN --mount='type=«\"»a\"' x\n", &[InvalidMount]);
    refused_in_stage("RUN --mount='«\"»type=a' x\n", &[InvalidMount]);
    refused_in_stage("RUN --mount='\"a«\"»b' x\n", &[InvalidMount]);
    refused_in_stage("RUN --mount=FROM=a«$B» x\n", &[UnexpandedVariable]);
    refused_in_stage("RUN --mount=from=a$,target=/b x\n", &[]);
}
