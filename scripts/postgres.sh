#!/usr/bin/env bash
# A throw-away PostgreSQL for tests, on a unix socket and a free loopback port.
#
#   scripts/postgres.sh start DIR [OWNER]   starts one in DIR (new or empty) and prints its postgres:// URL
#   scripts/postgres.sh env DIR             prints the line that exports it as WAYBILL_TEST_POSTGRES
#   scripts/postgres.sh stop DIR            stops it and removes DIR
#
# It ends by itself, DIR and all, when the process OWNER (the caller, where not given; 0 for none) is gone, or after
# WAYBILL_POSTGRES_MINUTES (60). As root the server runs as the user postgres, because initdb refuses root; DIR must
# then lie where that user may go, such as /tmp. Commits wait for the disk, as they do in production.
set -euo pipefail

fail() { printf 'postgres: %s\n' "$*" >&2; exit 1; }

# The folder of the server's programs: version 15 where it is there, else the newest.
find_programs() {
    local newest
    if [[ -x /usr/lib/postgresql/15/bin/initdb ]]; then
        echo /usr/lib/postgresql/15/bin
    elif newest=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) && [[ -n $newest ]]; then
        echo "$newest"
    elif command -v initdb >/dev/null; then
        dirname "$(command -v initdb)"
    else
        fail "no PostgreSQL server here; scripts/setup.sh test installs one"
    fi
}

as_server() {
    if [[ $(id -u) == 0 ]]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# Starts the server on a port that is free. Ports below 32768 are not handed out to outgoing connections.
start_server() {
    local try port options
    for try in 1 2 3 4 5 6 7 8; do
        port=$((20000 + RANDOM % 12000))
        options="-p $port -k $dir -c listen_addresses=127.0.0.1 -c max_connections=400 -c shared_buffers=256MB"
        options+=" -c fsync=on -c synchronous_commit=on -c timezone=UTC -c log_min_messages=warning"
        if as_server "$programs/pg_ctl" start -w -t 60 -s -D "$dir/data" -l "$dir/server.log" -o "$options" \
            >/dev/null 2>&1 </dev/null; then
            echo "$port"
            return
        fi
        [[ $try == 8 ]] || grep -q 'already in use\|could not bind' "$dir/server.log" 2>/dev/null || break
    done
    tail -n 20 "$dir/server.log" >&2 || true
    return 1
}

# Waits for the owner's end or the time limit, whichever is first, then stops the server.
watch_over() {
    local deadline=$((SECONDS + ${WAYBILL_POSTGRES_MINUTES:-60} * 60))
    trap '' INT HUP
    while [[ -f $dir/data/postmaster.pid && $SECONDS -lt $deadline ]]; do
        [[ $owner == 0 ]] || kill -0 "$owner" 2>/dev/null || break
        sleep 1
    done
    stop_server
}

stop_server() {
    [[ -d $dir ]] || return 0
    [[ -f $dir/data/PG_VERSION ]] || fail "$dir holds no database of this script"
    as_server "$programs/pg_ctl" stop -w -t 30 -s -m immediate -D "$dir/data" >/dev/null 2>&1 || true
    rm -rf "$dir"
}

start() {
    local secret port url
    mkdir -p "$dir"
    [[ -z $(ls -A "$dir") ]] || fail "$dir is not empty"
    secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s\n' "$secret" >"$dir/secret"
    chmod 700 "$dir"
    if [[ $(id -u) == 0 ]]; then chown -R postgres: "$dir"; fi
    as_server "$programs/initdb" -D "$dir/data" -U waybill --pwfile="$dir/secret" --auth-local=trust --auth-host=md5 \
        --locale=C --encoding=UTF8 --no-sync >"$dir/log" 2>&1 </dev/null \
        || { cat "$dir/log" >&2; rm -rf "$dir"; fail "initdb failed"; }
    port=$(start_server) || { rm -rf "$dir"; fail "the server did not start"; }
    as_server "$programs/createdb" -h "$dir" -p "$port" -U waybill waybill
    url="postgres://waybill:$secret@127.0.0.1:$port/waybill"
    printf '%s\n' "$url" >"$dir/url"
    setsid "$0" watch "$dir" "$owner" >/dev/null 2>&1 </dev/null &
    printf '%s\n' "$url"
}

[[ $# -ge 2 ]] || fail "usage: scripts/postgres.sh start|stop|env DIR"
programs=$(find_programs)
dir=$(realpath -m "$2")
owner=${3:-$PPID}
case $1 in
    start) start ;;
    watch) watch_over ;;
    stop) stop_server ;;
    env) [[ -f $dir/url ]] || fail "nothing runs in $dir"; printf 'export WAYBILL_TEST_POSTGRES=%q\n' "$(cat "$dir/url")" ;;
    *) fail "usage: scripts/postgres.sh start|stop|env DIR" ;;
esac
