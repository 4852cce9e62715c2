//! A `dlint.toml` that is being written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dlint_syntax::yaml::View;
use toml::Value;

use super::{Source, Tool};
use crate::codes::Ignored;
use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::RuleId;
use crate::selector::Selector;

/// What the file is going to say.
#[derive(Debug)]
pub(super) struct Draft {
    tool: Tool,
    pub(super) fail_on: Option<Level>,
    pub(super) inline_ignores: Option<bool>,
    /// Rules that are off, and what the tool calls them.
    pub(super) ignored: BTreeMap<RuleId, Because>,
    pub(super) levels: BTreeMap<RuleId, (Level, Because)>,
    pub(super) options: BTreeMap<&'static str, toml::Table>,
    /// Overrides for services, and for paths.
    pub(super) parts: Vec<Part>,
    /// Lines of comment for the head.
    pub(super) remarks: Vec<String>,
}

/// Why a rule is off or has its level.
#[derive(Debug, Default, Clone)]
pub(super) struct Because {
    /// What the tool calls it.
    pub(super) codes: BTreeSet<String>,
    pub(super) reason: Option<String>,
}

/// What holds for some files or services.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) paths: Vec<String>,
    pub(super) services: Vec<String>,
    pub(super) reason: Option<String>,
    /// Names of rules, or `ALL`.
    pub(super) ignore: Vec<String>,
}

impl Draft {
    pub(super) fn new(tool: Tool) -> Self {
        Self {
            tool,
            fail_on: None,
            inline_ignores: None,
            ignored: BTreeMap::new(),
            levels: BTreeMap::new(),
            options: BTreeMap::new(),
            parts: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// The language that the tool checks.
    fn language(&self) -> Language {
        if self.tool == Tool::Hadolint { Language::Dockerfile } else { Language::Compose }
    }

    /// Whose code it is: hadolint runs ShellCheck.
    fn tool_of(&self, code: &str) -> &'static str {
        let is_shellcheck = code.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("sc"));
        if is_shellcheck { "shellcheck" } else { self.tool.name() }
    }

