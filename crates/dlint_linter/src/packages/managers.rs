//! The list of managers.

use super::Manager;
use super::language::{
    BUN, BUNDLER, CARGO, COMPOSER, CONDA, DOTNET, GEM, GO, GRADLE, MAVEN, NPM, PECL, PIP, PIPX, PNPM, POETRY, UV, YARN,
};
use super::system::{APK, APT, APT_GET, APTITUDE, DNF, MICRODNF, PACMAN, TDNF, YUM, ZYPPER};

/// All managers.
pub static MANAGERS: [&Manager; 28] = [
    &APT_GET, &APT, &APTITUDE, &APK, &DNF, &YUM, &MICRODNF, &TDNF, &ZYPPER, &PACMAN, &PIP, &UV, &PIPX, &POETRY, &CONDA,
    &NPM, &YARN, &PNPM, &BUN, &GEM, &BUNDLER, &GO, &CARGO, &COMPOSER, &PECL, &MAVEN, &GRADLE, &DOTNET,
];
