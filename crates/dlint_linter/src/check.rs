//! Checking a document: one pass over its nodes with the rules that are on.

mod files;

use std::collections::BTreeSet;
use std::path::PathBuf;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Dockerfile, Instruction, Kind, Model};
use dlint_syntax::hash::{HashMap, HashMapExt, HashSet, HashSetExt};

use crate::compose::{Inline, Place, Project, Sources};
use crate::config::{Config, services};
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Diagnostic, Related};
use crate::document::{Document, Tree};
use crate::image;
use crate::rule::{Context, NodeKind, On, RuleId, RuleSet, of_program};
use crate::run::{RunNode, Runs};
use crate::secrets::is_guessable;
use crate::stage::StageNode;
use crate::suppress::{self, Suppressed, Suppressions};
use crate::syntax;

pub use files::{FileKind, Files, Listed, MOST_LISTED, NoFiles};

/// What checking a document gave. The findings are in the order of their places, then of their rules' names.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// Those that comments in the document suppress, or the configuration for their service.
    pub suppressed: Vec<Suppressed>,
}

/// Checks a document: [`check_all`] without what is suppressed.
pub fn check(document: &Document, config: &Config, files: &dyn Files) -> Vec<Diagnostic> {
    check_all(document, config, files).diagnostics
}

/// Checks a document. A pure function of its arguments: no clock, environment, network or disk but through `files`.
pub fn check_all(document: &Document, config: &Config, files: &dyn Files) -> Checked {
    let sources = Sources::new(document);
    let mut cx = Context::new(document, config, files, &sources);
    visit_document(&sources, &mut cx);
    let mut diagnostics = std::mem::take(&mut cx.diagnostics);
    let mut inner = std::mem::take(&mut cx.suppressed);
    if let Some(least) = config.min_rating {
        let is_grave = |it: &Diagnostic| it.cvss.is_some_and(|cvss| cvss.rating() >= least);
        diagnostics.retain(is_grave);
        inner.retain(|it| is_grave(&it.diagnostic));
    }
    if !config.ignored.has_no_parts() {
        let is_wanted = |it: &Diagnostic| it.category == Category::Syntax || !config.ignored.covers(it);
        diagnostics.retain(is_wanted);
        inner.retain(|it| is_wanted(&it.diagnostic));
    }
    sort(&mut diagnostics);
    hush(document, &mut diagnostics);
    if !config.inline_ignores {
        let suppressed = services::split(document, config, &mut diagnostics);
        return Checked { diagnostics: merge_repeated(diagnostics), suppressed };
    }
    let (mut diagnostics, mut suppressed) = split_by_comments(&mut cx, diagnostics);
    suppressed.extend(inner);
    suppressed.extend(services::split(document, config, &mut diagnostics));
    suppressed.sort_by_key(|it| (it.diagnostic.range.start(), it.diagnostic.range.end(), it.diagnostic.rule));
    suppressed.dedup_by_key(|it| (it.diagnostic.range, it.diagnostic.rule));
    Checked { diagnostics: merge_repeated(diagnostics), suppressed }
}

/// Parts findings from those that comments of the document suppress; what is wrong with the comments joins the first.
fn split_by_comments(cx: &mut Context<'_>, diagnostics: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    let document = cx.document;
    let mut suppressions = Suppressions::new(document);
    let (mut diagnostics, mut suppressed) = suppressions.split(document, diagnostics);
    suppress::report(&suppressions, cx);
    if !cx.diagnostics.is_empty() {
        let (more, more_suppressed) = suppressions.split(document, std::mem::take(&mut cx.diagnostics));
        diagnostics.extend(more);
        suppressed.extend(more_suppressed);
        sort(&mut diagnostics);
    }
    (diagnostics, suppressed)
}

fn visit_document<'a>(sources: &'a Sources<'a>, cx: &mut Context<'a>) {
    syntax::report(cx);
    cx.visit(NodeKind::Document, |on, cx| {
        if let On::Document(f) = on {
            f(cx.document, cx);
        }
    });
    match cx.document.tree() {
        Tree::Dockerfile(parts) => check_dockerfile(&parts.0, &parts.1, cx),
        Tree::Compose(_) => check_compose(sources, cx),
        Tree::Daemon(_) => check_daemon(cx),
    }
}

/// Puts findings in the order of their places, then of their rules' names.
pub(crate) fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.range.start(), d.range.end(), d.rule);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
}

