//! What may stand at a place.

use dlint_syntax::yaml;

use super::Object;

/// What a value may be, by what it is in YAML. A form that is not there is refused.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What a scalar may be.
    pub scalar: Option<Scalar>,
    /// What a list may be.
    pub list: Option<&'static List>,
    /// What a mapping may be.
    pub mapping: Option<Mapping>,
    /// Whether there may be nothing (null).
    pub null: bool,
}

impl Shape {
    const NONE: Self = Self { scalar: None, list: None, mapping: None, null: false };

    /// A scalar.
    pub const fn scalar(types: Types, format: Format) -> Self {
        Self { scalar: Some(Scalar { types, format, read_late: Types::NONE }), ..Self::NONE }
    }

    /// The same, where the schema takes scalars of further types, which Compose cannot read later.
    #[must_use]
    pub const fn refused_late(self, types: Types) -> Self {
        match self.scalar {
            Some(scalar) => Self { scalar: Some(Scalar { read_late: types, ..scalar }), ..self },
            None => self,
        }
    }

    /// A list.
    pub const fn list(list: &'static List) -> Self {
        Self { list: Some(list), ..Self::NONE }
    }

    /// A mapping with known keys.
    pub const fn object(object: &'static Object) -> Self {
        Self { mapping: Some(Mapping::Object(object)), ..Self::NONE }
    }

    /// A mapping whose keys are free.
    pub const fn free(names: Names, value: &'static Self) -> Self {
        Self { mapping: Some(Mapping::Free { names, value, is_loose: false }), ..Self::NONE }
    }

    /// A mapping whose keys are free; Compose does not look at the values of those that have other names.
    pub const fn loose(names: Names, value: &'static Self) -> Self {
        Self { mapping: Some(Mapping::Free { names, value, is_loose: true }), ..Self::NONE }
    }

    /// The same, or one of the forms of another.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            scalar: if self.scalar.is_some() { self.scalar } else { other.scalar },
            list: if self.list.is_some() { self.list } else { other.list },
            mapping: if self.mapping.is_some() { self.mapping } else { other.mapping },
            null: self.null || other.null,
        }
    }

    /// The same, or nothing.
    #[must_use]
    pub const fn or_null(self) -> Self {
        Self { null: true, ..self }
    }

    /// What it may be, in words: "a string or a list".
    pub fn described(&self) -> String {
        let scalar = self.scalar.map(|scalar| scalar.types.described()).unwrap_or_default();
        let list = self.list.map(|_| "a list");
        let mapping = self.mapping.map(|_| "a mapping");
        join(&scalar.into_iter().chain(list).chain(mapping).collect::<Vec<_>>(), "or")
    }
}

/// Words as an enumeration: "a, b or c".
pub(crate) fn join(words: &[&str], conjunction: &str) -> String {
    match words {
        [] => String::new(),
        [word] => (*word).to_owned(),
        [first @ .., last] => format!("{} {conjunction} {last}", first.join(", ")),
    }
}

/// What a list may be.
#[derive(Debug)]
pub struct List {
    /// What each item may be.
    pub item: Shape,
    /// Whether Compose refuses equal items.
    pub unique: bool,
}

/// What a mapping may be.
#[derive(Debug, Clone, Copy)]
pub enum Mapping {
    /// With keys that Compose knows.
    Object(&'static Object),
    /// With any keys.
    Free {
        /// What the keys may be called.
        names: Names,
        /// What each value may be.
        value: &'static Shape,
        /// Whether keys with other names are accepted, and nobody looks at their values.
        is_loose: bool,
    },
}

/// What free keys may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Anything.
    Any,
    /// Anything but the empty string.
    NotEmpty,
    /// Letters, digits, `.`, `_` and `-`: names of services, volumes and the like.
    Name,
    /// Lower-case letters: names of ulimits.
    Lower,
    /// Anything without the signs that stand before an address: names of hosts.
    Host,
}

impl Names {
    /// Whether a key may be called so.
    pub fn allow(self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::NotEmpty => !name.is_empty(),
            Self::Name => {
                let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
                !name.is_empty() && name.bytes().all(is_allowed)
            }
            Self::Host => !name.is_empty() && !name.contains(['=', ':']),
            Self::Lower => !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase()),
        }
    }
}

