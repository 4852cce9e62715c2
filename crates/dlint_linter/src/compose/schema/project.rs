//! What Compose refuses of a project.
//!
//! Compose looks at the lowest file alone, and then at all that is laid over it after each file. So what is wrong in the lowest file is
//! refused although a later one says better, while in a later file, or in a service that extends another, only what is left of it counts.
//! Some values it looks at already in each file, and some only at the very end.

use dlint_syntax::TextRange;
use dlint_syntax::hash::{HashSet, HashSetExt};
use dlint_syntax::yaml::View;

use super::fault::{Fault, FaultKind};
use super::validate::validate_extended;
use super::when::Refused;
use super::{consistency, keys, validate, validate_merged};
use crate::compose::node::{Layer, Node};
use crate::compose::place::{FileId, Place};
use crate::compose::{Project, Sources};

/// The faults of the checked file as it is written, and of what the project makes of it.
pub(crate) fn faults(project: &Project<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    // In a broken file, what is missing may stand where it is broken.
    let is_whole = (!project.is_partial || project.is_base) && is_sound(project.sources, FileId::CHECKED);
    let is_one = project.written.len() == 1 && project.root.view().is_some();
    let mut merged = Vec::new();
    if is_whole && !is_one {
        validate_merged(&project.root, &mut merged);
        for root in &project.included {
            if is_sound(project.sources, root.place().file) {
                validate_merged(root, &mut merged);
            }
        }
    }
    let left: HashSet<(FaultKind, Place)> = merged.iter().map(|fault| (fault.kind, fault.place)).collect();
    for (index, root) in project.written.iter().enumerate() {
        let is_lowest = index == 0 && !project.is_told_elsewhere();
        let from = faults.len();
        validate(root, is_whole && is_lowest, &mut faults);
        if is_whole && !is_one {
            let extending = if is_lowest { extending(root) } else { Vec::new() };
            // Compose wants something of these in each file.
            let empty = ["services", "version"].map(|key| root.field(key).filter(|field| field.value.is_null()));
            let is_section =
                |place: Place| empty.iter().flatten().any(|it| place == it.key_place || place == it.value.place());
            for fault in faults[from..].iter_mut().filter(|fault| !is_section(fault.place)) {
                let is_upper = !is_lowest || is_within(&extending, fault.place.range);
                // Compose drops the value before it looks, and so does what it seems to say.
                let is_dropped = !left.contains(&(fault.kind, fault.place));
                fault.is_late = match fault.refused {
                    Refused::InFile | Refused::InForm => false,
                    Refused::SoFar => is_upper && is_dropped,
                    Refused::InProject => is_dropped,
                };
            }
        }
        if let Some((_, range)) = root.view().and_then(View::tag).filter(|(tag, _)| *tag == "!reset") {
            let message = "`!reset` stands before a whole document, and Compose crashes".to_owned();
            let place = Place { file: FileId::CHECKED, range };
            faults.push(Fault::new(FaultKind::InvalidValue, place, message).help("Remove the tag"));
        }
        if let Some(view) = root.view() {
            keys(view, FileId::CHECKED, &mut faults);
        }
    }
    faults.append(&mut merged);
    extended(project, &mut faults);
    consistency(project, &mut faults);
    let mut told = HashSet::new();
    faults.retain(|fault| told.insert((fault.kind, fault.place, fault.message.clone())));
    faults
}

/// What Compose refuses of the files of which services are extended as soon as it reads them, whatever is laid over it.
fn extended(project: &Project<'_>, faults: &mut Vec<Fault>) {
    let Some(checked) = project.written.first().filter(|_| !project.is_told_elsewhere()) else { return };
    for file in project.sources.other_files() {
        let Some(yaml) = project.sources.extended(file).and_then(|document| document.yaml()) else { continue };
        let layer = Layer { file, ..checked.layer().clone() };
        for root in yaml.roots() {
            validate_extended(&Node::written(root, layer.clone()), faults);
        }
    }
}

fn is_sound(sources: &Sources<'_>, file: FileId) -> bool {
    sources.document(file).yaml().is_some_and(|yaml| yaml.errors().is_empty())
}

/// Where the services are written that extend others, in the order of the text, without what they say of that itself.
fn extending(root: &Node<'_>) -> Vec<TextRange> {
    let mut ranges = Vec::new();
    for service in root.get("services").map(|services| services.fields()).unwrap_or_default() {
        if let Some(extends) = service.value.field("extends") {
            let (all, own) = (service.value.place().range, extends.place.range);
            if all.contains_range(own) {
                ranges.push(TextRange::new(all.start(), own.start()));
                ranges.push(TextRange::new(own.end(), all.end()));
            }
        }
    }
    ranges.sort_by_key(|range| range.start());
    ranges
}

fn is_within(ranges: &[TextRange], place: TextRange) -> bool {
    let before = ranges.partition_point(|range| range.start() <= place.start());
    before.checked_sub(1).is_some_and(|index| ranges[index].contains_range(place))
}
