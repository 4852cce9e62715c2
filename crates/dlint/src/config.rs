//! `dlint config`: what the configuration comes to, and what it may say.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dlint_linter::config::layers::Origin;
use dlint_linter::{Config, Language, RuleId};

use crate::Status;
use crate::args::{CheckArgs, ConfigCommand};
use crate::content;
use crate::failure::Failure;
use crate::paths::{Here, display};
use crate::settings::{By, Settings, environment};
use crate::write::{Sink, print};

/// The JSON Schema of `dlint.toml`.
const SCHEMA: &str = include_str!("../../../docs/dlint.schema.json");

/// Runs the command.
pub(crate) fn run(command: ConfigCommand) -> Result<Status, Failure> {
    let text = match command {
        ConfigCommand::Schema => SCHEMA.to_owned(),
        ConfigCommand::Show { path, language, config, no_config, no_compat } => {
            let mut args = CheckArgs { config, no_config, no_compat, ..CheckArgs::default() };
            environment::apply(&mut args)?;
            show(&path, language, &args)?
        }
    };
    print(&Sink::Stdout, [text.as_bytes()])?;
    Ok(Status::Clean)
}

/// What holds for a path, as TOML with the origin of each value beside it.
fn show(path: &Path, language: Option<Language>, args: &CheckArgs) -> Result<String, Failure> {
    let here = Here::new()?;
    let absolute = here.absolute(path);
    let is_folder = absolute.is_dir();
    let folder = if is_folder { absolute.as_path() } else { absolute.parent().unwrap_or(&absolute) };
    let folder = fs::canonicalize(folder)
        .map_err(|error| format!("`{}` {}", display(folder), crate::read::explain(folder, &error)))?;
    let real = if is_folder { folder.clone() } else { folder.join(absolute.file_name().unwrap_or_default()) };
    let language = language.filter(|_| !is_folder).or_else(|| if is_folder { None } else { language_of(&real) });
    let settings = Settings::new(&folder, args, &here)?;
    let overrides = language.map(|language| settings.chain.overrides(&real, language)).unwrap_or_default();
    let mut shown = Shown { settings: &settings, out: String::new() };
    shown.head(path, language, is_folder);
    if settings.excludes.contains(&real, is_folder) {
        shown.out.push_str("# It is excluded: it is only linted if it is named.\n");
    }
    shown.values(args);
    shown.options();
    shown.rules(language, &overrides)?;
    shown.services(&overrides);
    Ok(shown.out)
}

/// The language of a file by its name, or by what is in it.
fn language_of(path: &Path) -> Option<Language> {
    let text = || fs::read(path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    content::by_name(path).or_else(|| content::of_given(path, &text()?, None))
}

struct Shown<'s> {
    settings: &'s Settings,
    out: String,
}

/// What a rule has come to, and what made it so.
struct State {
    is_on: bool,
    level: &'static str,
    by: Option<String>,
}

impl State {
    fn of(rule: RuleId, config: &Config) -> (bool, &'static str) {
        (config.enabled.contains(rule), config.level(rule).unwrap_or(rule.rule().level).name())
    }
}

