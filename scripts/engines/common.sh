# shellcheck shell=bash
# Sourced by the scripts beside it: where engines are kept, how they are checked, started, stopped.
# Written for bash 3.2, which macOS ships.

# The folder of all engines; pipeline/engines.py looks there too.
ENGINES=${ARTICLE_INGEST_ENGINES:-${XDG_CACHE_HOME:-$HOME/.cache}/article-ingest/engines}

# Process numbers, logs and configurations of what runs.
RUN=${ARTICLE_INGEST_RUN:-$ENGINES/run}

START_SECONDS=${START_SECONDS:-180}
# One small heap for every Java engine, and no compiler threads that a short job never pays back.
JAVA_FLAGS=${JAVA_FLAGS:--Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1}
say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$(basename -- "$0"): $*"
  exit 1
}

need() { # PROGRAM WHAT-FOR
  command -v "$1" >/dev/null 2>&1 || fail "needs $1 ($2)"
}

usage() { # prints the head of the calling script
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
  exit "$1"
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

java_program() { if [ -n "${JAVA_HOME:-}" ]; then printf '%s' "$JAVA_HOME/bin/java"; else printf java; fi; }

# new_place ENGINE: sets $new to an empty folder to fetch to, and sweeps those that fetches left which
# were killed. An engine is there as a whole, after `keep`, or not at all.
new_place() {
  local old
  for old in "$ENGINES/$1".new-*; do
    [ -d "$old" ] && ! kill -0 "${old##*-}" 2>/dev/null && rm -rf "$old"
  done
  new=$ENGINES/$1.new-$$
  mkdir -p "$new"
  # Also when a signal ends the fetch, and a second one comes; kill -9 leaves it to the next fetch.
  trap 'trap "" INT TERM; rm -rf "$new"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# keep ENGINE: puts what was fetched to $new, and checked, in place by one rename.
keep() {
  local target=$ENGINES/$1
  [ ! -e "$target" ] || rm -rf "$target"
  # Not mv, which would put it into a folder that another fetch has made meanwhile.
  python3 -c 'import os, sys; os.rename(*sys.argv[1:])' "$new" "$target" 2>/dev/null ||
    [ -d "$target" ] || fail "could not make $target"
}

# shellcheck disable=SC2154 # $here is the calling script's.
# fetch_jars ENGINE MAIN-CLASS: what ENGINE/pom.xml names, and all that it needs, into
# $ENGINES/ENGINE/lib, and a job-server.jar that refers to it.
fetch_jars() {
  local engine=$1 main=$2
  need mvn "Apache Maven, to fetch $engine"
  need "$(java_program)" "Java 11 or 17, to run $engine"
  new_place "$engine"
  # -C: a file whose checksum is not the repository's is an error. -U: what was not found once is
  # looked for again.
  mvn --batch-mode --quiet --strict-checksums --update-snapshots --file "$here/$engine/pom.xml" \
    dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$new/lib" </dev/null >&2 ||
    fail "could not fetch $engine (see above); is Maven Central reachable?"
  if [ -n "${PIN:-}" ]; then
    (cd "$new/lib" && LC_ALL=C && sha256 -- *.jar) >"$here/$engine/jars.sha256"
  fi
  (cd "$new/lib" && sha256 --check --quiet "$here/$engine/jars.sha256") >&2 &&
    [ "$(find "$new/lib" -type f | wc -l)" -eq "$(wc -l <"$here/$engine/jars.sha256")" ] ||
    fail "$engine: files are not the ones in $engine/jars.sha256; nothing was kept"
  python3 "$here/job_server_jar.py" "$new" "$main"
  keep "$engine"
  say "$ENGINES/$engine/job-server.jar"
}

# start NAME PORT COMMAND...: in the background; returns when PORT answers.
start() {
  local name=$1 port=$2 pid waited=0
  shift 2
  answers "$port" && fail "something answers at port $port already"
  mkdir -p "$RUN"
  running "$name" && fail "$name is running: $(cat "$RUN/$name.pid")"
  nohup "$@" >"$RUN/$name.log" 2>&1 </dev/null &
  pid=$!
  printf '%s\n' "$pid" >"$RUN/$name.pid"
  until answers "$port"; do
    kill -0 "$pid" 2>/dev/null || fail "$name did not start: $(tail -n 3 "$RUN/$name.log")"
    waited=$((waited + 1))
    if [ "$waited" -gt "$START_SECONDS" ]; then
      stop "$name"
      fail "$name did not answer at port $port within $START_SECONDS s"
    fi
    sleep 1
  done
  say "$name: process $pid, port $port, log $RUN/$name.log"
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

running() { [ -f "$RUN/$1.pid" ] && kill -0 "$(cat "$RUN/$1.pid")" 2>/dev/null; }

# stop NAME: ends the process that `start NAME` started, and waits for its end.
stop() {
  local name=$1 pid waited=0
  running "$name" || {
    rm -f "$RUN/$name.pid"
    return 0
  }
  pid=$(cat "$RUN/$name.pid")
  kill "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do
    waited=$((waited + 1))
    [ "$waited" -le 20 ] || kill -9 "$pid" 2>/dev/null || true
    sleep 0.5
  done
  rm -f "$RUN/$name.pid"
  say "$name: stopped"
}
