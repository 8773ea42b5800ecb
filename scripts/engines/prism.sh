#!/usr/bin/env bash
# scripts/engines/prism.sh fetch           builds Prism 2.77.0 with Go
# scripts/engines/prism.sh path            prints where it is
# scripts/engines/prism.sh start [PORT]    starts it as a job server (default port 8073)
# scripts/engines/prism.sh stop
#
# PrismRunner starts and stops it by itself: `start` is for PortableRunner --job_endpoint.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=scripts/engines/common.sh
. "$here/common.sh"

VERSION=v2.77.0
MODULE=github.com/apache/beam/sdks/v2
# Digest of the module's files, as in go.sum.
DIGEST=h1:RsC61pHEvtySEHAURQyP/+CVOJm/hy5hewuG9JF0+Ow=
PRISM=$ENGINES/prism/prism

fetch() {
  local found
  need go "Go 1.26 or newer, to build Prism"
  found=$(go mod download -json "$MODULE@$VERSION" | sed -n 's/^.*"Sum": "\(.*\)".*$/\1/p')
  [ "$found" = "$DIGEST" ] || fail "$MODULE $VERSION is $found, not $DIGEST; nothing was built"
  mkdir -p "$ENGINES/prism"
  GOBIN=$ENGINES/prism go install "$MODULE/go/cmd/prism@$VERSION"
  say "$PRISM"
}

case ${1:-} in
fetch) fetch ;;
path) printf '%s\n' "$PRISM" ;;
start)
  [ -x "$PRISM" ] || fail "no $PRISM; first: $0 fetch"
  start prism "${2:-8073}" "$PRISM" --job_port "${2:-8073}" --serve_http=false
  ;;
stop) stop prism ;;
*) usage 2 ;;
esac
