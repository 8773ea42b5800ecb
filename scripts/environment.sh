# shellcheck shell=bash
# Sourced by run_local.sh and run_tests.sh: makes .venv and installs the pinned dependencies.
# Written for bash 3.2, which macOS ships.

# As python_requires in setup.py says.
OLDEST_PYTHON=3.11
NEWEST_PYTHON=3.13

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$(basename -- "$0"): $*"
  exit 1
}

fits() {
  "$1" -c "import sys
low, high = (tuple(map(int, v.split('.'))) for v in ('$OLDEST_PYTHON', '$NEWEST_PYTHON'))
sys.exit(not low <= sys.version_info[:2] <= high)" >/dev/null 2>&1
}

has_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Prints the interpreter to use: $PYTHON if it is set, or the first that fits.
find_python() {
  local candidate without_venv=""
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python; do
    if fits "$candidate"; then
      if has_venv "$candidate"; then
        printf '%s\n' "$candidate"
        return
      fi
      without_venv=$candidate
    fi
  done
  if [ -n "$without_venv" ]; then
    fail "$without_venv lacks the module venv; install it (Debian, Ubuntu: apt install python3-venv)"
  fi
  fail "needs Python $OLDEST_PYTHON to $NEWEST_PYTHON and found none; \
install one, or name it: PYTHON=/path/to/python3"
}

# Waits while another run sets the environment up; takes over from one that died.
lock_environment() {
  local lock=$1 owner told=""
  until mkdir "$lock" 2>/dev/null; do
    [ -d "$lock" ] || fail "cannot write to $(dirname -- "$lock")"
    owner=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null; then
      [ -n "$told" ] || say "Waiting for another run (process $owner) to set up .venv ..."
      told=yes
      sleep 1
    else
      # The owner may be about to write its number.
      sleep 1
      [ "$(cat "$lock/pid" 2>/dev/null || true)" = "$owner" ] && rm -rf "$lock"
    fi
  done
  printf '%s\n' "$$" >"$lock/pid"
}

is_ready() { # VENV REQUIREMENTS
  [ ! -e "$1/.incomplete" ] && cmp -s "$2" "$1/.installed-$(basename -- "$2")" &&
    fits "$1/bin/python"
}

# prepare_environment FOLDER REQUIREMENTS: .venv in FOLDER has what FOLDER/REQUIREMENTS pins.
prepare_environment() {
  local venv=$1/.venv requirements=$1/$2 lock=$1/.venv.lock python
  unset PYTHONHOME
  is_ready "$venv" "$requirements" && return
  lock_environment "$lock"
  held_lock=$lock
  trap 'rm -rf "$held_lock"' EXIT
  if ! is_ready "$venv" "$requirements"; then
    # The mark stays behind when the set-up is interrupted: the next run begins anew.
    if [ -e "$venv/.incomplete" ] || { [ -e "$venv" ] && ! fits "$venv/bin/python"; }; then
      rm -rf "$venv"
    fi
    say "Setting up .venv (about a minute, only when the dependencies have changed) ..."
    if [ ! -e "$venv" ]; then
      python=$(find_python)
      mkdir -p "$venv"
      : >"$venv/.incomplete"
      "$python" -m venv "$venv" || fail "could not make $venv"
    fi
    : >"$venv/.incomplete"
    "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --no-deps \
      --requirement "$requirements" </dev/null >&2 ||
      fail "could not install the dependencies (see above); is the network reachable?"
    cp "$requirements" "$venv/.installed-$2"
    rm -f "$venv/.incomplete"
  fi
  rm -rf "$lock"
  trap - EXIT
}
