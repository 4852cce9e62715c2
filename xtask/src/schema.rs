//! `docs/dlint.schema.json`: the JSON Schema of `dlint.toml`, generated from the types that read it.

use std::fs;
use std::path::Path;

/// Where it lies, from the root.
const PATH: &str = "docs/dlint.schema.json";

/// Writes the file.
pub(crate) fn write(root: &Path) -> Result<String, String> {
    fs::write(root.join(PATH), text()).map_err(|error| format!("{PATH}: {error}"))?;
    Ok(format!("{PATH} is written"))
}

fn text() -> String {
    let mut schema = dlint_linter::config::file::schema();
    schema.insert("$id".to_owned(), "https://raw.githubusercontent.com/dlint/dlint/main/docs/dlint.schema.json".into());
    schema.insert("title".to_owned(), "dlint.toml".into());
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text + "\n"
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_is_fresh() {
        let found = std::fs::read_to_string(crate::root().join(super::PATH)).unwrap_or_default();
        assert!(found == super::text(), "{} is stale: run `cargo xtask generate`", super::PATH);
    }
}
