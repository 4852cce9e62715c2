#!/usr/bin/env bash
# Tries the extension in a real VS Code workbench, driven in a browser: code-server, Chromium and Playwright.
# usage: editors/vscode/test.sh [DLINT]     DLINT: default target/debug/dlint, which is built
# Needs Node 20, npm, Chromium (CHROMIUM: its path, if not `chromium`) and ripgrep (`rg`), and a C++ compiler with the headers of libkrb5, libx11, libxkbfile and libsecret
# for the first run, which installs code-server under target/vscode-test. With SCREENSHOT=1 the picture of the README is taken again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${DLINT_VSCODE_TEST:-$root/target/vscode-test}
dlint=${1:-}
if [ -z "$dlint" ]; then
    cargo build --locked --manifest-path "$root/Cargo.toml"
    dlint=$root/target/debug/dlint
fi
dlint=$(realpath "$dlint")
for program in node npm "${CHROMIUM:-chromium}" rg; do
    command -v "$program" > /dev/null || { echo "$0 needs $program" >&2; exit 2; }
done

mkdir -p "$cache"
if [ ! -e "$cache/installed" ]; then
    # Its own installation refuses some surroundings and downloads programs; so the steps are done one by one.
    cd "$cache"
    [ -e package.json ] || npm init --yes > /dev/null
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --ignore-scripts --no-audit --no-fund code-server@4.100.3 playwright-core@1.65.1
    npm rebuild argon2
    cd node_modules/code-server/lib/vscode
    npm install --ignore-scripts --omit=dev --no-audit --no-fund
    # The last step of node-pty's script fails after the module is built.
    npm_config_yes=true npm rebuild @parcel/watcher @vscode/spdlog native-watchdog kerberos node-pty || true
    ln -sfn node_modules node_modules.asar
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
    touch "$cache/installed"
fi

cd "$here"
npm ci --no-audit --no-fund --silent
DLINT=$dlint npm test
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null || true; rm -rf "$work" "$here/LICENSE"' EXIT
# The bundled program is found, too: nothing else of that name is on the PATH of the test.
rm -rf bundled
mkdir bundled
ln "$dlint" bundled/dlint 2> /dev/null || cp "$dlint" bundled/dlint
cp ../../LICENSE-MIT LICENSE
npx vsce package --no-dependencies --out "$work/dlint.vsix" > /dev/null
(cd test/overlap && npx vsce package --skip-license --allow-missing-repository --out "$work/overlap.vsix" > /dev/null)

mkdir -p "$work/project" "$work/data/User"
cp -R "$here/test/project/." "$work/project/"
cp "$here/test/settings.json" "$work/data/User/settings.json"
code=(node "$cache/node_modules/code-server/out/node/entry.js" --config "$work/config.yaml" --user-data-dir "$work/data" --extensions-dir "$work/extensions")
"${code[@]}" --install-extension "$work/dlint.vsix" --install-extension "$work/overlap.vsix"
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
"${code[@]}" --auth none --bind-addr "127.0.0.1:$port" --disable-telemetry --disable-update-check --disable-workspace-trust \
    > "$work/server.log" 2>&1 &
server=$!
for _ in $(seq 100); do
    ! grep -q 'Session server listening' "$work/server.log" || break
    sleep 0.3
done
mkdir -p "$cache/result"
NODE_PATH=$cache/node_modules timeout 480 node "$here/test/workbench.cjs" "http://127.0.0.1:$port" "$work/project" "$work/data/User/settings.json" "$dlint" "$cache/result" \
    || { tail -n 20 "$work/server.log"; exit 1; }
if [ "${SCREENSHOT:-}" = 1 ]; then
    cp "$cache/result/hover.png" "$here/images/hover.png"
fi
