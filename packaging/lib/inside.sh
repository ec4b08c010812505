# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Where building happens, and running commands there so that nothing of them outlives us.

# Sets $place to "host" or to the folder of the private root, and completes it.
find_place() {
  mkdir -p "$cache/ccache" 2>/dev/null || fail "the cache folder $cache cannot be written"
  case ${MINGLE_ROOT:-} in
    host) place=host ;;
    ?*) place=$MINGLE_ROOT ;;
    *)
      if [ "$(debian_version)" != 12 ] && host_is_complete; then
        place=host
      elif [ "$(debian_version)" = 13 ]; then
        place=host
        setup_debian_13
      else
        place=$(root_of_packages)
        setup_root "$place"
      fi
      ;;
  esac
  [ "$place" = host ] || [ -d "$place/usr" ] || fail "there is no private root in $place"
}

# run_and_wait SIGNALLER COMMAND...: runs the command and returns its code; when we are told to end, SIGNALLER PID
# passes that on and we still wait, so that the command can tidy up. The command is started in the background because
# bash would answer a signal only after a foreground command; env gives it back the Ctrl+C that bash takes from
# background commands.
told_to_end=''
run_and_wait() {
  local signaller=$1 child code interrupted
  shift
  env --default-signal=INT,QUIT -- "$@" <&0 &
  child=$!
  # shellcheck disable=SC2064 # these values, not those of later
  trap "interrupted=1 told_to_end=1; $signaller $child" TERM INT HUP
  while :; do
    interrupted=''
    code=0
    wait "$child" || code=$?
    [ -n "$interrupted" ] || break
  done
  trap - TERM INT HUP
  return "$code"
}

terminate_group() { kill -TERM -- "-$1" 2>/dev/null || true; }

terminate() { kill -TERM "$1" 2>/dev/null || true; }

# unshare blocks signals while its child runs: the child is the one to tell.
terminate_children() {
  local children
  children=$(cat "/proc/$1/task/$1/children" 2>/dev/null) || true
  # shellcheck disable=SC2086 # a list of ids
  [ -z "$children" ] || kill -TERM $children 2>/dev/null || true
}

# Variables that are the same wherever the build happens.
build_environment() {
  printf '%s\n' "CCACHE_DIR=$cache/ccache" "CCACHE_BASEDIR=$checkout" CCACHE_NOHASHDIR=1 \
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime LC_ALL=C.UTF-8
}

# inside_root ROOT (root|user) COMMAND...: the command with ROOT as its root file system. A process namespace of its own,
# with --kill-child and setpriv, makes sure that every process ends when the command does or when we are killed.
inside_root() {
  local root=$1 as=$2 namespaces=(--mount --propagation private --pid --fork --kill-child)
  shift 2
  is_root || namespaces+=(--user --map-root-user --map-auto)
  ! is_root || as=root
  run_and_wait terminate_children setpriv --pdeathsig KILL unshare "${namespaces[@]}" \
    bash "$here/lib/enter.sh" "$root" "$checkout" "$cache" "$as:$(id -u):$(id -g)" "$@"
}

# The machine's own paths mean nothing inside the private root; displays and sessions do.
inside() {
  local variables
  mapfile -t variables < <(build_environment)
  if [ "$place" = host ]; then
    run_and_wait terminate env -C "$checkout" "${variables[@]}" "$@"
    return
  fi
  inside_root "$place" user env -u LD_LIBRARY_PATH -u LD_PRELOAD -u LIBRARY_PATH -u CPATH -u PYTHONPATH -u PYTHONHOME \
    -u PKG_CONFIG_PATH -u CMAKE_PREFIX_PATH -u QT_PLUGIN_PATH -u XDG_DATA_DIRS -u XDG_CONFIG_DIRS "${variables[@]}" "$@"
}
