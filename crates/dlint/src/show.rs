//! `dlint show`: a Compose project as dlint sees it, with the place that each value comes from.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anstyle::AnsiColor;
use dlint_linter::compose::canonical::{Item, Value, of_project};
use dlint_linter::compose::{Invocation, Place, Project, Sources};
use dlint_linter::{Document, Files, Language};
use serde::Serialize;
use serde_json::Value as Json;

use crate::Status;
use crate::args::{Color, ShowArgs, ShowFormat};
use crate::discover::Target;
use crate::files::Disk;
use crate::paths::{Here, display, plain};
use crate::read::explain;
use crate::terminal::{Look, complain, visible};
use crate::write::{Sink, print};

/// The names that Compose looks for, the first before the others.
const NAMES: [&str; 4] = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/// Runs the command.
pub(crate) fn run(args: &ShowArgs, color: Color) -> Result<Status, String> {
    let here = Here::new()?;
    let paths = if args.paths.is_empty() { vec![find(&here)?] } else { args.paths.clone() };
    let targets: Vec<Target> = paths.iter().map(|path| target(path, &here)).collect::<Result<_, _>>()?;
    let disk = Disk::new(&here, &targets);
    let load = |target: &Target| {
        let loaded = disk.load(&target.real, &target.shown, Language::Compose);
        loaded.map_err(|message| format!("`{}` {message}", display(&target.shown)))
    };
    let documents: Vec<Arc<Document>> = targets.iter().map(load).collect::<Result<_, _>>()?;
    let first = &targets[0];
    let folder = first.real.parent().unwrap_or(&first.real);
    let files = disk.view(folder);
    for path in &args.env_file {
        if files.text(path).is_none() {
            return Err(format!("--env-file: `{}` cannot be read", display(path)));
        }
    }
    let invocation = Invocation {
        over: documents[1..].to_vec(),
        directory: args.project_directory.clone(),
        env_files: args.env_file.clone(),
        ..Invocation::default()
    };
    let sources = Sources::new(&documents[0]);
    let Some(project) = Project::load_with(&sources, &files, &invocation) else {
        return Err(format!("`{}` holds no mapping, so there is no project to show", display(&first.shown)));
    };
    for problem in &project.problems {
        complain(color, &format!("{}: {}", origin(&sources, problem.place).text(), problem.message));
    }
    let item = of_project(&project, &files);
    let text = match args.output_format {
        ShowFormat::Yaml => yaml(&item, &sources, Look::of_stdout(color)),
        ShowFormat::Json => {
            serde_json::to_string_pretty(&json(&item, &sources)).expect("these types have string keys") + "\n"
        }
    };
    print(&Sink::Stdout, [text.as_bytes()])?;
    Ok(Status::Clean)
}

/// The Compose file of the working directory or the nearest folder upwards.
fn find(here: &Here) -> Result<PathBuf, String> {
    let found =
        here.dir().ancestors().flat_map(|folder| NAMES.map(|name| folder.join(name))).find(|path| path.is_file());
    let found = found.ok_or_else(|| "no Compose file here or in a folder above; name one".to_owned())?;
    Ok(found.strip_prefix(here.dir()).map(Path::to_owned).unwrap_or(found))
}

fn target(path: &Path, here: &Here) -> Result<Target, String> {
    let real = fs::canonicalize(path).map_err(|error| format!("`{}` {}", display(path), explain(path, &error)))?;
    let shown = here.shown(path, &real);
    Ok(Target { real, shown, language: Some(Language::Compose), given: true, link: path.is_symlink() })
}

/// Where a value is written.
#[derive(Serialize)]
struct Origin {
    path: String,
    line: u32,
    column: u32,
}

impl Origin {
    fn text(&self) -> String {
        format!("{}:{}", visible(&self.path), self.line)
    }
}

fn origin(sources: &Sources<'_>, place: Place) -> Origin {
    let document = sources.document(place.file);
    let position = document.position(place.range.start());
    Origin { path: plain(document.path()).into_owned(), line: position.line, column: position.column }
}

/// A value as data; the shape is a contract.
#[derive(Serialize)]
struct JsonItem {
    value: Json,
    origin: Option<Origin>,
}

