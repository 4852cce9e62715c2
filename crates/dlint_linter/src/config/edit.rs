//! Edits of a configuration file that leave everything else as it is written: comments, order, layout.

use std::ops::Range;

use dlint_syntax::text::range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Edit;
use crate::rule::RuleId;

/// Switches a rule off in the text of a configuration file: with its level, where the file sets one, else in the list `ignore`. None if the
/// text cannot be read. Whether the rule is off then is for the caller to see: an override may say otherwise.
pub fn switch_off(text: &str, rule: RuleId) -> Option<Edit> {
    let name = rule.rule().name;
    let root = DeTable::parse(text).ok()?;
    let root = root.get_ref();
    let level = get(root, "rules").and_then(|rules| get(rules.get_ref().as_table()?, name));
    if let Some(level) = level {
        return Some(edit(level.span(), "\"off\"".to_owned()));
    }
    Some(match get(root, "ignore") {
        Some(list) => add(text, list.span(), list.get_ref().as_array()?.iter().map(Spanned::span).next_back(), name),
        None => insert(text, root, &format!("ignore = [\"{name}\"]")),
    })
}

fn get<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<&'t Spanned<DeValue<'i>>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
}

fn edit(at: Range<usize>, text: String) -> Edit {
    Edit { range: range(at), text }
}

/// Adds a name to the list at `list`, of which the last item stands at `last`.
fn add(text: &str, list: Range<usize>, last: Option<Range<usize>>, name: &str) -> Edit {
    let Some(last) = last else { return edit(list.start + 1..list.start + 1, format!("\"{name}\"")) };
    let line = line_start(text, last.start);
    let indent = &text[line..last.start];
    let has_own_line = line > list.start && indent.trim().is_empty();
    if !has_own_line {
        return edit(last.end..last.end, format!(", \"{name}\""));
    }
    let line_end = line_end(text, last.end);
    let item = format!("{}{indent}\"{name}\"", newline(text));
    if list.end <= line_end {
        return edit(last.end..last.end, format!(",{item}"));
    }
    let rest = &text[last.end..line_end];
    // What stands behind the last item is about that one.
    match rest.trim_start().strip_prefix(',') {
        Some(_) => edit(line_end..line_end, format!("{item},")),
        None if text[line_end..list.end].trim() == "]" => edit(last.end..line_end, format!(",{rest}{item}")),
        // The comma is somewhere below.
        None => edit(last.end..last.end, format!(", \"{name}\"")),
    }
}

/// Puts a key that belongs to no table on a line of its own: below the last one of these, or at the top.
fn insert(text: &str, root: &DeTable<'_>, line: &str) -> Edit {
    let newline = newline(text);
    let is_plain = |value: &DeValue<'_>| match value {
        DeValue::Table(_) => false,
        DeValue::Array(items) => !items.iter().any(|it| it.get_ref().is_table()),
        _ => true,
    };
    let last = root.iter().filter(|(_, value)| is_plain(value.get_ref())).map(|(_, value)| value.span().end).max();
    if let Some(last) = last {
        let at = line_end(text, last);
        return edit(at..at, format!("{newline}{line}"));
    }
    let at = head(text);
    let gap = if text[at..].trim().is_empty() || text[at..].starts_with(['\n', '\r']) { "" } else { newline };
    let before = if at > 0 && !text[..at].ends_with('\n') { newline } else { "" };
    edit(at..at, format!("{before}{line}{newline}{gap}"))
}

/// The end of the lines that are about the whole file: what names its schema, and a comment with a blank line below it.
fn head(text: &str) -> usize {
    let (mut at, mut next) = (0, 0);
    for line in text.split_inclusive('\n') {
        if !line.starts_with('#') {
            if line.trim().is_empty() {
                at = next;
            }
            break;
        }
        next += line.len();
        if line.starts_with("#:") || next == text.len() {
            at = next;
        }
    }
    at
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where the line ends, without what ends it.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + text[at..at + newline].trim_end_matches('\r').len())
}

