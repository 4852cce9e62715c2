//! A service and what it says.

use std::cell::OnceCell;
use std::rc::Rc;

use dlint_syntax::TextRange;
use dlint_syntax::yaml::{Kind, View};

use super::build::Build;
use super::command::Command;
use super::depends_on::{Dependency, Extends};
use super::environment::Pair;
use super::healthcheck::Healthcheck;
use super::host_path::{self, HostPath};
use super::limits::{self, Bound, Limit, Resource};
use super::port::{Port, PortError};
use super::scalar::{Field, Reader, Scalar};
use super::sections::Sections;
use super::volume::{Mount, MountError};
use crate::document::Document;

/// A service. What it says is read when it is asked for.
pub struct Service<'a> {
    /// The file that it is written in.
    pub document: &'a Document,
    /// Its name.
    pub name: &'a str,
    /// Where its name is written.
    pub name_range: TextRange,
    /// Its value, with an alias followed; a mapping if the file is right.
    pub body: View<'a>,
    /// The alias or merge key by which it came to be a service, or by which its body came to it.
    pub alias: Option<TextRange>,
    pub(super) reader: Reader<'a>,
    pub(super) is_in_fragment: bool,
    pub(super) partial: OnceCell<bool>,
    pub(super) sections: Rc<Sections<'a>>,
}

