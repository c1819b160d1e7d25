#!/usr/bin/env bash
# Rehearses a small seeded sample on SQLite and on PostgreSQL: both must end, agree to the byte and pass the audit.
#
# Arguments go to `waybill rehearse`, after the defaults, which they override.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
swift build --product waybill
waybill=$(swift build --show-bin-path)/waybill

folder=$(mktemp -d "${TMPDIR:-/tmp}/waybill-sample.XXXXXX")
trap 'scripts/postgres.sh stop "$folder/postgres" || true; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
chmod 755 "$folder"
postgres=$(scripts/postgres.sh start "$folder/postgres" $$)

# Rehearses into the store and prints the digest. The whole report stays in the folder.
digest_on() {
    "$waybill" rehearse --sample 300 --sites 3 --seed 1 "${@:3}" --store "$2" --json >"$folder/$1.json" </dev/null
    sed -n 's/.*"digest" *: *"\([^"]*\)".*/\1/p' "$folder/$1.json" | head -n 1
}

on_sqlite=$(digest_on sqlite "sqlite:$folder/sample.db" "$@")
again=$(digest_on again sqlite::memory: "$@")
on_postgres=$(digest_on postgres "$postgres" "$@")
echo "digest on SQLite      $on_sqlite"
echo "digest on it, again   $again"
echo "digest on PostgreSQL  $on_postgres"
if [[ -z $on_sqlite || $on_sqlite != "$again" || $on_sqlite != "$on_postgres" ]]; then
    echo "the sample's digests differ: the same seed must give the same events" >&2
    exit 1
fi
"$waybill" audit --store "sqlite:$folder/sample.db" </dev/null
"$waybill" audit --store "$postgres" </dev/null
