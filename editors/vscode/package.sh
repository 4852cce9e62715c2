#!/usr/bin/env bash
# Builds the extension for this platform, with a release build of dlint in it: dlint-TARGET.vsix in this folder.
# usage: editors/vscode/package.sh [TARGET] [FOLDER]
#   TARGET: one of vsce's (linux-x64, darwin-arm64, …); default: this machine's
#   FOLDER: where dlint has been built for the target, below the root of the repository; by default it is built now
set -euo pipefail
cd "$(dirname "$0")"
target=${1:-$(node -p 'process.platform + "-" + process.arch')}
built=${2:-target/release}
[ -n "${2:-}" ] || cargo build --release --locked --manifest-path ../../Cargo.toml
rm -rf bundled
mkdir bundled
for name in dlint dlint.exe; do
    [ ! -f "../../$built/$name" ] || cp "../../$built/$name" bundled/
done
cp ../../LICENSE-MIT LICENSE
trap 'rm -f LICENSE' EXIT
npm ci --no-audit --no-fund
npx vsce package --no-dependencies --target "$target" --out "dlint-$target.vsix"
