//! What is read, and what several files come to.
#![allow(clippy::unwrap_used)]

use super::{ConfigFile, ConfigFileError};
use crate::config::Config;
use crate::config::layers::Layers;
use crate::diagnostic::Level;
use crate::language::Language;
use crate::rule::RuleId;
use crate::severity::{Rating, Threshold};

/// The place and words of what is wrong with a file.
fn error(text: &str) -> (String, String) {
    let error = ConfigFile::parse(text).and_then(|file| Layers::new(vec![file]).map_err(|(_, error)| error));
    let ConfigFileError { range, message } = error.unwrap_err();
    (range.map_or(String::new(), |range| text[range].to_owned()), message)
}

fn layers(texts: &[&str]) -> Layers {
    Layers::new(texts.iter().map(|text| ConfigFile::parse(text).unwrap()).collect()).unwrap()
}

/// What files come to, the most general first, where no override holds.
fn config(texts: &[&str]) -> Config {
    layers(texts).apply(None, &|_| false, &mut |_, _| ()).unwrap()
}

fn rule(name: &str) -> RuleId {
    RuleId::of_name(name).unwrap()
}

#[test]
fn says_what_is_written() {
    let text = "select = [\"security\"]\nignore = [\"DL3007\"]\nfail-on = \"error\"\nexclude = [\"vendor/\"]\n\
         [rules]\nuntagged-image = \"error\"\nfloating-tag = \"off\"\n";
    let file = ConfigFile::parse(text).unwrap();
    let (select, range) = file.select.unwrap();
    assert_eq!((select, &text[range]), (vec!["security".to_owned()], "[\"security\"]"));
    assert_eq!(file.fail_on.unwrap().0, Threshold::Level(Level::Error));
    assert_eq!(file.exclude, [("vendor/".to_owned(), 71..80)]);
    let config = config(&[text]);
    assert!(config.enabled.contains(rule("untagged-image")), "a level switches a rule on");
    assert_eq!(config.level(rule("untagged-image")), Some(Level::Error));
    assert!(!config.enabled.contains(rule("floating-tag")));
}

#[test]
fn an_empty_file_changes_nothing() {
    assert_eq!(config(&[""]).enabled, Config::default().enabled);
    assert_eq!(config(&[]).options, Config::default().options);
}

#[test]
fn what_is_said_of_one_rule_goes_before_what_is_said_of_many() {
    let config = config(&["[rules]\nroot-user = \"off\"\nsecurity = \"error\"\nDL3007 = \"hint\"\n"]);
    assert!(!config.enabled.contains(rule("root-user")));
    assert_eq!(config.level(rule("docker-socket-mount")), Some(Level::Error));
    assert_eq!(config.level(rule("floating-tag")), Some(Level::Hint));
}

#[test]
fn a_file_goes_before_the_one_that_it_extends() {
    let base = "fail-on = \"error\"\nmin-rating = \"high\"\nignore = [\"root-user\"]\n[rules]\nfloating-tag = \"hint\"\n\
                untagged-image = \"info\"\n[options.untrusted-registry]\nallow = [\"ghcr.io\"]\n\
                [options.dangerous-capability]\nallow = [\"NET_ADMIN\"]\n[policy.ours]\nextends = \"hardened\"\n";
    let own = "extends = \"base.toml\"\nuse-policy = \"ours\"\n[rules]\nfloating-tag = \"error\"\nroot-user = \"warning\"\n\
               [options.untrusted-registry]\nallow = [\"docker.io\"]\n[options.dangerous-capability]\nforbid = [\"CHOWN\"]\n";
    let both = config(&[base, own]);
    assert_eq!(both.level(rule("floating-tag")), Some(Level::Error));
    assert_eq!(both.level(rule("untagged-image")), Some(Level::Info));
    assert!(both.enabled.contains(rule("root-user")), "the nearer file has the last word");
    assert!(both.enabled.contains(rule("writable-root-filesystem")));
    assert_eq!(both.min_rating, Some(Rating::High));
    assert_eq!(both.options.untrusted_registry.allow, ["docker.io"]);
    assert_eq!(both.options.dangerous_capability.allow, ["NET_ADMIN"], "other options stay");
    assert_eq!(both.options.dangerous_capability.forbid, ["CHOWN"]);
    let both = layers(&[base, own]);
    let (threshold, origin) = both.fail_on().unwrap();
    assert_eq!((threshold, origin.layer), (Threshold::Level(Level::Error), 0));
    assert_eq!(both.layer_of_option("untrusted-registry", "allow"), Some(1));
    // An option that is not written does not bring its default back.
    let blank = config(&["[options.repeated-blank-lines]\nmax = 3\n", "[options.repeated-blank-lines]\n"]);
    assert_eq!(blank.options.repeated_blank_lines.max, 3);
}

