#!/bin/bash
# Installs a hall, or brings an installed one to this release. Needs no internet: everything is in the archive.
#
#   sudo ./install.sh                       install or upgrade; give the same words each time or none at all
#   sudo ./install.sh --back                go back to the release before, with the data as they are
#   sudo ./install.sh --back --old-data     the same, with the data as they were before the upgrade
#
#   --to FOLDER       where the program goes             (/opt/service-hall)
#   --data FOLDER     where tickets and ratings are kept (/var/lib/service-hall; later: as before)
#   --hall FILE       the hall's file to begin with      (Yihuang's, as an example; later: stays as it is)
#   --user NAME       who runs the hall                  (service-hall; made when missing)
#   --no-service      leave systemd alone: I start the hall myself
#   PYTHON=/usr/bin/python3.11 ./install.sh    another Python
#
# Afterwards: FOLDER/hall.toml is the hall's file, FOLDER/hall COMMAND is every operator's command,
# FOLDER/releases/ keeps this release and the one before, FOLDER/current is the one that runs.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

to=/opt/service-hall data='' hall_file='' user='' service=yes back='' old_data=''
python=${PYTHON:-python3}
patience=${HALL_PATIENCE:-60}
unit=/etc/systemd/system/service-hall.service

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 2
}
root() { [ "$(id -u)" = 0 ]; }

words() {
    while [ $# -gt 0 ]; do
        case "$1" in
        --to | --data | --hall | --user) [ $# -gt 1 ] || stop "$1 needs a word after it." ;;
        esac
        case "$1" in
        --to) to=$(realpath -m "$2") && shift ;;
        --data) data=$(realpath -m "$2") && shift ;;
        --hall) hall_file=$2 && shift ;;
        --user) user=$2 && shift ;;
        --no-service) service='' ;;
        --back) back=yes ;;
        --old-data) old_data=yes ;;
        -h | --help) sed -n '2,/^set -/{/^set -/!s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" && exit 0 ;;
        *) stop "Unknown: $1. See ./install.sh --help" ;;
        esac
        shift
    done
}

fact() { sed -n "s/^$1=//p" "$here/RELEASE"; }

fits() { # whether this machine is what the archive was built for, and the archive as it was built
    command -v "$python" >/dev/null || stop "Python is missing. On Debian: apt-get install python3"
    local found
    found=$("$python" -c 'import sys, sysconfig
print("cp%d%d" % sys.version_info[:2], sysconfig.get_platform())')
    [ "$found" = "$(fact python) $(fact machine)" ] ||
        stop "This archive is for $(fact python) $(fact machine); this machine's $python is $found. Build one that fits: make bundle."
    "$python" -c 'import venv, sqlite3, zoneinfo; zoneinfo.ZoneInfo("Asia/Shanghai")' 2>/dev/null ||
        stop "Parts of Python or the time zones are missing. On Debian: apt-get install python3 tzdata"
    (cd "$here" && sha256sum --quiet --strict -c SHA256SUMS) >/dev/null 2>&1 ||
        stop "The archive is damaged or incomplete. Copy and unpack it again."
}

owner() { # who runs the hall: whoever owns the data, or a user of its own
    root || { id -un && return; }
    local found
    found=$(stat -c %U "$data" 2>/dev/null || true)
    case "$found" in '' | root | UNKNOWN) echo 'service-hall' ;; *) echo "$found" ;; esac
}

settle() { # folders, owner, and nobody else at work here
    mkdir -p "$to/releases" 2>/dev/null || stop "$to can't be written. Run this with sudo, or choose another folder: --to."
    exec 9>"$to/.installing"
    flock -n 9 || stop "Another installation is going on in $to. Wait until it has ended."
    [ -n "$data" ] || data=$(readlink "$to/data" || echo /var/lib/service-hall)
    [ -n "$user" ] || user=$(owner)
    if root && ! id "$user" >/dev/null 2>&1; then
        useradd --system --user-group --home-dir "$data" --no-create-home --shell /usr/sbin/nologin "$user"
    fi
    mkdir -p "$data" 2>/dev/null || stop "$data can't be written. Run this with sudo, or choose another folder: --data."
    chmod 700 "$data"
    ! root || chown -R -h "$user:" "$data"
}

as_hall() { # a command as the hall's own user, who may write to the data and nothing else
    if root; then
        HOME=$data setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups "$@"
    else
        "$@"
    fi
}

app() { # release, command...: an operator's command of that release
    local release=$1
    shift
    (cd "$release" && as_hall .venv/bin/python app.py "$@" --hall "$to/hall.toml")
}

