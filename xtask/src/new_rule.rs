//! `cargo xtask new-rule`: the two files of a rule, and its line in the list.

use std::path::Path;

/// Writes the files of the rule `name` (kebab-case) in the folder `topic`, and adds it to the list of rules.
pub(crate) fn write(root: &Path, topic: &str, name: &str) -> Result<String, String> {
    let is_word = |word: &str, extra: char| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == extra)
    };
    if !is_word(name, '-') || !is_word(topic, '_') {
        return Err("a topic is snake_case, a rule's name kebab-case".to_owned());
    }
    let module = name.replace('-', "_");
    let rules = root.join("crates/dlint_linter/src/rules");
    let folder = rules.join(topic);
    let code = folder.join(format!("{module}.rs"));
    if code.exists() {
        return Err(format!("{} exists", code.display()));
    }
    let list = rules.join("mod.rs");
    let text = std::fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let text = add_to_list(&text, topic, &module)?;
    let put =
        |path: &Path, text: &str| std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    put(&code, &code_of(name, &module))?;
    put(&code.with_extension("md"), &page_of(name))?;
    put(&list, &text)?;
    Ok(format!("wrote {} and its page; now describe it, and give it examples", code.display()))
}

/// The list of rules with `module` in its topic, in order.
fn add_to_list(text: &str, topic: &str, module: &str) -> Result<String, String> {
    let broken = || "the list of rules in rules/mod.rs has changed its form".to_owned();
    let (before, rest) = text.split_once("\nrules! {\n").ok_or_else(broken)?;
    let (list, after) = rest.split_once("\n}\n").ok_or_else(broken)?;
    let mut topics: Vec<(String, Vec<String>)> = Vec::new();
    for part in list.split('}') {
        let Some((name, rules)) = part.split_once('{') else { continue };
        let rules = rules.split(',').map(|rule| rule.trim().to_owned()).filter(|rule| !rule.is_empty()).collect();
        topics.push((name.trim().to_owned(), rules));
    }
    match topics.iter_mut().find(|(name, _)| name == topic) {
        Some((_, rules)) => rules.push(module.to_owned()),
        None => topics.push((topic.to_owned(), vec![module.to_owned()])),
    }
    topics.sort();
    let mut list = String::new();
    for (name, mut rules) in topics {
        rules.sort();
        let one_line = format!("    {name} {{ {} }}\n", rules.join(", "));
        if one_line.len() <= 120 {
            list.push_str(&one_line);
        } else {
            list.extend(["    ", &name, " {\n        ", &rules.join(",\n        "), ",\n    }\n"]);
        }
    }
    Ok(format!("{before}\nrules! {{\n{list}}}\n{after}"))
}

fn code_of(name: &str, module: &str) -> String {
    format!(
        r#"//! `{name}`: TELL WHAT IT FINDS.

use crate::diagnostic::{{Category, Level}};
use crate::rule::{{Context, FixAvailability, On, Rule}};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {{
    name: "{name}",
    summary: "TELL WHAT IT FINDS",
    category: Category::Correctness,
    level: Level::Warning,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "{version}",
    aliases: &[],
    docs: include_str!("{module}.md"),
    on: &[On::Stage(stage)],
}};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {{
    let _ = (node, cx);
}}
"#,
        version = env!("CARGO_PKG_VERSION")
    )
}

fn page_of(name: &str) -> String {
    format!(
        "# {name}\n\nTELL WHAT IS WRONG AND WHY IT MATTERS.\n\n```dockerfile bad\nFROM alpine:3.22\n```\n\n\
         ```text report\n```\n\nTELL WHAT TO DO.\n\n```dockerfile good\nFROM alpine:3.22\n```\n"
    )
}

#[cfg(test)]
mod tests {
    use super::add_to_list;

    #[test]
    fn the_list_stays_sorted() {
        let text = "x\nrules! {\n    a { b, d }\n}\ny\n";
        assert_eq!(add_to_list(text, "a", "c").as_deref(), Ok("x\nrules! {\n    a { b, c, d }\n}\ny\n"));
        assert_eq!(add_to_list(text, "_", "c").as_deref(), Ok("x\nrules! {\n    _ { c }\n    a { b, d }\n}\ny\n"));
        assert!(add_to_list("nothing", "a", "c").is_err());
    }
}
