//! The keys of `develop`.

use super::hooks::HOOK;
use super::shapes::{ONE_OR_MANY_UNIQUE, STRICT_BOOLEAN, STRING, enumeration};
use super::{Object, USUAL, keys, list};
use crate::compose::schema::{Format, Shape, Types};

/// What happens while one develops.
pub(super) static DEVELOP: Object = Object {
    name: "`develop`",
    keys: keys! {
        "watch" list!(Shape::object(&TRIGGER)), "develop/#watch",
            "The files that are watched, and what is done when they change.";
    },
    ..USUAL
};

pub(crate) static TRIGGER: Object = Object {
    name: "a watch rule",
    keys: keys! {
        "action" enumeration(&["rebuild", "sync", "restart", "sync+restart", "sync+exec"]), "develop/#action",
            "What is done: the image is built anew, files are copied into the container, the container is restarted, a command is run.",
            [required()];
        "exec" Shape::object(&HOOK), "develop/#exec",
            "The command that runs in the container after files were copied, with `sync+exec`.", [since("2.32.2")];
        "ignore" ONE_OR_MANY_UNIQUE, "develop/#ignore",
            "Patterns of files below `path` that are not watched, as in `.dockerignore`.";
        "include" ONE_OR_MANY_UNIQUE, "develop/#include",
            "Patterns of the files below `path` that are watched. Without it, all of them.", [since("2.32.2")];
        "initial_sync" STRICT_BOOLEAN, "develop/#initial_sync",
            "Whether files are also copied when watching begins.";
        "path" Shape::scalar(Types::STRING, Format::NotEmpty), "develop/#path",
            "The file or folder that is watched, relative to the project.", [required()];
        "target" STRING, "develop/#target",
            "Where in the container files are copied to.";
    },
    ..USUAL
};
