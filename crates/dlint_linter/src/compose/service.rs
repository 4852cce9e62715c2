//! A service and what it says.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use dlint_syntax::yaml::Kind;

use super::build::Build;
use super::command::Command;
use super::depends_on::{Dependency, Extends};
use super::environment::Pair;
use super::healthcheck::Healthcheck;
use super::host_path::{self, HostPath};
use super::limits::{self, Bound, Limit, Resource};
use super::node::{Field, Node};
use super::place::{Place, Sources};
use super::port::{Port, PortError};
use super::references::Reference;
use super::scalar::Scalar;
use super::sections::Sections;
use super::unique::last_of_each;
use super::volume::{Mount, MountError};
use crate::build::{Built, Dockerfile};

/// A service as it will run. What it says is read when it is asked for.
pub struct Service<'a> {
    /// The documents of its project.
    pub sources: &'a Sources<'a>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// Where its name is written: in the checked file, if that says something of the service.
    pub name_place: Place,
    /// What all files together say of it; a mapping if they are right.
    pub body: Node<'a>,
    /// What the checked file itself says of it, if it does.
    pub own: Option<Node<'a>>,
    /// The alias or merge key by which it came to be a service, or by which its body came to it.
    pub alias: Option<Place>,
    pub(super) folder: PathBuf,
    /// The folder of the project that has it: of an included one, if it comes from there.
    pub(super) home: Rc<Path>,
    pub(super) is_in_fragment: bool,
    pub(super) sections: Rc<Sections<'a>>,
    pub(crate) known: Known<'a>,
}

/// What was read of a service, kept because many rules ask.
#[derive(Default)]
pub(crate) struct Known<'a> {
    fields: OnceCell<Vec<Field<'a>>>,
    partial: OnceCell<bool>,
    environment: OnceCell<Vec<Pair>>,
    ports: OnceCell<Vec<Port>>,
    mounts: OnceCell<Vec<Mount>>,
    host_paths: OnceCell<Vec<HostPath>>,
    limits: OnceCell<Vec<Limit>>,
    image: OnceCell<Option<Scalar>>,
    build: OnceCell<Option<Build>>,
    command: OnceCell<Option<Command>>,
    entrypoint: OnceCell<Option<Command>>,
    healthcheck: OnceCell<Option<Healthcheck>>,
    pub(super) references: OnceCell<Vec<Reference>>,
    /// What [`crate::build::built_stage`] found.
    pub(crate) built: OnceCell<Option<Built>>,
    /// What [`crate::build::dockerfile`] found.
    pub(crate) dockerfile: OnceCell<Option<Dockerfile>>,
}

