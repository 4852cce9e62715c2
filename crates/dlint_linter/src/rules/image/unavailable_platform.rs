//! `unavailable-platform`: an image that does not exist for the platform that is asked for.

use dlint_syntax::dockerfile::{Base, Kind, Value, expand};

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::image::platforms::{Only, only_for};
use crate::image::{self, Reference};
use crate::platform::Platform;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unavailable-platform",
    summary: "An image that does not exist for the platform that is asked for",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["buildkit:InvalidBaseImagePlatform", "tally:tally/platform-mismatch"],
    docs: include_str!("unavailable_platform.md"),
    on: &[On::Stage(stage), On::Service(service)],
};

const HELP: &str = "Ask for a platform that it has, or take an image for the one that is meant";

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let instruction = node.stage.from(node.file);
    let Some(word) = instruction.flag("platform").and_then(|flag| flag.value.as_ref()) else { return };
    let (Base::Image(image), Kind::From(from)) = (&node.stage.base, &instruction.kind) else { return };
    let Value::Known(asked) = expand(word, node.file.escape, &node.model.globals).value else { return };
    if let (Some(at), Some(missing)) = (&from.image, Missing::new(&Reference::new(image), &asked)) {
        cx.report(at.range, missing.message(image)).level(missing.level()).help(HELP);
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(platform) = service.string("platform") else { return };
    let Some(image) = image::of_service(service) else { return };
    if let Some(missing) = platform.known().and_then(|asked| Missing::new(&image.reference(), asked)) {
        cx.report_at(image.at, missing.message(&image.text))
            .level(missing.level())
            .help(HELP)
            .related_at(platform.place, "the platform that is asked for");
    }
}

/// A platform that an image does not exist for, and what it does exist for.
struct Missing {
    only: Only,
    asked: Platform,
}

impl Missing {
    fn new(image: &Reference<'_>, asked: &str) -> Option<Self> {
        let asked = Platform::new(asked)?;
        let only = only_for(image).filter(|only| !only.allows(&asked))?;
        Some(Self { only, asked })
    }

    fn message(&self, image: &str) -> String {
        format!("`{image}` is for {} alone, and not for `{}`", self.only, self.asked)
    }

    /// Machines that can run it take it in place of their own, for what it is worth.
    fn level(&self) -> Level {
        if self.only.runs_on(&self.asked) { Level::Warning } else { Level::Error }
    }
}
