//! Telling Docker's `daemon.json` from those of other programs.

use dlint_syntax::suggest::{is_alike, nearest};
use dlint_syntax::yaml::{self, View};

use super::config::settings_of;
use super::keys;

/// How many keys are looked at to tell.
const MOST: usize = 1_000;

/// Whether a file that is called `daemon.json` is Docker's, by its content: more than half of its keys are keys of
/// Docker's daemon or like one, or half of them where one is a name that no other program is likely to have. A file
/// that says nothing, or that cannot be read, counts.
pub fn is_dockers(text: &str) -> bool {
    let tree = yaml::parse(&yaml::mask_json_comments(text));
    let Some(root) = tree.root().filter(|root| View::is_mapping(*root)) else { return true };
    let names: Vec<&str> = settings_of(root).iter().map(|setting| setting.name).take(MOST).collect();
    let known = names.iter().filter(|name| is_like_a_key(name)).count();
    let is_special = || names.iter().any(|name| name.contains('-') && keys::find(name).is_some());
    names.is_empty() || known * 2 > names.len() || (known * 2 == names.len() && is_special())
}

fn is_like_a_key(name: &str) -> bool {
    let is_flag = || name.contains('-') && keys::flag_name(name).is_some();
    keys::find(name).is_some()
        || keys::find_retired(name).is_some()
        || is_flag()
        || keys::all().any(|key| is_alike(key.name, name))
        // Short words are like many others.
        || (name.len() > 4 && nearest(name, keys::all().map(|key| key.name)).is_some())
}

#[cfg(test)]
mod tests {
    use super::is_dockers;

    #[test]
    fn dockers() {
        for text in [
            "",
            "null",
            "{}",
            "[]",
            "not json",
            r#"{"debug": true}"#,
            r#"{"log-driver": "local", "surprise": 1}"#,
            r#"{"log_driver": "local"}"#,
            r#"{"registry-mirros": []}"#,
            r#"{"insecure-registry": []}"#,
            r#"{"graph": "/srv"}"#,
            "{\n// ours\n\"bip\": \"10.0.0.1/24\",\n}",
        ] {
            assert!(is_dockers(text), "{text}");
        }
    }

    #[test]
    fn those_of_others() {
        for text in [
            r#"{"apps": [{"name": "worker", "debug": true}]}"#,
            r#"{"pid": 1, "listen_addr": "127.0.0.1:4200", "version": "0.3.46", "platform": "linux"}"#,
            r#"{"uid": "mqtt", "append": true, "watch": true, "script": "index.js"}"#,
            r#"{"debug": true, "port": 8080}"#,
            r#"{"host": "127.0.0.1", "port": 8080, "group": "www"}"#,
        ] {
            assert!(!is_dockers(text), "{text}");
        }
    }
}
