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
  local answer found
  need go "Go 1.26 or newer, to build Prism"
  answer=$(go mod download -json "$MODULE@$VERSION") || {
    say "$answer"
    fail "could not fetch $MODULE $VERSION (see above); is the Go module proxy reachable?"
  }
  found=$(printf '%s\n' "$answer" | sed -n 's/^.*"Sum": "\(.*\)".*$/\1/p')
  [ "$found" = "$DIGEST" ] || fail "$MODULE $VERSION is $found, not $DIGEST; nothing was built"
  new_place prism
  GOBIN=$new go install "$MODULE/go/cmd/prism@$VERSION" || fail "could not build Prism (see above)"
  keep prism
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
