//! Dockerfiles that stand in Compose files (`dockerfile_inline`): what is named in them, and in what the services say that build them.

use std::path::Path;
use std::sync::Arc;

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_linter::compose::{Build, Inline, Place, Project, Service, Sources};
use dlint_syntax::yaml::{View, Yaml};
use dlint_syntax::{TextRange, TextSize};

use super::navigation::{Spot, What, around, stage_is_taken, stages};
use super::occurrences::occurrences;
use super::variables;

/// Whether a document has any: what is asked at each place must cost nothing where it has none.
pub(crate) fn has_any(document: &Document) -> bool {
    document.text().contains("dockerfile_inline")
}

/// What is asked about: a place of the Dockerfile itself, or what a service says of it.
enum Asked {
    At(TextSize),
    Stage(usize),
    Argument(String),
}

/// What `work` makes of the Dockerfile that stands at an offset of a Compose file, and of the offset in it.
pub(crate) fn at<T>(
    document: &Document,
    files: &dyn Files,
    offset: TextSize,
    work: impl FnOnce(&Inline, TextSize) -> Option<T>,
) -> Option<T> {
    if !has_any(document) {
        return None;
    }
    let sources = Sources::new(document);
    let project = Project::load(&sources, files)?;
    let service = project.services.iter().find(|service| Inline::place(service).is_some_and(|it| is_at(it, offset)))?;
    let inline = Inline::of(service)?;
    let inner = inline.inside(offset)?;
    work(&inline, inner)
}

/// All Dockerfiles that stand in a document itself.
pub(crate) fn each(document: &Document, files: &dyn Files, mut work: impl FnMut(&Inline)) {
    if !has_any(document) {
        return;
    }
    let sources = Sources::new(document);
    let Some(project) = Project::load(&sources, files) else { return };
    let mut done = Vec::new();
    for service in &project.services {
        // Behind an anchor, several services have the same.
        let Some(range) = Inline::place(service).and_then(Place::in_checked).filter(|it| !done.contains(it)) else {
            continue;
        };
        done.push(range);
        Inline::of(service).iter().for_each(&mut work);
    }
}

/// Whether what stands at an offset may have to do with such a Dockerfile. Editors ask wherever the cursor goes, and projects are dear.
fn may_be_about(document: &Document, offset: TextSize) -> bool {
    // An override says something of a Dockerfile that stands in another file.
    let is_said = || {
        let entries =
            document.yaml().into_iter().flat_map(Yaml::roots).flat_map(View::walk).flat_map(View::own_entries);
        let mut said = entries.filter(|it| matches!(it.name(), Some("target" | "args")));
        said.any(|it| it.value.range().contains_inclusive(offset))
    };
    has_any(document) || is_said()
}

fn is_at(place: Place, offset: TextSize) -> bool {
    place.in_checked().is_some_and(|range| range.contains_inclusive(offset))
}

/// What a service has at an offset to do with the Dockerfile that stands in its Compose file.
fn asked(service: &Service<'_>, offset: TextSize) -> Option<(Inline, Asked)> {
    let place = Inline::place(service)?;
    let build = service.build()?;
    if is_at(place, offset) {
        let inline = Inline::of(service)?;
        let inner = inline.inside(offset)?;
        return Some((inline, Asked::At(inner)));
    }
    if build.target.as_ref().is_some_and(|target| is_at(target.place, offset)) {
        let inline = Inline::of(service)?;
        let stage = build.target_stage(inline.document.dockerfile()?.1)?.index;
        return Some((inline, Asked::Stage(stage)));
    }
    let argument = build.args.iter().find(|pair| is_at(pair.key.place, offset))?;
    let name = argument.key.known()?.to_owned();
    Some((Inline::of(service)?, Asked::Argument(name)))
}

