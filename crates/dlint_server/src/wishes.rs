//! What the user asks of the server in the settings of the editor: in `initializationOptions`, and when they change.

use serde_json::Value;

/// What the user asks of the server itself; the rest of the settings is for the [`Host`](crate::Host).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Wishes {
    /// `run`: `onSave` has a text linted when it is opened and saved, `onType` at each edit.
    pub(crate) on_save: bool,
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
        Self { on_save: false, completion: true, hover: true, links: true, inlay_hints: true, semantic_tokens: true }
    }
}

impl Wishes {
    /// Reads settings; what they do not say is as usual.
    pub(crate) fn read(settings: &Value) -> Self {
        let is_wanted =
            |name: &str| settings.pointer(&format!("/features/{name}")).and_then(Value::as_bool).unwrap_or(true);
        Self {
            on_save: settings.get("run").and_then(Value::as_str) == Some("onSave"),
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

    use super::{Wishes, own};

    #[test]
    fn settings_are_read_as_far_as_they_say_something() {
        assert_eq!(Wishes::read(&json!(null)), Wishes::default());
        assert_eq!(Wishes::read(&json!({"run": 1, "features": []})), Wishes::default());
        let wishes = Wishes::read(&own(json!({"dlint": {"run": "onSave", "features": {"hover": false}}})));
        assert_eq!(wishes, Wishes { on_save: true, hover: false, ..Wishes::default() });
    }
}
