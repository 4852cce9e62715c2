//! What a rule adds to a finding.

use std::sync::Arc;

use dlint_syntax::TextRange;

use crate::compose::{Place, Sources};
use crate::diagnostic::{Category, Diagnostic, Edit, Fix, Level, Related};
use crate::document::Document;
use crate::severity::Cvss;

/// A finding that is being written.
pub struct Report<'d> {
    /// None for one that is told elsewhere.
    pub(super) diagnostic: Option<&'d mut Diagnostic>,
    pub(super) fixed_level: bool,
    pub(super) sources: &'d Sources<'d>,
    /// Whether the place at fault is in the document, so that it can be edited.
    pub(super) can_fix: bool,
}

impl Report<'_> {
    fn edit(&mut self, edit: impl FnOnce(&mut Diagnostic)) -> &mut Self {
        if let Some(diagnostic) = self.diagnostic.as_deref_mut() {
            edit(diagnostic);
        }
        self
    }

    /// Sets what to do about it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.edit(|it| it.help = Some(help.into()))
    }

    /// Another level than the rule's; one that the configuration sets for the rule stays.
    pub fn level(&mut self, level: Level) -> &mut Self {
        if self.fixed_level {
            return self;
        }
        self.edit(|it| it.level = level)
    }

    /// Another category than the rule's.
    pub(crate) fn category(&mut self, category: Category) -> &mut Self {
        self.edit(|it| it.category = category)
    }

    /// Another severity than the rule's.
    pub fn cvss(&mut self, cvss: Cvss) -> &mut Self {
        self.edit(|it| it.cvss = Some(cvss))
    }

    /// Adds a place in the same document.
    pub fn related(&mut self, range: TextRange, message: impl Into<String>) -> &mut Self {
        self.add_related(None, range, message.into(), false)
    }

    /// Adds a place in another document that is at fault. Findings of one rule with the same place are told as one.
    pub fn related_in(&mut self, document: &Arc<Document>, range: TextRange, message: impl Into<String>) -> &mut Self {
        self.add_related(Some(Arc::clone(document)), range, message.into(), true)
    }

    /// Adds a place in another document that belongs to the story and is not at fault.
    pub fn aside_in(&mut self, document: &Arc<Document>, range: TextRange, message: impl Into<String>) -> &mut Self {
        self.add_related(Some(Arc::clone(document)), range, message.into(), false)
    }

    fn add_related(
        &mut self,
        document: Option<Arc<Document>>,
        range: TextRange,
        message: String,
        is_cause: bool,
    ) -> &mut Self {
        self.edit(|it| it.related.push(Related { document, range, message, is_cause }))
    }

    /// Says which of the rule's aliases it answers to, where a tool has several for the rule.
    pub fn codes(&mut self, codes: &'static [&'static str]) -> &mut Self {
        self.edit(|it| {
            debug_assert!(codes.iter().all(|code| it.rule().aliases.contains(code)), "{codes:?} of {}", it.rule().name);
            it.codes = codes;
        })
    }

    /// Names a secret in the document that no report may show.
    pub fn hide(&mut self, secret: TextRange) -> &mut Self {
        self.edit(|it| it.hidden = Some(secret))
    }

    /// Adds a place in a file of a Compose project.
    pub fn related_at(&mut self, place: Place, message: impl Into<String>) -> &mut Self {
        let document = self.sources.shared(place.file).cloned();
        self.add_related(document, place.range, message.into(), false)
    }

    /// Adds a fix. It is left out where the place at fault is in another document.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        if !self.can_fix {
            return self;
        }
        self.edit(|it| it.fixes.push(fix))
    }

    /// Adds a safe fix of one edit.
    pub fn safe_fix(&mut self, title: impl Into<String>, edit: Edit) -> &mut Self {
        self.fix(Fix::safe(title, vec![edit]))
    }

    /// Adds an unsafe fix of one edit.
    pub fn unsafe_fix(&mut self, title: impl Into<String>, edit: Edit) -> &mut Self {
        self.fix(Fix::unsafe_(title, vec![edit]))
    }
}