/// All places of what is named at an offset in a Dockerfile that stands in a Compose file, or in what a service says of it. Empty if nothing
/// is, and where one of the places is not written in the file word for word.
pub(super) fn spots(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<Spot> {
    found(document, files, offset).unwrap_or_default()
}

fn found(document: &Document, files: &dyn Files, offset: TextSize) -> Option<Vec<Spot>> {
    if !may_be_about(document, offset) {
        return None;
    }
    let sources = Sources::new(document);
    let project = Project::load(&sources, files)?;
    let (inline, asked) = project.services.iter().find_map(|service| asked(service, offset))?;
    let (file, model) = inline.document.dockerfile()?;
    let holder = sources.shared(inline.place.file);
    let uses = uses(document, holder.map_or(document.path(), |it| it.path()), &inline, files);
    let given = |name: &str| -> Vec<Spot> {
        uses.iter().filter(|it| matches!(&it.what, What::Given(given, _) if given == name)).cloned().collect()
    };
    let of_stage = |what: &What| {
        let inner = stages(file, model, "", None).into_iter().filter(|it| it.what == *what).collect();
        (inner, uses.iter().filter(|it| it.what == *what).cloned().collect())
    };
    let (inner, outer): (Vec<Spot>, Vec<Spot>) = match asked {
        Asked::At(at) => variables::of_file(&inline.document, at, given).or_else(|| {
            let all = stages(file, model, "", None);
            let here = all.iter().filter(|it| it.range.contains_inclusive(at)).min_by_key(|it| it.range.len())?;
            Some(of_stage(&here.what))
        })?,
        Asked::Stage(stage) => of_stage(&What::Stage(String::new(), stage)),
        Asked::Argument(name) => (variables::arguments(&inline.document, None, &name), given(&name)),
    };
    let holder = holder.filter(|it| it.path() != document.path());
    let place =
        |spot: &Spot| Some(Spot { document: holder.cloned(), range: inline.exactly(spot.range)?, ..spot.clone() });
    let inner: Option<Vec<Spot>> = inner.iter().map(place).collect();
    Some(inner?.into_iter().chain(outer).collect())
}

/// What the services say that build a Dockerfile of the file `holder`: their targets and arguments.
fn uses(asked: &Document, holder: &Path, inline: &Inline, files: &dyn Files) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut add = |compose: &Document, own: Option<&Arc<Document>>| {
        let sources = Sources::new(compose);
        let Some(project) = Project::load(&sources, files) else { return };
        let is_it = |place: Place| place.range == inline.place.range && sources.document(place.file).path() == holder;
        for service in project.services.iter().filter(|service| Inline::place(service).is_some_and(is_it)) {
            let Some(build) = service.build() else { continue };
            for (place, what) in said(build, inline) {
                // The document that was asked about may be read on the way of another.
                let document = sources.shared(place.file).or(own).filter(|it| it.path() != asked.path()).cloned();
                found.push(Spot { document, range: place.range, is_definition: false, what });
            }
        }
    };
    add(asked, None);
    for other in around(asked, "build", files).filter(|it| it.path() != asked.path()) {
        add(&other, Some(&other));
    }
    found
}

/// The target and the arguments of a build.
fn said(build: &Build, inline: &Inline) -> Vec<(Place, What)> {
    let stage = inline.document.dockerfile().and_then(|(_, model)| build.target_stage(model));
    let target = build.target.as_ref().zip(stage);
    let target = target.map(|(target, stage)| (target.place, What::Stage(String::new(), stage.index)));
    let given = |name: &str, has_value| What::Given(name.to_owned(), has_value);
    let arguments = build.args.iter().filter_map(|it| Some((it.key.place, given(it.key.known()?, it.value.is_some()))));
    target.into_iter().chain(arguments).collect()
}

/// Where the variable that is named at an offset gets its value.
pub(super) fn definition(document: &Document, files: &dyn Files, offset: TextSize) -> Option<TextRange> {
    at(document, files, offset, |inline, inner| inline.exactly(variables::definition(&inline.document, inner)?))
}

/// Whether the Dockerfile that something at an offset is of has another variable or stage of a name.
pub(super) fn is_taken(document: &Document, files: &dyn Files, offset: TextSize, name: &str) -> bool {
    if !may_be_about(document, offset) {
        return false;
    }
    let sources = Sources::new(document);
    let Some(project) = Project::load(&sources, files) else { return false };
    let Some((inline, asked)) = project.services.iter().find_map(|service| asked(service, offset)) else {
        return false;
    };
    let Some((file, model)) = inline.document.dockerfile() else { return false };
    let is_variable = match asked {
        Asked::At(at) => variables::at(&inline.document, at).is_some(),
        Asked::Stage(_) => false,
        Asked::Argument(_) => true,
    };
    if is_variable {
        !occurrences(inline.document.text(), file, model, Some(name)).is_empty()
    } else {
        stage_is_taken(&inline.document, name)
    }
}