fn json(item: &Item, sources: &Sources<'_>) -> Json {
    let inner = |item: &Item| json(item, sources);
    let value = match &item.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(text) => text.parse().map_or_else(|_| Json::String(text.clone()), Json::Number),
        Value::Text(text) | Value::Unknown(text) => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(inner).collect()),
        Value::Map(entries) => Json::Object(entries.iter().map(|(key, item)| (key.clone(), inner(item))).collect()),
    };
    let origin = item.place.map(|place| origin(sources, place));
    serde_json::to_value(JsonItem { value, origin }).expect("these types have string keys")
}

/// The project as YAML that Compose could read, with a comment for each value that says where it is from.
fn yaml(item: &Item, sources: &Sources<'_>, look: Look) -> String {
    let mut writer = Yaml { out: String::new(), sources, look };
    writer.block(item, 0);
    writer.out
}

struct Yaml<'s> {
    out: String,
    sources: &'s Sources<'s>,
    look: Look,
}

impl Yaml<'_> {
    /// Writes the entries or items of a collection, each on lines of its own.
    fn block(&mut self, item: &Item, depth: usize) {
        match &item.value {
            Value::Map(entries) => self.entries(entries, depth, ""),
            Value::List(items) => {
                for value in items {
                    match &value.value {
                        Value::Map(entries) if !entries.is_empty() => self.entries(entries, depth, "- "),
                        _ => {
                            let _ = write!(self.out, "{:width$}-", "", width = depth * 2);
                            self.value(value, depth + 1);
                        }
                    }
                }
            }
            _ => self.value(item, depth),
        }
    }

    /// Writes the entries of a mapping; `dash` is what stands before the first where the mapping is an item of a list.
    fn entries(&mut self, entries: &[(String, Item)], depth: usize, dash: &str) {
        for (index, (key, value)) in entries.iter().enumerate() {
            let mark = if index == 0 { dash } else { &"  "[..dash.len()] };
            let _ = write!(self.out, "{:width$}{mark}{}:", "", scalar(key), width = depth * 2);
            self.value(value, depth + 1 + dash.len() / 2);
        }
    }

    /// Writes a value behind its key or dash, to the end of the line or on the lines below.
    fn value(&mut self, item: &Item, depth: usize) {
        let text = match &item.value {
            Value::Map(entries) if entries.is_empty() => "{}".to_owned(),
            Value::List(items) if items.is_empty() => "[]".to_owned(),
            Value::Map(_) | Value::List(_) => {
                self.comment(item);
                return self.block(item, depth);
            }
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(text) => text.clone(),
            Value::Text(text) => scalar(&text.replace('$', "$$")),
            Value::Unknown(text) => scalar(text),
        };
        self.out.push(' ');
        self.out.push_str(&text);
        self.comment(item);
    }

    fn comment(&mut self, item: &Item) {
        let place = item.place.map(|place| origin(self.sources, place).text());
        let note = if matches!(item.value, Value::Unknown(_)) { ", not set here" } else { "" };
        if let Some(place) = place {
            let comment = format!("# {place}{note}");
            self.out.push_str("  ");
            self.out.push_str(&self.look.paint(AnsiColor::BrightBlack.on_default(), &comment));
        }
        self.out.push('\n');
    }
}

/// A string as a scalar that is read as this string again.
fn scalar(text: &str) -> String {
    let is_plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '+' | ':' | '@' | '=' | '$' | '{' | '}' | ' ')
    };
    let reads_as_text = |text: &str| {
        matches!(dlint_syntax::yaml::Scalar::of_plain(text), dlint_syntax::yaml::Scalar::Str)
            && !dlint_syntax::yaml::is_yaml11_boolean(text)
    };
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '.' | '$'));
    let is_safe = text.chars().all(is_plain) && !text.contains(": ") && !text.ends_with([':', ' ']);
    if starts_well && is_safe && reads_as_text(text) {
        text.to_owned()
    } else {
        // What JSON takes for a string YAML takes too.
        serde_json::to_string(text).expect("a string")
    }
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn strings_stay_strings() {
        for text in ["a", "nginx:1.27", "a=b", "/var/run", "${A:-b}", "a b"] {
            assert_eq!(scalar(text), text);
        }
        for (text, quoted) in
            [("1", "\"1\""), ("yes", "\"yes\""), ("", "\"\""), ("a: b", "\"a: b\""), ("- a", "\"- a\"")]
        {
            assert_eq!(scalar(text), quoted);
        }
    }
}