/// Takes the secrets that rules found out of what any rule says: one may quote a value that another knows to be secret.
fn hush(document: &Document, diagnostics: &mut [Diagnostic]) {
    /// What is shorter, or is made of words, may stand in a message for another reason.
    const LEAST: usize = 8;
    /// Nobody has more; a file that seems to is none that a person wrote.
    const MOST: usize = 100;
    let hidden = diagnostics.iter().filter_map(|it| it.hidden).map(|range| document.slice(range));
    let secrets: BTreeSet<&str> =
        hidden.filter(|secret| secret.len() >= LEAST && !is_guessable(secret, &[])).take(MOST).collect();
    for secret in secrets {
        for diagnostic in &mut *diagnostics {
            let related = diagnostic.related.iter_mut().map(|it| &mut it.message);
            let titles = diagnostic.fixes.iter_mut().map(|it| &mut it.title);
            for text in [&mut diagnostic.message].into_iter().chain(&mut diagnostic.help).chain(related).chain(titles) {
                if text.contains(secret) {
                    *text = text.replace(secret, "********");
                }
            }
        }
    }
}

/// Makes one finding of those that have one cause, so that a fault is told once: those that one rule has at one place (a
/// value behind an anchor is found in each service that takes it), and those that it traces to one place of another file (a
/// stage that several services build). What each of them adds to the story is kept.
fn merge_repeated(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut merged: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    let mut by_cause: HashMap<(RuleId, PathBuf, TextRange), usize> = HashMap::new();
    for diagnostic in diagnostics {
        if let Some(last) = merged.last_mut().filter(|last| !last.range.is_empty())
            && (last.rule, last.range) == (diagnostic.rule, diagnostic.range)
        {
            last.level = last.level.max(diagnostic.level);
            add_related(last, diagnostic.related);
            continue;
        }
        let cause = diagnostic.related.iter().find(|it| it.is_cause);
        if let Some(cause) = cause.and_then(|it| Some((it.document.as_ref()?.path(), it.range))) {
            let key = (diagnostic.rule, cause.0.to_path_buf(), cause.1);
            if let Some(&first) = by_cause.get(&key) {
                let again = Related {
                    document: None,
                    range: diagnostic.range,
                    message: "the same here".to_owned(),
                    is_cause: false,
                };
                add_related(&mut merged[first], vec![again]);
                continue;
            }
            by_cause.insert(key, merged.len());
        }
        merged.push(diagnostic);
    }
    merged
}

fn add_related(diagnostic: &mut Diagnostic, related: Vec<Related>) {
    for related in related {
        let is_told = |it: &Related| it.range == related.range && it.message == related.message;
        if !diagnostic.related.iter().any(is_told) {
            diagnostic.related.push(related);
        }
    }
}

/// Each rule looks at all nodes of a kind before the next rule does: its code is read once.
fn check_dockerfile<'a>(file: &'a Dockerfile, model: &'a Model, cx: &mut Context<'a>) {
    cx.visit(NodeKind::Stage, |on, cx| {
        if let On::Stage(f) = on {
            model.stages.iter().for_each(|stage| f(&StageNode { file, model, stage }, cx));
        }
    });
    cx.visit(NodeKind::Instruction, |on, cx| {
        if let On::Instruction(f) = on {
            file.instructions.iter().flat_map(with_triggers).for_each(|instruction| f(instruction, cx));
        }
    });
    let of_commands = [NodeKind::Command, NodeKind::Program, NodeKind::Package, NodeKind::Download];
    if cx.wants(NodeKind::Run) || of_commands.into_iter().any(|kind| cx.wants(kind)) {
        let runs = cx.runs();
        cx.visit(NodeKind::Run, |on, cx| {
            if let On::Run(f) = on {
                runs.iter().for_each(|run| f(run, cx));
            }
        });
        cx.visit(NodeKind::Command, |on, cx| {
            if let On::Command(f) = on {
                runs.iter().flat_map(RunNode::nodes).for_each(|command| f(&command, cx));
            }
        });
        check_commands(&runs, cx);
    }
    if cx.wants(NodeKind::Image) {
        for image in image::of_dockerfile(file, model) {
            visit_image(&image, cx);
        }
    }
}

