//! What an editor puts upon the configuration files: its setting `configuration`, an object with the keys of a `dlint.toml`.

use std::ops::Range;

use dlint_linter::config::file::ConfigFile;
use serde_json::Value;

/// How the setting is called where something is wrong with it.
pub(crate) const NAME: &str = "the setting `configuration`";

/// The setting, as the file that it would be.
#[derive(Debug, Clone)]
pub(crate) struct Over {
    pub(crate) text: String,
    pub(crate) file: ConfigFile,
}

impl Over {
    /// Reads the setting; none where it says nothing. The error is a sentence for people.
    pub(crate) fn read(mut setting: Value) -> Result<Option<Self>, String> {
        // An editor may write out what nobody has set.
        drop_nulls(&mut setting);
        if setting.is_null() {
            return Ok(None);
        }
        let Value::Object(entries) = &setting else {
            return Err(format!("{NAME}: it is no object with the keys of a dlint.toml"));
        };
        if entries.is_empty() {
            return Ok(None);
        }
        let text = toml::to_string(&setting).map_err(|error| format!("{NAME}: {error}"))?;
        let file = ConfigFile::parse(&text).map_err(|error| explain(&text, error.range, &error.message))?;
        if file.extends.is_some() {
            return Err(format!(
                "{NAME}: `extends` has no place in it; it is put upon the configuration file that holds"
            ));
        }
        Ok(Some(Self { text, file }))
    }
}

/// A sentence with the line that is at fault: the setting is shown nowhere in the form that places of it would be about.
pub(crate) fn explain(text: &str, range: Option<Range<usize>>, message: &str) -> String {
    /// So much of a line tells which it is.
    const MOST: usize = 80;
    let line = range.and_then(|range| {
        let start = text.get(..range.start)?.rfind('\n').map_or(0, |newline| newline + 1);
        text.get(start..)?.lines().next()
    });
    match line.map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => {
            let short: String = line.chars().take(MOST).collect();
            let rest = if short.len() < line.len() { "…" } else { "" };
            format!("{NAME}: {message} (in `{short}{rest}`)")
        }
        None => format!("{NAME}: {message}"),
    }
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::Over;

    fn fault(setting: serde_json::Value) -> String {
        Over::read(setting).map(drop).unwrap_err()
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        assert_eq!(fault(json!([])), "the setting `configuration`: it is no object with the keys of a dlint.toml");
        let message = fault(json!({"ignroe": ["style"]}));
        assert!(
            message.contains("did you mean `ignore`") && message.contains("(in `ignroe = [\"style\"]`)"),
            "{message}"
        );
        let message = fault(json!({"rules": {"floating-tag": "loud"}}));
        assert!(
            message.contains("`loud` is not a level") && message.contains("(in `floating-tag = \"loud\"`)"),
            "{message}"
        );
        assert!(fault(json!({"select": "style"})).contains("(in `select = \"style\"`)"));
        assert!(fault(json!({"extends": "x.toml"})).contains("`extends` has no place"));
        assert!(fault(json!({"select": [null]})).starts_with("the setting `configuration`: "));
    }

    #[test]
    fn what_says_nothing_is_none() {
        for setting in [json!(null), json!({}), json!({"select": null})] {
            assert!(Over::read(setting.clone()).unwrap().is_none(), "{setting}");
        }
        let over = Over::read(json!({"overrides": [{"paths": ["a/"], "ignore": ["style"]}], "ignore": ["DL3007"]}));
        let over = over.unwrap().unwrap();
        assert_eq!((over.file.overrides.len(), over.file.ignore.len()), (1, 1));
    }
}
