#![allow(clippy::unwrap_used)]

use super::super::{Dockerfile, Value, parse};
use super::{Base, Model, State};

fn model(text: &str) -> (Dockerfile, Model) {
    let file = parse(text);
    assert!(file.errors.is_empty(), "{:?}", file.errors);
    let model = Model::new(&file);
    (file, model)
}

fn user(state: &State) -> Option<&str> {
    state.user.as_ref().map(|user| user.value.known().unwrap_or("?"))
}

fn variable<'s>(state: &'s State, name: &str) -> Option<&'s str> {
    state.variables.find(name).map(|variable| variable.value.known().unwrap_or("?"))
}

#[test]
fn stages_hang_together_by_lower_case_names() {
    let (_, model) = model("FROM alpine:3 AS Base\nFROM base AS next\nFROM Base\nFROM scratch\n");
    let bases: Vec<&Base> = model.stages.iter().map(|stage| &stage.base).collect();
    assert_eq!(
        bases,
        [&Base::Image("alpine:3".into()), &Base::Stage(0), &Base::Image("Base".into()), &Base::Scratch],
        "a stage's name is kept in lower case, and looked up as it is written"
    );
    assert!(model.stages[3].is_final && !model.stages[0].is_final);
    assert_eq!(*model.root_base(&model.stages[1]), Base::Image("alpine:3".into()));
}

#[test]
fn copy_from_finds_the_last_stage_of_a_name_in_any_case_or_a_number() {
    let (_, model) = model("FROM a AS x\nFROM b AS y\nFROM c AS X\n");
    assert_eq!(model.stage_named("X", true).unwrap().index, 2);
    assert_eq!(model.stage_named("1", true).unwrap().index, 1);
    assert!(model.stage_named("1", false).is_none(), "a mount takes no number");
    assert!(model.stage_named("3", true).is_none());
    assert_eq!(model.target(Some("Y")).unwrap().index, 1);
    assert_eq!(model.target(None).unwrap().index, 2);
}

#[test]
fn a_base_with_global_args_is_expanded() {
    let (_, model) = model(
        "ARG TAG=3.22\nARG IMAGE=alpine:${TAG}\nARG EMPTY\nFROM $IMAGE\nFROM ${EMPTY}\nFROM ${EMPTY:-debian}\nFROM x-$TARGETARCH\n",
    );
    let bases: Vec<&Base> = model.stages.iter().map(|stage| &stage.base).collect();
    assert_eq!(bases[0], &Base::Image("alpine:3.22".into()));
    assert_eq!(bases[1], &Base::Unknown);
    assert_eq!(bases[3], &Base::Unknown);
}

#[test]
fn a_user_is_inherited_and_expanded() {
    let (_, model) = model("FROM a AS base\nARG U=app\nUSER ${U}:grp\nFROM base\nRUN id\nFROM base\nUSER 0\nFROM b\n");
    assert_eq!(user(&model.stages[0].end), Some("app:grp"));
    assert_eq!(user(&model.stages[1].end), Some("app:grp"));
    assert_eq!(user(&model.stages[2].end), Some("0"));
    assert_eq!(user(&model.stages[3].end), None);
    assert_eq!(model.stages[1].end.user.as_ref().unwrap().instruction, 2);
}

#[test]
fn what_holds_before_an_instruction() {
    let (file, model) = model("ARG G=1\nFROM a\nUSER x\nRUN one\nUSER y\nRUN two\n");
    assert!(model.before(&file, 0).is_none());
    assert_eq!(user(&model.before(&file, 2).unwrap()), None);
    assert_eq!(user(&model.before(&file, 3).unwrap()), Some("x"));
    assert_eq!(user(&model.before(&file, 5).unwrap()), Some("y"));
}

#[test]
fn env_wins_over_arg_and_sees_the_environment_before_it() {
    let (_, model) =
        model("ARG G=global\nFROM scratch\nARG G\nARG A=arg\nENV A=env B=$A C=${C}x\nARG A=again\nENV B=$B-$A\n");
    let end = &model.stages[0].end;
    assert_eq!(variable(end, "G"), Some("global"));
    assert_eq!(variable(end, "A"), Some("env"));
    assert_eq!(variable(end, "B"), Some("arg-env"));
    assert_eq!(variable(end, "C"), Some("x"), "nothing is set in scratch");
    assert_eq!(variable(end, "NONE"), None);
}

#[test]
fn what_the_base_image_may_set_is_unknown() {
    let (_, model) = model("FROM alpine\nENV P=$PATH:/x Q=${UNSET:-d}\nUSER $U\n");
    let end = &model.stages[0].end;
    assert_eq!(end.user.as_ref().unwrap().value, Value::Unknown);
    assert_eq!(variable(end, "P"), Some("?"));
}

#[test]
fn triggers_run_in_the_stage_that_starts_from_theirs_and_no_further() {
    let (_, model) = model("FROM a AS base\nONBUILD USER app\nFROM base AS mid\nFROM mid\nUSER root\nFROM mid\n");
    assert_eq!(user(&model.stages[0].end), None);
    assert_eq!(user(&model.stages[1].end), Some("app"));
    assert!(model.stages[1].end.triggers.is_empty());
    assert_eq!(user(&model.stages[2].end), Some("root"));
    assert_eq!(user(&model.stages[3].end), Some("app"));
}

#[test]
fn a_relative_working_directory_is_resolved() {
    let (_, model) = model("FROM a AS x\nWORKDIR /srv\nWORKDIR app\nFROM b\nWORKDIR app\nFROM c\nWORKDIR C:\\\\app\n");
    let workdir = |index: usize| model.stages[index].end.workdir.as_ref().unwrap().value.clone();
    assert_eq!(workdir(0), Value::Known("/srv/app".into()));
    assert_eq!(workdir(1), Value::Unknown, "the base image has one of its own");
    assert_eq!(workdir(2), Value::Known("C:\\app".into()));
}

#[test]
fn the_rest_of_the_state() {
    let (_, model) = model(
        "FROM a AS x\nHEALTHCHECK CMD true\nENTRYPOINT [\"e\"]\nCMD c\nSHELL [\"bash\", \"-c\"]\nEXPOSE 80 443/udp\nSTOPSIGNAL SIGINT\nFROM x\nHEALTHCHECK NONE\n",
    );
    let end = &model.stages[1].end;
    assert_eq!((end.entrypoint, end.cmd, end.shell, end.healthcheck), (Some(2), Some(3), Some(4), Some(8)));
    assert_eq!(end.exposed.len(), 2);
    assert_eq!(end.stopsignal.as_ref().unwrap().value, Value::Known("SIGINT".into()));
}

#[test]
fn hostile_files_stay_cheap() {
    let mut doubling = String::from("FROM scratch\nENV A=xxxxxxxx\n");
    doubling.push_str(&"ENV A=$A$A$A$A$A$A$A$A\n".repeat(1000));
    let (_, model) = model(&doubling);
    assert_eq!(variable(&model.stages[0].end, "A"), Some("?"));

    let mut chain = String::from("FROM scratch AS s0\n");
    for stage in 1..3000 {
        use std::fmt::Write as _;
        write!(chain, "ENV V{stage}=1 W{stage}=2\nEXPOSE {stage}\nONBUILD RUN x\nFROM s{} AS s{stage}\n", stage - 1)
            .unwrap();
    }
    let file = parse(&chain);
    assert_eq!(Model::new(&file).stages.len(), 3000);
}
