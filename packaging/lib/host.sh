# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Whether this machine itself can build Mingle, and making it so where that is only a matter of packages.

# shellcheck disable=SC1091 # os-release is the machine's
debian_version() { (. /etc/os-release 2>/dev/null && [ "${ID:-}" = debian ] && echo "${VERSION_ID:-}") || true; }

has_cmake_package() {
  local file
  for file in /usr/lib/cmake/"$1"/ /usr/lib64/cmake/"$1"/ /usr/lib/*/cmake/"$1"/ /usr/local/lib/cmake/"$1"/; do
    [ -d "$file" ] && return 0
  done
  return 1
}

# app/xmpp leans on internals of QXmpp 1.10, so a newer one does not count.
host_is_complete() {
  have cmake && have ninja && have ccache && have pkg-config || return 1
  pkg-config --exists 'Qt6Core >= 6.8' 'QXmppQt6 >= 1.10' 'QXmppQt6 < 1.11' libomemo-c libqrencode 2>/dev/null || return 1
  has_cmake_package QXmppOmemoQt6 && has_cmake_package Qca-qt6 && has_cmake_package Qt6Keychain
}

missing_packages() {
  local name
  for name in $(packages); do
    dpkg-query -W -f '${Status}\n' "$name" 2>/dev/null | grep -q ' installed$' || echo "$name"
  done
}

# apt-get as root, directly or through sudo; what it says goes to the log. It asks nothing: what somebody changed below
# /etc stays.
install_on_host() {
  local as_root=()
  if ! is_root; then
    have sudo || fail "packages are missing; as root, run: apt-get install --no-install-recommends $*"
    as_root=(sudo)
  fi
  mkdir -p "$cache"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update >"$cache/setup.log" 2>&1 || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" </dev/null >>"$cache/setup.log" 2>&1 || fail_as_logged "installing packages failed"
}

# Debian 13: the list is complete, or becomes so.
setup_debian_13() {
  local missing
  missing=$(missing_packages)
  [ -z "$missing" ] && return
  say "installing what is missing of packaging/packages.txt: $(echo "$missing" | tr '\n' ' ')"
  # shellcheck disable=SC2086 # a list of names
  install_on_host $missing
}
