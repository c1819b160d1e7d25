#!/usr/bin/env bash
# Installs what Waybill needs from the system and nothing that is there already.
#
#   scripts/setup.sh run     what building and running needs
#   scripts/setup.sh test    that, and what the tests need
#
# Debian packages come through apt-get, as root or through sudo. The Python tools of the API's and the browser's tests go into
# .build-tools/venv, unless all are on the PATH. On a system without apt-get it names what is missing and goes on.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-run}
# What a Swift toolchain that was only unpacked needs to start and to link; wanted where it does not.
toolchain_packages=(binutils g++ git libcurl4-openssl-dev libncurses-dev libxml2-dev)
run_packages=(libpq-dev libsqlite3-dev libzint-dev libhpdf-dev zlib1g-dev pkg-config fonts-dejavu-core tzdata)
test_packages=(zbar-tools poppler-utils python3 python3-pip python3-venv)
venv=.build-tools/venv

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# Prints those of its arguments that dpkg does not hold as installed.
missing_packages() {
    local installed package
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    installed=" $(sed -n 's/ installed$//p' <<<"$installed" | tr '\n' ' ')"
    for package in "$@"; do
        [[ $installed == *" $package "* ]] || printf '%s\n' "$package"
    done
}

# Prints the packages of programs that may come from elsewhere, where the program is not there at all.
missing_programs() {
    if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && ! command -v initdb >/dev/null; then
        echo postgresql
    fi
    if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null \
        && ! command -v google-chrome >/dev/null; then
        echo chromium
    fi
}

toolchain_runs() {
    swift --version >/dev/null 2>&1 && command -v git >/dev/null && command -v ld >/dev/null && command -v g++ >/dev/null
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        fail "not root, and no sudo. Please install as root: apt-get install ${packages[*]}"
    elif [[ -t 0 ]]; then
        sudo "$@"
    else
        sudo -n "$@" || fail "sudo wants a password. Please install: sudo apt-get install ${packages[*]}"
    fi
}

# Runs apt-get; its output is shown only where it fails.
apt() {
    local log status=0
    log=$(mktemp)
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        "$@" >"$log" 2>&1 </dev/null || status=$?
    if [[ $status != 0 ]]; then cat "$log" >&2; fi
    rm -f "$log"
    return "$status"
}

# Debian's PostgreSQL package would create and start a cluster on port 5432; the tests start their own.
without_a_cluster() {
    local folder=/etc/postgresql-common/createcluster.d status=0
    as_root mkdir -p "$folder"
    as_root sh -c "echo 'create_main_cluster = false' > $folder/waybill-setup.conf"
    "$@" || status=$?
    as_root rm -f "$folder/waybill-setup.conf"
    return "$status"
}

install_packages() {
    say "installing ${packages[*]}"
    apt update || say "apt-get update failed; going on with the lists that are there"
    local index
    for index in "${!packages[@]}"; do
        if [[ ${packages[index]} == postgresql ]] && apt-cache show postgresql-15 >/dev/null 2>&1; then
            packages[index]=postgresql-15
        fi
    done
    if [[ " ${packages[*]} " == *" postgresql"* ]]; then
        without_a_cluster apt install -y --no-install-recommends "${packages[@]}"
    else
        apt install -y --no-install-recommends "${packages[@]}"
    fi || fail "apt-get could not install ${packages[*]}"
}

install_python_tools() {
    if command -v openapi-spec-validator >/dev/null && command -v schemathesis >/dev/null \
        && python3 -c 'import standardwebhooks, pytest, playwright, axe_playwright_python' 2>/dev/null; then return; fi
    if cmp -s scripts/requirements.txt "$venv/requirements.txt"; then return; fi
    say "installing $(tr '\n' ' ' <scripts/requirements.txt)into $venv"
    local python=python3
    if [[ -x /usr/bin/python3 ]]; then python=/usr/bin/python3; fi
    "$python" -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-input -r scripts/requirements.txt </dev/null \
        || fail "pip could not install $(tr '\n' ' ' <scripts/requirements.txt)"
    cp scripts/requirements.txt "$venv/requirements.txt"
}

case $purpose in
    run) wanted=("${run_packages[@]}") ;;
    test) wanted=("${run_packages[@]}" "${test_packages[@]}") ;;
    *) fail "usage: scripts/setup.sh run|test" ;;
esac

if ! toolchain_runs; then wanted+=("${toolchain_packages[@]}"); fi

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    mapfile -t packages < <(missing_packages "${wanted[@]}"; if [[ $purpose == test ]]; then missing_programs; fi)
    if [[ ${#packages[@]} -gt 0 ]]; then install_packages; fi
else
    say "no apt-get here. Please have what these Debian packages hold: ${wanted[*]}"
fi
if [[ $purpose == test ]]; then install_python_tools; fi