impl<'a> Service<'a> {
    /// What reads scalars in this service.
    pub fn reader(&self) -> Reader<'a> {
        self.reader
    }

    /// The entry with this key. One that `!reset` takes away is none.
    pub fn field(&self, key: &str) -> Option<Field<'a>> {
        self.reader.field(self.body, key)
    }

    /// The scalar with this key.
    pub fn scalar(&self, key: &str) -> Option<Scalar> {
        self.reader.scalar_of(self.body, key)
    }

    /// The scalars of the list with this key; a single scalar counts as a list of one.
    pub fn list(&self, key: &str) -> Vec<Scalar> {
        self.field(key).map(|field| self.reader.one_or_many(field.value)).unwrap_or_default()
    }

    /// The pairs of the mapping or list of `KEY=VALUE` with this key.
    pub fn pairs(&self, key: &str) -> Vec<Pair> {
        self.field(key).map(|field| Pair::read_all(field.value, &self.reader)).unwrap_or_default()
    }

    /// Whether what the text does not say may be said elsewhere, so that nothing can be told from its absence: the service
    /// extends another, is run by a provider, or has neither image nor build; the file is a part of a project only (an override, a
    /// fragment, one that includes others); its name comes twice; its body cannot be read.
    pub fn is_partial(&self) -> bool {
        *self.partial.get_or_init(|| {
            let has = |key| self.body.entry(key).is_some();
            self.is_in_fragment
                || self.body.kind() != Kind::Mapping
                || has("extends")
                || has("provider")
                || !(has("image") || has("build"))
                || merge_tag(self.body).is_some()
        })
    }

    /// Whether a key is certainly absent: the text does not have it, and no other text can give it.
    pub fn lacks(&self, key: &str) -> bool {
        self.body.entry(key).is_none() && !self.is_partial()
    }

    /// Whether an entry, or something in it, has a tag that speaks about other files: `!reset` or `!override`.
    pub fn has_merge_tag(&self, key: &str) -> bool {
        self.body.get(key).is_some_and(|value| {
            merge_tag(value).is_some() || value.resolve().walk().any(|view| merge_tag(view).is_some())
        })
    }

    /// The entry of a top-level section (`volumes`, `secrets`) with this name. Of several documents in the file the last has it.
    pub fn top_level(&self, section: &str, name: &str) -> Option<Field<'a>> {
        self.sections.field(section, name)
    }

    /// `image`: the image that is run; with a `build` what the build is called.
    pub fn image(&self) -> Option<Scalar> {
        self.scalar("image")
    }

    /// `build`.
    pub fn build(&self) -> Option<Build> {
        Build::read(&self.field("build")?, &self.reader)
    }

    /// `user`.
    pub fn user(&self) -> Option<Scalar> {
        self.scalar("user")
    }

    /// `privileged`; see [`Scalar::is_true`].
    pub fn privileged(&self) -> Option<Scalar> {
        self.scalar("privileged")
    }

    /// `use_api_socket`; see [`Scalar::is_true`].
    pub fn use_api_socket(&self) -> Option<Scalar> {
        self.scalar("use_api_socket")
    }

    /// `network_mode`.
    pub fn network_mode(&self) -> Option<Scalar> {
        self.scalar("network_mode")
    }

    /// `restart`.
    pub fn restart(&self) -> Option<Scalar> {
        self.scalar("restart")
    }

    /// `command`.
    pub fn command(&self) -> Option<Command> {
        Command::read(&self.field("command")?, &self.reader)
    }

    /// `entrypoint`.
    pub fn entrypoint(&self) -> Option<Command> {
        Command::read(&self.field("entrypoint")?, &self.reader)
    }

    /// `profiles`.
    pub fn profiles(&self) -> Vec<Scalar> {
        self.list("profiles")
    }

    /// `extends`.
    pub fn extends(&self) -> Option<Extends> {
        Some(Extends::read(&self.field("extends")?, &self.reader))
    }

    /// `depends_on`.
    pub fn depends_on(&self) -> Vec<Dependency> {
        self.field("depends_on").map(|field| Dependency::read_all(&field, &self.reader)).unwrap_or_default()
    }

    /// `environment`, without what `env_file` adds.
    pub fn environment(&self) -> Vec<Pair> {
        self.pairs("environment")
    }

    /// `labels`.
    pub fn labels(&self) -> Vec<Pair> {
        self.pairs("labels")
    }

    /// `healthcheck`.
    pub fn healthcheck(&self) -> Option<Healthcheck> {
        Healthcheck::read(&self.field("healthcheck")?, &self.reader)
    }

    /// The places where the service limits memory, processor time or processes.
    pub fn limits(&self) -> Vec<Limit> {
        limits::of_service(self)
    }

    /// What all limits of a resource come to: the strongest of them; `None` if there is none.
    pub fn bound(&self, resource: Resource) -> Option<Bound> {
        self.limits().iter().filter(|limit| limit.resource == resource).map(|limit| limit.bound).min()
    }

    /// The entries of `ports` that can be read.
    pub fn ports(&self) -> Vec<Port> {
        self.port_entries().filter_map(Result::ok).collect()
    }

    /// What Compose refuses in `ports`.
    pub fn port_errors(&self) -> Vec<PortError> {
        self.port_entries().filter_map(Result::err).collect()
    }

    fn port_entries(&self) -> impl Iterator<Item = Result<Port, PortError>> {
        let reader = self.reader;
        let (items, alias) = self.items("ports");
        items.map(move |item| {
            let mut port = Port::read(item, &reader)?;
            port.alias = port.alias.or(alias);
            Ok(port)
        })
    }

    /// The entries of `volumes` that can be read.
    pub fn mounts(&self) -> Vec<Mount> {
        self.mount_entries().filter_map(Result::ok).collect()
    }

    /// What Compose refuses in `volumes`.
    pub fn mount_errors(&self) -> Vec<MountError> {
        self.mount_entries().filter_map(Result::err).collect()
    }

    fn mount_entries(&self) -> impl Iterator<Item = Result<Mount, MountError>> {
        let reader = self.reader;
        let (items, alias) = self.items("volumes");
        items.map(move |item| {
            let mut mount = Mount::read(item, &reader)?;
            mount.alias = mount.alias.or(alias);
            Ok(mount)
        })
    }

    /// The paths of the host that the service can see: mounts, volumes that are bind mounts, secrets and configs from files.
    pub fn host_paths(&self) -> Vec<HostPath> {
        host_path::of_service(self)
    }

    /// The items of a list, and the alias by which the list came into the service.
    fn items(&self, key: &str) -> (impl Iterator<Item = View<'a>> + use<'a>, Option<TextRange>) {
        let field = self.field(key);
        let alias = field.and_then(|field| field.alias);
        (field.into_iter().flat_map(|field| field.value.items()), alias)
    }
}

/// `!reset` or `!override`.
fn merge_tag(view: View<'_>) -> Option<&str> {
    view.tag().map(|(tag, _)| tag).filter(|tag| matches!(*tag, "!reset" | "!override"))
}
