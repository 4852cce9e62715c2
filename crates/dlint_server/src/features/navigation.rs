//! Where things are defined, and where they are named: stages and variables of Dockerfiles; services, networks, volumes, secrets, configs,
//! models, stages that are built, and anchors of Compose files.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use dlint_linter::check::Files;
use dlint_linter::compose::{Build, NoEnvironment, Project, Sources, dotenv};
use dlint_linter::document::Tree;
use dlint_linter::{Document, Language};
use dlint_syntax::dockerfile::{Base, Dockerfile, Instruction, Kind, Model, Stage};
use dlint_syntax::yaml::Yaml;
use dlint_syntax::{TextRange, TextSize};

use super::entries::{self, Entry};
use super::inline;
use super::occurrences::triggering;
use super::variables;
use crate::hover::variable_at;

/// A place where something is named.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    /// The document; none for the one that was asked about.
    pub(crate) document: Option<Arc<Document>>,
    /// Where.
    pub(crate) range: TextRange,
    /// Whether it is defined there.
    pub(crate) is_definition: bool,
    /// What is named.
    pub(super) what: What,
}

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named<'s> {
    /// A stage.
    Stage,
    /// An entry of a Compose file, with its name.
    Entry(&'s str),
    /// An anchor.
    Anchor,
    /// A variable of a Dockerfile, with its name.
    Variable(&'s str),
}

impl Spot {
    /// A place of which no more is asked than where it is.
    pub(crate) fn bare(document: Option<Arc<Document>>, range: TextRange) -> Self {
        Self { document, range, is_definition: false, what: What::Anchor(range.start()) }
    }

    /// The same of a part of the place.
    pub(crate) fn at(&self, range: TextRange) -> Self {
        Self { range, ..self.clone() }
    }

    /// What that is called in a sentence.
    pub(super) fn noun(&self) -> &'static str {
        match &self.what {
            What::Stage(..) => "stage",
            What::Entry(entry) => entry.section.trim_end_matches('s'),
            What::Anchor(_) => "anchor",
            What::Variable(_) | What::Given(..) => "variable",
        }
    }

    /// What is named here.
    pub(crate) fn named(&self) -> Named<'_> {
        match &self.what {
            What::Stage(..) => Named::Stage,
            What::Entry(entry) => Named::Entry(&entry.name),
            What::Anchor(_) => Named::Anchor,
            What::Variable(name) | What::Given(name, _) => Named::Variable(name),
        }
    }
}

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum What {
    /// A stage of a Dockerfile: the path of the file, empty for the document that was asked about, and its number.
    Stage(String, usize),
    /// An entry of a section of the top level of a Compose file.
    Entry(Entry),
    /// An anchor, by where it is.
    Anchor(TextSize),
    /// A variable of a Dockerfile, by its name: which of that name, is told before.
    Variable(String),
    /// The same where a Compose file gives it a value, and whether it says which: else the shell's variable of that name does.
    Given(String, bool),
}

