//! Reading the file along the tables of keys.

use std::rc::Rc;

use dlint_syntax::TextRange;
use dlint_syntax::yaml::View;

use super::config::{DaemonConfig, Known, Mistyped, Place, Setting, Unknown, place, settings_of};
use super::key::{Key, Object, Type};
use super::keys;
use super::value::Json;

/// The type of the whole file.
const FILE: Type = Type::Map(&Type::Any);

pub(super) fn read(config: &mut DaemonConfig<'_>) {
    match Json::of(config.root) {
        Json::Object => {}
        Json::Null | Json::Invalid => return,
        _ => {
            config.mistyped.push(Mistyped { path: "".into(), expected: &FILE, is_item: false, value: config.root });
            return;
        }
    }
    config.entries = settings_of(config.root);
    for setting in config.entries.clone() {
        match place(setting.name) {
            Place::Read(key) => {
                let at = At { path: setting.name.into(), key, key_range: setting.key_range, is_item: false };
                read_value(&at, &key.ty, setting.value, config);
            }
            // An object is replaced by what is in it, so that the name of a flag does not help it.
            Place::Retired if keys::flag_name(setting.name).is_none() || !is_refused(&setting) => {}
            Place::Retired | Place::Unknown => config.unknown.push(Unknown {
                parent: "".into(),
                object: None,
                setting,
                is_refused: is_refused(&setting),
            }),
        }
    }
}

/// Whether the daemon refuses a top-level key that is none of the file's. An object is replaced by its entries before
/// the names are compared, so that the name of the object itself never is.
fn is_refused(setting: &Setting<'_>) -> bool {
    match setting.json() {
        Json::Object => setting.members().iter().any(|member| !keys::is_accepted(member.name)),
        _ => keys::flag_name(setting.name).is_none(),
    }
}

/// Where a value is.
struct At {
    path: Rc<str>,
    key: &'static Key,
    key_range: TextRange,
    is_item: bool,
}

fn read_value<'a>(at: &At, ty: &'static Type, value: View<'a>, config: &mut DaemonConfig<'a>) {
    let json = Json::of(value);
    let fits = match (ty, json) {
        (_, Json::Null | Json::Invalid) => return,
        (Type::Either(types), _) => {
            if let Some(ty) = types.iter().find(|ty| is_of(ty, json)) {
                return read_value(at, ty, value, config);
            }
            false
        }
        (Type::List(of), Json::Array) => {
            let at = At { path: Rc::clone(&at.path), is_item: true, ..*at };
            for item in value.items() {
                read_value(&at, of, item, config);
            }
            true
        }
        (Type::Map(of), Json::Object) => {
            for member in settings_of(value) {
                let path = join(&at.path, member.name);
                read_value(&At { path, key_range: member.key_range, is_item: false, ..*at }, of, member.value, config);
            }
            true
        }
        (Type::Object(object), Json::Object) => {
            read_object(at, object, value, config);
            true
        }
        _ => is_of(ty, json),
    };
    let path = Rc::clone(&at.path);
    if !fits {
        config.mistyped.push(Mistyped { path, expected: ty, is_item: at.is_item, value });
    } else if *ty != Type::Any {
        config.values.push(Known { path, key: at.key, ty, key_range: at.key_range, value });
    }
}

fn read_object<'a>(at: &At, object: &'static Object, value: View<'a>, config: &mut DaemonConfig<'a>) {
    for member in settings_of(value) {
        if let Some(key) = object.find(member.name) {
            let path = join(&at.path, member.name);
            read_value(&At { path, key, key_range: member.key_range, is_item: false }, &key.ty, member.value, config);
        } else {
            // Only the daemon's own structures are compared with its flags, one level deep.
            if let Some(ty) = object.others.filter(|ty| !is_of(ty, member.json()) && member.json() != Json::Null) {
                let path = join(&at.path, member.name);
                config.mistyped.push(Mistyped { path, expected: ty, is_item: false, value: member.value });
            }
            let is_accepted = object.is_case_sensitive && keys::is_accepted(member.name);
            config.unknown.push(Unknown {
                parent: Rc::clone(&at.path),
                object: Some(object),
                setting: member,
                is_refused: object.refuses_unknown && !is_accepted,
            });
        }
    }
}

/// Whether a value is of a type, as far as can be seen without looking into it.
fn is_of(ty: &Type, json: Json<'_>) -> bool {
    matches!(
        (ty, json),
        (Type::Any, _)
            | (Type::Bool, Json::Bool(_))
            | (Type::Integer(..), Json::Integer(_))
            | (Type::String(_), Json::String(_))
            | (Type::List(_), Json::Array)
            | (Type::Map(_) | Type::Object(_), Json::Object)
    )
}

fn join(path: &str, name: &str) -> Rc<str> {
    // A path is for people to read; nobody reads a name of megabytes.
    let name = match name.char_indices().nth(80) {
        Some((end, _)) => &name[..end],
        None => name,
    };
    format!("{path}.{name}").into()
}
