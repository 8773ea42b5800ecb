#!/usr/bin/env bash
# ./run_tests.sh [pytest arguments]: sets up .venv with the tools for development and runs pytest.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=scripts/environment.sh
. "$here/scripts/environment.sh"

prepare_environment "$here" requirements-dev.txt
cd -- "$here"
exec "$here/.venv/bin/python" -m pytest "$@"
