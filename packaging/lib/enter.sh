#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The first process of the namespaces that inside.sh makes: mounts what a build and a window need below ROOT, makes ROOT
# the root file system and runs the command there.
# usage: enter.sh ROOT CHECKOUT CACHE (root|user):UID:GID COMMAND...
set -eu
root=$1 checkout=$2 cache=$3
IFS=: read -r as uid gid <<<"$4"
shift 4
# The machine's own path means nothing in there, and an ordinary user's lacks pivot_root here.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# shellcheck source=packaging/lib/inside.sh
. "$(dirname "${BASH_SOURCE[0]}")/inside.sh"

bind_folder() {
  [ -d "$1" ] || return 0
  mkdir -p "$root$1"
  mount --rbind "$1" "$root$1"
}

bind_file() {
  [ -f "$1" ] && [ ! -e "$root$1" ] || return 0
  mkdir -p "$(dirname "$root$1")"
  touch "$root$1"
  mount --bind "$1" "$root$1"
}

# Where a new /proc is forbidden (some containers) the machine's own must do.
mount_system() {
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
}

# /tmp has the X11 socket, XDG_RUNTIME_DIR the ones of Wayland and D-Bus. The checkout keeps its path, so that file
# names in compiler messages and debuggers are right outside too.
mount_places() {
  local folder
  for folder in /tmp "$checkout" "$cache" "${XDG_RUNTIME_DIR:-}"; do
    [ -z "$folder" ] || bind_folder "$folder"
  done
  bind_file "${XAUTHORITY:-${HOME:-/root}/.Xauthority}"
}

# A name for the user's id, without which D-Bus and others refuse to work.
know_user() {
  [ "$uid" = 0 ] || grep -q "^[^:]*:[^:]*:$uid:" "$root/etc/passwd" ||
    echo "developer:x:$uid:$gid::${HOME:-/}:/bin/bash" >>"$root/etc/passwd"
}

mount --bind "$root" "$root"
mount_system
mount_places
know_user
if [ -e /etc/resolv.conf ] && ! cmp -s /etc/resolv.conf "$root/etc/resolv.conf"; then
  cp -L --remove-destination /etc/resolv.conf "$root/etc/resolv.conf"
fi

mkdir -p "$root/.host"
cd "$root"
pivot_root . .host
umount -l /.host
cd "$checkout"

# The user gets the own id back: D-Bus and X11 believe only that one.
if [ "$as" = user ]; then set -- unshare --user --map-user="$uid" --map-group="$gid" -- "$@"; fi
run_and_wait terminate "$@"
