//! Arguments of the instructions that are no commands.

use super::super::ErrorKind::*;
use super::super::*;
use super::{accepted, at, instruction, refused, refused_in_stage, texts};

#[test]
fn from_names_an_image_and_perhaps_a_stage() {
    let text = "FROM --platform=linux/amd64 alpine:3 as Build_1.x-y";
    let file = accepted(text);
    let Kind::From(from) = &file.instructions[0].kind else { panic!() };
    assert_eq!(from.image.as_ref().unwrap().text, "alpine:3");
    assert_eq!(&text[from.as_keyword.unwrap()], "as");
    assert_eq!(from.name.as_ref().unwrap().text, "Build_1.x-y");
    assert_eq!(&text[file.instructions[0].arguments], "alpine:3 as Build_1.x-y");
}

#[test]
fn from_has_one_word_or_three() {
    refused("«FROM»\n", &[MissingArguments]);
    refused("FROM a «AS»\n", &[InvalidFrom]);
    refused("FROM a «b»\n", &[InvalidFrom]);
    refused("FROM a «A» b\n", &[InvalidFrom]);
    let errors = refused("FROM a AS b «#» base\n", &[InvalidFrom]);
    assert_eq!(errors[0].help.as_deref(), Some("A comment must stand on a line of its own"));
    assert_eq!(refused("FROM a «SA» b\n", &[InvalidFrom])[0].suggestion, None);
    assert_eq!(refused("FROM a «ASS» b\n", &[InvalidFrom])[0].suggestion.as_deref(), Some("AS"));
}

#[test]
fn stage_names_begin_with_a_letter() {
    refused("FROM a AS «1b»\n", &[InvalidStageName]);
    refused("FROM a AS «b/c»\n", &[InvalidStageName]);
    refused("FROM a AS «$B»\n", &[InvalidStageName]);
}

#[test]
fn copy_and_add_have_sources_and_a_destination() {
    let Kind::Copy(copy) = instruction("COPY a  b\tc/").kind else { panic!() };
    assert_eq!(copy.sources.len(), 2);
    assert_eq!(copy.destination.unwrap().text, "c/");
    let Kind::Add(add) = instruction(r#"ADD ["a b", "c"]"#).kind else { panic!() };
    assert!(add.json);
    assert!(matches!(&add.sources[..], [Source::Path(path)] if path.text == "a b"));
    refused_in_stage("«COPY»\n", &[MissingArguments]);
    refused_in_stage("ADD --link «a»\n", &[MissingArguments]);
    refused_in_stage("COPY [«\"a\"»]\n", &[MissingArguments]);
    refused_in_stage(
        "COPY [\"a\", «1», \"b\"]
",
        &[InvalidJsonArray],
    );
}

#[test]
fn env_and_label_have_pairs() {
    let text = "ENV a=b c=\"d e\" f='g\\' h=i\\ j k=";
    let Kind::Env(env) = instruction(text).kind else { panic!() };
    let pairs: Vec<_> = env.pairs.iter().map(|pair| (pair.key.text.as_str(), pair.value.text.as_str())).collect();
    assert_eq!(pairs, [("a", "b"), ("c", "\"d e\""), ("f", "'g\\'"), ("h", "i\\ j"), ("k", "")]);
    assert!(!env.legacy);
    assert_eq!(at(text, env.pairs[1].range), "c=\"d e\"");
    assert_eq!(at(text, env.pairs[4].value.range), "");
    let Kind::Label(label) = instruction("LABEL a  b = c  d").kind else { panic!() };
    assert!(label.legacy);
    assert_eq!((label.pairs[0].key.text.as_str(), label.pairs[0].value.text.as_str()), ("a", "b = c  d"));
}

#[test]
fn pairs_need_names_values_and_equals_signs() {
    refused_in_stage("«ENV»\n", &[MissingArguments]);
    refused_in_stage("ENV «a»\n", &[InvalidKeyValue]);
    refused_in_stage("ENV a=b «c» d e=f\n", &[InvalidKeyValue]);
    refused_in_stage("LABEL «=»a\n", &[InvalidKeyValue]);
    refused_in_stage("ENV a=b «=»c\n", &[InvalidKeyValue]);
    refused_in_stage("ENV a= «b»\n", &[InvalidKeyValue]);
    refused("ARG «=»a\nFROM a\n", &[InvalidKeyValue]);
    refused("«ARG»\nFROM a\n", &[MissingArguments]);
}

#[test]
fn arg_declares_variables() {
    let text = "ARG a b= c=\"d e\"";
    let Kind::Arg(arguments) = instruction(text).kind else { panic!() };
    let found: Vec<_> = arguments
        .iter()
        .map(|it| (it.name.text.as_str(), it.default.as_ref().map(|default| default.text.as_str())))
        .collect();
    assert_eq!(found, [("a", None), ("b", Some("")), ("c", Some("\"d e\""))]);
    assert_eq!(at(text, arguments[2].range), "c=\"d e\"");
}

#[test]
fn some_take_the_rest_of_the_line() {
    let Kind::User(Some(user)) = instruction("USER a  b # c").kind else { panic!() };
    assert_eq!(user.text, "a  b # c");
    for name in ["USER", "WORKDIR", "STOPSIGNAL", "MAINTAINER", "EXPOSE", "VOLUME", "VOLUME []", "SHELL", "HEALTHCHECK"]
    {
        let (keyword, rest) = name.split_once(' ').unwrap_or((name, ""));
        refused_in_stage(&format!("«{keyword}» {rest}\n"), &[MissingArguments]);
    }
}

#[test]
fn lists_are_divided_at_blanks() {
    let Kind::Expose(ports) = instruction("EXPOSE 80\t 443/tcp").kind else { panic!() };
    assert_eq!(texts(&ports), ["80", "443/tcp"]);
    let Kind::Volume(paths) = parse("FROM a\nVOLUME /a \"/b c\"").instructions.remove(1).kind else { panic!() };
    assert_eq!(texts(&paths), ["/a", "\"/b", "c\""]);
}

#[test]
fn volumes_have_paths() {
    refused_in_stage("VOLUME [\"/a\", «\" \"»]\n", &[EmptyVolume]);
    refused_in_stage("VOLUME [«null»]\n", &[InvalidJsonArray]);
}
