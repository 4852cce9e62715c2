//! Which stage a name means, and whether it is an earlier one.

use super::super::mount::unexpanded_variable;
use super::super::word::Word;
use super::{Dockerfile, ErrorKind, Escape, Instruction, Kind, SyntaxError, image, known, shown};
use crate::hash::{HashMap, HashMapExt};
use crate::text::CompactString;
use crate::text::TextRange;

/// The stages of a file.
pub(super) struct Stages {
    escape: Escape,
    /// The stage each instruction belongs to: its number, from 0; nothing before the first `FROM`.
    of: Vec<Option<usize>>,
    /// The keyword of each stage's `FROM`.
    places: Vec<TextRange>,
    /// The first and the last stage of each name, which is in lower case.
    names: HashMap<CompactString, (usize, usize)>,
    /// How many stages `COPY --from` and mounts can bring in besides: one for each image that they name.
    implicit: usize,
}

impl Stages {
    pub(super) fn new(file: &Dockerfile) -> Self {
        let mut stages = Self {
            escape: file.escape,
            of: Vec::with_capacity(file.instructions.len()),
            places: Vec::new(),
            names: HashMap::new(),
            implicit: 0,
        };
        for instruction in &file.instructions {
            match &instruction.kind {
                Kind::From(from) => {
                    if let Some(name) = &from.name {
                        let own = stages.places.len();
                        stages.names.entry(name.text.to_lowercase()).or_insert((own, own)).1 = own;
                    }
                    stages.places.push(instruction.keyword.range);
                }
                Kind::Copy(_) if instruction.flag("from").is_some() => stages.implicit += 1,
                Kind::Run(run) => stages.implicit += run.mounts.len(),
                _ => {}
            }
            stages.of.push(stages.places.len().checked_sub(1));
        }
        stages
    }

    /// Checks what an instruction says of stages and images.
    pub(super) fn check(&self, index: usize, instruction: &Instruction, errors: &mut Vec<SyntaxError>) {
        let Some(own) = self.of[index] else {
            return;
        };
        match &instruction.kind {
            Kind::From(from) => errors.extend(from.image.as_ref().and_then(|image| self.check_base(own, image))),
            Kind::Copy(_) => {
                let from = instruction.flag("from").and_then(|flag| flag.value.as_ref());
                if let Some(from) = from.filter(|from| !from.text.is_empty()) {
                    errors.extend(unexpanded_variable("COPY --from", from).or_else(|| {
                        let from_index = from.text.parse::<i64>().ok();
                        from_index
                            .map_or_else(|| self.check_name(own, from), |number| self.check_index(own, from, number))
                    }));
                }
            }
            Kind::Run(run) => {
                for mount in run.mounts.iter().filter(|mount| mount.kind() != "tmpfs" && mount.kind() != "secret") {
                    let from = mount.option(&["from"]).and_then(|option| option.value.as_ref());
                    let from = from.filter(|from| !from.text.is_empty() && !from.text.contains('$'));
                    errors.extend(from.and_then(|from| self.check_name(own, from)));
                }
            }
            _ => {}
        }
    }

    /// `FROM` looks for an earlier stage by the name as it is written, which has to be in lower case.
    fn check_base(&self, own: usize, word: &Word) -> Option<SyntaxError> {
        let name = known(word, self.escape)?;
        if name == "scratch" || self.names.get(name.as_str()).is_some_and(|&(first, _)| first < own) {
            return None;
        }
        invalid_image(word, &name)
    }

    /// Any other reference looks in the whole file, case aside, and finds the last stage of the name.
    fn check_name(&self, own: usize, word: &Word) -> Option<SyntaxError> {
        match self.names.get(&word.text.to_lowercase()) {
            Some(&(_, stage)) if stage < own => None,
            Some(&(_, stage)) => Some(self.later(own, stage, word)),
            None if word.text == "scratch" => None,
            None => invalid_image(word, &word.text),
        }
    }

    fn check_index(&self, own: usize, word: &Word, index: i64) -> Option<SyntaxError> {
        let count = self.places.len();
        match usize::try_from(index) {
            Ok(stage) if stage < own => None,
            Ok(stage) if stage < count => Some(self.later(own, stage, word)),
            // Images that are copied from get numbers after the stages.
            Ok(stage) if stage < count + self.implicit => None,
            _ => {
                let message = format!("there is no stage {index}: the file has {count}, counted from 0");
                Some(SyntaxError::new(ErrorKind::LaterStageReference, word.range, message))
            }
        }
    }

    fn later(&self, own: usize, stage: usize, word: &Word) -> SyntaxError {
        let message = if own == stage {
            format!("`{}` is the stage that this instruction is in", shown(&word.text))
        } else {
            format!("the stage `{}` begins only further down", shown(&word.text))
        };
        SyntaxError::new(ErrorKind::LaterStageReference, word.range, message)
            .help("A stage can use only the stages above it")
            .related(self.places[stage], "the stage begins here")
    }
}

fn invalid_image(word: &Word, name: &str) -> Option<SyntaxError> {
    let problem = image::problem(name)?;
    let message = format!("`{}` is not an image reference: {problem}", shown(name));
    let lower = name.to_lowercase();
    let suggestion = (lower != name && word.text == name && image::problem(&lower).is_none()).then_some(lower);
    Some(SyntaxError::new(ErrorKind::InvalidImageReference, word.range, message).suggestion(suggestion))
}
