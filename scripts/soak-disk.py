#!/usr/bin/env python3
"""Fills the disk under a serving Waybill, twice: once it gets room again while it runs, once after it was killed.

    disk.py WAYBILL [--clients 4]

The disk is a filesystem in memory of a few megabytes, which only root may mount. What cannot be written has to be refused as a
matter of the moment (503) and change nothing; reading goes on; with room again orders are taken again; what was acknowledged is
there, once. At the end the store is audited.
"""
import argparse
import http.client
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

from soak_shop import Server, order, reconcile

MEGABYTE = 1 << 20
options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("waybill")
options.add_argument("--clients", type=int, default=4)
options = options.parse_args()
if os.geteuid() != 0:
    print("disk: skipped, only root may mount a small filesystem")
    sys.exit(0)

folder = tempfile.mkdtemp(prefix="waybill-disk.")
acknowledged, doubtful, refused, faults = {}, set(), {}, []
lock = threading.Lock()


def mount(*arguments):
    subprocess.run(["mount", "-t", "tmpfs", *arguments, "tmpfs", folder], check=True)


def used():
    return sum(path.stat().st_size for path in pathlib.Path(folder).iterdir())


def place(server, number):
    """True where it was taken."""
    status, reply = server.ask("POST", "/v1/orders", order(merchant, skus[len(number) % len(skus)], number), key)
    with lock:
        if status in (200, 201):
            if acknowledged.setdefault(number, reply["id"]) != reply["id"]:
                faults.append(f"{number} is {acknowledged[number]} and {reply['id']}")
        elif status == 503:
            refused[status] = refused.get(status, 0) + 1
        else:
            faults.append(f"{number} was answered {status}: {reply}")
        doubtful.discard(number)
        return status in (200, 201)


def fill(server, name):
    """Places orders until the disk has refused some of each client."""
    def shop(client):
        left, count = 5, 0
        while left > 0 and count < 100_000:
            number = f"D-{name}-{client}-{count}"
            count += 1
            with lock:
                doubtful.add(number)
            left -= 0 if place(server, number) else 1

    clients = [threading.Thread(target=shop, args=(client,)) for client in range(options.clients)]
    for client in clients:
        client.start()
    for client in clients:
        client.join(timeout=300)


def takes_again(server, number):
    for _ in range(100):
        if place(server, number):
            return
        time.sleep(0.1)
    faults.append(f"{number} is not taken although there is room again")


mount("-o", "size=512m")
try:
    first = Server(options.waybill, "demo", "--quiet", "--folder", folder)
    key = open(f"{folder}/operator.key").read().strip()
    merchant = first.ask("GET", "/v1/merchants", key=key)[1]["items"][0]["id"]
    skus = [one["code"] for one in first.ask("GET", f"/v1/merchants/{merchant}/skus?limit=50", key=key)[1]["items"]]
    first.stop(signal.SIGTERM)
    serve = ["serve", "--store", f"sqlite:{folder}/demo.db", "--master-key", f"{folder}/master.key"]

    for name, survives in [("runs", True), ("killed", False)]:
        server = Server(options.waybill, *serve)
        mount("-o", f"remount,size={used() + 8 * MEGABYTE}")
        fill(server, name)
        if server.ask("GET", "/v1/orders?limit=5", key=key)[0] != 200:
            faults.append("orders cannot be read while the disk is full")
        if not survives:
            server.stop(signal.SIGKILL)
        mount("-o", "remount,size=512m")
        if not survives:
            server = Server(options.waybill, *serve)
        takes_again(server, f"D-{name}-again")
        for number in sorted(doubtful):
            place(server, number)
        for number in sorted(acknowledged)[-200:]:
            place(server, number)
        print(f"disk full, {name}: {len(acknowledged)} acknowledged, {sum(refused.values())} refused for the moment", flush=True)
        server.stop(signal.SIGTERM)

    if not refused:
        faults.append("the disk was never full")
    faults += reconcile(options.waybill, serve, f"sqlite:{folder}/demo.db", key, acknowledged)
except (OSError, http.client.HTTPException) as error:
    faults.append(f"a call failed: {error}")
finally:
    subprocess.run(["umount", "-l", folder], check=False)
    os.rmdir(folder)
for fault in faults[:20]:
    print(fault, file=sys.stderr)
print(f"{len(acknowledged)} orders acknowledged on a disk that was full twice, {len(faults)} lost, doubled or wrong")
sys.exit(1 if faults else 0)
