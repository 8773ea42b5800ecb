#!/usr/bin/env bash
# ./run_local.sh [INPUT ... [OUTPUT]] [flags]: sets up .venv when needed and runs the pipeline.
# Without INPUT it reads seeds/, without OUTPUT it writes to out/. --help explains every flag.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=scripts/environment.sh
. "$here/scripts/environment.sh"

python=$here/.venv/bin/python
case " $* " in
*" --help "* | *" -h "* | *" --version "*)
  # Needs no dependencies, so nothing is installed for it.
  python=$(find_python)
  ;;
*) prepare_environment "$here" requirements.txt ;;
esac

# The caller's folder stays the current one, so that relative paths mean what they say. Safe path:
# a folder of the caller's that is called "pipeline" must not be taken for this one.
export PYTHONSAFEPATH=1
export PYTHONPATH="$here${PYTHONPATH:+:$PYTHONPATH}"
exec "$python" -m pipeline "$@"