    /// The rules that stand for a code of the tool; that there are none is said, and that what Docker refuses cannot be changed.
    pub(super) fn rules<'y>(&self, source: &mut Source<'y>, at: View<'y>, code: &str) -> Vec<RuleId> {
        let tool = self.tool_of(code);
        let Ok(selector) = Selector::parse(&format!("{tool}:{code}")) else {
            if tool == self.tool.name() {
                source.note(at, format!("`{code}`: dlint has no such check"));
            }
            return Vec::new();
        };
        if selector.rules().any(|rule| rule.rule().category == Category::Syntax) {
            source.note(at, format!("`{code}` is about what Docker refuses, which cannot be changed"));
            return Vec::new();
        }
        selector.rules().collect()
    }

    /// Switches off the rules of a code.
    pub(super) fn ignore(&mut self, rules: &[RuleId], code: &str, reason: Option<&str>) {
        for &rule in rules {
            let because = self.ignored.entry(rule).or_default();
            because.codes.insert(code.to_owned());
            because.reason = because.reason.take().or(reason.map(str::to_owned));
        }
    }

    /// Gives the rules of a code a level; of several, the highest counts.
    pub(super) fn level(&mut self, rules: &[RuleId], code: &str, level: Level) {
        for &rule in rules {
            let (known, because) = self.levels.entry(rule).or_insert((level, Because::default()));
            *known = (*known).max(level);
            because.codes.insert(code.to_owned());
        }
    }

    /// Sets an option of a rule.
    pub(super) fn option(&mut self, rule: &'static str, name: &str, value: impl Into<Value>) {
        self.options.entry(rule).or_default().insert(name.to_owned(), value.into());
    }

    /// Adds to an option that is a list.
    pub(super) fn extend_option(&mut self, rule: &'static str, name: &str, values: impl IntoIterator<Item = String>) {
        let list = self.options.entry(rule).or_default().entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.extend(values.into_iter().map(Value::String));
        }
    }

    /// What to write in a list of what is ignored: the rule with what is to be said of it, or only those of its codes that the tool
    /// ignores.
    fn ignored_names(&self, rule: RuleId, because: &Because) -> Vec<(String, String)> {
        if let Some(parts) = self.parts_of(rule, because) {
            return parts.into_iter().map(|code| (code, rule.rule().name.to_owned())).collect();
        }
        let codes: Vec<&str> = because.codes.iter().map(String::as_str).collect();
        let also = self.also(rule, because);
        let also = if also.is_empty() { String::new() } else { format!(", and with it {}", also.join(", ")) };
        vec![(rule.rule().name.to_owned(), format!("{}{also}", codes.join(", ")))]
    }

    /// The codes, if they stand only for a part of the rule.
    fn parts_of(&self, rule: RuleId, because: &Because) -> Option<Vec<String>> {
        let mut ignored = Ignored::default();
        for code in &because.codes {
            let selector = Selector::parse(&format!("{}:{code}", self.tool_of(code))).ok()?;
            ignored.add(&selector);
        }
        (!ignored.rules.contains(rule)).then(|| because.codes.iter().cloned().collect())
    }

    /// The codes that go with those which are ignored: a rule may stand for several checks of the tool.
    pub(super) fn also(&self, rule: RuleId, because: &Because) -> Vec<&'static str> {
        let codes = rule.rule().aliases.iter().filter_map(|alias| alias.split_once(':'));
        let own = codes.filter(|(tool, _)| *tool == self.tool.name()).map(|(_, code)| code);
        let mut also: Vec<&str> =
            own.filter(|code| !because.codes.iter().any(|it| it.eq_ignore_ascii_case(code))).collect();
        also.sort_unstable();
        also
    }

    /// What is said of its rules: those that are about nothing else stand at the top, if the file is made of this draft alone.
    fn write_rules(&self, out: &mut String, is_alone: bool) {
        // A rule of dlint may be about other languages, too, of which the tool knows nothing.
        let is_own = |rule: RuleId| is_alone && rule.rule().languages() == [self.language()];
        let (own, shared): (Vec<_>, Vec<_>) = self.ignored.iter().partition(|(rule, _)| is_own(**rule));
        let levels = self
            .levels
            .iter()
            .filter(|(rule, _)| self.ignored.get(rule).is_none_or(|because| self.parts_of(**rule, because).is_some()));
        let (own_levels, shared_levels): (Vec<_>, Vec<_>) = levels.partition(|(rule, _)| is_own(**rule));
        self.write_list(out, &own);
        if !own_levels.is_empty() {
            out.push_str("\n[rules]\n");
            write_levels(out, &own_levels);
        }
        if shared.is_empty() && shared_levels.is_empty() {
            return;
        }
        if is_alone {
            out.push_str("\n# Rules that are about other files, too.");
        }
        let _ = writeln!(out, "\n[[overrides]]\nlanguages = [{}]", quoted(self.language().name()));
        self.write_list(out, &shared);
        if !shared_levels.is_empty() {
            out.push_str("[overrides.rules]\n");
            write_levels(out, &shared_levels);
        }
    }

    fn write_parts(&self, out: &mut String) {
        for part in &self.parts {
            out.push_str("\n[[overrides]]\n");
            let mut list = |key: &str, values: &[String]| {
                if !values.is_empty() {
                    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                    let _ = writeln!(out, "{key} = [{}]", values.join(", "));
                }
            };
            list("paths", &part.paths);
            if part.services.is_empty() {
                list("languages", &[self.language().name().to_owned()]);
            }
            list("services", &part.services);
            list("ignore", &part.ignore);
            if let Some(reason) = &part.reason {
                let _ = writeln!(out, "reason = {}", quoted(reason));
            }
        }
    }

    fn write_list(&self, out: &mut String, rules: &[(&RuleId, &Because)]) {
        if rules.is_empty() {
            return;
        }
        out.push_str("ignore = [\n");
        for (rule, because) in rules {
            let reason = because.reason.as_ref().map(|reason| format!(": {}", one_line(reason))).unwrap_or_default();
            for (name, comment) in self.ignored_names(**rule, because) {
                let _ = writeln!(out, "    {}, # {}{reason}", quoted(&name), one_line(&comment));
            }
        }
        out.push_str("]\n");
    }
}

/// The text of a file that says what drafts say; each comes with the name of the file that it is made of.
pub(super) fn write(drafts: &[(&str, Draft)]) -> String {
    let mut out = String::new();
    for (name, draft) in drafts {
        let _ = writeln!(out, "# From {} ({}).", one_line(name), draft.tool.name());
        for remark in &draft.remarks {
            let _ = writeln!(out, "# {remark}");
        }
    }
    out.push('\n');
    if let Some(level) = drafts.iter().find_map(|(_, draft)| draft.fail_on) {
        let _ = writeln!(out, "fail-on = {}", quoted(level.name()));
    }
    if let Some(inline_ignores) = drafts.iter().find_map(|(_, draft)| draft.inline_ignores) {
        let _ = writeln!(out, "inline-ignores = {inline_ignores}");
    }
    for (_, draft) in drafts {
        draft.write_rules(&mut out, drafts.len() == 1);
    }
    let mut options: BTreeMap<&str, toml::Table> = BTreeMap::new();
    for (rule, of_rule) in drafts.iter().flat_map(|(_, draft)| &draft.options) {
        options.entry(rule).or_default().extend(of_rule.clone());
    }
    for (rule, options) in options {
        let _ = writeln!(out, "\n[options.{rule}]");
        for (option, value) in options {
            let _ = writeln!(out, "{} = {value}", key(&option));
        }
    }
    for (_, draft) in drafts {
        draft.write_parts(&mut out);
    }
    out
}

fn write_levels(out: &mut String, levels: &[(&RuleId, &(Level, Because))]) {
    for (rule, (level, because)) in levels {
        let codes: Vec<&str> = because.codes.iter().map(String::as_str).collect();
        let _ = writeln!(out, "{} = {} # {}", rule.rule().name, quoted(level.name()), one_line(&codes.join(", ")));
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A key of TOML: bare where it may be.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { name.to_owned() } else { quoted(name) }
}

/// Text as a comment can hold it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(char::is_control, " ")
}
