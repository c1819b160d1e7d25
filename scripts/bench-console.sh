#!/usr/bin/env bash
# Measures the console's pages with a million orders on the book; its last line is one JSON object.
#
# WAYBILL_CONSOLE_FOLDER keeps the database for the next time. Arguments go to `waybill-bench console-fill`, as in: --orders 10000.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
swift build -c release --product waybill >&2
swift build -c release --product waybill-bench >&2
built=$(swift build -c release --show-bin-path)

folder=${WAYBILL_CONSOLE_FOLDER:-$(mktemp -d "${TMPDIR:-/tmp}/waybill-console.XXXXXX")}
[[ -n ${WAYBILL_CONSOLE_FOLDER:-} ]] || trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
"$built/waybill-bench" console-fill "$folder" "$@" >&2
.build-tools/venv/bin/python3 scripts/bench-console.py "$built/waybill" "$folder"
