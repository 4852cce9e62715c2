//! What the services of a Compose file come to: keys as all files together say them, and variables.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use dlint_linter::check::Files;
use dlint_linter::compose::{FileId, Node, Operator, Place, Project, Service, Sources, WrittenVariable, dotenv};
use dlint_linter::compose::{NoEnvironment, Scalar};
use dlint_linter::{Document, Language};
use dlint_syntax::dockerfile::Lookup;
use dlint_syntax::yaml::{Kind, View, Yaml};
use dlint_syntax::{TextRange, TextSize};

use super::code;
use super::keys::key_at;
use crate::features::inlays::is_secret;

/// How many keys of a service are told that other files and anchors bring.
const MOST: usize = 12;

/// What there is to say about the values at an offset.
pub(super) fn describe(document: &Document, files: &dyn Files, offset: TextSize) -> Option<(String, TextRange)> {
    let yaml = document.yaml()?;
    let scalar = scalar_at(yaml, offset);
    let key = key_at(yaml, offset);
    let is_of_service = key.as_ref().is_some_and(|(path, _)| path.len() > 1 && path[0] == "services");
    if scalar.is_none() && !is_of_service {
        return None;
    }
    let sources = Sources::new(document);
    let project = Project::load(&sources, files)?;
    if let Some((key, view)) = scalar {
        let node = project.written.first()?.at(view);
        let is_here = |it: &WrittenVariable| it.is_exact && it.place.range.contains_inclusive(offset);
        // The innermost: a default may have a variable, too.
        let variable = node.variables().into_iter().filter(is_here).min_by_key(|it| it.place.range.len())?;
        return Some((of_variable(&variable, key, &node, &project, files), variable.place.range));
    }
    let (path, range) = key?;
    let (name, rest) = path.get(1..)?.split_first()?;
    let service = project.service(name)?;
    let text = if rest.is_empty() { of_service(service, files)? } else { of_key(service, rest, range)? };
    Some((text, range))
}

/// The file of variables of the project that may set the variable at an offset of a Compose file, and its name.
pub(crate) fn variable_at(document: &Document, files: &dyn Files, offset: TextSize) -> Option<(PathBuf, String)> {
    let (_, view) = scalar_at(document.yaml()?, offset)?;
    let sources = Sources::new(document);
    let project = Project::load(&sources, files)?;
    let variables = project.written.first()?.at(view).variables();
    let here = variables.into_iter().filter(|it| it.is_exact && it.place.range.contains_inclusive(offset));
    let name = here.min_by_key(|it| it.place.range.len())?.variable.name;
    Some((project.folder.join(".env"), name))
}

/// The scalar with a variable at an offset, and the key that it is the value of.
fn scalar_at(yaml: &Yaml, offset: TextSize) -> Option<(&str, View<'_>)> {
    for view in yaml.roots().flat_map(View::walk).filter(|view| view.range().contains_inclusive(offset)) {
        if view.alias().is_some() {
            continue;
        }
        let values = view.own_entries().map(|entry| (entry.name().unwrap_or_default(), entry.value));
        let mut all = values.chain(view.items().map(|item| ("", item)));
        let is_it = |value: &View<'_>| {
            value.alias().is_none()
                && value.range().contains_inclusive(offset)
                && value.text().is_some_and(|text| text.contains('$'))
        };
        if let Some(found) = all.find(|(_, value)| is_it(value)) {
            return Some(found);
        }
    }
    None
}

/// What a variable comes to, and who says so.
fn of_variable(it: &WrittenVariable, key: &str, node: &Node<'_>, project: &Project<'_>, files: &dyn Files) -> String {
    let name = &it.variable.name;
    let value = match &it.value {
        Lookup::Set(value) if is_secret([name, key], value) => "is a secret, and not shown".to_owned(),
        Lookup::Set(value) if value.is_empty() => "is empty".to_owned(),
        Lookup::Set(value) => format!("is {}", code(value)),
        Lookup::Unset | Lookup::Unknown => {
            let argument = it
                .variable
                .operator
                .as_ref()
                .and_then(|(operator, at)| Some((*operator, node.text()?.get(at.clone())?)));
            let what = match argument {
                Some((Operator::Default | Operator::DefaultIfEmpty, text)) => {
                    format!("; the default {} holds", code(text))
                }
                Some((Operator::Required | Operator::RequiredNotEmpty, _)) => {
                    "; Compose refuses the file unless the shell sets it".to_owned()
                }
                _ => "; it is empty unless the shell sets it".to_owned(),
            };
            return format!("`{name}` is set in no file of variables of this project{what}");
        }
    };
    let path = project.folder.join(".env");
    let text = files.text(&path);
    let line = text.as_deref().and_then(|text| line_of(text, name));
    match line {
        Some(line) => format!("`{name}` {value}\n\n{}, unless the shell says otherwise", place_in(&path, line)),
        None => format!("`{name}` {value}, unless the shell says otherwise"),
    }
}

