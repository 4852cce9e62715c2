//! What many keys have in common.
//!
//! Types are those that Docker Compose 2.40 takes, be it the schema that refuses the others or what reads the values after it.

use super::{Object, USUAL, free, keys, list, loose, unique_list};
use crate::compose::schema::{Format, Names, Shape, Types};

/// Any text.
pub(super) const STRING: Shape = Shape::scalar(Types::STRING, Format::Text);

/// A boolean, or a text that is one when variables are replaced.
pub(super) const BOOLEAN: Shape = Shape::scalar(Types::BOOLEAN.or(Types::STRING), Format::Boolean);

/// A boolean where no variable can decide.
pub(super) const STRICT_BOOLEAN: Shape = Shape::scalar(Types::BOOLEAN, Format::Boolean);

/// A boolean, or any text.
pub(super) const BOOLEAN_OR_TEXT: Shape = Shape::scalar(Types::BOOLEAN.or(Types::STRING), Format::Text);

/// A whole number.
pub(super) const INTEGER: Shape = integer(Types::INTEGER.or(Types::STRING), i64::MIN, i64::MAX);

/// A whole number from 0.
pub(super) const COUNT: Shape = integer(Types::INTEGER.or(Types::STRING), 0, i64::MAX);

/// A whole number from 0 to 100.
pub(super) const PERCENT: Shape = Shape::scalar(Types::INTEGER.or(Types::STRING), Format::Percent);

/// How readily the kernel kills.
pub(super) const SCORE: Shape = integer(Types::INTEGER.or(Types::STRING), -1000, 1000);

/// A share of input and output. The schema would take a text too, but Compose cannot read it.
pub(super) const WEIGHT: Shape = integer(Types::INTEGER, 0, i64::MAX).refused_late(Types::STRING);

/// A number; a text must be a whole number.
pub(super) const NUMBER: Shape = integer(Types::NUMBER.or(Types::STRING), i64::MIN, i64::MAX);

/// A number from 0; a text must be a whole number.
pub(super) const RETRIES: Shape = integer(Types::NUMBER.or(Types::STRING), 0, i64::MAX);

/// A number where no variable can decide.
pub(super) const NUMBER_ONLY: Shape = integer(Types::NUMBER, i64::MIN, i64::MAX);

/// A number with fractions.
pub(super) const DECIMAL: Shape = Shape::scalar(Types::NUMBER.or(Types::STRING), Format::Number);

/// A size as a text.
pub(super) const SIZE: Shape = Shape::scalar(Types::STRING, Format::Size);

/// A size as a text, or a number of bytes.
pub(super) const BYTES: Shape = Shape::scalar(Types::INTEGER.or(Types::STRING), Format::Size);

/// A size as a text, or any number.
pub(super) const SIZE_OR_NUMBER: Shape = Shape::scalar(Types::NUMBER.or(Types::STRING), Format::Size);

/// The size of a file system in memory.
pub(super) const TMPFS_SIZE: Shape = Shape::scalar(Types::INTEGER.or(Types::STRING), Format::PositiveSize);

/// The mode of a file system in memory. The schema would take a text too, but Compose cannot read it.
pub(super) const TMPFS_MODE: Shape = integer(Types::NUMBER, 0, i64::MAX).refused_late(Types::STRING);

/// The mode of a file.
pub(super) const FILE_MODE: Shape =
    Shape::scalar(Types::WHOLE.or(Types::STRING), Format::FileMode).refused_late(Types::NUMBER);

/// A span of time.
pub(super) const DURATION: Shape = Shape::scalar(Types::STRING, Format::Duration);

/// A port of the host, or a range.
pub(super) const PUBLISHED: Shape = Shape::scalar(Types::WHOLE.or(Types::STRING), Format::Text);

/// One of these texts.
pub(super) const fn enumeration(values: &'static [&'static str]) -> Shape {
    Shape::scalar(Types::STRING, Format::OneOf(values))
}

/// Any text, mostly one of these.
pub(super) const fn usually(values: &'static [&'static str]) -> Shape {
    Shape::scalar(Types::STRING, Format::Usually(values))
}

const fn integer(types: Types, min: i64, max: i64) -> Shape {
    Shape::scalar(types, Format::Integer { min, max })
}

const fn text(format: Format) -> Shape {
    Shape::scalar(Types::STRING, format)
}

/// Texts.
pub(super) const STRINGS: Shape = list!(STRING);

/// Texts that must differ. (Of other lists Compose drops what is there twice before it looks.)
pub(super) const UNIQUE: Shape = unique_list!(STRING);

/// A text, or several.
pub(super) const ONE_OR_MANY: Shape = STRING.or(STRINGS);

