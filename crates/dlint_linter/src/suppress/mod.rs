//! Comments that suppress findings: `# dlint ignore=rule[,rule] reason`, and the forms of hadolint (`# hadolint ignore=…`,
//! `global ignore=`, `stage ignore=`), BuildKit (`# check=skip=…`) and dclint (`# dclint disable-line …` and the like), whose
//! codes are looked up among the rules' aliases.
//!
//! [`check_all`](crate::check::check_all) hands all findings of a document through here once, so that every report, fixing and
//! the language server agree. Only comments count, not what looks like one in a heredoc or a block scalar. What the program
//! that reads the file refuses cannot be suppressed.

mod comment;
mod names;
mod report;
mod scope;
mod write;

use std::collections::BTreeMap;

use dlint_syntax::dockerfile::DirectiveKind;
use dlint_syntax::hash::HashMap;
use dlint_syntax::{TextRange, TextSize};

use self::comment::{Comment, Cursor, Reach, Read, Tool};
use self::names::Named;
use self::scope::{Scope, Scopes};
use crate::config::Config;
use crate::diagnostic::{Category, Diagnostic};
use crate::document::{Document, Tree};
use crate::rule::{RuleId, RuleSet};

pub(crate) use report::report;
pub use write::{Extent, edit, may_be_ignored};

/// A finding that is suppressed.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Why, if that is said.
    pub reason: Option<String>,
    /// What suppresses it.
    pub by: Suppressor,
}

/// What suppresses a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suppressor {
    /// A comment in the document.
    Comment,
    /// The configuration: an override for a service.
    Configuration,
}