/// What ends lines in a text.
fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::switch_off;
    use crate::config::file::ConfigFile;
    use crate::config::layers::Layers;
    use crate::rule::RuleId;

    /// The text in which `root-user` is switched off. It says the same of all else.
    #[track_caller]
    fn off(text: &str) -> String {
        let rule = RuleId::of_name("root-user").expect("a rule");
        let edit = switch_off(text, rule).expect("an edit");
        let mut edited = text.to_owned();
        edited.replace_range(std::ops::Range::<usize>::from(edit.range), &edit.text);
        let config = |text: &str| {
            let file = ConfigFile::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            Layers::new(vec![file]).map(|it| it.apply(None, &|_| false, &mut |_, _| ()).expect("a policy"))
        };
        let (mut before, after) = (config(text).expect("layers"), config(&edited).expect("layers"));
        assert!(!after.enabled.contains(rule), "{edited}");
        before.enabled.remove(rule);
        assert_eq!(before.enabled, after.enabled, "{edited}");
        assert_eq!(before.options, after.options, "{edited}");
        edited
    }

    #[test]
    fn a_list_keeps_its_layout() {
        assert_eq!(off("ignore = []\n"), "ignore = [\"root-user\"]\n");
        assert_eq!(off("ignore = [ # why\n]\n"), "ignore = [\"root-user\" # why\n]\n");
        assert_eq!(
            off("ignore = ['a-b'] # c".replace("a-b", "style").as_str()),
            "ignore = ['style', \"root-user\"] # c"
        );
        assert_eq!(off("ignore = [\"style\", ]\n"), "ignore = [\"style\", \"root-user\", ]\n");
        assert_eq!(
            off("ignore = [\n  \"style\", # why\n  # end\n]\n"),
            "ignore = [\n  \"style\", # why\n  \"root-user\",\n  # end\n]\n"
        );
        assert_eq!(
            off("ignore = [\r\n\t\"style\" # , why\r\n]\r\n"),
            "ignore = [\r\n\t\"style\", # , why\r\n\t\"root-user\"\r\n]\r\n"
        );
        assert_eq!(off("ignore = [\n  \"style\"]"), "ignore = [\n  \"style\",\n  \"root-user\"]");
        assert_eq!(
            off("ignore = [\n  \"style\"\n  , # odd\n]"),
            "ignore = [\n  \"style\", \"root-user\"\n  , # odd\n]"
        );
        assert_eq!(
            off("ignore = [\n  \"security\", \"style\",\n]\n"),
            "ignore = [\n  \"security\", \"style\", \"root-user\",\n]\n"
        );
    }

    #[test]
    fn a_list_is_made_where_there_is_none() {
        assert_eq!(off(""), "ignore = [\"root-user\"]\n");
        assert_eq!(off("# us"), "# us\nignore = [\"root-user\"]\n");
        assert_eq!(
            off("#:schema x\n[rules]\nstyle = \"off\"\n"),
            "#:schema x\nignore = [\"root-user\"]\n\n[rules]\nstyle = \"off\"\n"
        );
        assert_eq!(
            off("# ours\n\n# levels\n[rules]\nstyle = \"off\"\n"),
            "# ours\nignore = [\"root-user\"]\n\n# levels\n[rules]\nstyle = \"off\"\n"
        );
        assert_eq!(
            off("# levels\n[rules]\nstyle = \"off\"\n"),
            "ignore = [\"root-user\"]\n\n# levels\n[rules]\nstyle = \"off\"\n"
        );
        assert_eq!(
            off("select = [\n  \"security\", # é😀\n] # all\n\n[[overrides]]\npaths = [\"a\"]\nignore = [\"style\"]\n"),
            "select = [\n  \"security\", # é😀\n] # all\nignore = [\"root-user\"]\n\n[[overrides]]\npaths = [\"a\"]\nignore = [\"style\"]\n"
        );
        assert_eq!(
            off("rules.style = \"off\"\r\nfail-on = \"error\""),
            "rules.style = \"off\"\r\nfail-on = \"error\"\r\nignore = [\"root-user\"]"
        );
    }

    #[test]
    fn a_level_is_changed_where_it_is_said() {
        assert_eq!(
            off("ignore = [\"style\"]\n[rules]\nroot-user = 'error' # why\n"),
            "ignore = [\"style\"]\n[rules]\nroot-user = \"off\" # why\n"
        );
        assert_eq!(off("rules = { root-user = \"info\" }"), "rules = { root-user = \"off\" }");
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let rule = RuleId::of_name("root-user").expect("a rule");
        assert_eq!(switch_off("ignore = [", rule), None);
        assert_eq!(switch_off("ignore = \"style\"", rule), None);
    }
}
