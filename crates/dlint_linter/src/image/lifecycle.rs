//! Until when what images hold is supported: a dated table, and which of its releases an image's tag names.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Reference;
use crate::config::Config;
use crate::date::Date;
use dlint_syntax::hash::{HashMap, HashMapExt};

/// A table of releases and their ends: the one that dlint brings, or a newer one of the same form (`lifecycles.toml`).
#[derive(Debug, Clone)]
pub struct Lifecycles {
    /// The day up to which it is known to be true.
    pub as_of: Date,
    products: Vec<Product>,
    /// The product that an image's tag begins with, by the image's name.
    by_image: HashMap<String, usize>,
    /// The product that a word before a version names in any image's tag.
    by_word: HashMap<String, usize>,
    /// The product that a codename means in any image's tag.
    by_codename: HashMap<String, usize>,
}

/// The table as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    as_of: Date,
    product: Vec<Product>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Product {
    name: String,
    source: String,
    images: Vec<String>,
    words: Vec<String>,
    ends: BTreeMap<String, Date>,
    #[serde(default)]
    codenames: BTreeMap<String, String>,
    #[serde(default)]
    anywhere: Vec<String>,
}

/// A release that a tag names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Release<'l> {
    /// The product's name, for people.
    pub product: &'l str,
    /// The release.
    pub version: &'l str,
    /// The last day of its support.
    pub end: Date,
    /// Where that is published.
    pub source: &'l str,
}

impl Lifecycles {
    /// The table that dlint brings: `lifecycles.toml`, as `cargo xtask generate` writes it in JSON, which is read in a quarter of the time.
    pub fn built_in() -> &'static Self {
        static TABLE: LazyLock<Lifecycles> = LazyLock::new(|| {
            let raw = serde_json::from_str(include_str!("lifecycles.json")).expect("a test reads it");
            Lifecycles::of(raw).expect("a test reads it")
        });
        &TABLE
    }

    /// Reads a table. The error says what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::of(toml::from_str(text).map_err(|error| error.to_string())?)
    }

    fn of(raw: Raw) -> Result<Self, String> {
        let mut table = Self {
            as_of: raw.as_of,
            products: raw.product,
            by_image: HashMap::new(),
            by_word: HashMap::new(),
            by_codename: HashMap::new(),
        };
        for (index, product) in table.products.iter().enumerate() {
            let unknown = |name: &str| format!("`{name}` of {} names no release of `ends`", product.name);
            if let Some((name, _)) = product.codenames.iter().find(|(_, of)| !product.ends.contains_key(*of)) {
                return Err(unknown(name));
            }
            if let Some(name) = product.anywhere.iter().find(|name| !product.codenames.contains_key(*name)) {
                return Err(unknown(name));
            }
            table.by_image.extend(product.images.iter().map(|name| (name.clone(), index)));
            table.by_word.extend(product.words.iter().map(|word| (word.clone(), index)));
            table.by_codename.extend(product.anywhere.iter().map(|name| (name.clone(), index)));
        }
        Ok(table)
    }

    /// The releases that an image's tag names, in the tag's order. `python:3.6-buster` is of Python 3.6 and Debian 10.
    pub fn releases(&self, image: &Reference<'_>) -> Vec<Release<'_>> {
        let Some(tag) = image.tag else { return Vec::new() };
        let own = self.by_image.get(short_name(image)).and_then(|&index| self.products.get(index));
        let mut found: Vec<Release<'_>> = Vec::new();
        let mut words = tag.split(['-', '_']).peekable();
        let mut is_first = true;
        while let Some(word) = words.next() {
            let of_own = own.and_then(|product| {
                let version = if is_first { word.strip_prefix('v').unwrap_or(word) } else { "" };
                product.named(word).or_else(|| product.of_version(version))
            });
            let release = of_own.or_else(|| self.of_word(word, words.peek().copied()));
            // A tag that names a release twice (`3.9-python3.9`) still has it once.
            found.extend(release.filter(|release| found.iter().all(|it| it.product != release.product)));
            is_first = false;
        }
        found
    }

    /// The release that a word means in any image's tag: a codename, `alpine3.18`, or `debian` before `10`.
    fn of_word(&self, word: &str, next: Option<&str>) -> Option<Release<'_>> {
        if let Some(&index) = self.by_codename.get(word) {
            return self.products.get(index)?.named(word);
        }
        let digits = word.find(|character: char| character.is_ascii_digit()).unwrap_or(word.len());
        let (name, version) = word.split_at(digits);
        let product = self.products.get(*self.by_word.get(name)?)?;
        product.of_version(if version.is_empty() { next? } else { version })
    }
}

/// The releases that an image's tag names and that are no longer supported, by the table and the day that the configuration goes by.
pub fn ended<'c>(image: &Reference<'_>, config: &'c Config) -> Vec<Release<'c>> {
    if image.tag.is_none() {
        return Vec::new();
    }
    let table = config.lifecycles.as_deref().unwrap_or_else(|| Lifecycles::built_in());
    let day = config.options.end_of_life_image.as_of.unwrap_or(table.as_of);
    let mut releases = table.releases(image);
    releases.retain(|release| release.end < day);
    releases
}

