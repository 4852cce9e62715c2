//! What a Dockerfile means: its stages, how they hang together, and what is in force at each instruction.
//!
//! Everything that needs order is worked out here, once: the stage graph, the variables, the user, the working
//! directory. Values come from the text alone. An `ARG` has its default, as in a build without `--build-arg`; what only
//! the base image or the command line of the build knows is [`Value::Unknown`].

mod state;
#[cfg(test)]
mod tests;
mod variables;

use std::ops::Range;

use super::lex::{Value, expand};
use super::tree::{Dockerfile, Instruction, Kind};
use super::word::Word;
use crate::hash::HashMap;
use crate::text::CompactString;

pub use state::{Setting, State};
pub use variables::{GlobalScope, Origin, PLATFORM_ARGS, Variable, Variables};

/// The meaning of a [`Dockerfile`].
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The stages, in file order.
    pub stages: Vec<Stage>,
    /// What `FROM` lines can see: the `ARG`s before the first `FROM`.
    pub globals: GlobalScope,
    /// The last stage of each name.
    by_name: HashMap<CompactString, usize>,
}

/// A build stage.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Its number, from 0.
    pub index: usize,
    /// Its name in lower case, as BuildKit keeps it.
    pub name: Option<CompactString>,
    /// The index of its `FROM` in [`Dockerfile::instructions`].
    pub from: usize,
    /// The indexes of the instructions after the `FROM`, half-open.
    pub instructions: Range<usize>,
    /// What it starts from.
    pub base: Base,
    /// Whether it is the last stage: what is built where no target is named.
    pub is_final: bool,
    /// Whether its layers are part of what is built where no target is named: it is the last stage, or an ancestor of that.
    pub is_in_image: bool,
    /// The index of its oldest ancestor in the file, which may be itself.
    root: usize,
    /// What is in force at its end.
    pub end: State,
}

/// What a stage starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// `FROM scratch`: nothing.
    Scratch,
    /// An earlier stage, by its index.
    Stage(usize),
    /// An image, with variables expanded.
    Image(CompactString),
    /// A variable decides that has no known value, or the word is missing.
    Unknown,
}

impl Model {
    /// Works out the meaning of a Dockerfile.
    pub fn new(file: &Dockerfile) -> Self {
        let mut model = Self::default();
        let mut starts =
            (0..file.instructions.len()).filter(|&at| matches!(file.instructions[at].kind, Kind::From(_))).peekable();
        model.globals = GlobalScope::new(file, starts.peek().copied().unwrap_or(file.instructions.len()));
        while let Some(from) = starts.next() {
            let end = starts.peek().copied().unwrap_or(file.instructions.len());
            let stage = model.stage(file, from, from + 1..end);
            if let Some(name) = &stage.name {
                model.by_name.insert(name.clone(), stage.index);
            }
            model.stages.push(stage);
        }
        if let Some(last) = model.stages.last_mut() {
            last.is_final = true;
            let mut next = Some(last.index);
            while let Some(stage) = next.and_then(|index| model.stages.get_mut(index)) {
                stage.is_in_image = true;
                next = if let Base::Stage(parent) = stage.base { Some(parent) } else { None };
            }
        }
        model
    }

    /// Takes the bases of these names for unknown ones: who builds the file puts something else in their place (a named build context).
    pub fn replace_images(&mut self, names: &[impl AsRef<str>]) {
        for stage in &mut self.stages {
            if matches!(&stage.base, Base::Image(name) if names.iter().any(|it| it.as_ref() == name.as_str())) {
                stage.base = Base::Unknown;
            }
        }
    }

    fn stage(&self, file: &Dockerfile, from: usize, instructions: Range<usize>) -> Stage {
        let (image, name) = match &file.instructions[from].kind {
            Kind::From(it) => (it.image.as_ref(), it.name.as_ref()),
            _ => (None, None),
        };
        let base = image.map_or(Base::Unknown, |image| self.base(file, image));
        let mut end = self.start_state(file, &base);
        for at in instructions.clone() {
            end.apply(file, &self.globals, at);
        }
        let index = self.stages.len();
        let root = if let Base::Stage(parent) = base { self.stages[parent].root } else { index };
        Stage {
            index,
            name: name.map(|name| name.text.to_ascii_lowercase()),
            from,
            instructions,
            base,
            is_final: false,
            is_in_image: false,
            root,
            end,
        }
    }

