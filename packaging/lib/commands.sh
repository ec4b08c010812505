# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The commands of packaging/dev.

command_setup() {
  find_place
  if [ "$place" = host ]; then say "ready: this machine is used as it is"; else say "ready: $place"; fi
}

command_shell() {
  find_place
  if [ $# -gt 0 ]; then inside "$@"; else inside bash; fi
}

# Configures every time, which is quick and notices new files.
build_preset() {
  local preset=$1
  shift
  inside sh -c 'cmake --preset "$1" && shift && cmake --build "$@"' sh "$preset" "$checkout/build/$preset" -j "$jobs" "$@"
}

command_build() {
  find_place
  build_preset "${1:-dev}"
}

# Tests bring their own servers and their own displays; a developer's session is none of their business.
command_test() {
  local preset=dev
  case ${1:-} in
    '' | -*) ;;
    *)
      preset=$1
      shift
      ;;
  esac
  find_place
  build_preset "$preset"
  inside env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS -u XDG_RUNTIME_DIR ctest --preset "$preset" "$@"
}

# The two figures of this script itself take minutes and come only when they are named.
command_bench() {
  local name names=()
  for name in "$@"; do
    case $name in
      setup) bench_setup ;;
      build) bench_build ;;
      *) names+=("$name") ;;
    esac
  done
  [ $# -eq 0 ] || [ ${#names[@]} -gt 0 ] || return 0
  set -- "${names[@]}"
  find_place
  build_preset release --target mingle mingle-bench >&2
  inside env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}" \
    "$(bench_program)" "$@"
}

print_figure() {
  printf '{"name": "%s", "value": %s, "unit": "s", "conditions": "%s"}\n' "$1" "$2" "$3 processors, $4"
}

# A private root from nothing, in a cache folder of its own that goes away again.
bench_setup() {
  local began=$SECONDS cache code=0
  cache=$(mktemp -d "${TMPDIR:-/var/tmp}/mingle-bench-XXXXXX")
  setup_root "$(root_of_packages)" || code=$?
  [ $code -ne 0 ] || print_figure setup.fresh_s $((SECONDS - began)) "$(nproc)" "download included"
  privileged rm -rf --one-file-system "$cache"
  return $code
}

# The whole dev preset with its tests, without the compiler cache.
bench_build() {
  local began folder=$checkout/build/bench-full code=0
  find_place
  rm -rf "$folder"
  began=$SECONDS
  inside env CCACHE_DISABLE=1 sh -c 'cmake --preset dev -B "$1" && cmake --build "$1" -j "$2"' sh "$folder" "$jobs" >&2 || code=$?
  [ $code -ne 0 ] || print_figure build.full_s $((SECONDS - began)) "$(nproc)" "$jobs jobs, no compiler cache, with all tests"
  rm -rf "$folder"
  return $code
}

bench_program() {
  local program
  program=$(find "$checkout/build/release" -name mingle-bench -type f -perm -u+x | head -n 1)
  [ -n "$program" ] || fail "the build has no mingle-bench"
  echo "$program"
}

command_server() {
  find_place
  inside python3 "$here/demo/server.py" "$@"
}

command_run() {
  find_place
  build_preset dev --target mingle
  inside python3 "$here/demo/run.py" "$(mingle_program)"
}

mingle_program() {
  local program
  program=$(find "$checkout/build/dev" -name mingle -type f -perm -u+x | head -n 1)
  [ -n "$program" ] || fail "the build has no mingle"
  echo "$program"
}
