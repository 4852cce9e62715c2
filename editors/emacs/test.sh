#!/usr/bin/env bash
# Tries the language server with a real Emacs and eglot, without a screen.
# usage: editors/emacs/test.sh [DLINT]     DLINT: default target/debug/dlint, which is built
# Needs Emacs 29, or an older one with eglot, and dockerfile-mode and yaml-mode (Debian: emacs-nox elpa-eglot elpa-dockerfile-mode elpa-yaml-mode).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dlint=${1:-}
if [ -z "$dlint" ]; then
    cargo build --locked --manifest-path "$root/Cargo.toml"
    dlint=$root/target/debug/dlint
fi
command -v emacs > /dev/null || { echo "$0 needs emacs" >&2; exit 2; }
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
mkdir "$project/bin"
git -C "$project" init --quiet
ln -s "$(realpath "$dlint")" "$project/bin/dlint"
printf 'FROM fedora:latest\nLABEL a=é\nUSER root\nRUN useradd -u 100000 a\n' > "$project/Dockerfile"
printf 'services:\n  a:\n    image: x:1\n    read_only: "yes"\n    networks: [fornt]\nnetworks:\n  front: {}\n' > "$project/compose.yaml"
printf 'select = ["floating-tag", "root-user", "undefined-reference", "useradd-with-log-init", "yaml11-boolean"]\n' > "$project/dlint.toml"
export DLINT_TEST_PROJECT=$project
PATH=$project/bin:$PATH timeout 120 emacs --batch -l "$here/dlint-eglot.el" -l "$here/test.el"