lay_out() { # the new release beside the others; one that was cut off is begun again
    new=$to/releases/$(fact version)-$(fact build)
    [ ! -e "$new/.complete" ] || return 0
    say "Installing release $(fact version) in $new"
    rm -rf "$new"
    cp -R "$here/hall" "$new"
    cp "$here/RELEASE" "$new/RELEASE"
    "$python" -m venv --without-pip "$new/.venv"
    local pip
    pip=$(echo "$here"/wheels/pip-*.whl)
    "$new/.venv/bin/python" "$pip/pip" --isolated --quiet install --no-index --no-cache-dir \
        --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
        --find-links "$here/wheels" --require-hashes --no-deps -r "$here/wheels.txt"
    "$new/.venv/bin/python" -m pip --isolated --disable-pip-version-check check >/dev/null
    "$new/.venv/bin/python" -m compileall -q -x '/\.venv/' "$new"
    touch "$new/.complete"
}

first_file() { # the hall's file is the hall's own: no upgrade touches it
    [ ! -e "$to/hall.toml" ] || return 0
    cp "${hall_file:-$new/config.toml}" "$to/hall.toml"
    chmod 644 "$to/hall.toml"
}

copy_data() { # target folder: the data of one moment, whether the hall is open or closed
    as_hall mkdir -p "$1"
    as_hall "$python" - "$data" "$1" <<'PYTHON'
import shutil, sqlite3, sys
from pathlib import Path

old, new = Path(sys.argv[1]), Path(sys.argv[2])
source, copy = sqlite3.connect(old / "hall.db"), sqlite3.connect(new / "hall.db")
source.backup(copy)
source.close(), copy.close()
for file in old.iterdir():
    if file.is_file() and file.name not in ("hall.lock", "hall.running") and not file.name.startswith(("hall.db", ".")):
        shutil.copy2(file, new / file.name)
PYTHON
}

opens() { # release: whether it opens a copy of the data; the hall itself goes on meanwhile
    local trial=$data/.trial log=$to/.trial.log good=''
    [ -e "$data/hall.db" ] || return 0
    as_hall rm -rf "$trial"
    copy_data "$trial"
    as_hall rm -f "$trial/hall.real"  # the copy is a trial's
    (cd "$1" && exec 9>&- && exec timeout 120 "${hall_user[@]}" .venv/bin/python app.py serve --hall "$to/hall.toml" \
        --data "$trial" --port 0 --clock "$(date -u +%Y-%m-%dT%H:%M+00:00)") >"$log" 2>&1 &
    local process=$!
    for _ in $(seq $((patience * 10))); do
        grep -q '^Press Ctrl' "$log" && good=yes && break
        kill -0 $process 2>/dev/null || break
        sleep 0.1
    done
    kill $process 2>/dev/null || true
    wait $process 2>/dev/null || true
    [ -n "$good" ] || cat "$log" >&2
    as_hall rm -rf "$trial"
    rm -f "$log"
    [ -n "$good" ]
}

point() { # name, target: a link changes from one moment to the next
    ln -s "$2" "$to/.$1.new.$$"
    mv -T "$to/.$1.new.$$" "$to/$1"
}

switch_to() { # release: it becomes the one that runs, the one until now the one before
    local now
    now=$(readlink "$to/current" || true)
    [ "$now" != "releases/$(basename "$1")" ] || return 0
    [ -z "$now" ] || point previous "$now"
    point current "releases/$(basename "$1")"
}

wrapper() { # FOLDER/hall: every operator's command with the hall's file and data
    point data "$data"
    cat >"$to/.hall.new" <<EOF_HALL
#!/bin/sh
# Every operator's command of this hall: $to/hall --help
cd "$to/current" || exit 2
as=''
[ "\$(id -u)" != 0 ] || as="setpriv --reuid=$user --regid=$user --init-groups env HOME=$data"
case "\${1:---help}" in
-*) exec \$as .venv/bin/python app.py "\${1:---help}" ;;
version) exec \$as .venv/bin/python app.py "\$@" ;;
check-hall) exec \$as .venv/bin/python app.py "\$@" --hall "$to/hall.toml" ;;
*) exec \$as .venv/bin/python app.py "\$@" --hall "$to/hall.toml" --data "$data" ;;
esac
EOF_HALL
    chmod 755 "$to/.hall.new"
    mv "$to/.hall.new" "$to/hall"
}

unit_text() {
    cat <<EOF_UNIT
# The hall as a service of systemd. Written by install.sh; changes of your own: systemctl edit service-hall
[Unit]
Description=Service hall
After=network.target time-sync.target

[Service]
User=$user
Group=$user
WorkingDirectory=$to/current
ExecStart=$to/current/.venv/bin/python app.py serve --hall $to/hall.toml --data $data
Environment=PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=$data
Restart=always
RestartSec=2
TimeoutStopSec=20
LimitNOFILE=65536
ReadWritePaths=$data
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
CapabilityBoundingSet=
UMask=0077

[Install]
WantedBy=multi-user.target
EOF_UNIT
}

