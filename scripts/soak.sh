#!/usr/bin/env bash
# What takes longer than a test run may: kills under load, fuzzing, real orders on both engines, a move between them.
#
#   scripts/soak.sh [faults] [life] [kill] [disk] [nodes] [replica] [fuzz] [rehearse] [copy]     all where none is named
#
# WAYBILL_FAULT_COMMANDS (1000000) is how many commands the order desk takes while it is crashed, filled up and cut off, on
# files, and a third as many on PostgreSQL. WAYBILL_LIFE_SEEDS (100) orders' lives of WAYBILL_LIFE_STEPS (500) are held against
# an oracle. WAYBILL_KILLS (20) is how often the server is killed. WAYBILL_FUZZ_MINUTES (10)
# is shared by the roles whose keys the fuzzer uses. WAYBILL_ORDERS and WAYBILL_CATALOGUE name folders in the layout of
# Olist; without them a made-up sample of WAYBILL_SAMPLE (5000) orders is rehearsed. WAYBILL_PROGRAM names a program that is
# built already.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
export PATH="$PWD/.build-tools/venv/bin:$PATH"
parts=("$@")
[[ ${#parts[@]} -gt 0 ]] || parts=(faults life kill disk nodes replica fuzz rehearse copy)
waybill=${WAYBILL_PROGRAM:-}
if [[ -z $waybill && ${parts[*]} != faults && ${parts[*]} != life ]]; then
    swift build -c release --product waybill
    waybill=$(swift build -c release --show-bin-path)/waybill
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/waybill-soak.XXXXXX")
server=
clean_up() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    scripts/postgres.sh stop "$folder/postgres" 2>/dev/null || true
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
chmod 755 "$folder"

soak_faults() { WAYBILL_FAULT_COMMANDS=${WAYBILL_FAULT_COMMANDS:-1000000} scripts/test.sh --filter FaultRehearsalTests; }

soak_life() {
    WAYBILL_LIFE_SEEDS=${WAYBILL_LIFE_SEEDS:-100} WAYBILL_LIFE_STEPS=${WAYBILL_LIFE_STEPS:-500} \
        scripts/test.sh --filter LifeRehearsalTests
}

soak_kill() { python3 scripts/soak-kill.py "$waybill" --times "${WAYBILL_KILLS:-20}"; }
soak_disk() { python3 scripts/soak-disk.py "$waybill"; }
soak_nodes() { python3 scripts/soak-nodes.py "$waybill" nodes; }
soak_replica() { python3 scripts/soak-nodes.py "$waybill" replica; }

# Starts a quiet demo and prints a key of each role: the operator's, and those it makes for what the network holds.
start_demo() {
    port=$((20000 + RANDOM % 12000))
    "$waybill" demo --quiet --folder "$folder/demo" --port "$port" >"$folder/demo.log" 2>&1 </dev/null &
    server=$!
    for _ in {1..200}; do curl -sf "localhost:$port/healthz" >/dev/null && return; sleep 0.1; done
    cat "$folder/demo.log" >&2
    return 1
}

ask() { curl -sf -H "Authorization: Bearer $key" -H 'Content-Type: application/json' "http://localhost:$port$1" "${@:2}"; }

first_id() { ask "/v1/$1" | grep -o "\"id\":\"$2_[0-9a-z]*\"" | head -n 1 | cut -d '"' -f 4; }

key_for() { ask /v1/keys -d "{\"name\":\"fuzz\",\"role\":\"$1\",\"$1\":\"$2\"}" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p'; }

soak_fuzz() {
    local seconds=$((${WAYBILL_FUZZ_MINUTES:-10} * 60 / 4)) role token
    start_demo
    key=$(<"$folder/demo/operator.key")
    declare -A tokens=([operator]=$key)
    tokens[merchant]=$(key_for merchant "$(first_id merchants mer)")
    tokens[site]=$(key_for site "$(first_id sites site)")
    tokens[carrier]=$(key_for carrier "$(first_id carriers car)")
    for role in operator merchant site carrier; do
        token=${tokens[$role]}
        [[ -n $token ]] || { echo "no key for the role $role" >&2; return 1; }
        echo "fuzzing as $role for $seconds s"
        schemathesis --no-color run "http://localhost:$port/openapi.json" -H "Authorization: Bearer $token" \
            --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
            --max-time "$seconds" --continue-on-failure --max-examples 2000 --phases examples,coverage,fuzzing \
            >"$folder/fuzz-$role.log" 2>&1 || { tail -n 80 "$folder/fuzz-$role.log"; return 1; }
        tail -n 6 "$folder/fuzz-$role.log"
    done
    kill "$server" && wait "$server" || true
    server=
    "$waybill" audit --store "sqlite:$folder/demo/demo.db" </dev/null
}

world=(--sample "${WAYBILL_SAMPLE:-5000}")
[[ -z ${WAYBILL_ORDERS:-} ]] || world=("$WAYBILL_ORDERS" --layout olist --catalogue "$WAYBILL_CATALOGUE")

digest_on() {
    "$waybill" rehearse "${world[@]}" --sites 3 --seed 1 --store "$2" --json >"$folder/$1.json" </dev/null
    sed -n 's/.*"digest" *: *"\([^"]*\)".*/\1/p' "$folder/$1.json" | head -n 1
}

soak_rehearse() {
    local postgres first second third
    postgres=$(scripts/postgres.sh start "$folder/postgres" $$)
    first=$(digest_on first "sqlite:$folder/rehearsed.db")
    second=$(digest_on second sqlite::memory:)
    third=$(digest_on postgres "$postgres")
    printf 'digest on an SQLite file   %s\ndigest in memory, again    %s\ndigest on PostgreSQL       %s\n' "$first" "$second" "$third"
    [[ -n $first && $first == "$second" && $first == "$third" ]] || { echo "the digests differ" >&2; return 1; }
    "$waybill" audit --store "sqlite:$folder/rehearsed.db" </dev/null
    "$waybill" audit --store "$postgres" </dev/null
    scripts/postgres.sh stop "$folder/postgres"
}

soak_copy() {
    local postgres
    [[ -f $folder/rehearsed.db ]] || digest_on first "sqlite:$folder/rehearsed.db" >/dev/null
    postgres=$(scripts/postgres.sh start "$folder/postgres" $$)
    "$waybill" copy --from "sqlite:$folder/rehearsed.db" --to "$postgres" </dev/null
    scripts/postgres.sh stop "$folder/postgres"
}

for part in "${parts[@]}"; do
    echo "== $part"
    case $part in
        faults | kill | nodes | replica | fuzz | rehearse | copy) "soak_$part" ;;
        *) echo "scripts/soak.sh: there is no '$part'; faults, kill, nodes, replica, fuzz, rehearse and copy there are" >&2; exit 2 ;;
    esac
done
echo "soak: all of ${parts[*]} held"
