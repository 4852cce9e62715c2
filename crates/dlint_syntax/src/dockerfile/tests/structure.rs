//! The file as a whole, and instructions that are none.

use super::super::ErrorKind::*;
use super::super::*;
use super::{accepted, refused, refused_in_stage};

#[test]
fn a_file_needs_a_from() {
    refused("«»", &[MissingFrom]);
    refused("\u{feff}«»\n\n", &[MissingFrom]);
    refused("«# only a comment»\n# another\n", &[MissingFrom]);
    refused("«ARG» a\nARG b\n", &[MissingFrom]);
    refused("«RUN» a\nRUN b\n", &[MissingFrom]);
}

#[test]
fn only_arg_can_stand_before_the_first_from() {
    accepted("ARG a=b\nFROM a\n");
    let errors = refused("«ENV» a=b\nARG c\n«run» d\nFROM a\n", &[InstructionBeforeFrom, InstructionBeforeFrom]);
    assert_eq!(errors[1].message, "`RUN` stands before the first `FROM`, where only `ARG` can");
}

#[test]
fn unknown_instructions_are_refused_with_a_proposal() {
    let errors = refused_in_stage("«EXPOES» 80\n«apt-get» update\nRUN b\n", &[UnknownInstruction, UnknownInstruction]);
    assert_eq!(errors[0].message, "`EXPOES` is not an instruction");
    assert_eq!(errors[0].suggestion.as_deref(), Some("EXPOSE"));
    assert_eq!(errors[1].suggestion, None);
    assert!(errors[1].help.is_some());
}

#[test]
fn a_misspelled_from_is_one_error() {
    let errors = refused("«FORM» a\nRUN b\n", &[UnknownInstruction]);
    assert_eq!(errors[0].suggestion.as_deref(), Some("FROM"));
}

#[test]
fn only_some_white_space_ends_the_keyword() {
    refused_in_stage("«RUN\u{a0}x»\n", &[UnknownInstruction]);
    assert_eq!(accepted("\u{a0}FROM\u{b}a\u{2003}\n").instructions[0].keyword.text, "FROM");
}

#[test]
fn the_rest_is_read_after_an_error() {
    let file = parse("FROM a AS\nRUN [1]\nCOPY x\nUSER me\n");
    assert_eq!(file.errors.len(), 3);
    assert_eq!(file.instructions.len(), 4);
    assert!(matches!(&file.instructions[3].kind, Kind::User(Some(user)) if user.text == "me"));
}

#[test]
fn onbuild_puts_off_most_instructions() {
    let file = accepted("FROM a\nONBUILD  COPY --chown=b c d\n");
    let Kind::Onbuild(Some(trigger)) = &file.instructions[1].kind else { panic!() };
    assert_eq!(trigger.name(), "COPY");
    assert_eq!(trigger.flag("chown").unwrap().value.as_ref().unwrap().text, "b");
    refused_in_stage("«ONBUILD»\n", &[MissingArguments]);
    refused_in_stage("ONBUILD «FROM» b\n", &[InvalidOnbuildTrigger]);
    refused_in_stage("ONBUILD «MAINTAINER» b\n", &[InvalidOnbuildTrigger]);
    refused_in_stage("ONBUILD «ONBUILD» ONBUILD RUN b\n", &[InvalidOnbuildTrigger]);
    refused_in_stage("ONBUILD «--x» RUN b\n", &[UnknownFlag]);
}

#[test]
fn a_trigger_must_be_readable_but_is_not_checked() {
    refused_in_stage("ONBUILD ENV «b»\n", &[InvalidKeyValue]);
    refused_in_stage("ONBUILD RUN [«1»]\n", &[InvalidJsonArray]);
    super::refused_later("FROM a\nONBUILD «COPI» x y\n", &[UnknownInstruction]);
    super::refused_later("FROM a\nONBUILD RUN «--mont»=x y\n", &[UnknownFlag]);
    super::refused_later("FROM a\nONBUILD «WORKDIR»\n", &[MissingArguments]);
}
