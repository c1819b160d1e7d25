#!/usr/bin/env bash
# Builds the tests and runs them: the console's in a browser, then the others on SQLite and on a throw-away PostgreSQL.
# Arguments go to `swift test`; the browser then stays closed. `scripts/test.sh browser [ARGS]` is the browser alone.
#
# Where WAYBILL_TEST_POSTGRES names a database already, that one is used and none is started.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
export PATH="$PWD/.build-tools/venv/bin:$PATH"
swift build --build-tests

# Screenshots stay in artifacts/.
in_browser() { python3 -m pytest -q -p no:cacheprovider Tests/Browser "$@" </dev/null; }
if [[ ${1:-} == browser ]]; then
    in_browser "${@:2}"
    exit
fi
if [[ $# == 0 ]]; then in_browser; fi

if [[ -z ${WAYBILL_TEST_POSTGRES:-} ]]; then
    folder=$(mktemp -d "${TMPDIR:-/tmp}/waybill-postgres.XXXXXX")
    trap 'scripts/postgres.sh stop "$folder" || true' EXIT
    trap 'exit 130' INT TERM
    WAYBILL_TEST_POSTGRES=$(scripts/postgres.sh start "$folder" $$)
    export WAYBILL_TEST_POSTGRES
fi
swift test --skip-build --disable-xctest "$@"
