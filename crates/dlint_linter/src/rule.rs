//! What a rule is, and how the engine finds the rules for a node.
//!
//! A rule is a `const`: its metadata, and the functions that look at the nodes it cares about. It holds no state and
//! knows no other rule. From the functions' types a table "node kind to rules" is made once a run, so that a
//! rule that is off costs nothing.

mod report;
mod set;

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::LazyLock;

use dlint_syntax::dockerfile::Instruction;
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::{TextRange, text};

use crate::check::Files;
use crate::compose::{Place, Project, Service, Sources};
use crate::config::Config;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Diagnostic, Level};
use crate::document::Document;
use crate::image::ImageUse;
use crate::language::Language;
use crate::rules::RULES;
use crate::run::{CommandNode, RunNode, Runs, SharedRuns};
use crate::secrets::{Token, UrlCredentials, tokens, url_credentials};
use crate::severity::Cvss;
use crate::stage::StageNode;
use crate::suppress::Suppressed;

pub use report::Report;
pub use set::RuleSet;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; says what is wrong and reads after "allow": `root-user`.
    pub name: &'static str,
    /// One line, as shown in lists.
    pub summary: &'static str,
    /// What kind of matter it is about.
    pub category: Category,
    /// How much a finding matters, unless the rule says otherwise for it.
    pub level: Level,
    /// Whether it is on where nothing is configured.
    pub default: bool,
    /// The severity of a security rule.
    pub cvss: Option<Cvss>,
    /// Whether its findings can be mended automatically.
    pub fix: FixAvailability,
    /// The version of dlint that brought it.
    pub since: &'static str,
    /// What other tools call it: `tool:code`.
    pub aliases: &'static [&'static str],
    /// Its page, in Markdown.
    pub docs: &'static str,
    /// The functions that find it, by what they look at.
    pub on: &'static [On],
}

impl Rule {
    /// The languages that it looks at.
    pub fn languages(&self) -> Vec<Language> {
        Language::ALL
            .into_iter()
            .filter(|language| self.on.iter().any(|on| on.languages().contains(language)))
            .collect()
    }

    /// Where its page is published.
    pub fn url(&self) -> String {
        format!(
            "https://github.com/dlint/dlint/blob/main/crates/dlint_linter/src/rules/{}/{}.md",
            crate::rules::topic(self),
            self.name.replace('-', "_")
        )
    }
}

/// Whether the findings of a rule can be mended automatically.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixAvailability {
    /// Every finding has a fix.
    Always,
    /// Some findings have one.
    Sometimes,
    /// No finding has one.
    None,
}

impl FixAvailability {
    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Sometimes => "sometimes",
            Self::None => "none",
        }
    }
}

/// A rule, by its place in [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u16);

impl RuleId {
    /// The rule.
    pub fn rule(self) -> &'static Rule {
        RULES[usize::from(self.0)]
    }

    /// All rules, in the order of their names.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..RULES.len()).map(|index| Self(index as u16))
    }

    /// The rule of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        RULES.binary_search_by(|rule| rule.name.cmp(name)).ok().map(|index| Self(index as u16))
    }
}