impl Product {
    fn release(&self, version: &str) -> Option<Release<'_>> {
        let (version, &end) = self.ends.get_key_value(version)?;
        Some(Release { product: &self.name, version, end, source: &self.source })
    }

    /// The release of that codename.
    fn named(&self, codename: &str) -> Option<Release<'_>> {
        self.release(self.codenames.get(codename)?)
    }

    /// The release that a version is of: of the longest prefix that is one. A release that has releases within (`7` beside
    /// `7.4`) is the version as such, which moves among these, and no other version is of it.
    fn of_version(&self, version: &str) -> Option<Release<'_>> {
        let length = version.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        if let Some(release) = self.release(version) {
            return Some(release);
        }
        let mut prefix = version.get(..length)?;
        if let Some(release) = self.release(prefix) {
            return Some(release);
        }
        while let Some((shorter, _)) = prefix.rsplit_once('.') {
            prefix = shorter;
            let has_within =
                || self.ends.keys().any(|it| it.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.')));
            if let Some(release) = self.release(prefix) {
                return if has_within() { None } else { Some(release) };
            }
        }
        None
    }
}

/// The name that the table has for an image: that of Docker Hub without `library/`, whatever mirror or platform it is asked for by.
pub(super) fn short_name<'t>(image: &Reference<'t>) -> &'t str {
    /// Mirrors of all of Docker Hub, or of its official images.
    const MIRRORS: [&str; 2] = ["mirror.gcr.io/", "public.ecr.aws/docker/"];
    /// Namespaces of the official images for one platform.
    const PLATFORMS: [&str; 9] =
        ["amd64/", "arm32v5/", "arm32v6/", "arm32v7/", "arm64v8/", "i386/", "ppc64le/", "riscv64/", "s390x/"];
    let name = image.familiar_name();
    let name = MIRRORS.iter().find_map(|mirror| name.strip_prefix(mirror)).unwrap_or(name);
    let name = name.strip_prefix("library/").unwrap_or(name);
    PLATFORMS.iter().find_map(|platform| name.strip_prefix(platform)).unwrap_or(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Lifecycles, Reference};

    fn of(image: &str) -> Vec<String> {
        let releases = Lifecycles::built_in().releases(&Reference::new(image));
        releases.iter().map(|it| format!("{} {}", it.product, it.version)).collect()
    }

    #[test]
    fn tags_name_releases() {
        for (image, expected) in [
            ("python:3.6", vec!["Python 3.6"]),
            ("docker.io/library/python:3.6.15-slim-buster", vec!["Python 3.6", "Debian 10"]),
            ("node:14-alpine3.14", vec!["Node.js 14", "Alpine 3.14"]),
            ("node:lts-stretch", vec!["Debian 9"]),
            ("node:fermium", vec!["Node.js 14"]),
            ("debian:buster-20200803-slim", vec!["Debian 10"]),
            ("debian:9.13", vec!["Debian 9"]),
            ("ubuntu:bionic", vec!["Ubuntu 18.04"]),
            ("nvidia/cuda:11.0-base-ubuntu18.04", vec!["Ubuntu 18.04"]),
            ("bitnami/redis:6.0.9-debian-10-r13", vec!["Debian 10"]),
            ("mcr.microsoft.com/dotnet/sdk:6.0-alpine", vec![".NET 6"]),
            ("mirror.gcr.io/library/alpine:3.12", vec!["Alpine 3.12"]),
            ("arm64v8/golang:1.18beta1", vec!["Go 1.18"]),
            ("wordpress:5.8-php7.4-fpm", vec!["PHP 7.4"]),
            ("traefik:v2.6", vec!["Traefik 2.6"]),
            ("centos:7.9.2009", vec!["CentOS 7"]),
            ("amazonlinux:2.0.20220606.1", vec!["Amazon Linux 2"]),
            ("mariadb:10.6.4-focal", vec!["MariaDB 10.6", "Ubuntu 20.04"]),
            ("php:7", vec!["PHP 7"]),
            // A version that no release of the table is.
            ("php:7.9", vec![]),
            ("python:3", vec![]),
            ("python:2.7.18", vec!["Python 2.7"]),
            ("alpine:3", vec![]),
            ("alpine:30.1", vec![]),
            ("amazonlinux:2023", vec![]),
            ("postgres:100", vec![]),
            ("example/app:3.6", vec![]),
            ("registry.example.com/python:3.6", vec![]),
            ("python", vec![]),
        ] {
            assert_eq!(of(image), expected, "{image}");
        }
    }

    #[test]
    fn a_table_has_to_hold_together() {
        let table = |rest: &str| {
            Lifecycles::parse(&format!(
                "as-of = 2026-01-01\n[[product]]\nname = \"A\"\nsource = \"\"\nimages = []\nwords = []\n{rest}"
            ))
        };
        assert!(table("[product.ends]\n\"1\" = 2020-01-01\n").is_ok());
        assert!(table("[product.ends]\n\"1\" = 2020-13-01\n").is_err());
        assert!(
            table("[product.ends]\n\"1\" = 2020-01-01\n[product.codenames]\na = \"2\"\n").unwrap_err().contains("`a`")
        );
        assert!(table("anywhere = [\"a\"]\n[product.ends]\n").unwrap_err().contains("`a`"));
        assert!(table("[product.starts]\n").is_err());
    }
}