#[test]
fn overrides_hold_where_they_say() {
    let text = "[[overrides]]\npaths = [\"old/\"]\nlanguages = [\"dockerfile\"]\nreason = \"soon gone\"\n\
                select = [\"undigested-image\"]\nignore = [\"root-user\"]\nrules.floating-tag = \"hint\"\n\
                [[overrides]]\nservices = [\"web\", \"db-*\"]\nignore = [\"CL-0001\"]\nrules = { root-user = \"off\" }\n";
    let layers = layers(&[text]);
    let overrides: Vec<_> = layers.overrides().map(|(_, it)| it).collect();
    assert_eq!(overrides[0].languages, [Language::Dockerfile]);
    assert_eq!((overrides[0].reason.as_deref(), overrides[0].paths[0].0.as_str()), (Some("soon gone"), "old/"));
    let config = layers.apply(None, &|index| index == 0, &mut |_, _| ()).unwrap();
    assert!(config.enabled.contains(rule("undigested-image")) && !config.enabled.contains(rule("root-user")));
    assert_eq!(config.level(rule("floating-tag")), Some(Level::Hint));
    assert!(config.services.is_empty());
    let config = layers.apply(None, &|index| index == 1, &mut |_, _| ()).unwrap();
    assert!(config.enabled.contains(rule("root-user")), "it is on in other services");
    assert_eq!(config.services.len(), 1);
    assert!(config.services[0].ignored.rules.contains(rule("root-user")));
    assert!(config.services[0].ignored.rules.contains(rule("docker-socket-mount")));
}

#[test]
fn overrides_that_cannot_be() {
    assert!(error("[[overrides]]\nignore = [\"root-user\"]\n").1.contains("does not say for what it holds"));
    assert!(error("[[overrides]]\npaths = [\"a\"]\n").1.contains("changes nothing"));
    let (place, words) = error("[[overrides]]\nservices = [\"a\"]\nselect = [\"root-user\"]\n");
    assert!(place == "\"root-user\"" && words.contains("does not go with `services`"), "{words}");
    let (place, words) = error("[[overrides]]\nlanguages = [\"dockerfiel\"]\nignore = [\"root-user\"]\n");
    assert_eq!(
        (place.as_str(), words.as_str()),
        ("\"dockerfiel\"", "`dockerfiel` is not a language; did you mean `dockerfile`?")
    );
    assert!(error("[[overrides]]\npath = [\"a\"]\n").1.contains("did you mean `paths`?"));
}

#[test]
fn every_change_is_traced_to_its_place() {
    let base = "ignore = [\"root-user\"]\n";
    let own = "use-policy = \"ours\"\n[policy.ours]\nextends = \"hardened\"\nselect = [\"undigested-image\"]\n[rules]\nfloating-tag = \"error\"\n";
    let mut said = Vec::new();
    layers(&[base, own])
        .apply(None, &|_| true, &mut |origin, _| {
            let origin = origin.unwrap();
            said.push((origin.layer, [base, own][origin.layer][origin.range].to_owned()));
        })
        .unwrap();
    let said: Vec<(usize, &str)> = said.iter().map(|(layer, text)| (*layer, text.as_str())).collect();
    assert_eq!(said, [(1, "\"hardened\""), (1, "\"undigested-image\""), (0, "\"root-user\""), (1, "floating-tag")]);
}

#[test]
fn policies_of_ones_own() {
    let text = "use-policy = \"ours\"\nmin-rating = \"high\"\n[policy.ours]\nextends = \"base\"\nignore = [\"floating-tag\"]\n\
         [policy.base]\nextends = \"recommended\"\nselect = [\"undigested-image\"]\n[policy.base.rules]\nDL3006 = \"error\"\n";
    let config = config(&[text]);
    assert!(config.enabled.contains(rule("undigested-image")) && !config.enabled.contains(rule("floating-tag")));
    assert_eq!(config.level(rule("untagged-image")), Some(Level::Error));
    assert_eq!(config.min_rating.map(Rating::name), Some("high"));
    let unknown = layers(&[text]).apply(Some("orus"), &|_| false, &mut |_, _| ()).unwrap_err();
    assert!(unknown.ends_with("did you mean `ours`?"), "{unknown}");
}

#[test]
fn policies_that_cannot_be() {
    assert_eq!(
        error("use-policy = \"recomended\"\n"),
        ("\"recomended\"".to_owned(), "`recomended` is not a policy; did you mean `recommended`?".to_owned())
    );
    let circle = "[policy.a]\nextends = \"b\"\n[policy.b]\nextends = \"a\"\n";
    assert_eq!(error(circle), ("\"a\"".to_owned(), "policy `a` extends itself".to_owned()));
    assert!(error("[policy.hadolint]\nextends = \"recommended\"\n").1.contains("give yours another name"));
    assert!(error("[policy.a]\nselect = []\n").1.contains("missing field `extends`"));
}

#[test]
fn what_it_does_not_know_is_an_error_with_its_place() {
    assert_eq!(
        error("slect = []\n"),
        ("slect".to_owned(), "`slect` is not a key that dlint knows; did you mean `select`?".to_owned())
    );
    assert_eq!(
        error("[rules]\nfloating-tga = \"off\"\n"),
        (
            "floating-tga".to_owned(),
            "`floating-tga` is no rule, alias or category; did you mean `floating-tag`?".to_owned()
        )
    );
    assert_eq!(
        error("ignore = [\"floating-tag\", \"DL9999\"]\n").0,
        "\"DL9999\"",
        "the second name is the one at fault"
    );
    assert_eq!(
        error("fail-on = \"warn\"\n"),
        (
            "\"warn\"".to_owned(),
            "`warn` is not a level or rating; it is one of `hint`, `info`, `warning`, `error`, `low`, `medium`, `high`, \
             `critical`"
                .to_owned()
        )
    );
    assert_eq!(
        error("[rules]\nfloating-tag = \"of\"\n").1,
        "`of` is not a level; it is one of `off`, `hint`, `info`, `warning`, `error`"
    );
    assert_eq!(error("[options.nothing]\nx = 1\n").0, "nothing");
    assert_eq!(error("select = 1\n").0, "1");
    assert!(!error("select = [\n").1.is_empty());
}