    fn base(&self, file: &Dockerfile, image: &Word) -> Base {
        let Value::Known(text) = expand(image, file.escape, &self.globals).value else { return Base::Unknown };
        if text.is_empty() {
            return Base::Unknown;
        }
        // BuildKit keeps stage names in lower case but looks a base up as it is written: `FROM Build` is an image.
        // While stages are being added, the last of a name is the nearest earlier one.
        if let Some(&stage) = self.by_name.get(&text) {
            return Base::Stage(stage);
        }
        if text == "scratch" { Base::Scratch } else { Base::Image(text) }
    }

    /// What is in force before the first instruction of a stage with this base.
    fn start_state(&self, file: &Dockerfile, base: &Base) -> State {
        match *base {
            Base::Stage(parent) => {
                let mut state = self.stages[parent].end.clone();
                // The parent's triggers run now, and are not handed on further.
                for trigger in std::mem::take(&mut state.triggers) {
                    state.apply_trigger(file, &self.globals, trigger);
                }
                state
            }
            Base::Scratch => State::of_scratch(),
            Base::Image(_) | Base::Unknown => State::of_unknown_image(),
        }
    }

    /// The stage that an instruction belongs to; `None` before the first `FROM`. A `FROM` belongs to its own stage.
    pub fn stage_of(&self, instruction: usize) -> Option<&Stage> {
        let after = self.stages.partition_point(|stage| stage.from <= instruction);
        after.checked_sub(1).map(|index| &self.stages[index])
    }

    /// What is in force just before an instruction runs: `None` before the first `FROM`.
    pub fn before(&self, file: &Dockerfile, instruction: usize) -> Option<State> {
        let stage = self.stage_of(instruction)?;
        let mut state = self.start_state(file, &stage.base);
        for at in stage.instructions.start..instruction.min(stage.instructions.end) {
            state.apply(file, &self.globals, at);
        }
        Some(state)
    }

    /// Goes through the instructions of all stages, in file order and without the `FROM`s, with what is in force just
    /// before each: cheaper than [`Model::before`] for each of them.
    pub fn walk<'m>(&'m self, file: &Dockerfile, mut each: impl FnMut(&'m Stage, usize, &State)) {
        for stage in &self.stages {
            let mut state = self.start_state(file, &stage.base);
            for at in stage.instructions.clone() {
                each(stage, at, &state);
                state.apply(file, &self.globals, at);
            }
        }
    }

    /// The stage and its ancestors in the file, from the stage itself to the one that starts from an image.
    pub fn chain<'m>(&'m self, stage: &'m Stage) -> impl Iterator<Item = &'m Stage> {
        std::iter::successors(Some(stage), |stage| match stage.base {
            Base::Stage(parent) => self.stages.get(parent),
            _ => None,
        })
    }

    /// The stage at which the chain of a stage's parents ends: the one that starts from an image.
    pub fn root_of<'m>(&'m self, stage: &'m Stage) -> &'m Stage {
        self.stages.get(stage.root).unwrap_or(stage)
    }

    /// What the stage's oldest ancestor in the file starts from; never [`Base::Stage`].
    pub fn root_base<'m>(&'m self, stage: &'m Stage) -> &'m Base {
        self.stages.get(stage.root).map_or(&Base::Unknown, |root| &root.base)
    }

    /// The stage that `COPY --from` or a mount's `from` names: by name in any case (the last stage of that name, even a
    /// later one), or, where `by_index` is set, by number. `None` if it names no stage, so that it is an image or a
    /// named build context.
    pub fn stage_named(&self, name: &str, by_index: bool) -> Option<&Stage> {
        if let Some(&stage) = self.by_name.get(name.to_ascii_lowercase().as_str()) {
            return self.stages.get(stage);
        }
        if by_index { name.parse::<usize>().ok().and_then(|index| self.stages.get(index)) } else { None }
    }

    /// The stage that a build target names: by name in any case, else by number; the last stage for no name.
    pub fn target(&self, name: Option<&str>) -> Option<&Stage> {
        match name {
            None | Some("") => self.stages.last(),
            Some(name) => self.stage_named(name, true),
        }
    }
}

impl Stage {
    /// The stage's `FROM` instruction.
    pub fn from<'f>(&self, file: &'f Dockerfile) -> &'f Instruction {
        &file.instructions[self.from]
    }

    /// The word after `FROM`.
    pub fn image<'f>(&self, file: &'f Dockerfile) -> Option<&'f Word> {
        match &self.from(file).kind {
            Kind::From(from) => from.image.as_ref(),
            _ => None,
        }
    }
}
