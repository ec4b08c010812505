# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The private Debian 13 for machines without a new enough Qt: a folder in the cache, named after the hash of the package
# list so that all clones with the same list share it. It is made under another name and renamed when it is complete,
# so a root that exists is a root that works; what an interrupted set-up left is removed by the next one.

root_of_packages() { echo "$cache/root-$(sha256sum "$here/packages.txt" | cut -c1-12)"; }

needed_kilobytes=3000000

# Sets $privilege to the words in front of a command that must own files as several users: none for root, a user
# namespace for others.
find_privilege() {
  privilege=()
  is_root || privilege=(unshare --user --map-root-user --map-auto --)
}

privileged() {
  find_privilege
  "${privilege[@]}" "$@"
}

# The log has the technical reason; these are the ones a person can do something about.
fail_as_logged() {
  local log=$cache/setup.log
  [ -z "$told_to_end" ] || fail "interrupted; the next set-up starts afresh"
  if grep -qiE 'no space left|not enough free space|write error' "$log"; then
    fail "$1: the disk is full (log: $log)"
  elif grep -qiE 'could not resolve|temporary failure|unable to connect|network is unreachable|connection (failed|timed out)|could not connect' "$log"; then
    fail "$1: Debian's package server cannot be reached; is there a network? (log: $log)"
  elif grep -qiE 'permission denied|operation not permitted|read-only file system' "$log"; then
    fail "$1: this user may not do that here (log: $log)"
  fi
  fail "$1 (log: $log)"
}

# The few tools that this needs on the machine itself.
check_tools() {
  if ! have mmdebstrap; then
    is_root && have apt-get || fail "mmdebstrap is missing; install it, on Debian with: sudo apt-get install mmdebstrap uidmap"
    say "installing mmdebstrap on this machine"
    install_on_host mmdebstrap
  fi
  is_root && return
  have newuidmap || fail "newuidmap is missing; install it, on Debian with: sudo apt-get install uidmap"
  grep -q "^$(id -un):" /etc/subuid 2>/dev/null ||
    fail "you have no subordinate user ids; get some with: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
  privileged true 2>>"$cache/setup.log" ||
    fail "user namespaces are forbidden here; allow them (on Debian: sudo sysctl kernel.unprivileged_userns_clone=1) or run this as root"
}

check_space() {
  local free
  free=$(df --output=avail -k "$cache" | tail -n 1)
  [ "$free" -ge "$needed_kilobytes" ] ||
    fail "not enough space: 3 GB are needed in $cache, $((free / 1000000)) GB are free"
}

# mmdebstrap writes a tar stream and we unpack it ourselves: for an ordinary user its other output, a folder, has
# owners that do not fit the user namespaces of util-linux. /dev comes from the machine, device nodes need real root.
# The package mount is for enter.sh, which has only the new root's programs once it has moved there.
# All of it is one process group, for mmdebstrap itself ignores signals and leaves them to its children.
unpack_base() {
  local new=$1
  find_privilege
  "${privilege[@]}" mkdir -p "$new"
  # shellcheck disable=SC2016 # the inner shell expands "$@"
  run_and_wait terminate_group setsid bash -o pipefail -c '
    mmdebstrap --variant=apt --include=mount --format=tar trixie - | "$@"' bash \
    "${privilege[@]}" tar --extract --directory "$new" --exclude './dev/*' --numeric-owner 2>>"$cache/setup.log"
}

# Packages of servers would start them; 101 is "forbidden by policy".
forbid_services() {
  # shellcheck disable=SC2016 # the inner shell expands $1
  privileged sh -c 'printf "#!/bin/sh\nexit 101\n" > "$1" && chmod 755 "$1"' sh "$1/usr/sbin/policy-rc.d"
}

# Nobody needs this root after a power cut, so dpkg may spare its many fsyncs.
install_packages() {
  local new=$1
  # shellcheck disable=SC2016,SC2046 # the inner shell expands "$@"; a list of names
  inside_root "$new" root sh -c '
    export DEBIAN_FRONTEND=noninteractive
    apt-get update &&
    apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "$@" &&
    apt-get clean' sh $(packages) </dev/null >>"$cache/setup.log" 2>&1
}

remove_root() {
  if [ -e "$1" ]; then privileged rm -rf --one-file-system "$1"; fi
}

# Another clone may still use them, so removing them is the person's to decide.
tell_of_old_roots() {
  local old
  for old in "$cache"/root-*; do
    [ "$old" = "$1" ] || [ ! -d "$old/usr" ] ||
      say "$old was made for another package list; if no clone needs it any more, remove it: rm -rf $old"
  done
}

make_root() {
  local root=$1 new=$1.new began=$SECONDS
  : >"$cache/setup.log"
  remove_root "$new"
  check_tools
  check_space
  say "making a private Debian 13 in $root; this takes a few minutes"
  unpack_base "$new" || fail_as_logged "making the base of the private Debian 13 failed"
  forbid_services "$new"
  say "base ready after $((SECONDS - began)) s; installing the packages of packaging/packages.txt"
  install_packages "$new" || fail_as_logged "installing packages into the private Debian 13 failed"
  mv "$new" "$root"
  tell_of_old_roots "$root"
  say "private Debian 13 ready after $((SECONDS - began)) s"
}

# Two clones may set up at once: the second waits, and finds the work done.
setup_root() {
  local root=$1
  [ -d "$root" ] && return
  exec 9>"$cache/setup.lock"
  flock --nonblock 9 || {
    say "another set-up is at work; waiting for it"
    flock 9
  }
  [ -d "$root" ] || make_root "$root"
  exec 9>&-
}