/// All places of what is named at an offset, in the document and the files of its project; empty if nothing is.
pub(crate) fn spots(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<Spot> {
    let mut spots = match document.tree() {
        Tree::Dockerfile(_) => variables::in_dockerfile(document, files, offset),
        Tree::Compose(_) => match inline::spots(document, files, offset) {
            none if none.is_empty() => variables::in_compose(document, files, offset),
            spots => spots,
        },
        Tree::Daemon(_) => return Vec::new(),
    };
    if spots.is_empty() {
        spots = names(document, files, offset);
    }
    let path = |spot: &Spot| spot.document.as_ref().map(|document| document.path().to_owned());
    spots.sort_by_key(|spot| (path(spot), spot.range.start(), !spot.is_definition));
    spots.dedup_by_key(|spot| (path(spot), spot.range));
    spots
}

/// Where what is named at an offset is defined; for a variable, where it gets its value.
pub(crate) fn definitions(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<Spot> {
    let mut spots = spots(document, files, offset);
    if spots.is_empty() {
        return set_in_file(document, files, offset).into_iter().collect();
    }
    let origin = variables::definition(document, offset).or_else(|| inline::definition(document, files, offset));
    spots.retain(|spot| match origin {
        Some(range) => spot.document.is_none() && spot.range == range,
        None => spot.is_definition,
    });
    spots
}

/// Where a file of variables sets the variable at an offset of a Compose file.
fn set_in_file(document: &Document, files: &dyn Files, offset: TextSize) -> Option<Spot> {
    let (path, name) = variable_at(document, files, offset)?;
    let text = files.text(&path)?;
    let variable = dotenv::parse(&text, &NoEnvironment).into_iter().rfind(|it| it.name == name)?;
    let start = TextSize::new(variable.range.start as u32);
    let range = TextRange::at(start, TextSize::of(name.as_str()));
    // Only its text and path are asked for.
    let file = Document::parse(path, text, Language::Compose);
    Some(Spot { document: Some(Arc::new(file)), range, is_definition: true, what: What::Variable(name) })
}

/// All places of a stage, an entry or an anchor.
fn names(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<Spot> {
    let (all, what) = with_same(document, files, offset);
    let Some(what) = what else { return Vec::new() };
    all.into_iter().filter(|spot| spot.what == what).collect()
}

/// Whether something of the same kind as what stands at an offset, and in the same files, has a name.
pub(super) fn is_taken(document: &Document, files: &dyn Files, offset: TextSize, name: &str) -> bool {
    let (all, what) = with_same(document, files, offset);
    match what {
        Some(What::Entry(entry)) => {
            let other = What::Entry(Entry { name: name.to_owned(), ..entry });
            all.iter().any(|spot| spot.is_definition && spot.what == other)
        }
        Some(What::Anchor(_)) => document.yaml().is_some_and(|yaml| {
            yaml.roots()
                .flat_map(dlint_syntax::yaml::View::walk)
                .any(|view| view.anchor().is_some_and(|it| it.0 == name))
        }),
        Some(What::Stage(path, _)) if path.is_empty() => stage_is_taken(document, name),
        Some(What::Stage(path, _)) => {
            files.document(Path::new(&path), Language::Dockerfile).is_some_and(|it| stage_is_taken(&it, name))
        }
        _ => false,
    }
}

/// Whether a Dockerfile names a stage or an image so: the image would become the stage.
pub(super) fn stage_is_taken(dockerfile: &Document, name: &str) -> bool {
    let Some((file, model)) = dockerfile.dockerfile() else { return false };
    let is_it = |text: &str| text.eq_ignore_ascii_case(name);
    let is_stage = |stage: &Stage| match &stage.from(file).kind {
        Kind::From(from) => [&from.image, &from.name].into_iter().flatten().any(|word| is_it(&word.text)),
        _ => false,
    };
    let is_source = |it: &Instruction| {
        let mounts = if let Kind::Run(run) = &it.kind { &run.mounts[..] } else { &[] };
        let mounted = mounts.iter().filter_map(|mount| mount.option(&["from"])?.value.as_ref());
        it.flag("from").and_then(|flag| flag.value.as_ref()).into_iter().chain(mounted).any(|value| is_it(&value.text))
    };
    model.stages.iter().any(is_stage) || file.instructions.iter().any(is_source)
}

/// The places of everything that has a name like what stands at an offset, and what that is.
fn with_same(document: &Document, files: &dyn Files, offset: TextSize) -> (Vec<Spot>, Option<What>) {
    let here = |spot: &&Spot| spot.document.is_none() && spot.range.contains_inclusive(offset);
    // The smallest: an alias may stand for what is named.
    let what = |all: &[Spot]| all.iter().filter(here).min_by_key(|spot| spot.range.len()).map(|spot| spot.what.clone());
    match document.tree() {
        Tree::Dockerfile(parts) => {
            let mut all = stages(&parts.0, &parts.1, "", None);
            let what = what(&all);
            // Editors ask wherever the cursor goes; only for a stage it is worth to read the Compose files.
            if what.is_some() {
                all.extend(targets(document, files));
            }
            (all, what)
        }
        Tree::Compose(yaml) => {
            let mut all = anchors(yaml);
            all.extend(entries::own(document, files));
            let what = what(&all);
            if let Some(What::Entry(entry)) = &what {
                all.extend(entries::of_others(document, files, entry));
            }
            (all, what)
        }
        Tree::Daemon(_) => (Vec::new(), None),
    }
}

/// The stages of a Dockerfile.
pub(super) fn stages(file: &Dockerfile, model: &Model, path: &str, document: Option<&Arc<Document>>) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut add = |stage: usize, range, is_definition| {
        let what = What::Stage(path.to_owned(), stage);
        found.push(Spot { document: document.cloned(), range, is_definition, what });
    };
    for stage in &model.stages {
        let Kind::From(from) = &stage.from(file).kind else { continue };
        if let Some(name) = &from.name {
            add(stage.index, name.range, true);
        }
        if let (Base::Stage(parent), Some(image)) = (&stage.base, &from.image) {
            add(*parent, image.range, false);
        }
    }
    let triggering = triggering(model);
    for (at, instruction) in file.instructions.iter().enumerate() {
        let inner = match &instruction.kind {
            // It runs where a stage starts from this one. If none of the file does, the names are those of another file's stages.
            Kind::Onbuild(Some(_)) if model.stage_of(at).is_none_or(|it| triggering.get(it.index) != Some(&true)) => {
                continue;
            }
            Kind::Onbuild(Some(trigger)) => trigger,
            _ => instruction,
        };
        if let Some(value) = inner.flag("from").and_then(|flag| flag.value.as_ref())
            && let Some(stage) = model.stage_named(&value.text, true)
        {
            add(stage.index, value.range, false);
        }
        let Kind::Run(run) = &inner.kind else { continue };
        for mount in &run.mounts {
            if let Some(value) = mount.option(&["from"]).and_then(|option| option.value.as_ref())
                && let Some(stage) = model.stage_named(&value.text, false)
            {
                add(stage.index, value.range, false);
            }
        }
    }
    found
}

/// How many folders upwards a Compose file is looked for that builds a Dockerfile.
const LEVELS: usize = 3;

/// The Compose files that may build a Dockerfile, as far as a word stands in them.
pub(super) fn around<'f>(
    dockerfile: &'f Document,
    word: &'f str,
    files: &'f dyn Files,
) -> impl Iterator<Item = Arc<Document>> + 'f {
    let folders = dockerfile.path().ancestors().skip(1).take(LEVELS);
    let all = folders.flat_map(|folder| files.compose_files(folder));
    all.filter_map(|path| files.document(&path, Language::Compose)).filter(move |it| it.text().contains(word))
}

