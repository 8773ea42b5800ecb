#!/usr/bin/env bash
# scripts/engines/fetch_all.sh    fetches every engine that can be had here and is not there yet,
#                                 and says of each other one why not; never fails
#
# Messages go to standard error; one line for each engine goes to standard output. SIGTERM, sent to
# the process group, ends it early: what is not there then is left out.
set -uo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)

say_and_fetch() { # ENGINE...: one after the other
  local engine begin messages stopped=""
  trap 'stopped=yes' TERM INT
  for engine; do
    if [ -f "$("$here/$engine.sh" path)" ]; then
      printf '%s: there already\n' "$engine"
      continue
    fi
    begin=$SECONDS
    if [ -n "$stopped" ]; then
      printf '%s: not fetched, there was no time left\n' "$engine"
    elif messages=$("$here/$engine.sh" fetch 2>&1 >/dev/null); then
      printf '%s: fetched in %s s\n' "$engine" "$((SECONDS - begin))"
    elif [ -n "$stopped" ]; then
      printf '%s: not fetched, it was stopped after %s s\n' "$engine" "$((SECONDS - begin))"
    else
      printf '%s\n' "$messages" >&2
      printf '%s: not to be had here: %s\n' "$engine" "${messages##*$'\n'}"
    fi
  done
}

# Maven waits for the network while Go builds. Two Mavens would share one local repository.
say_and_fetch prism &
prism=$!
say_and_fetch flink spark &
jars=$!
status=0
trap : TERM
# What runs in the background may not hear of Ctrl-C.
trap 'status=130; kill -TERM 0' INT
for process in "$prism" "$jars"; do
  while kill -0 "$process" 2>/dev/null; do
    wait "$process"
  done
done
exit "$status"
