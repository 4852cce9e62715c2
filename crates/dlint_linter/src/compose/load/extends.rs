//! `extends`.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use super::{Loader, MAX_DEPTH, ProblemKind};
use crate::compose::node::{Field, Layer, Node};
use crate::compose::place::{FileId, Place};
use crate::compose::scalar::Scalar;

/// The services of a file, by name.
struct Named<'a>(BTreeMap<String, Field<'a>>);

impl<'a> Named<'a> {
    fn new(fields: &[Field<'a>]) -> Self {
        Self(fields.iter().map(|field| (field.name.to_string(), field.clone())).collect())
    }
}

/// A service in the chain of those that extend each other.
struct Link {
    file: FileId,
    name: String,
    place: Place,
}

impl<'a> Loader<'a> {
    /// The file with what its services extend below them.
    pub(super) fn apply_extends(&mut self, node: Node<'a>) -> Node<'a> {
        let Some(section) = node.field("services") else { return node };
        let services = section.value.clone();
        let fields = services.fields();
        if !fields.iter().any(|field| field.value.mentions("extends")) {
            return node;
        }
        let by_name = Named::new(&fields);
        let extended = fields.iter().map(|field| {
            let value = self.extend(&by_name, field, &mut Vec::new());
            field.with_value(value)
        });
        let extended = Node::mapping(&services, extended.collect(), services.removed());
        let all = node
            .fields()
            .into_iter()
            .map(|field| if field.name == "services" { field.with_value(extended.clone()) } else { field });
        let all = all.collect();
        Node::mapping(&node, all, node.removed())
    }

    /// A service over what it extends. What cannot be followed stays in it as `extends`.
    fn extend(&mut self, services: &Named<'a>, field: &Field<'a>, chain: &mut Vec<Link>) -> Node<'a> {
        let service = &field.value;
        let Some(extends) = service.field("extends") else { return service.clone() };
        let (file, folder) = (field.key_place.file, extends.value.folder().to_owned());
        let memo = (file, folder.clone(), field.name.to_string());
        if let Some(done) = self.extended.get(&memo) {
            return done.clone();
        }
        let Some(reference) = extends.value.scalar().or_else(|| extends.value.scalar_of("service")) else {
            let message = format!("`extends` of service `{}` names no service", field.name);
            self.problem(ProblemKind::UndefinedService, extends.key_place, message).help =
                Some("Add `service: NAME`".to_owned());
            return service.clone();
        };
        if let Some(at) = chain.iter().position(|link| link.file == file && link.name == field.name) {
            let mut related: Vec<(Place, String)> =
                chain[at..].iter().map(|link| (link.place, format!("`{}` extends another here", link.name))).collect();
            let message = "these services extend each other in a circle".to_owned();
            let mut places = std::iter::once(reference.place).chain(chain[at..].iter().map(|link| link.place));
            let place = places.find(|place| place.in_checked().is_some()).unwrap_or(reference.place);
            related.retain(|(other, _)| *other != place);
            self.problem(ProblemKind::Cycle, place, message).related = related;
            return service.clone();
        }
        if chain.len() >= MAX_DEPTH {
            self.limit(reference.place, "services extend each other deeper than dlint follows");
            return service.clone();
        }
        chain.push(Link { file, name: field.name.to_string(), place: reference.place });
        let base = self.base(services, &extends, &reference, &folder, chain);
        chain.pop();
        let Some(base) = base else { return service.clone() };
        self.merger.is_extension = true;
        let merged = self.merger.merge(&base, service, &["services", &field.name]);
        self.merger.is_extension = false;
        // What could not be followed below cannot be known here either.
        let is_resolved = !base.mentions("extends");
        let fields = merged.fields().into_iter().filter(|field| !is_resolved || field.name != "extends").collect();
        let merged = Node::mapping(&merged, fields, merged.removed());
        self.extended.insert(memo, merged.clone());
        merged
    }

    /// The service that is extended.
    fn base(
        &mut self,
        services: &Named<'a>,
        extends: &Field<'a>,
        reference: &Scalar,
        folder: &Path,
        chain: &mut Vec<Link>,
    ) -> Option<Node<'a>> {
        let file = extends.value.scalar_of("file");
        let Some(name) = reference.known().map(str::to_owned) else {
            self.is_incomplete = true;
            return None;
        };
        let Some(file) = file else {
            let Some(field) = services.0.get(&name) else {
                self.undefined(reference, &name, services, "this file");
                return None;
            };
            return Some(self.extend(services, field, chain));
        };
        let shown = file.known().unwrap_or_default().to_owned();
        self.enter(file.place, |loader| {
            let id = loader.open(&file, folder, "is extended")?;
            let folder = folder.join(&shown).parent().unwrap_or(Path::new("")).to_owned();
            let layer = Layer { file: id, env: Rc::clone(&extends.value.layer().env), folder: Rc::from(folder) };
            let mut others: Option<Node<'a>> = None;
            for root in loader.sources.document(id).yaml()?.roots() {
                let node = Node::written(root, layer.clone());
                if let Some(section) = node.get("services") {
                    others = Some(match others {
                        Some(before) => loader.merger.merge(&before, &section, &["services"]),
                        None => section,
                    });
                }
            }
            let Some(others) = others.map(|services| Named::new(&services.fields())) else {
                let message = format!("`{shown}` has no services, so `{name}` cannot be extended");
                loader.problem(ProblemKind::UndefinedService, reference.place, message);
                return None;
            };
            let Some(field) = others.0.get(&name) else {
                loader.undefined(reference, &name, &others, &format!("`{shown}`"));
                return None;
            };
            Some(loader.extend(&others, field, chain))
        })
    }

    fn undefined(&mut self, reference: &Scalar, name: &str, services: &Named<'a>, place: &str) {
        let near = dlint_syntax::suggest::nearest(name, services.0.keys().map(String::as_str)).map(str::to_owned);
        let message = format!("service `{name}`, which is extended here, is not in {place}");
        let problem = self.problem(ProblemKind::UndefinedService, reference.place, message);
        problem.help = near.map(|near| format!("Did you mean `{near}`?"));
    }
}
