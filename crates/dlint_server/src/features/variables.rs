//! The variables of a Dockerfile from declaration to use, and the build arguments that Compose files give.
//!
//! An argument before the first `FROM` is that of each stage that declares it again without a default. What a stage has, the stages that
//! start from it have, too. `--build-arg` and `build.args` give all arguments of a name their value, so that these belong together where a
//! Compose file gives one.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use dlint_linter::check::Files;
use dlint_linter::compose::{Build, FileId, Place, Project, Sources};
use dlint_linter::{Document, Language};
use dlint_syntax::dockerfile::{Base, Model, Origin, PLATFORM_ARGS};
use dlint_syntax::{TextRange, TextSize};

use super::navigation::{Spot, What, around, is_of};
use super::occurrences::{Occurrence, Role, is_name, occurrences};

/// What programs and BuildKit set or read by themselves, beside [`PLATFORM_ARGS`].
const BUILT_IN: [&str; 9] = [
    "PATH",
    "HOME",
    "HOSTNAME",
    "SOURCE_DATE_EPOCH",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "FTP_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
];

/// Whether others than the file set or read the variable, so that it cannot be called otherwise.
pub(crate) fn is_built_in(name: &str) -> bool {
    BUILT_IN.contains(&name.to_ascii_uppercase().as_str())
        || PLATFORM_ARGS.contains(&name)
        || name.starts_with("BUILDKIT_")
}

/// The occurrences of the variable that is named at an offset, and which of them that is.
pub(crate) fn at(document: &Document, offset: TextSize) -> Option<(Vec<Occurrence>, usize)> {
    let (file, model) = document.dockerfile()?;
    let name = word_at(document.text(), offset)?;
    let all = occurrences(document.text(), file, model, Some(name));
    let here = all.iter().position(|it| it.range.contains_inclusive(offset))?;
    Some((all, here))
}

fn word_at(text: &str, offset: TextSize) -> Option<&str> {
    let at = usize::from(offset);
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    let start =
        before.rfind(|c| !is_part(c)).map_or(0, |it| it + before[it..].chars().next().map_or(1, char::len_utf8));
    let end = at + after.find(|c| !is_part(c)).unwrap_or(after.len());
    text.get(start..end).filter(|word| is_name(word))
}

