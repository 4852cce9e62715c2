//! YAML.
use crate::TextRange;
/// An error.
#[derive(Debug)]
pub struct YamlError {
    /// Where.
    pub range: TextRange,
    /// What.
    pub message: String,
    /// Related.
    pub related: Option<(TextRange, String)>,
}
/// A tree.
#[derive(Debug, Default)]
pub struct Yaml {
    errors: Vec<YamlError>,
}
/// A node.
#[derive(Debug, Clone, Copy)]
pub struct View<'y> {
    _yaml: &'y Yaml,
}
impl Yaml {
    /// Root.
    pub fn root(&self) -> Option<View<'_>> {
        None
    }
    /// Errors.
    pub fn errors(&self) -> &[YamlError] {
        &self.errors
    }
}
/// Parses.
pub fn parse(_text: &str) -> Yaml {
    Yaml::default()
}
