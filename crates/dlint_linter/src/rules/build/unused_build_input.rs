//! `unused-build-input`: a named context or secret that the Dockerfile does not use.


use dlint_syntax::text::CompactString;
use dlint_syntax::hash::HashSet;
use dlint_syntax::dockerfile::{Dockerfile, Instruction, Kind, Model, Value, Word, expand};

use crate::build::{built, dockerfile};
use crate::compose::{Pair, Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unused-build-input",
    summary: "A named context or secret of a build that the Dockerfile does not use",
    category: Category::Maintainability,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unused_build_input.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in built(project) {
        check(service, cx);
    }
}

fn check(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(build) = service.field("build").map(|build| build.value) else { return };
    let contexts = build.get("additional_contexts").map(|it| Pair::read_all(&it)).unwrap_or_default();
    let secrets = build.get("secrets").map(|it| it.items()).unwrap_or_default();
    if contexts.is_empty() && secrets.is_empty() {
        return;
    }
    let Some(dockerfile) = dockerfile(service, cx) else { return };
    let Some((file, model)) = dockerfile.sound() else { return };
    let Some(used) = used(file, model) else { return };
    for context in contexts {
        // One that is another service is often there to have that built first.
        if context.value.as_ref().is_none_or(|value| value.known().is_none_or(|text| text.starts_with("service:"))) {
            continue;
        }
        let Some(name) = context.key.known().filter(|name| !used.names.contains(*name)) else { continue };
        cx.report_at(context.key.place, format!("the Dockerfile of service `{}` does not use the context `{name}`", service.name))
            .help(format!("Remove it, or name it where it is meant: `COPY --from={name} …`"));
    }
    for item in secrets {
        let Some(name) = item.scalar().or_else(|| item.scalar_of("target")).or_else(|| item.scalar_of("source")) else {
            continue;
        };
        let Some(id) = name.known().filter(|id| !used.secrets.contains(*id)) else { continue };
        cx.report_at(name.place, format!("the Dockerfile of service `{}` does not mount the secret `{id}`", service.name))
            .help(format!("Remove it, or mount it where it is meant: `RUN --mount=type=secret,id={id} …`"));
    }
}

#[derive(Default)]
struct Used {
    /// What `FROM`, `COPY --from` and mounts name.
    names: HashSet<CompactString>,
    /// The names of mounted secrets.
    secrets: HashSet<CompactString>,
}

/// What a Dockerfile uses; `None` where a variable decides.
fn used(file: &Dockerfile, model: &Model) -> Option<Used> {
    let mut used = Used::default();
    let mut add = |word: &Word| {
        let Value::Known(text) = expand(word, file.escape, &model.globals).value else { return None };
        // A context may be named as the image that it goes before.
        let familiar = crate::image::Reference::new(&text).familiar_name().into();
        used.names.extend([text, familiar]);
        Some(())
    };
    for instruction in &file.instructions {
        let instruction: &Instruction = match &instruction.kind {
            Kind::Onbuild(Some(trigger)) => trigger,
            _ => instruction,
        };
        if let Some(word) = instruction.flag("from").and_then(|flag| flag.value.as_ref()) {
            add(word)?;
        }
        match &instruction.kind {
            Kind::From(from) => from.image.as_ref().map_or(Some(()), &mut add)?,
            Kind::Run(run) => {
                for mount in &run.mounts {
                    if let Some(word) = mount.option(&["from"]).and_then(|option| option.value.as_ref()) {
                        add(word)?;
                    }
                }
            }
            _ => {}
        }
    }
    for instruction in &file.instructions {
        let Kind::Run(run) = &instruction.kind else { continue };
        for mount in run.mounts.iter().filter(|mount| mount.kind() == "secret") {
            let text = |names: &[&str]| mount.option(names).and_then(|it| it.value.as_ref()).map(|it| it.text.clone());
            let id = text(&["id", "source", "src"]).or_else(|| {
                text(&["target", "dst", "destination"]).and_then(|path| path.rsplit('/').next().map(CompactString::from))
            })?;
            if id.contains('$') {
                return None;
            }
            used.secrets.insert(id);
        }
    }
    Some(used)
}
