//! `lifecycles.json`: the table of the ends of releases as dlint reads it, generated from the one that people write.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use toml::Value as Toml;

/// The folder of both, from the root.
const FOLDER: &str = "crates/dlint_linter/src/image";

/// Writes the file.
pub(crate) fn write(root: &Path) -> Result<String, String> {
    let path = root.join(FOLDER).join("lifecycles.json");
    fs::write(path, text(root)?).map_err(|error| format!("lifecycles.json: {error}"))?;
    Ok(format!("{FOLDER}/lifecycles.json is written"))
}

fn text(root: &Path) -> Result<String, String> {
    let written = fs::read_to_string(root.join(FOLDER).join("lifecycles.toml"));
    let written = written.map_err(|error| format!("lifecycles.toml: {error}"))?;
    let table: toml::Table = toml::from_str(&written).map_err(|error| format!("lifecycles.toml: {error}"))?;
    Ok(json(Toml::Table(table)).to_string() + "\n")
}

/// Days become text.
fn json(value: Toml) -> Json {
    match value {
        Toml::Datetime(day) => day.to_string().into(),
        Toml::Array(items) => items.into_iter().map(json).collect(),
        Toml::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
        Toml::String(text) => text.into(),
        Toml::Integer(number) => number.into(),
        Toml::Float(number) => number.into(),
        Toml::Boolean(value) => value.into(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_fresh() {
        let root = crate::root();
        let found = std::fs::read_to_string(root.join(super::FOLDER).join("lifecycles.json")).unwrap_or_default();
        assert!(Ok(found) == super::text(&root), "lifecycles.json is stale: run `cargo xtask generate`");
    }
}