/// Shows commands to the rules that want some of them. Most rules want few, and need not look at the others.
fn check_commands<'a>(runs: &Runs<'a>, cx: &mut Context<'a>) {
    let commands = || runs.iter().flat_map(RunNode::nodes);
    if cx.wants(NodeKind::Program) {
        let known: Vec<_> = commands().map(|it| (it, of_program(it.name()))).filter(|it| !it.1.is_empty()).collect();
        let wanted = known.iter().fold(RuleSet::empty(), |all, (_, rules)| all.union(rules));
        cx.visit(NodeKind::Program, |on, cx| {
            let id = cx.rule_id();
            if let On::Program(_, f) = on
                && wanted.contains(id)
            {
                known.iter().filter(|it| it.1.contains(id)).for_each(|(command, _)| f(command, cx));
            }
        });
    }
    if cx.wants(NodeKind::Package) {
        let calls: Vec<_> = commands().filter(|it| it.package().is_some()).collect();
        cx.visit(NodeKind::Package, |on, cx| {
            if let On::Package(f) = on {
                for call in &calls {
                    f(call, cx);
                }
            }
        });
    }
    if cx.wants(NodeKind::Download) {
        let downloads: Vec<_> = commands().filter(|it| it.download().is_some()).collect();
        cx.visit(NodeKind::Download, |on, cx| {
            if let On::Download(f) = on {
                for download in &downloads {
                    f(download, cx);
                }
            }
        });
    }
}

/// An instruction, and what `ONBUILD` puts off in it.
fn with_triggers(instruction: &Instruction) -> impl Iterator<Item = &Instruction> {
    std::iter::successors(Some(instruction), |it| match &it.kind {
        Kind::Onbuild(trigger) => trigger.as_deref(),
        _ => None,
    })
}

fn visit_image<'a>(image: &image::ImageUse<'a>, cx: &mut Context<'a>) {
    cx.visit(NodeKind::Image, |on, cx| {
        if let On::Image(f) = on {
            f(image, cx);
        }
    });
}

fn check_compose<'a>(sources: &'a Sources<'a>, cx: &mut Context<'a>) {
    let has_inline = cx.mentions("dockerfile_inline");
    let is_wanted = [NodeKind::Compose, NodeKind::Service, NodeKind::Image].into_iter().any(|kind| cx.wants(kind));
    if !is_wanted && !has_inline {
        return;
    }
    let Some(project) = Project::load(sources, cx.files) else { return };
    cx.is_told_elsewhere = project.is_told_elsewhere();
    cx.visit(NodeKind::Compose, |on, cx| {
        if let On::Compose(f) = on {
            f(&project, cx);
        }
    });
    if has_inline {
        check_inline(&project, cx);
    }
    // What only other files say of the project, they are checked for.
    let own = || project.services.iter().filter(|service| service.own.is_some());
    cx.visit(NodeKind::Service, |on, cx| {
        if let On::Service(f) = on {
            for service in own() {
                cx.anchor = service.name_place.in_checked();
                f(service, cx);
            }
        }
    });
    for service in own() {
        cx.anchor = service.name_place.in_checked();
        if let Some(image) = image::of_service(service) {
            visit_image(&image, cx);
        }
    }
}

/// Checks the Dockerfiles that stand in the file itself.
fn check_inline(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut done = HashSet::new();
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        // Behind an anchor, several services have the same.
        if Inline::place(service).and_then(Place::in_checked).is_none_or(|range| !done.insert(range)) {
            continue;
        }
        let Some(inline) = Inline::of(service) else { continue };
        let sources = Sources::new(&inline.document);
        let mut inner = Context::new(&inline.document, cx.config, cx.files, &sources);
        inner.is_value = true;
        visit_document(&sources, &mut inner);
        let mut found = std::mem::take(&mut inner.diagnostics);
        if cx.config.inline_ignores {
            let (kept, suppressed) = split_by_comments(&mut inner, found);
            found = kept;
            let outside = |it: Suppressed| Suppressed { diagnostic: inline.outside(it.diagnostic), ..it };
            cx.suppressed.extend(suppressed.into_iter().map(outside));
        }
        cx.diagnostics.extend(found.into_iter().map(|diagnostic| inline.outside(diagnostic)));
    }
}

fn check_daemon(cx: &mut Context<'_>) {
    if !cx.wants(NodeKind::Daemon) {
        return;
    }
    let Some(config) = DaemonConfig::new(cx.document) else { return };
    cx.visit(NodeKind::Daemon, |on, cx| {
        if let On::Daemon(f) = on {
            f(&config, cx);
        }
    });
}
