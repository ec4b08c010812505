# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# How packaging/dev talks. Everything goes to stderr: stdout belongs to the command (bench prints JSON there).

say() { printf 'packaging/dev: %s\n' "$*" >&2; }

# One sentence that a person can act on, and the end.
fail() {
  say "$*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" -eq 0 ]; }

packages() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "${here:?}/packages.txt"; }
