#!/bin/sh
# Unpacks Debian packages into a folder, without touching the system.
#
#   debian-package.sh FOLDER SUITES PACKAGE...
#
# SUITES is a comma-separated list of Debian suites to try in that order ("own" is the machine's own).
# The machine's own package sources are used with the suite's name replaced; signatures are checked
# as always. Exit 0: unpacked. Exit 3: this machine has no Debian sources to ask. Exit 1: not found.
set -eu

[ $# -ge 3 ] || { echo "usage: debian-package.sh FOLDER SUITES PACKAGE..." >&2; exit 2; }
folder=$1
suites=$2
shift 2

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || exit 3
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# one at a time: several test processes may ask for the same package
exec 9>"$folder/.lock"
if command -v flock >/dev/null; then flock 9; fi

private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
own=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-}")
[ -n "$own" ] || exit 3

for suite in $(echo "$suites" | tr ',' ' '); do
    [ "$suite" = own ] && suite=$own
    sources=$private/$suite/sources
    mkdir -p "$sources" "$private/$suite/lists/partial" "$private/$suite/cache/archives/partial" "$private/$suite/packages"
    # the release itself is enough: its updates, security and backports suites are left out
    if [ -s /etc/apt/sources.list.d/debian.sources ]; then
        sed -E "/^Suites:/{s/\\b$own-[a-z-]+//g; s/\\b$own\\b/$suite/g}" /etc/apt/sources.list.d/debian.sources \
            | awk -v RS= -v ORS='\n\n' '!/(^|\n)Suites:[ \t]*(\n|$)/' >"$sources/debian.sources"
    elif grep -q "^deb .*$own" /etc/apt/sources.list 2>/dev/null; then
        grep '^deb ' /etc/apt/sources.list | grep -vE "\\b$own-" | sed -E "s/\\b$own\\b/$suite/g" >"$sources/debian.list"
    else
        exit 3
    fi

    apt() {
        apt-get -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$sources" \
            -o Dir::State::Lists="$private/$suite/lists" -o Dir::Cache="$private/$suite/cache" \
            -o APT::Sandbox::User= -o Acquire::Languages=none "$@"
    }
    if apt update >"$private/log" 2>&1 && (cd "$private/$suite/packages" && apt download "$@") >>"$private/log" 2>&1; then
        for package in "$private/$suite/packages"/*.deb; do
            dpkg-deb -x "$package" "$folder"
        done
        exit 0
    fi
done
cat "$private/log" >&2
exit 1
