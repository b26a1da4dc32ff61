#!/usr/bin/env bash
# What the tests need beside Python: a browser with Chinese fonts, PostgreSQL, PgBouncer, Redis, a C compiler, from Debian when missing.
set -euo pipefail

missing=() quicker=() # a shell that draws in half the time; where there is none, the whole browser does
command -v chromium >/dev/null || missing+=(chromium)
command -v fc-list >/dev/null || missing+=(fontconfig)
{ command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh file)" ]; } || missing+=(fonts-noto-cjk)
[ -n "$(find /usr/lib/postgresql -name postgres -type f 2>/dev/null)" ] || missing+=(postgresql)
{ command -v pgbouncer || [ -x /usr/sbin/pgbouncer ]; } >/dev/null || missing+=(pgbouncer)
command -v redis-server >/dev/null || missing+=(redis-server)
{ command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null || missing+=(nginx-light)
command -v cc >/dev/null || missing+=(gcc)
[ -e /usr/include/stdio.h ] || missing+=(libc6-dev)
[ -x /usr/lib/chromium/chromium-headless-shell ] || quicker=(chromium-headless-shell)
[ ${#missing[@]} = 0 ] && [ ${#quicker[@]} = 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    [ ${#missing[@]} = 0 ] && exit 0
    echo "The tests need: ${missing[*]}. On Debian: sudo apt-get install ${missing[*]}" >&2
    exit 2
fi
echo "Installing for the tests, from Debian: ${missing[*]} ${quicker[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
installed() { apt-get install -y -q --no-install-recommends --no-remove "$@" >/dev/null; }
apt-get update -q >/dev/null || true
installed "${missing[@]}" "${quicker[@]}" || [ ${#missing[@]} = 0 ] || installed "${missing[@]}"
