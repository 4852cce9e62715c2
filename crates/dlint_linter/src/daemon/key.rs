//! What a key of `daemon.json` is: its type, its default, and what there is to say about it.

/// A key of the file, or of an object in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The name, as it has to be written.
    pub name: &'static str,
    /// What its value has to be.
    pub ty: Type,
    /// What it does, in a sentence or three, in Markdown.
    pub description: &'static str,
    /// What holds where the key is absent: as it would be written in JSON, or in words.
    pub default: Option<&'static str>,
    /// The first version of Docker Engine that takes it; none for keys that every version since 23 takes.
    pub since: Option<&'static str>,
    /// Where the key exists.
    pub platform: Platform,
    /// Whether a running daemon takes a new value over when it is told to reload (`systemctl reload docker`).
    pub is_reloadable: bool,
    /// Whether it is still of use.
    pub state: State,
    /// The page of Docker's documentation that tells more.
    pub link: &'static str,
}

/// Where a key exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Everywhere.
    Any,
    /// Not on Windows.
    Unix,
}

/// Whether a key is still of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It does what it says.
    Current,
    /// It is read, and is to go away.
    Deprecated {
        /// The version of Docker Engine that deprecated it.
        since: &'static str,
        /// What to write or do instead.
        instead: &'static str,
    },
    /// It is accepted, and does nothing.
    Ignored {
        /// The version of Docker Engine from which on it does nothing, where that is known.
        since: Option<&'static str>,
        /// What to write or do instead.
        instead: &'static str,
    },
    /// The daemon does not start with it.
    Removed {
        /// The version of Docker Engine that removed it.
        since: &'static str,
        /// What to write or do instead.
        instead: &'static str,
    },
}

/// What a value has to be. `null` is accepted for every type, and means that the key is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number between these two, both included.
    Integer(i64, i64),
    /// A string.
    String(Format),
    /// An array of such values.
    List(&'static Type),
    /// An object with keys of the author's choice, and such values.
    Map(&'static Type),
    /// An object with certain keys.
    Object(&'static Object),
    /// Any of these.
    Either(&'static [Type]),
    /// Anything.
    Any,
}

/// An object with certain keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object {
    /// The keys, in alphabetical order.
    pub keys: &'static [Key],
    /// Whether case matters in the keys' names: Go's decoder ignores it in structures, not in maps.
    pub is_case_sensitive: bool,
    /// Whether the daemon refuses to start because of a key that it does not know; otherwise it says nothing of it.
    pub refuses_unknown: bool,
    /// What the value of a key has to be that it does not know, where the daemon looks at it all the same.
    pub others: Option<&'static Type>,
}

/// What a string means. The empty string is as good as an absent key, nearly everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Any text.
    Text,
    /// One of these words.
    Choice(&'static [Choice]),
    /// The path of a file or folder, which should be absolute.
    Path,
    /// The path of a file; the daemon refuses one that is not absolute.
    AbsolutePath,
    /// A number of bytes, with or without a unit (`64M`), in units of 1024.
    Size,
    /// A number of bytes as in [`Format::Size`], or a part of the disk (`20%`).
    DiskSpace,
    /// A time in Go's notation (`48h`), or a number of seconds.
    Duration,
    /// An IP address.
    Ip(Family),
    /// An IP address with the length of its network's prefix (`192.168.1.1/24`).
    Prefix(Family),
    /// Where the daemon listens (`unix://…`, `tcp://…`, `fd://`).
    Listener,
    /// A host with a port.
    HostPort,
    /// The URL of a registry's mirror.
    Mirror,
    /// A registry (`host:port`), or a network with registries in it.
    Registry,
    /// The URL of a proxy.
    Proxy,
    /// A search domain of the resolver.
    Domain,
    /// `name=value`.
    Pair,
    /// A `name=value` label.
    Label,
    /// `name=value` with one of the options of the runtime.
    ExecOption,
    /// A mark of the firewall, perhaps with a mask (`0x1/0x3`): numbers of 32 bits.
    FirewallMark,
    /// A version of the Engine's API (`1.44`).
    ApiVersion,
    /// `default`, or a user with or without a group, by name or number.
    UserRemap,
}

/// The versions of IP that an address may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Both.
    Any,
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

/// One of a few words that a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The word.
    pub value: &'static str,
    /// What it means.
    pub description: &'static str,
}

impl Choice {
    pub(super) const fn new(value: &'static str, description: &'static str) -> Self {
        Self { value, description }
    }
}

impl Key {
    /// A key that is current, exists everywhere, and is read at the start only.
    pub(super) const fn new(name: &'static str, ty: Type, description: &'static str) -> Self {
        Self {
            name,
            ty,
            description,
            default: None,
            since: None,
            platform: Platform::Any,
            is_reloadable: false,
            state: State::Current,
            link: "https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file",
        }
    }

    pub(super) const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    pub(super) const fn since(mut self, since: &'static str) -> Self {
        self.since = Some(since);
        self
    }

    pub(super) const fn unix(mut self) -> Self {
        self.platform = Platform::Unix;
        self
    }

    pub(super) const fn reloadable(mut self) -> Self {
        self.is_reloadable = true;
        self
    }

    pub(super) const fn link(mut self, link: &'static str) -> Self {
        self.link = link;
        self
    }

    pub(super) const fn deprecated(mut self, since: &'static str, instead: &'static str) -> Self {
        self.state = State::Deprecated { since, instead };
        self
    }

    pub(super) const fn ignored(mut self, since: Option<&'static str>, instead: &'static str) -> Self {
        self.state = State::Ignored { since, instead };
        self
    }

    pub(super) const fn removed(mut self, since: &'static str, instead: &'static str) -> Self {
        self.state = State::Removed { since, instead };
        self
    }

    /// The keys of the object that is its value, or that the values of its map or the items of its list are.
    pub fn children(&self) -> &'static [Key] {
        self.ty.keys()
    }
}

impl Type {
    /// The type in words, with an article.
    pub fn described(&self) -> &'static str {
        match self {
            Self::Bool => "`true` or `false`",
            Self::Integer(..) => "a whole number",
            Self::String(_) => "a string",
            Self::List(Self::String(_)) => "an array of strings",
            Self::List(Self::Object(_)) => "an array of objects",
            Self::List(_) => "an array",
            Self::Map(_) | Self::Object(_) => "an object",
            Self::Either(types) => types.first().map_or("anything", Self::described),
            Self::Any => "anything",
        }
    }

    fn keys(&self) -> &'static [Key] {
        match self {
            Self::Object(object) => object.keys,
            Self::List(of) | Self::Map(of) => of.keys(),
            _ => &[],
        }
    }
}

impl Object {
    /// The key of that name, as the daemon looks it up.
    pub fn find(&self, name: &str) -> Option<&'static Key> {
        self.keys
            .iter()
            .find(|key| key.name == name || (!self.is_case_sensitive && key.name.eq_ignore_ascii_case(name)))
    }
}
