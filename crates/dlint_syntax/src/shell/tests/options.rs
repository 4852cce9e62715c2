//! Arguments as options and operands, with command lines as they are in Dockerfiles.

use super::{place, read};
use crate::shell::{ArgumentKind, Arguments, OptionSpec, Script};
use crate::text::TextRange;

const APT: OptionSpec = OptionSpec::new("cot", &["config-file", "default-release", "option", "target-release"]);
const PIP: OptionSpec = OptionSpec::new("cert", &["constraint", "index-url", "requirement", "target"]);
const CURL: OptionSpec = OptionSpec::new("dHoux", &["data", "header", "output", "retry", "user"]);

fn arguments<'s>(script: &'s Script, spec: &OptionSpec) -> Arguments<'s> {
    script.commands().next().unwrap().program().unwrap().arguments(spec)
}

fn operands(arguments: &Arguments<'_>) -> Vec<String> {
    arguments.operands().map(|word| word.unquoted().into_owned()).collect()
}

#[test]
fn apt_get() {
    let text = "apt-get install -qy --no-install-recommends -t bookworm-backports -o Dpkg::Options::=--force-confold \
                curl=7.* 'git' \"$PKG\" -- -odd";
    let script = read(text);
    let arguments = arguments(&script, &APT);
    assert!(arguments.has('y', "yes"));
    assert!(arguments.has_short('q'));
    assert!(arguments.has_long("no-install-recommends"));
    assert!(!arguments.has('f', "fix-broken"));
    assert_eq!(arguments.subcommand().unwrap(), "install");
    assert_eq!(operands(&arguments), ["install", "curl=7.*", "git", "$PKG", "-odd"]);
    let release = arguments.value('t', "target-release").unwrap();
    assert_eq!(release.text, "bookworm-backports");
    assert_eq!(release.range, place(text, "bookworm-backports"));
    let yes = arguments.find('y', "yes").unwrap().range;
    assert_eq!(yes, TextRange::at(place(text, "y --no").start(), 1.into()));
    assert_eq!(arguments.find('y', "yes").unwrap().word.range(), place(text, "-qy"));
    // `"$PKG"` could hold an option.
    assert!(arguments.may_hide_options());
}

#[test]
fn values_in_the_same_word_and_in_the_next() {
    let script =
        read("apt-get -tstable -t testing --target-release=sid --target-release 'old stable' install x -qt now");
    let arguments = arguments(&script, &APT);
    let values: Vec<_> = arguments.values('t', "target-release").map(|value| value.text.as_ref()).collect();
    assert_eq!(values, ["stable", "testing", "sid", "old stable", "now"]);
    assert_eq!(arguments.value('t', "target-release").unwrap().text, "now");
    assert_eq!(operands(&arguments), ["install", "x"]);
    assert!(arguments.has_short('q'));
}

#[test]
fn places_of_values() {
    let text = "pip install -rone.txt --requirement=two.txt --index-url=\"https://x/$Y\" -r three.txt .";
    let script = read(text);
    let arguments = arguments(&script, &PIP);
    let ranges: Vec<_> = arguments.values('r', "requirement").map(|value| value.range).collect();
    assert_eq!(ranges, ["one.txt", "two.txt", "three.txt"].map(|needle| place(text, needle)));
    let url = arguments.value('i', "index-url").unwrap();
    assert_eq!(url.text, "https://x/$Y");
    // The word has quotes, so that a place within it would be a guess.
    assert_eq!(url.range, place(text, "--index-url=\"https://x/$Y\""));
    assert!(url.word.literal().is_none());
    assert_eq!(operands(&arguments), ["install", "."]);
    assert!(!arguments.may_hide_options());
}

#[test]
fn curl() {
    let script = read("curl -fsSLo /tmp/x.tgz --retry 3 -H 'A: b' https://example.com/x.tgz -k");
    let arguments = arguments(&script, &CURL);
    for letter in ['f', 's', 'S', 'L', 'o', 'k'] {
        assert!(arguments.has_short(letter), "{letter}");
    }
    assert_eq!(arguments.value('o', "output").unwrap().text, "/tmp/x.tgz");
    assert_eq!(operands(&arguments), ["https://example.com/x.tgz"]);
}

#[test]
fn letters_of_a_value_are_no_options() {
    let script = read("curl -uname:k -okey URL");
    assert!(!arguments(&script, &CURL).has('k', "insecure"));
}

#[test]
fn what_may_hide_options() {
    for (text, hides) in [
        ("apk add $PACKAGES", true),
        ("apk add \"$@\"", true),
        ("apk add $(cat list)", true),
        ("apk add a=$VERSION", false),
        ("apk add a -- $B", false),
        ("apk add --virtual=$X a", false),
        ("apk add a\"$x\"", false),
    ] {
        let script = read(text);
        assert_eq!(arguments(&script, &OptionSpec::FLAGS).may_hide_options(), hides, "{text}");
    }
}

#[test]
fn odd_arguments() {
    use ArgumentKind::{Long, Operand, Short};
    let script = read("x - -é '-a b' --=y --long= -o");
    let arguments = arguments(&script, &CURL);
    let kinds: Vec<_> = arguments.iter().map(|argument| argument.kind.clone()).collect();
    assert_eq!(
        kinds,
        [Operand, Short('é'), Short('a'), Short(' '), Short('b'), Long("".into()), Long("long".into()), Short('o')]
    );
    assert_eq!(arguments.value('?', "long").unwrap().text, "");
    assert!(arguments.find('o', "output").unwrap().value.is_none());
    assert_eq!((&arguments).into_iter().count(), 8);
    let none = read("x");
    assert_eq!(none.commands().next().unwrap().program().unwrap().arguments(&CURL).iter().count(), 0);
}