/// Whether a build is that of the Dockerfile at a path.
pub(super) fn is_of(build: &Build, dockerfile: &Path, files: &dyn Files) -> bool {
    let built = build.dockerfile_path().and_then(|path| files.document(&path, Language::Dockerfile));
    built.is_some_and(|it| it.path() == dockerfile)
}

/// Where Compose files build the stages of a Dockerfile.
fn targets(dockerfile: &Document, files: &dyn Files) -> Vec<Spot> {
    let mut found = Vec::new();
    for compose in around(dockerfile, "target", files) {
        let sources = Sources::new(&compose);
        let Some(project) = Project::load(&sources, files) else { continue };
        for build in project.services.iter().filter_map(|service| service.build()) {
            let Some(target) = &build.target else { continue };
            let built = build.dockerfile_path().and_then(|path| files.document(&path, Language::Dockerfile));
            let Some(built) = built.filter(|it| it.path() == dockerfile.path()) else { continue };
            if let Some(stage) = built.dockerfile().and_then(|(_, model)| build.target_stage(model)) {
                let document = sources.shared(target.place.file).unwrap_or(&compose).clone();
                let what = What::Stage(String::new(), stage.index);
                found.push(Spot { document: Some(document), range: target.place.range, is_definition: false, what });
            }
        }
    }
    found
}

/// The anchors of a YAML file, and their aliases.
fn anchors(yaml: &Yaml) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut by_node = HashMap::new();
    let all = || yaml.roots().flat_map(dlint_syntax::yaml::View::walk);
    for (view, (_, range)) in all().filter_map(|view| Some((view, view.anchor()?))) {
        by_node.insert(view.id(), range.start());
        found.push(Spot { document: None, range, is_definition: true, what: What::Anchor(range.start()) });
    }
    for view in all().filter(|view| view.alias().is_some()) {
        if let Some(anchor) = by_node.get(&view.resolve().id()) {
            found.push(Spot { document: None, range: view.range(), is_definition: false, what: What::Anchor(*anchor) });
        }
    }
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_linter::{Document, Language, NoFiles};
    use dlint_syntax::TextSize;

    use super::spots;

    /// The lines of what is named at the last place of `what`, with a `*` at its definition.
    fn lines(language: Language, text: &str, what: &str) -> Vec<String> {
        let document = Document::parse("x", text, language);
        let offset = TextSize::new(text.rfind(what).unwrap() as u32);
        spots(&document, &NoFiles, offset)
            .iter()
            .map(|spot| {
                let line = document.position(spot.range.start()).line;
                format!("{line}{}", if spot.is_definition { "*" } else { "" })
            })
            .collect()
    }

    #[test]
    fn stages_have_places() {
        let text = "FROM a AS Base\nFROM base AS b\nCOPY --from=base x y\nRUN --mount=type=bind,from=base,target=/x true\nCOPY --from=0 x y\nCOPY --from=other x y\n";
        let of = |what| lines(Language::Dockerfile, text, what);
        assert_eq!(of("base,target"), ["1*", "2", "3", "4", "5"]);
        assert_eq!(of("b\nCOPY"), ["2*"]);
        assert_eq!(of("other"), [] as [&str; 0]);
    }

    #[test]
    fn triggers_name_stages_where_they_run() {
        let text = "FROM a AS one\nFROM b AS x\nONBUILD COPY --from=one x y\nFROM x\n";
        assert_eq!(lines(Language::Dockerfile, text, "one x"), ["1*", "3"]);
        assert_eq!(lines(Language::Dockerfile, &text.replace("FROM x\n", ""), "one x"), [] as [&str; 0]);
    }

    #[test]
    fn entries_of_compose_files_have_places() {
        let text = "x-a: &a\n  image: x\nservices:\n  web:\n    <<: *a\n    networks: [front]\n    depends_on:\n      db:\n        condition: service_started\n    volumes:\n      - data:/d\n  db:\n    <<: *a\n    networks:\n      front: {}\nnetworks:\n  front: {}\nvolumes:\n  data: {}\n";
        let of = |what| lines(Language::Compose, text, what);
        assert_eq!(of("front: {}"), ["6", "15", "17*"]);
        assert_eq!(of("db:\n    <<"), ["8", "12*"]);
        assert_eq!(of("data: {}"), ["11", "19*"]);
        assert_eq!(of("*a"), ["1*", "5", "13"]);
    }
}
