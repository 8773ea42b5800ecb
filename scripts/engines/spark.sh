#!/usr/bin/env bash
# scripts/engines/spark.sh fetch                   fetches Spark 3 and Beam's job server for it
# scripts/engines/spark.sh path                    prints where the job server is
# scripts/engines/spark.sh start [MASTER [PORT]]   a job server (default local[2] and port 8098)
# scripts/engines/spark.sh stop
#
# SparkRunner starts and stops a job server by itself: `start` saves the seconds that this takes,
# for PortableRunner --job_endpoint=localhost:PORT. Versions stand in spark/pom.xml.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=scripts/engines/common.sh
. "$here/common.sh"

JAR=$ENGINES/spark/job-server.jar

case ${1:-} in
fetch) fetch_jars spark org.apache.beam.runners.spark.SparkJobServerDriver ;;
path) printf '%s\n' "$JAR" ;;
start)
  [ -f "$JAR" ] || fail "no $JAR; first: $0 fetch"
  # shellcheck disable=SC2086
  start spark-job-server "${3:-8098}" "$(java_program)" $JAVA_FLAGS -jar "$JAR" \
    --spark-master-url "${2:-local[2]}" --job-port "${3:-8098}" --artifact-port 0 \
    --expansion-port 0 --artifacts-dir "$RUN/spark-artifacts"
  ;;
stop) stop spark-job-server ;;
*) usage 2 ;;
esac