impl Shown<'_> {
    fn head(&mut self, path: &Path, language: Option<Language>, is_folder: bool) {
        let what = match language {
            Some(language) => format!("{} ({})", display(path), language.name()),
            None if is_folder => format!("{}, a folder", display(path)),
            None => format!("{}, of which nobody can tell the language", display(path)),
        };
        let _ = writeln!(self.out, "# {what}");
        let sources = &self.settings.chain.sources;
        if sources.is_empty() {
            self.out.push_str("# No configuration file holds for it.\n");
        }
        for (index, source) in sources.iter().rev().enumerate() {
            let how = match &source.foreign {
                Some((tool, _)) if source.unread.is_some() => {
                    format!(", a program of {}, which is not read", tool.name())
                }
                Some((tool, _)) => format!(", a file of {}", tool.name()),
                None if index > 0 => ", which that one extends".to_owned(),
                None => String::new(),
            };
            let _ = writeln!(self.out, "# {}{how}", source.name);
        }
        self.out.push('\n');
    }

    fn line(&mut self, text: &str, by: &str) {
        let _ = writeln!(self.out, "{text:<44} # {by}");
    }

    fn origin(&self, origin: Option<&Origin>) -> String {
        origin.map_or_else(|| "default".to_owned(), |origin| self.settings.chain.place(origin))
    }

    /// The values that are no rules.
    fn values(&mut self, args: &CheckArgs) {
        let layers = &self.settings.chain.layers;
        let by = |flag: &'static str, is_given: bool, origin: Option<Origin>| {
            if is_given { environment::given_as(args, flag) } else { self.origin(origin.as_ref()) }
        };
        let policy = layers.last(|file| file.use_policy.as_ref());
        let name = args.policy.as_deref().or(policy.as_ref().map(|(name, _)| name.as_str())).unwrap_or("recommended");
        let policy = (format!("use-policy = \"{name}\""), by("policy", args.policy.is_some(), policy.map(|it| it.1)));
        let fail_on = by("fail-on", args.fail_on.is_some(), layers.fail_on().map(|it| it.1));
        let fail_on = (format!("fail-on = \"{}\"", self.settings.fail_on.name()), fail_on);
        let config = &self.settings.config;
        let rating = layers.last(|file| file.min_rating.as_ref()).map(|it| it.1);
        let rating = config.min_rating.map(|least| {
            (format!("min-rating = \"{}\"", least.name()), by("min-rating", args.min_rating.is_some(), rating))
        });
        let comments = layers.last(|file| file.inline_ignores.as_ref()).map(|it| it.1);
        let comments = by("no-inline-ignores", args.no_inline_ignores, comments);
        let comments = (format!("inline-ignores = {}", config.inline_ignores), comments);
        let excludes: Vec<(String, String)> = layers
            .files()
            .iter()
            .enumerate()
            .flat_map(|(layer, file)| file.exclude.iter().map(move |it| (layer, it)))
            .map(|(layer, (glob, range))| {
                let origin = Origin { layer, range: range.clone() };
                (format!("    {},", toml::Value::from(glob.as_str())), self.origin(Some(&origin)))
            })
            .collect();
        for (text, by) in [policy, fail_on, comments].into_iter().chain(rating) {
            self.line(&text, &by);
        }
        if !excludes.is_empty() {
            self.out.push_str("exclude = [\n");
            for (text, by) in excludes {
                self.line(&text, &by);
            }
            self.out.push_str("]\n");
        }
    }

    /// The options that somebody set.
    fn options(&mut self) {
        let layers = &self.settings.chain.layers;
        let mut options: BTreeMap<(&str, &str), (String, String)> = BTreeMap::new();
        for (layer, file) in layers.files().iter().enumerate() {
            for (rule, values) in &file.options {
                for (option, value) in values.as_table().into_iter().flatten() {
                    let by = self.settings.chain.sources.get(layer).map_or_else(String::new, |it| it.name.clone());
                    options.insert((rule, option), (format!("{option} = {value}"), by));
                }
            }
        }
        let mut last = "";
        for ((rule, _), (text, by)) in options {
            if rule != last {
                let _ = writeln!(self.out, "\n[options.{rule}]");
            }
            last = rule;
            self.line(&text, &by);
        }
    }

    /// The rules that look at the language: those that are on, and those that somebody switched off.
    fn rules(&mut self, language: Option<Language>, overrides: &[usize]) -> Result<(), Failure> {
        let rules = RuleId::all().filter(|rule| language.is_none_or(|it| rule.rule().languages().contains(&it)));
        let before = Config::default();
        let mut states: BTreeMap<&str, (RuleId, State)> = rules
            .map(|rule| {
                let (is_on, level) = State::of(rule, &before);
                (rule.rule().name, (rule, State { is_on, level, by: None }))
            })
            .collect();
        let chain = &self.settings.chain;
        self.settings.resolve(overrides, &mut |by, config| {
            let by = match by {
                By::File(origin) => chain.place(&origin),
                By::Argument(name) => name,
            };
            for (rule, state) in states.values_mut() {
                let now = State::of(*rule, config);
                if now != (state.is_on, state.level) {
                    *state = State { is_on: now.0, level: now.1, by: Some(by.clone()) };
                }
            }
        })?;
        self.out.push_str("\n[rules]\n");
        for (name, (rule, state)) in &states {
            let by = state.by.as_deref();
            match by {
                Some(by) if state.is_on => self.line(&format!("{name} = \"{}\"", state.level), by),
                Some(by) if rule.rule().default => self.line(&format!("{name} = \"off\""), by),
                None if state.is_on => self.line(&format!("{name} = \"{}\"", state.level), "default"),
                _ => {}
            }
        }
        Ok(())
    }

    /// What holds for some services of the file only.
    fn services(&mut self, overrides: &[usize]) {
        let chain = &self.settings.chain;
        for (index, (layer, it)) in chain.layers.overrides().enumerate() {
            if it.services.is_empty() || !overrides.contains(&index) {
                continue;
            }
            let list = |names: Vec<&str>| toml::Value::from(names).to_string();
            let _ = writeln!(self.out, "\n[[overrides]] # {}", chain.place(&Origin { layer, range: it.range.clone() }));
            let _ = writeln!(self.out, "services = {}", list(it.services.iter().map(String::as_str).collect()));
            if !it.ignore.is_empty() {
                let _ =
                    writeln!(self.out, "ignore = {}", list(it.ignore.iter().map(|(name, _)| name.as_str()).collect()));
            }
            if let Some(reason) = &it.reason {
                let _ = writeln!(self.out, "reason = {}", toml::Value::from(reason.as_str()));
            }
            for ((rule, level), _) in &it.levels {
                let level = level.map_or("off", dlint_linter::Level::name);
                let _ = writeln!(self.out, "rules.{} = \"{level}\"", rule.rule().name);
            }
        }
    }
}
