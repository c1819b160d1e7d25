#!/usr/bin/env bash
# Measures the order desk under a surge on SQLite and on a throw-away PostgreSQL; its last line is one JSON object.
#
# Arguments go to `waybill-bench surge`, as in: --seconds 10, --growth 10000 --growth 100000, --only batch.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
swift build -c release --product waybill-bench >&2
bench=$(swift build -c release --show-bin-path)/waybill-bench

folder=$(mktemp -d "${TMPDIR:-/tmp}/waybill-surge.XXXXXX")
trap 'scripts/postgres.sh stop "$folder/postgres" || true; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
chmod 755 "$folder"
postgres=$(scripts/postgres.sh start "$folder/postgres" $$)
"$bench" surge --postgres "$postgres" --folder "$folder" "$@"
