#!/usr/bin/env bash
# scripts/engines/worker_pool.sh start [PORT]    workers for --environment_type=EXTERNAL
#                                                (default port 50000)
# scripts/engines/worker_pool.sh stop
#
# A worker pool stands on each machine of a cluster; the engine asks it for Python workers. It runs
# with $PYTHON (default: .venv), into which the pipeline must be installed: pip install .
# With WORKER_BOOT=FILE workers are started by Beam's boot program, which first installs what the
# job brings along (--setup_file).
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=scripts/engines/common.sh
. "$here/common.sh"

case ${1:-} in
start)
  python=${PYTHON:-$here/../../.venv/bin/python}
  port=${2:-50000}
  folder=$(CDPATH='' cd -- "$(dirname -- "$python")" && pwd)
  # The pool calls whatever is `python` on its path.
  export PATH="$folder:$PATH"
  mkdir -p "$RUN"
  cd "$RUN" # Not the checkout, from where a worker would import what is not installed.
  # Without it the engine would wait for minutes for workers that cannot begin.
  [[ -n ${WORKER_BOOT:-} ]] || "$folder/python" -c 'import pipeline.graph' 2>/dev/null ||
    fail "the pipeline is not installed in $folder/python: pip install . there"
  start worker-pool "$port" "$folder/python" -m apache_beam.runners.worker.worker_pool_main \
    --service_port "$port" ${WORKER_BOOT:+"--container_executable=$WORKER_BOOT"}
  ;;
stop) stop worker-pool ;;
*) usage 2 ;;
esac