/// The comments of a document that suppress findings.
#[derive(Debug, Default)]
pub(crate) struct Suppressions<'d> {
    comments: Vec<(Comment<'d>, bool)>,
    /// Comments for dlint that it does not understand: the word at fault and its place.
    unknown: Vec<(&'d str, TextRange)>,
    names: Vec<Name>,
    file: Group,
    lines: HashMap<u32, Group>,
    /// By their start; the outer before the inner.
    ranges: Vec<Ranged>,
}

/// A name in a comment.
#[derive(Debug)]
struct Name {
    /// The comment, and which of its names it is.
    comment: usize,
    index: usize,
    /// `None` if nothing is called so.
    named: Option<Named>,
    used: bool,
}

/// What suppresses at one place.
#[derive(Debug, Default)]
struct Group {
    /// All rules of `rules`.
    covered: RuleSet,
    /// Sets of rules with the names that they are of.
    rules: Vec<(RuleSet, usize)>,
    /// Codes that stand for a part of their rules.
    parts: BTreeMap<(RuleId, &'static str), usize>,
    /// Codes of ShellCheck.
    codes: BTreeMap<u32, usize>,
}

#[derive(Debug)]
struct Ranged {
    range: TextRange,
    group: Group,
    /// The range around it.
    parent: Option<usize>,
}

impl Group {
    /// A name that adds nothing is left out: it suppresses nothing that others do not.
    fn add(&mut self, named: Named, name: usize) {
        if named.rules.intersection(&self.covered) != named.rules {
            named.rules.iter().for_each(|rule| self.covered.insert(rule));
            self.rules.push((named.rules, name));
        }
        for &part in named.parts {
            self.parts.entry(part).or_insert(name);
        }
        if let Some(code) = named.code {
            self.codes.entry(code).or_insert(name);
        }
    }

    fn find(&self, diagnostic: &Diagnostic) -> Option<usize> {
        if self.covered.contains(diagnostic.rule) {
            return self.rules.iter().find(|(rules, _)| rules.contains(diagnostic.rule)).map(|&(_, name)| name);
        }
        if !self.parts.is_empty() {
            let mut aliases = diagnostic.rule().aliases.iter().filter(|alias| diagnostic.answers_to(alias));
            if let Some(name) = aliases.find_map(|alias| self.parts.get(&(diagnostic.rule, *alias))) {
                return Some(*name);
            }
        }
        let code = crate::shellcheck::code(diagnostic).filter(|_| !self.codes.is_empty())?;
        self.codes.get(&code).copied()
    }
}

impl<'d> Suppressions<'d> {
    /// Reads the comments of a document.
    pub(crate) fn new(document: &'d Document) -> Self {
        let mut it = Self::default();
        let text = document.text();
        // `dlint`, `hadolint`, `dclint`, `check=skip=`
        if !["lint", "skip"].iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some()) {
            return it;
        }
        let mut add = |range: TextRange, own_line: bool| match comment::read(document.slice(range), range.start()) {
            Some(Read::Comment(comment)) => it.comments.push((comment, own_line)),
            Some(Read::Unknown(word, place)) => it.unknown.push((word, place)),
            None => {}
        };
        match document.tree() {
            Tree::Dockerfile(parts) => {
                parts.0.comments.iter().for_each(|comment| add(comment.range, true));
                it.comments.retain(|(comment, _)| comment.tool != Tool::Dclint);
                it.directives(document, &parts.0.directives);
            }
            Tree::Compose(yaml) => {
                yaml.comments().iter().for_each(|comment| add(comment.range, comment.own_line));
                it.comments.retain(|(comment, _)| matches!(comment.tool, Tool::Dlint | Tool::Dclint));
            }
            // JSON has no comments.
            Tree::Daemon(_) => {}
        }
        it.place(document);
        it
    }

    /// BuildKit's directive, which holds for the file.
    fn directives(&mut self, document: &'d Document, directives: &[dlint_syntax::dockerfile::Directive]) {
        for directive in directives.iter().filter(|it| it.kind == DirectiveKind::Check) {
            let value = directive.value.range;
            let names = comment::skipped(&mut Cursor::new(document.slice(value), value.start()));
            let comment = |names| Comment {
                tool: Tool::Buildkit,
                reach: Reach::File,
                names,
                reason: None,
                range: directive.range,
            };
            self.comments.extend(names.map(|names| (comment(names), true)));
        }
    }

    fn place(&mut self, document: &Document) {
        if self.comments.is_empty() {
            return;
        }
        let mut scopes = Scopes::new(document);
        let mut ranges: BTreeMap<(TextSize, std::cmp::Reverse<TextSize>), Group> = BTreeMap::new();
        for (index, (comment, own_line)) in self.comments.iter().enumerate().rev() {
            // What covers nothing is looked at all the same: it may be misspelt.
            let mut nothing = Group::default();
            let group = match scopes.of(comment.range, *own_line, comment.reach) {
                None => &mut nothing,
                Some(Scope::File) => &mut self.file,
                Some(Scope::Line(line)) => self.lines.entry(line).or_default(),
                Some(Scope::Range(range)) => ranges.entry((range.start(), std::cmp::Reverse(range.end()))).or_default(),
            };
            if comment.names.is_empty() {
                group.add(names::all(), usize::MAX);
            }
            for (which, (name, _)) in comment.names.iter().enumerate() {
                let named = names::resolve(comment.tool, name);
                if let Some(named) = named {
                    group.add(named, self.names.len());
                }
                self.names.push(Name { comment: index, index: which, named, used: false });
            }
        }
        let mut open: Vec<usize> = Vec::new();
        for ((start, std::cmp::Reverse(end)), group) in ranges {
            while open.last().is_some_and(|&outer| self.ranges[outer].range.end() < start) {
                open.pop();
            }
            let parent = open.last().copied();
            open.push(self.ranges.len());
            self.ranges.push(Ranged { range: TextRange::new(start, end), group, parent });
        }
    }

    /// Whether there is no comment that is meant for a linter.
    fn is_empty(&self) -> bool {
        self.comments.is_empty() && self.unknown.is_empty()
    }

    /// Parts findings from those that are suppressed.
    pub(crate) fn split(
        &mut self,
        document: &Document,
        diagnostics: Vec<Diagnostic>,
    ) -> (Vec<Diagnostic>, Vec<Suppressed>) {
        if self.comments.is_empty() {
            return (diagnostics, Vec::new());
        }
        let (mut kept, mut suppressed) = (Vec::with_capacity(diagnostics.len()), Vec::new());
        for diagnostic in diagnostics {
            match self.find(document, &diagnostic) {
                None => kept.push(diagnostic),
                Some(name) => {
                    let reason = self.names.get_mut(name).and_then(|name| {
                        name.used = true;
                        self.comments[name.comment].0.reason.map(str::to_owned)
                    });
                    suppressed.push(Suppressed { diagnostic, reason, by: Suppressor::Comment });
                }
            }
        }
        (kept, suppressed)
    }

    /// The name that suppresses a finding: the nearest, `usize::MAX` for a comment without names.
    fn find(&self, document: &Document, diagnostic: &Diagnostic) -> Option<usize> {
        if diagnostic.category == Category::Syntax {
            return None;
        }
        let at = diagnostic.range.start();
        if !self.lines.is_empty()
            && let Some(group) = self.lines.get(&(document.position(at).line - 1))
            && let Some(name) = group.find(diagnostic)
        {
            return Some(name);
        }
        let mut next = self.ranges.partition_point(|it| it.range.start() <= at).checked_sub(1);
        while let Some(ranged) = next.map(|index| &self.ranges[index]) {
            if ranged.range.end() >= at
                && let Some(name) = ranged.group.find(diagnostic)
            {
                return Some(name);
            }
            next = ranged.parent;
        }
        self.file.find(diagnostic)
    }
}

/// Parts findings of other programs from those that comments of the document suppress.
pub fn split(document: &Document, config: &Config, diagnostics: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    if diagnostics.is_empty() || !config.inline_ignores {
        return (diagnostics, Vec::new());
    }
    Suppressions::new(document).split(document, diagnostics)
}