has_service() { [ -n "$service" ] && root && [ -d /run/systemd/system ]; }

starts() { # whether the service comes up and stays up
    systemctl restart service-hall
    for _ in $(seq "$patience"); do
        sleep 1
        healthy && systemctl is-active --quiet service-hall && return 0
    done
    return 1
}

healthy() { # whether the hall answers at the port that its file names
    (cd "$to/current" && .venv/bin/python - "$to/hall.toml") <<'PYTHON' 2>/dev/null
import sys, urllib.request
from pathlib import Path
from settings import load_house
port = load_house(Path(sys.argv[1])).server.port
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
opener.open(f"http://127.0.0.1:{port}/healthz", timeout=5).read()
PYTHON
}

closed() { # without systemd the operator closes the hall; the data folder's lock says whether it is
    [ ! -e "$data/hall.lock" ] || as_hall flock -n "$data/hall.lock" true
}

run_new() { # the service on what is current now, or a word about how to start it
    unit_text >"$to/service-hall.service"
    if has_service; then
        cp "$to/service-hall.service" "$unit"
        systemctl daemon-reload
        systemctl enable --quiet service-hall
        starts || return 1
        say "The hall is open. Its words: journalctl -u service-hall"
    else
        say "Start the hall: $to/hall serve      (for systemd: $to/service-hall.service)"
    fi
}

upgrade() {
    lay_out
    first_file
    say "Checking $to/hall.toml"
    app "$new" check-hall >/dev/null || stop "The hall's file doesn't fit this release. Nothing was changed."
    if [ -e "$data/hall.db" ]; then
        say "Copying the data"
        app "$new" backup --data "$data" || stop "Without a copy of the data nothing is changed."
        say "Trying the new release on a copy"
        opens "$new" || stop "The new release can't open the data. Nothing was changed: the hall goes on as it was."
        is_current || keep_old_data
    fi
    switch
}

is_current() { [ "$(readlink "$to/current" || true)" = "releases/$(basename "$new")" ]; }

keep_old_data() { # the data as they were, for --back --old-data
    has_service || closed || stop "The hall is open. Close it, then give the same command again. Nothing was changed."
    ! has_service || systemctl stop service-hall 2>/dev/null || true
    as_hall rm -rf "$data/before-upgrade.part"
    copy_data "$data/before-upgrade.part"
    as_hall rm -rf "$data/before-upgrade"
    as_hall mv "$data/before-upgrade.part" "$data/before-upgrade"
}

switch() {
    local before
    before=$(readlink "$to/current" || true)
    wrapper
    switch_to "$new"
    if ! run_new; then
        [ -n "$before" ] || stop "The hall doesn't come up: journalctl -u service-hall"
        say "The new release doesn't come up; the one before is put back." >&2
        point current "$before"
        [ ! -e "$data/before-upgrade/hall.db" ] || put_back_data
        starts || say "The release before doesn't come up either: journalctl -u service-hall" >&2
        exit 1
    fi
    tidy
    say "Release $(fact version) is installed in $to."
}

put_back_data() { # what is there now is kept beside
    local aside
    aside=$data/set-aside-$(date +%Y%m%d-%H%M%S)
    as_hall mkdir "$aside"
    for file in "$data"/hall.db*; do as_hall mv "$file" "$aside/"; done
    as_hall cp "$data/before-upgrade/hall.db" "$data/hall.db"
    say "The data are as they were before the upgrade; those of today are kept in $aside"
}

tidy() { # this release and the one before stay
    local keep
    keep=" $(readlink "$to/current") $(readlink "$to/previous" || true) "
    for folder in "$to"/releases/*; do
        [[ $keep == *" releases/$(basename "$folder") "* ]] || rm -rf "$folder"
    done
}

go_back() {
    local before now
    before=$(readlink "$to/previous") || stop "There is no release before in $to."
    now=$(readlink "$to/current")
    has_service || closed || stop "The hall is open. Close it, then give the same command again. Nothing was changed."
    if [ -z "$old_data" ]; then
        opens "$to/$before" || stop "The release before can't open today's data. Nothing was changed. With the data of before the upgrade: --back --old-data"
    fi
    ! has_service || systemctl stop service-hall
    [ -z "$old_data" ] || put_back_data
    point current "$before"
    point previous "$now"
    run_new || stop "The release before doesn't come up: journalctl -u service-hall"
    say "Back at $before."
}

words "$@"
fits
settle
hall_user=()
! root || hall_user=(setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups env "HOME=$data")
if [ -n "$back" ]; then go_back; else upgrade; fi