/// The line of a file of variables that sets one, from 1.
fn line_of(text: &str, name: &str) -> Option<usize> {
    let variable = dotenv::parse(text, &NoEnvironment).into_iter().rfind(|it| it.name == name)?;
    Some(text.get(..variable.range.start)?.matches('\n').count() + 1)
}

fn place_in(path: &Path, line: usize) -> String {
    format!("Set in `{}`, line {line}", path.display())
}

/// Where something is written, as a person reads it.
fn written(place: Place, service: &Service<'_>) -> String {
    let document = service.sources.document(place.file);
    let line = document.position(place.range.start()).line;
    if place.file == FileId::CHECKED {
        format!("line {line}")
    } else {
        format!("`{}`, line {line}", document.path().display())
    }
}

/// A value for people: a scalar, or how many entries there are.
fn shown(node: &Node<'_>, scalar: Option<&Scalar>, key: &str) -> Option<String> {
    if let Some(scalar) = scalar {
        let value = scalar.known()?;
        return Some(if is_secret([key, ""], value) { "a secret, not shown".to_owned() } else { code(value) });
    }
    let count = match node.kind() {
        Kind::Mapping => node.fields().len(),
        Kind::Sequence => node.items().len(),
        _ => return None,
    };
    Some(format!("{count} {}", if count == 1 { "entry" } else { "entries" }))
}

/// What a key of a service comes to, where that is not what is written there.
fn of_key(service: &Service<'_>, path: &[String], here: TextRange) -> Option<String> {
    let (last, outer) = path.split_last()?;
    let parent = outer.iter().try_fold(service.body.clone(), |node, name| node.get(name))?;
    let field = parent.field(last)?;
    let scalar = field.value.scalar();
    let place = scalar.as_ref().map_or(field.value.place(), |scalar| scalar.place);
    let is_here = place.file == FileId::CHECKED && field.key_place.range == here;
    let is_plain = scalar.as_ref().is_none_or(|scalar| scalar.is_literal) && field.alias.is_none();
    // A collection of several files stands where one of them says it.
    let own = service.own.as_ref().and_then(|own| path.iter().try_fold(own.clone(), |node, name| node.get(name)));
    let is_whole = own.is_some_and(|own| {
        own.fields().len() == field.value.fields().len() && own.items().len() == field.value.items().len()
    });
    if is_here && is_plain && is_whole {
        return None;
    }
    let value = shown(&field.value, scalar.as_ref(), last)?;
    let mut text = format!("Comes to {value}");
    if !is_here {
        let _ = write!(text, ", from {}", written(place, service));
    } else if let Some(alias) = field.alias {
        let _ = write!(text, ", by the alias in {}", written(alias, service));
    }
    Some(text)
}

/// What a service is made of that its own lines do not say.
fn of_service(service: &Service<'_>, files: &dyn Files) -> Option<String> {
    let own = service.own.as_ref().and_then(Node::view);
    let is_own = |name: &str| own.is_some_and(|own| own.own_entries().any(|entry| entry.name() == Some(name)));
    let mut lines = Vec::new();
    let fields = service.body.fields();
    for field in fields.iter().filter(|field| !is_own(&field.name)) {
        let scalar = field.value.scalar();
        let Some(value) = shown(&field.value, scalar.as_ref(), &field.name) else { continue };
        lines.push(format!("* `{}`: {value} ({})", field.name, written(field.key_place, service)));
    }
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if more > 0 {
        lines.push(format!("* and {more} more"));
    }
    let mut text = String::new();
    if !lines.is_empty() {
        let _ = write!(text, "From elsewhere:\n\n{}", lines.join("\n"));
    }
    if let Some(built) = of_build(service, files) {
        let _ = write!(text, "{}{built}", if text.is_empty() { "" } else { "\n\n" });
    }
    (!text.is_empty()).then_some(text)
}

/// What is built for a service.
fn of_build(service: &Service<'_>, files: &dyn Files) -> Option<String> {
    let build = service.build()?;
    let dockerfile = files.document(&build.dockerfile_path()?, Language::Dockerfile)?;
    let (file, model) = dockerfile.dockerfile()?;
    let stage = build.target_stage(model)?;
    let line = dockerfile.position(stage.from(file).range.start()).line;
    let name = stage.name.as_ref().map_or_else(|| format!("stage {}", stage.index), |name| format!("stage `{name}`"));
    let mut text = format!("Builds {name} of `{}`, line {line}", dockerfile.path().display());
    if !service.body.mentions("user")
        && let Some(user) = stage.end.user.as_ref().and_then(|user| user.value.known())
    {
        let _ = write!(text, "; runs as {}", code(user));
    }
    Some(text)
}
