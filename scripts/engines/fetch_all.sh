#!/usr/bin/env bash
# scripts/engines/fetch_all.sh    fetches every engine that can be had here and is not there yet,
#                                 and says of each other one why not; never fails
set -uo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)

for engine in prism flink spark; do
  if [ -f "$("$here/$engine.sh" path)" ]; then
    printf '%s: there already\n' "$engine"
  elif "$here/$engine.sh" fetch; then
    printf '%s: fetched\n' "$engine"
  else
    printf '%s: not to be had here, see above; its tests are skipped\n' "$engine"
  fi
done
