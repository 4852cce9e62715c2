//! The words of a configuration file, for its JSON Schema: so that an editor offers them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::policy::POLICIES;
use crate::rule::RuleId;
use crate::severity::{Rating, Threshold};

/// A kind of word, with what its schema is.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident => $schema:expr;)*) => {$(
        $(#[$doc])*
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

words! {
    /// A name that stands for rules.
    Selector => {
        let categories = Category::ALL.map(Category::name);
        let names = RuleId::all().map(|rule| rule.rule().name).chain(categories).chain(["ALL"]);
        json_schema!({
            "description": "A rule, a category, ALL, or what another tool calls a rule (DL3008, hadolint:DL3008, CKV_DOCKER_3)",
            "anyOf": [{ "enum": names.collect::<Vec<_>>() }, { "type": "string" }],
        })
    };
    /// The name of a policy.
    PolicyName => json_schema!({
        "description": "A policy of dlint, or one of [policy.NAME]",
        "anyOf": [{ "enum": POLICIES.map(|policy| policy.name) }, { "type": "string" }],
    });
    /// A rating.
    RatingName => json_schema!({ "enum": Rating::ALL.map(Rating::name) });
    /// A level or rating.
    ThresholdName => json_schema!({ "enum": Threshold::names().collect::<Vec<_>>() });
    /// A language.
    LanguageName => json_schema!({ "enum": Language::ALL.map(Language::name) });
    /// A level, or `off`.
    LevelName => {
        let names: Vec<&str> = std::iter::once("off").chain(Level::ALL.map(Level::name)).collect();
        json_schema!({ "enum": names })
    };
}

/// Levels of rules.
pub(super) struct Levels;

impl JsonSchema for Levels {
    fn schema_name() -> Cow<'static, str> {
        "Levels".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<LevelName>();
        let mut properties = serde_json::Map::new();
        for rule in RuleId::all().map(RuleId::rule) {
            let mut property = level.clone();
            property.insert("description".to_owned(), rule.summary.into());
            properties.insert(rule.name.to_owned(), property.into());
        }
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": level })
    }
}