/// A text, or several that must differ.
pub(super) const ONE_OR_MANY_UNIQUE: Shape = STRING.or(UNIQUE);

/// Names or numbers of groups.
pub(super) const GROUPS: Shape = unique_list!(PUBLISHED.refused_late(Types::NUMBER));

/// A command.
pub(super) const COMMAND: Shape = text(Format::CommandLine).or(STRINGS).or_null();

/// The command of a health check.
pub(super) const COMMAND_OR_SHELL: Shape = STRING.or(STRINGS);

const VALUE: Shape = Shape::scalar(Types::ALL, Format::Text).or_null();
const VALUES: Shape = free!(Names::NotEmpty, VALUE);

/// A mapping, or a list of `KEY=VALUE`.
pub(super) const PAIRS: Shape = VALUES.or(STRINGS);

/// A mapping, or a list of `KEY=VALUE` that must differ.
pub(super) const PAIRS_UNIQUE: Shape = VALUES.or(UNIQUE);

/// Variables.
pub(super) const ENVIRONMENT: Shape = VALUES.or(list!(text(Format::Variable)));

/// Variables, whose list must have no two equal items.
pub(super) const ENVIRONMENT_UNIQUE: Shape = VALUES.or(unique_list!(text(Format::Variable)));

/// Named build contexts. The schema would take other values of a mapping too, but Compose cannot read them.
pub(super) const CONTEXTS: Shape = free!(Names::NotEmpty, STRING).or(list!(text(Format::Pair)));

/// SSH agents and keys.
pub(super) const SSH: Shape = VALUES.or(unique_list!(text(Format::Ssh)));

/// Host names with addresses.
pub(super) const HOSTS: Shape = free!(Names::Host, ONE_OR_MANY).or(unique_list!(text(Format::Host)));

/// Options of a driver of networks or volumes.
pub(super) const DRIVER_OPTIONS: Shape =
    free!(Names::Any, Shape::scalar(Types::NUMBER.or(Types::STRING), Format::Text));

/// Options of a driver of secrets.
pub(super) const SECRET_OPTIONS: Shape = free!(Names::Any, PUBLISHED);

/// Options of a storage driver.
pub(super) const STORAGE_OPTIONS: Shape = free!(Names::Any, PUBLISHED.refused_late(Types::ALL).or_null());

/// Whether something is there already.
pub(super) const EXTERNAL: Shape = BOOLEAN.or(Shape::object(&EXTERNAL_NAME));

/// Like [`EXTERNAL`], where Compose does not look at the keys.
pub(super) const EXTERNAL_OPEN: Shape = BOOLEAN.or(Shape::object(&EXTERNAL_NAME_OPEN));

static EXTERNAL_NAME: Object = Object {
    name: "`external`",
    keys: keys! {
        "name" STRING, "networks/#external",
            "The name of what is there already.", [instead("`name` beside `external: true`")];
    },
    ..USUAL
};

static EXTERNAL_NAME_OPEN: Object = Object {
    name: "`external`",
    keys: keys! {
        "name" STRING, "secrets/",
            "The name of what is there already.", [instead("`name` beside `external: true`")];
    },
    is_open: true,
    ..USUAL
};

/// Limits of processes, by name.
pub(super) const ULIMITS: Shape = loose!(Names::Lower, WHOLE.or(Shape::object(&ULIMIT)));

/// A whole number. The schema would take `1.0` too, but Compose cannot read it.
const WHOLE: Shape = integer(Types::WHOLE.or(Types::STRING), i64::MIN, i64::MAX);

static ULIMIT: Object = Object {
    name: "a ulimit",
    keys: keys! {
        "hard" WHOLE, "services/#ulimits",
            "The limit up to which a process may raise its own.", [required()];
        "soft" WHOLE, "services/#ulimits",
            "The limit that holds at first.", [required()];
    },
    ..USUAL
};

/// Limits of the processes of a build. The schema would take texts too, but Compose cannot read them.
pub(super) const BUILD_ULIMITS: Shape = loose!(Names::Lower, PLAIN_INTEGER.or(Shape::object(&BUILD_ULIMIT)));

const PLAIN_INTEGER: Shape = integer(Types::WHOLE, i64::MIN, i64::MAX);

const PLAIN_BOUND: Shape = PLAIN_INTEGER.refused_late(Types::STRING);

static BUILD_ULIMIT: Object = Object {
    name: "a ulimit",
    keys: keys! {
        "hard" PLAIN_BOUND, "build/#ulimits",
            "The limit up to which a process may raise its own.", [required()];
        "soft" PLAIN_BOUND, "build/#ulimits",
            "The limit that holds at first.", [required()];
    },
    ..USUAL
};
