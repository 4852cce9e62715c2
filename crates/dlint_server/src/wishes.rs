//! What the user asks of the server in the settings of the editor: in `initializationOptions`, and when they change.

use serde_json::Value;

use crate::log::LogLevel;

/// What the user asks of the server itself; the rest of the settings is for the [`Host`](crate::Host).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Wishes {
    /// `run`: `onSave` has a text linted when it is opened and saved, `onType` at each edit.
    pub(crate) on_save: bool,
    /// `logLevel`: `debug` writes each lint to the log.
    pub(crate) log_level: LogLevel,
    /// `fixAll`: whether all of a file can be fixed at once.
    pub(crate) fix_all: bool,
    /// `fixUnsafe`: whether that applies what may change what a file does, too.
    pub(crate) fix_unsafe: bool,
    /// `showRuleDocs`: whether the page of a rule is shown with what it found.
    pub(crate) rule_docs: bool,
    /// `features.completion`
    pub(crate) completion: bool,
    /// `features.hover`
    pub(crate) hover: bool,
    /// `features.links`
    pub(crate) links: bool,
    /// `features.inlayHints`
    pub(crate) inlay_hints: bool,
    /// `features.semanticTokens`
    pub(crate) semantic_tokens: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            on_save: false,
            log_level: LogLevel::Info,
            fix_all: true,
            fix_unsafe: false,
            rule_docs: true,
            completion: true,
            hover: true,
            links: true,
            inlay_hints: true,
            semantic_tokens: true,
        }
    }
}

impl Wishes {
    /// Reads settings; what they do not say is as usual.
    pub(crate) fn read(settings: &Value) -> Self {
        let is_wanted =
            |name: &str| settings.pointer(&format!("/features/{name}")).and_then(Value::as_bool).unwrap_or(true);
        let is_word = |name: &str, word: &str| settings.get(name).and_then(Value::as_str) == Some(word);
        let is_set = |name: &str, usual: bool| settings.get(name).and_then(Value::as_bool).unwrap_or(usual);
        Self {
            on_save: is_word("run", "onSave"),
            log_level: if is_word("logLevel", "debug") { LogLevel::Debug } else { LogLevel::Info },
            fix_all: is_set("fixAll", true),
            fix_unsafe: is_set("fixUnsafe", false),
            rule_docs: is_set("showRuleDocs", true),
            completion: is_wanted("completion"),
            hover: is_wanted("hover"),
            links: is_wanted("links"),
            inlay_hints: is_wanted("inlayHints"),
            semantic_tokens: is_wanted("semanticTokens"),
        }
    }
}

/// The part of settings that is for dlint: some editors send all of theirs, with ours under our name.
pub(crate) fn own(settings: Value) -> Value {
    match settings {
        Value::Object(mut all) if all.contains_key("dlint") => all.remove("dlint").unwrap_or_default(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{LogLevel, Wishes, own};

    #[test]
    fn settings_are_read_as_far_as_they_say_something() {
        assert_eq!(Wishes::read(&json!(null)), Wishes::default());
        assert_eq!(Wishes::read(&json!({"run": 1, "features": []})), Wishes::default());
        let wishes = Wishes::read(&own(json!({"dlint": {"run": "onSave", "features": {"hover": false}}})));
        assert_eq!(wishes, Wishes { on_save: true, hover: false, ..Wishes::default() });
        let wishes =
            Wishes::read(&json!({"logLevel": "debug", "fixAll": false, "fixUnsafe": true, "showRuleDocs": false}));
        let wanted = Wishes {
            log_level: LogLevel::Debug,
            fix_all: false,
            fix_unsafe: true,
            rule_docs: false,
            ..Wishes::default()
        };
        assert_eq!(wishes, wanted);
    }
}
