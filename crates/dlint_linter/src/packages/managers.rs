//! The list of managers.

use std::sync::LazyLock;

use dlint_syntax::hash::HashMap;

use super::Manager;
use super::compiled::{CARGO, DOTNET, GO, GRADLE, MAVEN};
use super::javascript::{BUN, NPM, PNPM, YARN};
use super::python::{CONDA, PIP, PIPX, POETRY, UV};
use super::scripting::{BUNDLER, COMPOSER, GEM, PECL};
use super::system::{APK, APT, APT_GET, APTITUDE, DNF, MICRODNF, PACMAN, TDNF, YUM, ZYPPER};

/// All managers.
pub static MANAGERS: [&Manager; 28] = [
    &APT_GET, &APT, &APTITUDE, &APK, &DNF, &YUM, &MICRODNF, &TDNF, &ZYPPER, &PACMAN, &PIP, &UV, &PIPX, &POETRY, &CONDA,
    &NPM, &YARN, &PNPM, &BUN, &GEM, &BUNDLER, &GO, &CARGO, &COMPOSER, &PECL, &MAVEN, &GRADLE, &DOTNET,
];

/// The managers by the names of their programs.
static BY_PROGRAM: LazyLock<HashMap<&str, &Manager>> = LazyLock::new(|| {
    let named = |manager: &'static Manager| manager.programs.iter().map(move |program| (*program, manager));
    MANAGERS.into_iter().flat_map(named).collect()
});

/// The manager that a program belongs to.
pub(super) fn of_program(name: &str) -> Option<&'static Manager> {
    BY_PROGRAM.get(name).copied()
}
