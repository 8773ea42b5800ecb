#!/usr/bin/env bash
# scripts/engines/flink.sh fetch                   fetches Flink and Beam's job server for it
# scripts/engines/flink.sh path                    prints where the job server is
# scripts/engines/flink.sh start-cluster [PORT]    a cluster of one JobManager and one TaskManager
#                                                  with two slots (default port 8081)
# scripts/engines/flink.sh start [MASTER [PORT]]   a job server (default [local] and port 8099)
# scripts/engines/flink.sh stop                    stops whatever of these runs
#
# FlinkRunner starts and stops a job server by itself: `start` saves the seconds that this takes,
# for PortableRunner --job_endpoint=localhost:PORT. Versions stand in flink/pom.xml.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=scripts/engines/common.sh
. "$here/common.sh"

JAR=$ENGINES/flink/job-server.jar
# The job server's jar says the same in its manifest.
JAVA_OPENS="--add-exports=java.base/sun.net.util=ALL-UNNAMED \
--add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED \
--add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.net=ALL-UNNAMED \
--add-opens=java.base/java.io=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
--add-opens=java.base/java.util.concurrent=ALL-UNNAMED"

write_configuration() { # FOLDER PORT
  mkdir -p "$1"
  cat >"$1/flink-conf.yaml" <<CONFIGURATION
jobmanager.rpc.address: localhost
jobmanager.bind-host: localhost
jobmanager.memory.process.size: 768m
taskmanager.host: localhost
taskmanager.bind-host: localhost
taskmanager.memory.process.size: 1024m
taskmanager.memory.managed.size: 128m
taskmanager.numberOfTaskSlots: 2
parallelism.default: 2
rest.address: localhost
rest.bind-address: localhost
rest.port: $2
# The job server sends its jars with every job, and they are the same as the cluster's own.
classloader.resolve-order: parent-first
classloader.check-leaked-classloader: false
CONFIGURATION
}

start_cluster() {
  local port=${1:-8081} configuration=$RUN/flink-conf
  require_fetched
  write_configuration "$configuration" "$port"
  # shellcheck disable=SC2086
  start flink-jobmanager "$port" "$(java_program)" $JAVA_FLAGS $JAVA_OPENS -cp "$ENGINES/flink/lib/*" \
    org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint \
    --configDir "$configuration" --executionMode cluster
  # shellcheck disable=SC2086
  nohup "$(java_program)" $JAVA_FLAGS $JAVA_OPENS -XX:MaxDirectMemorySize=256m -cp "$ENGINES/flink/lib/*" \
    org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir "$configuration" \
    -D taskmanager.cpu.cores=2 -D taskmanager.memory.task.heap.size=256m \
    -D taskmanager.memory.task.off-heap.size=0 -D taskmanager.memory.framework.heap.size=128m \
    -D taskmanager.memory.framework.off-heap.size=64m -D taskmanager.memory.managed.size=128m \
    -D taskmanager.memory.network.min=128m -D taskmanager.memory.network.max=128m \
    -D taskmanager.memory.jvm-metaspace.size=128m -D taskmanager.memory.jvm-overhead.min=64m \
    -D taskmanager.memory.jvm-overhead.max=64m \
    >"$RUN/flink-taskmanager.log" 2>&1 </dev/null &
  printf '%s\n' "$!" >"$RUN/flink-taskmanager.pid"
  await_taskmanager "$port"
}

await_taskmanager() {
  local waited=0
  until python3 - "$1" <<'PYTHON'
import json, sys, urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
try:
    with opener.open(f"http://127.0.0.1:{sys.argv[1]}/overview", timeout=5) as answer:
        sys.exit(not json.load(answer)["slots-total"])
except (OSError, ValueError, KeyError):
    sys.exit(1)
PYTHON
  do
    running flink-taskmanager ||
      fail "the TaskManager did not start: $(tail -n 3 "$RUN/flink-taskmanager.log")"
    waited=$((waited + 1))
    [ "$waited" -le "$START_SECONDS" ] || {
      stop flink-taskmanager
      stop flink-jobmanager
      fail "no slot within $START_SECONDS s"
    }
    sleep 1
  done
  say "flink-taskmanager: process $(cat "$RUN/flink-taskmanager.pid"), two slots"
}

require_fetched() { [ -f "$JAR" ] || fail "no $JAR; first: $0 fetch"; }

case ${1:-} in
fetch) fetch_jars flink org.apache.beam.runners.flink.FlinkJobServerDriver ;;
path) printf '%s\n' "$JAR" ;;
start)
  require_fetched
  # shellcheck disable=SC2086
  start flink-job-server "${3:-8099}" "$(java_program)" $JAVA_FLAGS -jar "$JAR" \
    --flink-master "${2:-[local]}" --job-port "${3:-8099}" --artifact-port 0 --expansion-port 0 \
    --artifacts-dir "$RUN/flink-artifacts"
  ;;
start-cluster) start_cluster "${2:-}" ;;
stop)
  stop flink-job-server
  stop flink-taskmanager
  stop flink-jobmanager
  ;;
*) usage 2 ;;
esac
