#!/usr/bin/env bash
# What the tests need beside Python: a browser with Chinese fonts, PostgreSQL, PgBouncer, Redis, a C compiler, from Debian when missing.
set -euo pipefail

missing=()
# The shell draws in half the time; where it can't be installed, the whole browser does, too.
[ -x /usr/lib/chromium/chromium-headless-shell ] || { [ "$(id -u)" != 0 ] && command -v chromium >/dev/null; } ||
    missing+=(chromium-headless-shell)
command -v fc-list >/dev/null || missing+=(fontconfig)
{ command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh file)" ]; } || missing+=(fonts-noto-cjk)
[ -n "$(find /usr/lib/postgresql -name postgres -type f 2>/dev/null)" ] || missing+=(postgresql)
{ command -v pgbouncer || [ -x /usr/sbin/pgbouncer ]; } >/dev/null || missing+=(pgbouncer)
command -v redis-server >/dev/null || missing+=(redis-server)
{ command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null || missing+=(nginx-light)
command -v cc >/dev/null || missing+=(gcc)
[ -e /usr/include/stdio.h ] || missing+=(libc6-dev)
[ ${#missing[@]} = 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    echo "The tests need: ${missing[*]}. On Debian: sudo apt-get install ${missing[*]}" >&2
    exit 2
fi
echo "Installing for the tests, from Debian: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >/dev/null || true
installed() { apt-get install -y -q --no-install-recommends --no-remove "$@" >/dev/null; }
installed "${missing[@]}" || installed "${missing[@]/chromium-headless-shell/chromium}"
