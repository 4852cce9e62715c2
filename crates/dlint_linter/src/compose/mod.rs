//! stub
#![allow(missing_docs, clippy::all, clippy::pedantic)]
use crate::document::Document;
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Value;
use dlint_syntax::yaml::View;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
pub struct Project<'a> {
    pub document: &'a Document,
    pub services: Vec<Service<'a>>,
}
impl<'a> Project<'a> {
    pub fn new(document: &'a Document) -> Option<Self> {
        document.yaml()?.root()?;
        Some(Self { document, services: Vec::new() })
    }
}
pub struct Service<'a> {
    pub name: &'a str,
    pub name_range: TextRange,
    pub body: View<'a>,
}
#[derive(Debug, Clone)]
pub struct Scalar {
    pub value: Value,
    pub range: TextRange,
    pub is_literal: bool,
    pub alias: Option<TextRange>,
}
pub struct Build {
    pub target: Option<Scalar>,
}
impl Build {
    pub fn dockerfile_path(&self, _: &Path) -> Option<PathBuf> {
        None
    }
}
pub struct Healthcheck {
    pub disabled: Option<TextRange>,
}
pub struct Limits {
    pub memory: Vec<Limit>,
    pub cpu: Vec<Limit>,
    pub pids: Vec<Limit>,
}
pub struct Limit {
    pub effect: LimitEffect,
    pub range: TextRange,
    pub alias: Option<TextRange>,
    pub text: String,
}
pub enum LimitEffect {
    Bounded(Option<u64>),
    Unlimited,
    Unknown,
}
pub struct Port {
    pub range: TextRange,
    pub alias: Option<TextRange>,
}
impl Port {
    pub fn target_ports(&self) -> Option<RangeInclusive<u16>> {
        None
    }
    pub fn published_ports(&self) -> Option<RangeInclusive<u16>> {
        None
    }
    pub fn title(&self) -> String {
        String::new()
    }
    pub fn is_wildcard(&self) -> Option<bool> {
        None
    }
    pub fn bind_to(&self, _: &str) -> Option<(TextRange, String)> {
        None
    }
}
pub struct HostPath {
    pub path: String,
    pub range: TextRange,
    pub read_only: bool,
    pub related: Vec<(TextRange, String)>,
}
impl<'a> Service<'a> {
    pub fn image(&self) -> Option<Scalar> {
        None
    }
    pub fn user(&self) -> Option<Scalar> {
        None
    }
    pub fn network_mode(&self) -> Option<Scalar> {
        None
    }
    pub fn build(&self) -> Option<Build> {
        None
    }
    pub fn healthcheck(&self) -> Option<Healthcheck> {
        None
    }
    pub fn limits(&self) -> Limits {
        Limits { memory: vec![], cpu: vec![], pids: vec![] }
    }
    pub fn ports(&self) -> Vec<Port> {
        Vec::new()
    }
    pub fn host_paths(&self) -> Vec<HostPath> {
        Vec::new()
    }
    pub fn use_api_socket(&self) -> Option<TextRange> {
        None
    }
    pub fn is_partial(&self) -> bool {
        false
    }
    pub fn is_one_shot(&self) -> bool {
        false
    }
}