impl<'a> Service<'a> {
    /// The project's folder, as the paths of documents are given.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The entry with this key. One that `!reset` takes away is none.
    pub fn field(&self, key: &str) -> Option<Field<'a>> {
        self.entry(key).cloned()
    }

    /// The same, as it is kept.
    fn entry(&self, key: &str) -> Option<&Field<'a>> {
        self.fields().iter().find(|field| field.name == key)
    }

    /// The entries of the service, in order.
    fn fields(&self) -> &[Field<'a>] {
        self.known.fields.get_or_init(|| self.body.fields())
    }

    /// The scalar with this key.
    pub fn scalar(&self, key: &str) -> Option<Scalar> {
        let field = self.entry(key)?;
        let mut scalar = field.value.scalar()?;
        scalar.alias = field.alias;
        Some(scalar)
    }

    /// The string with this key. That another type is wrong is told elsewhere.
    pub fn string(&self, key: &str) -> Option<Scalar> {
        let field = self.entry(key)?;
        field.value.view()?.as_str()?;
        let mut scalar = field.value.scalar()?;
        scalar.alias = field.alias;
        Some(scalar)
    }

    /// The strings of the list with this key; a single one counts as a list of one.
    pub fn strings(&self, key: &str) -> Vec<Scalar> {
        let Some(field) = self.entry(key) else { return Vec::new() };
        let mut strings = field.value.strings();
        for string in &mut strings {
            string.alias = string.alias.or(field.alias);
        }
        strings
    }

    /// Whether the project is written for Swarm (`docker stack deploy`): it uses what only Swarm has.
    pub fn is_for_swarm(&self) -> bool {
        self.sections.is_for_swarm()
    }

    /// The scalars of the list with this key; a single scalar counts as a list of one.
    pub fn list(&self, key: &str) -> Vec<Scalar> {
        self.field(key).map(|field| field.value.one_or_many()).unwrap_or_default()
    }

    /// The pairs of the mapping or list of `KEY=VALUE` with this key.
    pub fn pairs(&self, key: &str) -> Vec<Pair> {
        self.field(key).map(|field| Pair::read_all(&field.value)).unwrap_or_default()
    }

    /// Whether what the project does not say of the service may be said elsewhere, so that nothing can be told from its absence: the
    /// file is a part only, what the service extends cannot be read, it is run by a provider, it has neither image nor build, or its
    /// body cannot be read.
    pub fn is_partial(&self) -> bool {
        *self.known.partial.get_or_init(|| {
            let has = |key| self.body.mentions(key);
            self.is_in_fragment
                || self.body.kind() != Kind::Mapping
                || has("extends")
                || has("provider")
                || !(has("image") || has("build"))
        })
    }

    /// Whether a key is certainly absent: the project does not have it, and nothing else can give it.
    pub fn lacks(&self, key: &str) -> bool {
        !self.body.mentions(key) && !self.is_partial()
    }

    /// The entry of a top-level section (`volumes`, `secrets`) with this name.
    pub fn top_level(&self, section: &str, name: &str) -> Option<Field<'a>> {
        self.sections.field(section, name)
    }

    /// `image`: the image that is run; with a `build` what the build is called.
    pub fn image(&self) -> Option<Scalar> {
        self.known.image.get_or_init(|| self.scalar("image")).clone()
    }

    /// `build`.
    pub fn build(&self) -> Option<&Build> {
        let read = || Build::read(self.entry("build")?, &self.home);
        self.known.build.get_or_init(read).as_ref()
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
    pub fn command(&self) -> Option<&Command> {
        let read = || Command::read(self.entry("command")?);
        self.known.command.get_or_init(read).as_ref()
    }

    /// `entrypoint`.
    pub fn entrypoint(&self) -> Option<&Command> {
        let read = || Command::read(self.entry("entrypoint")?);
        self.known.entrypoint.get_or_init(read).as_ref()
    }

    /// `profiles`.
    pub fn profiles(&self) -> Vec<Scalar> {
        self.list("profiles")
    }

    /// `extends`, as the checked file says it.
    pub fn extends(&self) -> Option<Extends> {
        Some(Extends::read(&self.own.as_ref()?.field("extends")?))
    }

    /// `depends_on`.
    pub fn depends_on(&self) -> Vec<Dependency> {
        self.field("depends_on").map(|field| Dependency::read_all(&field)).unwrap_or_default()
    }

    /// The services that this one needs without `depends_on`: by `links`, `volumes_from`, and the namespaces that it shares. Each with where
    /// that is written, and whether this service is restarted with it.
    pub fn implied_dependencies(&self) -> Vec<(String, Place, bool)> {
        let mut found = Vec::new();
        for link in self.list("links") {
            // With more parts than a name and an alias, all of it is a name to Compose.
            let name = |text: &'_ str| match text.split_once(':') {
                Some((name, alias)) if !alias.contains(':') => name.to_owned(),
                _ => text.to_owned(),
            };
            if let Some(name) = link.known().map(name) {
                found.push((name, link.place, true));
            }
        }
        for key in ["network_mode", "ipc", "pid", "uts", "cgroup"] {
            let Some(value) = self.scalar(key) else { continue };
            if let Some(name) = value.known().and_then(|text| text.strip_prefix("service:")) {
                found.push((name.to_owned(), value.place, true));
            }
        }
        for source in self.list("volumes_from") {
            let name = source.known().filter(|text| !text.starts_with("container:"));
            if let Some(name) = name.and_then(|text| text.split(':').next()) {
                found.push((name.to_owned(), source.place, false));
            }
        }
        found
    }

    /// `environment`, without what `env_file` adds.
    pub fn environment(&self) -> &[Pair] {
        self.known.environment.get_or_init(|| self.pairs("environment"))
    }

    /// `labels`.
    pub fn labels(&self) -> Vec<Pair> {
        self.pairs("labels")
    }

    /// `healthcheck`.
    pub fn healthcheck(&self) -> Option<&Healthcheck> {
        let read = || Healthcheck::read(self.entry("healthcheck")?);
        self.known.healthcheck.get_or_init(read).as_ref()
    }

    /// The places where the service limits memory, processor time or processes.
    pub fn limits(&self) -> &[Limit] {
        self.known.limits.get_or_init(|| limits::of_service(self))
    }

    /// What all limits of a resource come to: the strongest of them; `None` if there is none.
    pub fn bound(&self, resource: Resource) -> Option<Bound> {
        self.limits().iter().filter(|limit| limit.resource == resource).map(|limit| limit.bound).min()
    }

    /// The entries of `ports` that can be read.
    pub fn ports(&self) -> &[Port] {
        self.known.ports.get_or_init(|| last_of_each(self.port_entries().filter_map(Result::ok), Port::identity))
    }

    /// What Compose refuses in `ports`.
    pub fn port_errors(&self) -> Vec<PortError> {
        self.port_entries().filter_map(Result::err).collect()
    }

    fn port_entries(&self) -> impl Iterator<Item = Result<Port, PortError>> {
        let (items, alias) = self.items("ports");
        items.into_iter().map(move |item| {
            let mut port = Port::read(&item)?;
            port.alias = port.alias.or(alias);
            Ok(port)
        })
    }

    /// The entries of `volumes` that can be read.
    pub fn mounts(&self) -> &[Mount] {
        self.known.mounts.get_or_init(|| {
            let written = last_of_each(self.mount_entries().filter_map(Result::ok), Mount::written_identity);
            last_of_each(written, Mount::identity)
        })
    }

    /// What Compose refuses in `volumes`.
    pub fn mount_errors(&self) -> Vec<MountError> {
        self.mount_entries().filter_map(Result::err).collect()
    }

    fn mount_entries(&self) -> impl Iterator<Item = Result<Mount, MountError>> {
        let (items, alias) = self.items("volumes");
        items.into_iter().map(move |item| {
            let mut mount = Mount::read(&item)?;
            mount.alias = mount.alias.or(alias);
            Ok(mount)
        })
    }

    /// The paths of the host that the service can see: mounts, volumes that are bind mounts, secrets and configs from files.
    pub fn host_paths(&self) -> &[HostPath] {
        self.known.host_paths.get_or_init(|| host_path::of_service(self))
    }

    /// The items of a list, and the alias by which the list came into the service.
    fn items(&self, key: &str) -> (Vec<Node<'a>>, Option<Place>) {
        let field = self.field(key);
        let alias = field.as_ref().and_then(|field| field.alias);
        (field.map(|field| field.value.items()).unwrap_or_default(), alias)
    }
}
