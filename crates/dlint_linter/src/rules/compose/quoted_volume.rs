//! `quoted-volume`: a volume in quotes that it does not need.

use dlint_syntax::yaml::{ScalarStyle, Style, View};

use crate::compose::Project;
use crate::diagnostic::{Category, Edit, Level};
use crate::layout::{own_entry, written_services};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "quoted-volume",
    summary: "A volume in quotes that it does not need",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["dclint:no-quotes-in-volumes"],
    docs: include_str!("quoted_volume.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in written_services(project).into_iter().flatten() {
        let Some(volumes) = own_entry(service.value, "volumes") else { continue };
        if volumes.value.alias().is_some() || volumes.value.style() != Some(Style::Block) {
            continue;
        }
        for item in volumes.value.items() {
            let Some(text) = needless_quotes(item) else { continue };
            cx.report(item.range(), format!("`{text}` needs no quotes"))
                .help("Leave them out")
                .safe_fix("Take the quotes away", Edit::replace(item.range(), text));
        }
    }
}

/// The text of a quoted scalar that means the same without quotes.
fn needless_quotes(item: View<'_>) -> Option<&str> {
    if !matches!(item.scalar_style(), Some(ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)) || item.alias().is_some() {
        return None;
    }
    let text = item.text()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_./:~-${}".contains(&byte);
    // It begins like a path, a name or a variable, and has a `/`, so that it is no number, key or other value.
    let starts_well = text.starts_with(|char: char| char.is_ascii_alphabetic() || "./~$".contains(char));
    (starts_well && text.contains('/') && text.bytes().all(is_plain) && !text.ends_with(':')).then_some(text)
}