/// The types that a scalar may have in YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// Nothing.
    const NONE: Self = Self(0);
    /// A string.
    pub const STRING: Self = Self(1);
    /// A number that is written as a whole one.
    pub const WHOLE: Self = Self(2);
    /// A whole number, be it written `2.0` or `2e0`.
    pub const INTEGER: Self = Self(2 | 4);
    /// Any number.
    pub const NUMBER: Self = Self(2 | 4 | 8);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self(16);
    /// All of these.
    pub const ALL: Self = Self(31);

    /// The types of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all types of the other are among these.
    pub const fn contain(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether a scalar is of one of these types. Null is of none, and a date is none of those that Compose knows.
    pub fn allow(self, scalar: yaml::Scalar) -> bool {
        let bit = match scalar {
            yaml::Scalar::Str => 1,
            yaml::Scalar::Int(_) => 2,
            yaml::Scalar::Float(number) if number.is_finite() && number.fract() == 0.0 => 4,
            yaml::Scalar::Float(_) => 8,
            yaml::Scalar::Bool(_) => 16,
            yaml::Scalar::Null | yaml::Scalar::Timestamp => 0,
        };
        self.0 & bit != 0
    }

    fn described(self) -> Vec<&'static str> {
        let number = if self.contain(Self::NUMBER) { "a number" } else { "a whole number" };
        [(Self::STRING, "a string"), (Self::WHOLE, number), (Self::BOOLEAN, "a boolean")]
            .into_iter()
            .filter(|(types, _)| self.contain(*types))
            .map(|(_, words)| words)
            .collect()
    }
}

/// What a scalar may be.
#[derive(Debug, Clone, Copy)]
pub struct Scalar {
    /// Its types.
    pub types: Types,
    /// What its text says.
    pub format: Format,
    /// The types that the schema takes too, and that Compose refuses only when it puts the whole project together.
    pub read_late: Types,
}

impl Scalar {
    /// The values that it may have, where they can be counted, or those that it mostly has.
    pub const fn values(self) -> &'static [&'static str] {
        match self.format {
            Format::OneOf(values) | Format::OneOfOrEmpty(values) | Format::Usually(values) => values,
            Format::Boolean => &["true", "false"],
            Format::PullPolicy => &PULL_POLICIES,
            Format::CountOrAll => &["all"],
            _ => &[],
        }
    }
}

/// The values of `pull_policy`, but for `every_DURATION`.
pub const PULL_POLICIES: [&str; 8] =
    ["always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"];

/// What the text of a scalar says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Anything.
    Text,
    /// Anything but the empty string.
    NotEmpty,
    /// `true`, `yes`, `on`, `y` or their opposites, in any case.
    Boolean,
    /// A whole number in this range.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number.
    Number,
    /// A whole number from 0 to 100, however it is written: `1e1`.
    Percent,
    /// A size: `512m`. A number may be negative.
    Size,
    /// A size that is not negative.
    PositiveSize,
    /// A span of time: `1m30s`.
    Duration,
    /// The mode of a file: octal digits.
    FileMode,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// One of these, or nothing.
    OneOfOrEmpty(&'static [&'static str]),
    /// Mostly one of these; others are accepted.
    Usually(&'static [&'static str]),
    /// A name of a container.
    ContainerName,
    /// When an image is pulled.
    PullPolicy,
    /// A whole number, or `all`.
    CountOrAll,
    /// An IP address.
    IpAddress,
    /// A port: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`.
    Port,
    /// A mount: `[SOURCE:]TARGET[:OPTIONS]`.
    Mount,
    /// A device: `SOURCE[:TARGET[:PERMISSIONS]]`.
    Device,
    /// A command that is split into words.
    CommandLine,
    /// A variable: `NAME[=VALUE]`, without blanks before the `=`.
    Variable,
    /// `NAME=VALUE`.
    Pair,
    /// `default`, or `ID=PATH`.
    Ssh,
    /// `NAME=ADDRESS`, or `NAME:ADDRESS`.
    Host,
}