/// All places of the variable that is named at an offset of a Dockerfile; empty if none is.
pub(super) fn in_dockerfile(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<Spot> {
    let given = |name: &str| {
        let all = around(document, name, files).filter(|it| it.text().contains("args"));
        all.flat_map(|compose| build_args(&compose, Some(&compose), document.path(), name, files)).collect()
    };
    let (mut spots, given) = of_file(document, offset, given).unwrap_or_default();
    spots.extend(given);
    spots
}

/// The places of the variable that is named at an offset of a Dockerfile, and those at which `given` says that it gets a value from outside,
/// if it is an argument.
pub(super) fn of_file(
    document: &Document,
    offset: TextSize,
    given: impl FnOnce(&str) -> Vec<Spot>,
) -> Option<(Vec<Spot>, Vec<Spot>)> {
    let (all, here) = at(document, offset)?;
    let (this, (_, model)) = (all.get(here)?, document.dockerfile()?);
    let groups = Groups::new(model, &all);
    let group = groups.of(this)?;
    let is_argument = |group| groups.arguments(&all).any(|other| other == group);
    let given = if is_argument(group) { given(&this.name) } else { Vec::new() };
    let belongs = |it: &&Occurrence| {
        let other = groups.of(it);
        other == Some(group) || (!given.is_empty() && other.is_some_and(is_argument))
    };
    Some((all.iter().filter(belongs).map(|it| spot(it, None)).collect(), given))
}

/// The places of the arguments of a name in a Dockerfile, which a build gives one value.
pub(super) fn arguments(dockerfile: &Document, own: Option<&Arc<Document>>, name: &str) -> Vec<Spot> {
    let Some((file, model)) = dockerfile.dockerfile() else { return Vec::new() };
    let all = occurrences(dockerfile.text(), file, model, Some(name));
    let groups = Groups::new(model, &all);
    let arguments: Vec<usize> = groups.arguments(&all).collect();
    let of_arguments = all.iter().filter(|it| groups.of(it).is_some_and(|group| arguments.contains(&group)));
    of_arguments.map(|it| spot(it, own)).collect()
}

/// All places of the build argument that is named at an offset of a Compose file; empty if none is.
pub(super) fn in_compose(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<Spot> {
    let named = word_at(document.text(), offset).filter(|_| document.text().contains("args"));
    let Some(name) = named else { return Vec::new() };
    let sources = Sources::new(document);
    let Some(project) = Project::load(&sources, files) else { return Vec::new() };
    let is_here = |place: Place| place.file == FileId::CHECKED && place.range.contains_inclusive(offset);
    let build = project
        .services
        .iter()
        .filter_map(|service| service.build())
        .find(|build| build.args.iter().any(|pair| pair.key.known() == Some(name) && is_here(pair.key.place)));
    let Some(path) = build.and_then(Build::dockerfile_path) else { return Vec::new() };
    let Some(dockerfile) = files.document(&path, Language::Dockerfile) else { return Vec::new() };
    let mut spots = build_args(document, None, dockerfile.path(), name, files);
    spots.extend(arguments(&dockerfile, Some(&dockerfile), name));
    spots
}

/// Where a project gives a Dockerfile a build argument. `own`: the document of `compose`, where it is not the one that was asked about.
fn build_args(
    compose: &Document,
    own: Option<&Arc<Document>>,
    dockerfile: &Path,
    name: &str,
    files: &dyn Files,
) -> Vec<Spot> {
    let sources = Sources::new(compose);
    let Some(project) = Project::load(&sources, files) else { return Vec::new() };
    let mut found = Vec::new();
    for build in project.services.iter().filter_map(|service| service.build()) {
        for pair in build.args.iter().filter(|pair| pair.key.known() == Some(name)) {
            if is_of(build, dockerfile, files) {
                let document = sources.shared(pair.key.place.file).or(own).cloned();
                let what = What::Given(name.to_owned(), pair.value.is_some());
                found.push(Spot { document, range: pair.key.place.range, is_definition: false, what });
            }
        }
    }
    found
}

fn spot(it: &Occurrence, document: Option<&Arc<Document>>) -> Spot {
    let is_definition = matches!(it.role, Role::Argument { .. } | Role::Environment);
    Spot { document: document.cloned(), range: it.range, is_definition, what: What::Variable(it.name.clone()) }
}

/// Where the variable that is named at an offset of a Dockerfile gets its value; none if no variable is named there, or nothing in the
/// file sets it.
pub(super) fn definition(document: &Document, offset: TextSize) -> Option<TextRange> {
    let (all, here) = at(document, offset)?;
    let this = all.get(here)?;
    let (_, model) = document.dockerfile()?;
    Some(all.get(origin(&all, this, model)?)?.range)
}

/// The declaration that gives an occurrence its value: what is in force, or for an argument without a default the global one of its name.
pub(crate) fn origin(all: &[Occurrence], this: &Occurrence, model: &Model) -> Option<usize> {
    let global = model.globals.find(&this.name).map(|variable| variable.origin);
    let origin = match this.role {
        Role::Argument { has_default: false } if this.stage.is_some() => global.or(this.origin),
        _ => this.origin,
    };
    let (Origin::Arg(at) | Origin::Env(at)) = origin?;
    all.iter().rposition(|it| it.instruction == at && matches!(it.role, Role::Argument { .. } | Role::Environment))
}

/// Which stages share a variable.
struct Groups {
    /// For each stage, and behind them for the arguments before the first `FROM`, one that it shares the variable with.
    parents: Vec<usize>,
}

impl Groups {
    /// For one variable, by all of its occurrences.
    fn new(model: &Model, all: &[Occurrence]) -> Self {
        let mut groups = Self { parents: (0..=model.stages.len()).collect() };
        let Some(name) = all.first().map(|it| it.name.as_str()) else { return groups };
        let is_declared = |it: &&Occurrence| matches!(it.role, Role::Argument { .. } | Role::Environment);
        let triggers = all.iter().filter(|it| it.is_trigger).filter(is_declared);
        let triggers: HashSet<Option<usize>> = triggers.map(|it| it.stage).collect();
        for stage in &model.stages {
            if let Base::Stage(parent) = stage.base
                && (triggers.contains(&Some(parent))
                    || model.stages.get(parent).is_some_and(|parent| parent.end.variables.find(name).is_some()))
            {
                groups.join(stage.index, parent);
            }
        }
        if model.globals.find(name).is_some() {
            for it in all.iter().filter(|it| it.role == Role::Argument { has_default: false }) {
                groups.join(it.stage.unwrap_or(model.stages.len()), model.stages.len());
            }
        }
        groups
    }

    fn root(&self, mut at: usize) -> usize {
        while let Some(&parent) = self.parents.get(at).filter(|parent| **parent != at) {
            at = parent;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        // The lower goes on top: stages start from those before them, so that chains stay short.
        if let Some(parent) = self.parents.get_mut(one.max(other)) {
            *parent = one.min(other);
        }
    }

    /// The group of an occurrence; none if nothing in the file sets what it names.
    fn of(&self, it: &Occurrence) -> Option<usize> {
        it.origin?;
        Some(self.root(it.stage.unwrap_or(self.parents.len().checked_sub(1)?)))
    }

    /// The groups in which the variable is an argument.
    fn arguments<'g>(&'g self, all: &'g [Occurrence]) -> impl Iterator<Item = usize> + 'g {
        all.iter().filter(|it| matches!(it.role, Role::Argument { .. })).filter_map(|it| self.of(it))
    }
}

/// Whether a file among those of the places has a variable of that name already.
pub(crate) fn is_taken(spots: &[Spot], own: &Document, name: &str) -> bool {
    let others = spots.iter().filter_map(|spot| spot.document.as_deref());
    std::iter::once(own).chain(others).any(|document| {
        let parts = document.dockerfile();
        parts.is_some_and(|(file, model)| !occurrences(document.text(), file, model, Some(name)).is_empty())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_linter::{Document, Language, NoFiles};
    use dlint_syntax::TextSize;

    use super::{definition, in_dockerfile};

    /// The lines of the variable at the `|`, with a `*` where it is declared, and behind them that of its value.
    #[track_caller]
    fn is(text: &str, wanted: &str) {
        let offset = TextSize::new(text.find('|').unwrap() as u32);
        let document = Document::parse("x", text.replacen('|', "", 1), Language::Dockerfile);
        let line = |at| document.position(at).line.to_string();
        let spots = in_dockerfile(&document, &NoFiles, offset);
        let lines: Vec<String> =
            spots.iter().map(|spot| line(spot.range.start()) + if spot.is_definition { "*" } else { "" }).collect();
        let from = definition(&document, offset).map_or(String::new(), |range| line(range.start()));
        assert_eq!(format!("{} < {from}", lines.join(" ")), wanted, "{text}");
    }

    #[test]
    fn arguments_hold_where_they_are_declared() {
        is("ARG |V=1\nFROM a:$V\nRUN echo $V\n", "1* 2 < 1");
        is("ARG V=1\nFROM a:$|V\nARG V\nRUN echo ${V}\n", "1* 2 3* 4 < 1");
        is("ARG V=1\nFROM a:$V\nARG V\nRUN echo ${|V}\n", "1* 2 3* 4 < 3");
        is("ARG V=1\nFROM a:$V\nARG |V\nRUN echo ${V}\n", "1* 2 3* 4 < 1");
        is("ARG V=1\nFROM a:$V\nARG V=2\nRUN echo ${|V}\n", "3* 4 < 3");
        is("FROM a\nRUN echo $|V\nARG V\n", " < ");
        is("FROM a\nARG |V\nFROM b\nRUN echo $V\n", "2* < 2");
        is("FROM a\nARG |V\nCMD echo $V\n", "2* < 2");
    }

    #[test]
    fn stages_have_what_their_bases_have() {
        is("FROM a AS x\nENV V=1\nFROM x\nWORKDIR /$|V\nFROM x\nENV V=2\n", "2* 4 6* < 2");
        is("FROM a AS x\nENV W=1\nFROM x\nENV |V=$W\nFROM x\nUSER $V\n", "4* < 4");
        is("FROM a\nENV |V=1\nENV V=$V:2 W=$V\nCMD echo $V\n", "2* 3* 3 3 4 < 2");
    }

    #[test]
    fn triggers_declare_for_the_stages_that_start_from_theirs() {
        is("FROM a AS x\nONBUILD ARG |V=1\nONBUILD RUN echo $V\nFROM x\nRUN echo $V\n", "2* 3 5 < 2");
        is("FROM a AS x\nONBUILD ENV V=1\nFROM x\nRUN echo $|V\nFROM x\nCMD echo $V\n", "2* 4 6 < 2");
        is("FROM a AS x\nENV |V=1\nONBUILD RUN echo $V\n", "2* 3 < 2");
        // Other files' builds have arguments of their own.
        is("FROM a\nARG |V=1\nONBUILD RUN echo $V\n", "2* < 2");
        is("FROM a\nONBUILD ARG |V=1\nONBUILD RUN echo $V\n", " < ");
    }

    #[test]
    fn variables_are_found_in_all_kinds_of_instructions() {
        is(
            "FROM a\nARG |V=1\nCOPY --chown=$V a$V /${V:-x}\nRUN --mount=type=cache,id=$V,target=/x V=2 sh -c \"echo '$V'\" > $V\nEXPOSE $V\nLABEL a=$V\nRUN for V in 1; do export V; done; echo '$V' \\$V\nONBUILD RUN echo $V\nCOPY <<EOF <<'END' /\n$V\nEOF\n$V\nEND\nRUN <<EOF\n$V\nEOF\n",
            "2* 3 3 3 4 4 4 4 5 6 7 7 10 15 < 2",
        );
        is("FROM a\nSHELL [\"cmd\", \"/c\"]\nARG |V=1\nRUN echo $V\n", "3* < 3");
    }

    #[test]
    fn half_typed_text_is_no_trouble() {
        for text in ["ARG |", "FROM a\nARG |=", "FROM a\nENV |V", "FROM a\nRUN echo ${|V", "|", "FROM $|", "é|V"] {
            let offset = TextSize::new(text.find('|').unwrap() as u32);
            let document = Document::parse("x", text.replacen('|', "", 1), Language::Dockerfile);
            let _ = (in_dockerfile(&document, &NoFiles, offset), definition(&document, offset));
        }
    }
}