macro_rules! nodes {
    ($($(#[$doc:meta])* $kind:ident($($argument:ty),*) in $languages:expr;)*) => {
        /// A function of a rule, by what it looks at.
        #[derive(Debug, Clone, Copy)]
        pub enum On {
            /// What the parser of these languages refuses. The engine reports it under the rule that has the name of the
            /// error's kind.
            Syntax(&'static [Language]),
            /// What another program finds in these languages. Whoever runs that program reports it under the rule.
            External(&'static [Language]),
            /// What the engine finds in these languages when all other rules are done.
            Engine(&'static [Language]),
            /// Each [command](On::Command) that runs one of these programs, by their names without folders. A rule has one such list at most.
            Program(&'static [&'static str], for<'a, 'b> fn(&'b CommandNode<'a, 'b>, &'b mut Context<'a>)),
            $($(#[$doc])* $kind(for<'a, 'b> fn($($argument,)* &'b mut Context<'a>)),)*
        }

        #[derive(Clone, Copy, PartialEq, Eq)]
        pub(crate) enum NodeKind { Syntax, External, Engine, Program, $($kind,)* }

        const KINDS: usize = 4 + [$(stringify!($kind)),*].len();

        impl On {
            pub(crate) const fn kind(&self) -> NodeKind {
                match self {
                    Self::Syntax(_) => NodeKind::Syntax,
                    Self::External(_) => NodeKind::External,
                    Self::Engine(_) => NodeKind::Engine,
                    Self::Program(..) => NodeKind::Program,
                    $(Self::$kind(_) => NodeKind::$kind,)*
                }
            }

            /// The languages that have such a node.
            pub const fn languages(&self) -> &'static [Language] {
                match self {
                    Self::Syntax(languages) | Self::External(languages) | Self::Engine(languages) => languages,
                    Self::Program(..) => &[Language::Dockerfile],
                    $(Self::$kind(_) => $languages,)*
                }
            }
        }
    };
}

nodes! {
    /// Any document, once.
    Document(&'a Document) in &[Language::Dockerfile, Language::Compose, Language::Daemon];
    /// Each build stage of a Dockerfile.
    Stage(&'b StageNode<'a>) in &[Language::Dockerfile];
    /// Each instruction of a Dockerfile, also those that `ONBUILD` puts off.
    Instruction(&'a Instruction) in &[Language::Dockerfile];
    /// Each `RUN` of a Dockerfile, also those that `ONBUILD` puts off.
    Run(&'b RunNode<'a>) in &[Language::Dockerfile];
    /// Each simple command of each `RUN` (see [`RunNode::commands`]): in lists, pipes, subshells, branches, loops, functions,
    /// substitutions and nested shells.
    Command(&'b CommandNode<'a, 'b>) in &[Language::Dockerfile];
    /// Each [command](On::Command) that asks something of a package manager ([`CommandNode::package`]).
    Package(&'b CommandNode<'a, 'b>) in &[Language::Dockerfile];
    /// Each [command](On::Command) that downloads something.
    Download(&'b CommandNode<'a, 'b>) in &[Language::Dockerfile];
    /// Each use of an image: `FROM`, `COPY --from`, a mount's `from`, a service's `image`.
    Image(&'b ImageUse<'a>) in &[Language::Dockerfile, Language::Compose];
    /// A Compose file as a whole.
    Compose(&'b Project<'a>) in &[Language::Compose];
    /// Each service of a Compose file.
    Service(&'b Service<'a>) in &[Language::Compose];
    /// A `daemon.json`.
    Daemon(&'b DaemonConfig<'a>) in &[Language::Daemon];
}

const _: () = assert!(RULES.len() <= RuleSet::CAPACITY, "RuleSet has to grow");

/// By kind of node: the functions that look at it, in the order of their rules' names.
static FUNCTIONS: LazyLock<[Vec<(RuleId, &'static On)>; KINDS]> = LazyLock::new(|| {
    let mut table = [const { Vec::new() }; KINDS];
    for id in RuleId::all() {
        for on in id.rule().on {
            table[on.kind() as usize].push((id, on));
        }
    }
    table
});

/// By program: the rules that look at its calls.
static PROGRAMS: LazyLock<HashMap<&'static str, RuleSet>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, RuleSet> = HashMap::new();
    for (id, on) in &FUNCTIONS[NodeKind::Program as usize] {
        let On::Program(names, _) = on else { continue };
        for name in *names {
            table.entry(name).or_default().insert(*id);
        }
    }
    table
});

/// The rules that look at the calls of a program.
pub(crate) fn of_program(name: &str) -> RuleSet {
    PROGRAMS.get(name).copied().unwrap_or_default()
}

/// What a rule sees beside its node, and where it reports.
pub struct Context<'a> {
    /// The document that is checked.
    pub document: &'a Document,
    /// The configuration.
    pub config: &'a Config,
    /// The other files.
    pub files: &'a dyn Files,
    pub(crate) enabled: RuleSet,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What comments in a Dockerfile suppress that stands in the document.
    pub(crate) suppressed: Vec<Suppressed>,
    /// Where a finding stands whose place is in a file by which nothing of the checked document leads: the service's name.
    pub(crate) anchor: Option<TextRange>,
    /// Whether the project is reported on where it begins, so that here only this file's own lines count.
    pub(crate) is_told_elsewhere: bool,
    /// Whether the document is a value in another one: how its file begins and ends is not its own matter.
    pub(crate) is_value: bool,
    sources: &'a Sources<'a>,
    rule: RuleId,
    runs: SharedRuns<'a>,
    mentions: RefCell<HashMap<&'static str, bool>>,
    tokens: OnceCell<Vec<Token>>,
    url_credentials: OnceCell<Vec<UrlCredentials>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        document: &'a Document,
        config: &'a Config,
        files: &'a dyn Files,
        sources: &'a Sources<'a>,
    ) -> Self {
        Self {
            document,
            config,
            files,
            enabled: config.enabled,
            diagnostics: Vec::new(),
            suppressed: Vec::new(),
            anchor: None,
            is_told_elsewhere: false,
            is_value: false,
            sources,
            rule: RuleId(0),
            runs: SharedRuns::new(),
            mentions: RefCell::default(),
            tokens: OnceCell::new(),
            url_credentials: OnceCell::new(),
        }
    }

    /// The documents of the project that is checked.
    pub(crate) fn sources(&self) -> &'a Sources<'a> {
        self.sources
    }

    /// Calls `call` for each function of the rules that are on and look at `kind`.
    pub(crate) fn visit(&mut self, kind: NodeKind, mut call: impl FnMut(&On, &mut Self)) {
        for (id, on) in &FUNCTIONS[kind as usize] {
            if self.enabled.contains(*id) {
                self.rule = *id;
                call(on, self);
            }
        }
    }

    /// Whether a rule that is on looks at `kind`.
    pub(crate) fn wants(&self, kind: NodeKind) -> bool {
        FUNCTIONS[kind as usize].iter().any(|(id, _)| self.enabled.contains(*id))
    }

    /// The rule whose function [`visit`](Self::visit) calls.
    pub(crate) fn rule_id(&self) -> RuleId {
        self.rule
    }

    /// The rule that runs.
    pub(crate) fn rule(&self) -> &'static Rule {
        self.rule.rule()
    }

    /// The `RUN`s of the document, worked out when first asked for; none if it is no Dockerfile.
    pub fn runs(&self) -> Rc<Runs<'a>> {
        let runs = self.runs.get_or_init(|| {
            let runs = self.document.dockerfile().map(|(file, model)| Runs::new(file, model));
            Rc::new(runs.unwrap_or_default())
        });
        Rc::clone(runs)
    }

    /// Whether a text stands anywhere in the document; looked for once.
    pub fn mentions(&self, text: &'static str) -> bool {
        *self
            .mentions
            .borrow_mut()
            .entry(text)
            .or_insert_with(|| memchr::memmem::find(self.document.text().as_bytes(), text.as_bytes()).is_some())
    }

    /// The tokens in a part of the document, with their places in the document.
    pub(crate) fn tokens_in(&self, range: TextRange) -> Vec<Token> {
        self.all_tokens().iter().filter(|it| range.contains_range(text::range(it.range.clone()))).cloned().collect()
    }

    /// Whether the document has any token.
    pub(crate) fn has_tokens(&self) -> bool {
        !self.all_tokens().is_empty()
    }

    /// The tokens of the document; looked for once.
    fn all_tokens(&self) -> &[Token] {
        self.tokens.get_or_init(|| tokens(self.document.text()).collect())
    }

    /// The URLs with a password in a part of the document, with their places in the document; looked for once.
    pub(crate) fn url_credentials_in(&self, range: TextRange) -> Vec<UrlCredentials> {
        let all = self.url_credentials.get_or_init(|| url_credentials(self.document.text()).collect());
        all.iter().filter(|it| range.contains_range(text::range(it.userinfo.clone()))).cloned().collect()
    }

    /// The text of the document at a range.
    pub fn text(&self, range: TextRange) -> &'a str {
        self.document.slice(range)
    }

    /// Reports a finding of the rule that runs, at its own level unless the configuration sets another.
    pub fn report(&mut self, range: TextRange, message: impl Into<String>) -> Report<'_> {
        let rule = self.rule.rule();
        self.diagnostics.push(Diagnostic {
            rule: self.rule,
            category: rule.category,
            level: self.config.level(self.rule).unwrap_or(rule.level),
            cvss: rule.cvss,
            range,
            message: message.into(),
            help: None,
            related: Vec::new(),
            fixes: Vec::new(),
            codes: &[],
            hidden: None,
        });
        let fixed_level = self.config.level(self.rule).is_some();
        let diagnostic = self.diagnostics.last_mut();
        Report { diagnostic, fixed_level, sources: self.sources, can_fix: true }
    }

    /// Reports a finding in a file of a Compose project. One in another file is left to that file's own check if this run reports on it;
    /// else it stands where the file comes into this one, with the place as a part of the story.
    pub fn report_at(&mut self, place: Place, message: impl Into<String>) -> Report<'_> {
        if let Some(range) = place.in_checked() {
            return self.report(range, message);
        }
        if self.sources.shared(place.file).is_none_or(|document| self.files.is_checked(document.path())) {
            return self.silence();
        }
        self.report_through(place, message)
    }

    /// The same for what that file's own check cannot tell.
    pub(crate) fn report_through(&mut self, place: Place, message: impl Into<String>) -> Report<'_> {
        if let Some(range) = place.in_checked() {
            return self.report(range, message);
        }
        let (document, entry) = (self.sources.shared(place.file), self.sources.entry(place.file).or(self.anchor));
        let (Some(document), Some(entry)) = (document, entry) else { return self.silence() };
        if self.is_told_elsewhere {
            return self.silence();
        }
        let mut report = self.report(entry, message);
        report.can_fix = false;
        report.related_in(document, place.range, "it is written here");
        report
    }

    /// A finding that nobody reads.
    fn silence(&self) -> Report<'_> {
        Report { diagnostic: None, fixed_level: true, sources: self.sources, can_fix: false }
    }

    pub(crate) fn report_for(&mut self, rule: RuleId, range: TextRange, message: impl Into<String>) -> Report<'_> {
        self.rule = rule;
        self.report(range, message)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{On, RuleId, of_program};

    #[test]
    fn programs_lead_to_the_rules_that_name_them() {
        for id in RuleId::all() {
            let mut lists =
                id.rule().on.iter().filter_map(|on| if let On::Program(names, _) = on { Some(*names) } else { None });
            let Some(names) = lists.next() else { continue };
            assert!(lists.next().is_none(), "{id:?} has two lists, and would see each command twice");
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
            assert!(names.iter().all(|name| of_program(name).contains(id)), "{names:?}");
        }
        assert!(of_program("").is_empty() && of_program("no-such-program").is_empty());
    }
}
