//! What `set` switches on.

use super::read;
use crate::shell::Settings;

/// The settings at the last command.
fn at_last(text: &str) -> Settings {
    let script = read(text);
    script.settings_at(script.commands().last().unwrap())
}

#[test]
fn set_before_a_command() {
    assert_eq!(at_last("a"), Settings::default());
    assert!(at_last("set -e; a").errexit);
    assert!(at_last("set -o errexit && a").errexit);
    assert!(at_last("set -o pipefail\na | b").pipefail);
    let all = at_last("set -eux -o pipefail; a");
    assert_eq!(all, Settings { errexit: true, nounset: true, xtrace: true, pipefail: true, noglob: false });
    assert_eq!(at_last("set -euxo pipefail && a"), all);
    assert!(at_last("set -ef; a").noglob);
}

#[test]
fn set_may_switch_off_again() {
    let settings = at_last("set -ex; set +x; a");
    assert!(settings.errexit && !settings.xtrace);
    assert!(!at_last("set -o pipefail; set +o pipefail; a").pipefail);
}

#[test]
fn set_counts_only_where_it_acts_on_the_script() {
    assert!(!at_last("(set -e); a").errexit);
    assert!(!at_last("set -e | b; a").errexit);
    assert!(!at_last("x=$(set -e); a").errexit);
    assert!(at_last("{ set -e; }; a").errexit);
    let script = read("a; set -e; b");
    let settings: Vec<_> = script.commands().map(|command| script.settings_at(command).errexit).collect();
    assert_eq!(settings, [false, false, true]);
}

#[test]
fn set_with_operands() {
    assert!(!at_last("set a -e; b").errexit);
    assert!(!at_last("set -- -e; b").errexit);
    assert!(at_last("set -e -- x; b").errexit);
    assert!(!at_last("set \"$OPTS\" -e; b").errexit);
    assert!(!at_last("set; b").errexit);
}

#[test]
fn settings_from_the_arguments_of_a_shell() {
    let settings = Settings::from_arguments(["-euxo", "pipefail", "-c"]);
    assert!(settings.errexit && settings.pipefail && settings.xtrace && settings.nounset);
    assert!(Settings::from_arguments(["-o", "pipefail", "-o", "errexit", "-c"]).errexit);
    assert_eq!(Settings::from_arguments(["-c"]), Settings::default());
    assert_eq!(Settings::from_arguments(["--norc", "-lc"]), Settings::default());
}
