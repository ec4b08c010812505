#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs inside the mount namespace that packaging/dev made: mounts what a build and a window need
# below ROOT, makes ROOT the root file system and runs the command there.
# usage: enter.sh ROOT CHECKOUT CACHE WORKDIR COMMAND...
set -eu
root=$1 checkout=$2 cache=$3 workdir=$4
shift 4

mount --bind "$root" "$root"
for dir in /sys /dev; do mount --rbind "$dir" "$root$dir"; done
mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
for dir in /tmp "$checkout" "$cache" "${XDG_RUNTIME_DIR:-}"; do
  [ -n "$dir" ] && [ -d "$dir" ] || continue
  mkdir -p "$root$dir"
  mount --rbind "$dir" "$root$dir"
done
if [ -e /etc/resolv.conf ]; then cp -L /etc/resolv.conf "$root/etc/resolv.conf"; fi

mkdir -p "$root/.host"
cd "$root"
pivot_root . .host
umount -l /.host
cd "$workdir"
exec "$@"
