#!/usr/bin/env bash
# Races buyers against a shop that checks and then writes, the same shop with a lock, and Waybill; the verdict on Waybill last.
#
#   scripts/bench-oversell.sh [ADAPTER.json]     a shop of your own, which runs already
set -euo pipefail
cd "$(dirname "$0")/.."

build=$(swift build -c release --show-bin-path)
if [[ $# -gt 0 ]]; then exec "$build/waybill-bench" oversell "$@"; fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/waybill-oversell.XXXXXX")
shops=()
clean_up() {
    [[ ${#shops[@]} -eq 0 ]] || kill "${shops[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

port=$((20000 + RANDOM % 12000))
until_up() { for _ in {1..200}; do curl -s -o /dev/null "$1" && return; sleep 0.1; done; echo "no answer from $1" >&2; return 1; }

python3 Benchmarks/Oversell/racy-shop.py "$port" & shops+=($!)
python3 Benchmarks/Oversell/racy-shop.py $((port + 1)) careful & shops+=($!)
"$build/waybill" demo --quiet --folder "$folder" --port $((port + 2)) >"$folder/waybill.log" 2>&1 </dev/null & shops+=($!)
until_up "http://127.0.0.1:$port/"
until_up "http://127.0.0.1:$((port + 1))/"
until_up "http://127.0.0.1:$((port + 2))/healthz"

if SHOP_KIND="checks, then writes" SHOP_PORT=$port "$build/waybill-bench" oversell Benchmarks/Oversell/racy-shop.json; then
    echo "The harness did not find the shop that oversells." >&2
    exit 1
fi
SHOP_KIND="has a lock" SHOP_PORT=$((port + 1)) "$build/waybill-bench" oversell Benchmarks/Oversell/racy-shop.json
WAYBILL_PORT=$((port + 2)) WAYBILL_KEY=$(<"$folder/operator.key") \
    "$build/waybill-bench" oversell Benchmarks/Oversell/waybill.json
