//! What the user asks of the server in the settings of the editor: in `initializationOptions`, and when they change.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::log::LogLevel;

/// What the user asks of the server itself; the rest of the settings is for the [`Host`](crate::Host).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Wishes {
    /// `enable`: whether dlint looks at files at all.
    pub(crate) enable: bool,
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
    /// `features.codeLens`
    pub(crate) code_lens: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            enable: true,
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
            code_lens: false,
        }
    }
}

impl Wishes {
    /// Reads settings; what they do not say is as usual.
    pub(crate) fn read(settings: &Value) -> Self {
        let is_wanted = |name: &str, usual| {
            settings.pointer(&format!("/features/{name}")).and_then(Value::as_bool).unwrap_or(usual)
        };
        let is_word = |name: &str, word: &str| settings.get(name).and_then(Value::as_str) == Some(word);
        let is_set = |name: &str, usual: bool| settings.get(name).and_then(Value::as_bool).unwrap_or(usual);
        Self {
            enable: is_set("enable", true),
            on_save: is_word("run", "onSave"),
            log_level: if is_word("logLevel", "debug") { LogLevel::Debug } else { LogLevel::Info },
            fix_all: is_set("fixAll", true),
            fix_unsafe: is_set("fixUnsafe", false),
            rule_docs: is_set("showRuleDocs", true),
            completion: is_wanted("completion", true),
            hover: is_wanted("hover", true),
            links: is_wanted("links", true),
            inlay_hints: is_wanted("inlayHints", true),
            semantic_tokens: is_wanted("semanticTokens", true),
            code_lens: is_wanted("codeLens", false),
        }
    }
}

/// The settings that hold, of folders of the workspace and of all that have none of their own.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    usual: (Value, Wishes),
    folders: HashMap<PathBuf, (Value, Wishes)>,
    /// How often the client was asked for them.
    asked: u64,
}

impl Settings {
    /// What holds where no folder says otherwise.
    pub(crate) fn usual(&self) -> Wishes {
        self.usual.1
    }

    /// Whether something is wanted anywhere.
    pub(crate) fn any(&self, wish: fn(Wishes) -> bool) -> bool {
        wish(self.usual.1) || self.folders.values().any(|(_, wishes)| wish(*wishes))
    }

    /// What holds in a folder.
    pub(crate) fn of(&self, folder: &Path) -> Wishes {
        self.folders.get(folder).unwrap_or(&self.usual).1
    }

    /// Settings hold from now on: of a folder, or of all that have none of their own. Null: a folder has none any more.
    pub(crate) fn set(&mut self, scope: Option<PathBuf>, settings: Value) {
        let wishes = Wishes::read(&settings);
        match scope {
            None => self.usual = (settings, wishes),
            Some(folder) if settings.is_null() => drop(self.folders.remove(&folder)),
            Some(folder) => drop(self.folders.insert(folder, (settings, wishes))),
        }
    }

    /// Counts that the client is asked, and gives the number of the question.
    pub(crate) fn ask(&mut self) -> u64 {
        self.asked += 1;
        self.asked
    }

    /// What changes with an answer to the question of a number: nothing where it was asked again since, or where nothing new is said.
    pub(crate) fn change(&self, number: u64, scope: Option<&Path>, answer: Value) -> Option<Value> {
        if number != self.asked {
            return None;
        }
        // A client that knows nothing of dlint answers with nothing, or with an object that is empty.
        let says_something = answer.as_object().is_some_and(|it| !it.is_empty());
        let known = match scope {
            None if says_something => &self.usual.0,
            None => return None,
            Some(folder) => self.folders.get(folder).map_or(&Value::Null, |(known, _)| known),
        };
        // A folder of which the same is said as of all has none of its own.
        let is_own = says_something && (scope.is_none() || answer != self.usual.0);
        let new = if is_own { answer } else { Value::Null };
        (new != *known).then_some(new)
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
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::{LogLevel, Settings, Wishes, own};

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

    #[test]
    fn folders_have_settings_of_their_own() {
        let (one, two) = (Path::new("/one"), Path::new("/two"));
        let mut settings = Settings::default();
        settings.set(None, json!({"run": "onSave"}));
        let number = settings.ask();
        assert_eq!(settings.change(number, None, json!({"run": "onSave"})), None, "nothing new");
        assert_eq!(settings.change(number, None, json!(null)), None, "nothing is said");
        assert_eq!(settings.change(number, Some(one), json!({"run": "onSave"})), None, "as usual");
        let own = settings.change(number, Some(one), json!({"enable": false})).unwrap();
        settings.set(Some(one.to_owned()), own);
        assert!(!settings.of(one).enable && !settings.of(one).on_save);
        assert!(settings.of(two).enable && settings.of(two).on_save);
        assert_eq!(settings.change(number, Some(one), json!({"enable": false})), None);
        assert_eq!(settings.change(number, Some(one), json!({})), Some(json!(null)));
        settings.ask();
        assert_eq!(settings.change(number, Some(one), json!({})), None, "an answer that is out of date");
        settings.set(Some(one.to_owned()), json!(null));
        assert!(settings.of(one).on_save);
    }
}
