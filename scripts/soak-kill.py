#!/usr/bin/env python3
"""Kills a serving Waybill at random moments under load, and looks after each restart whether anything was lost.

    kill.py WAYBILL [--times 20] [--clients 8] [--seed 1]

Every order that was acknowledged has to be there after the restart, once and with the same id; one that was sent and not
acknowledged is sent again and must become exactly one order. At the end the store is audited.
"""
import argparse
import http.client
import random
import shutil
import signal
import sys
import tempfile
import threading
import time

from soak_shop import Server, order, reconcile

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("waybill")
options.add_argument("--times", type=int, default=20)
options.add_argument("--clients", type=int, default=8)
options.add_argument("--seed", type=int, default=1)
options = options.parse_args()
chance = random.Random(options.seed)


folder = tempfile.mkdtemp(prefix="waybill-kill.")
acknowledged, sent, doubtful, faults = {}, 0, set(), []
lock = threading.Lock()
try:
    first = Server(options.waybill, "demo", "--quiet", "--folder", folder)
    key = open(f"{folder}/operator.key").read().strip()
    merchant = first.ask("GET", "/v1/merchants", key=key)[1]["items"][0]["id"]
    skus = [one["code"] for one in first.ask("GET", f"/v1/merchants/{merchant}/skus?limit=50", key=key)[1]["items"]]
    first.stop(signal.SIGTERM)
    serve = ["serve", "--store", f"sqlite:{folder}/demo.db", "--master-key", f"{folder}/master.key"]

    def place(server, number):
        status, reply = server.ask("POST", "/v1/orders", order(merchant, skus[hash_of(number) % len(skus)], number), key)
        with lock:
            if status not in (200, 201):
                faults.append(f"{number} was answered {status}: {reply}")
            elif acknowledged.setdefault(number, reply["id"]) != reply["id"]:
                faults.append(f"{number} is {acknowledged[number]} and {reply['id']}")
            doubtful.discard(number)

    def hash_of(number):
        return sum(number.encode())

    def shop(server, client, round):
        count = 0
        while server.process.poll() is None:
            number = f"K-{round}-{client}-{count}"
            count += 1
            with lock:
                doubtful.add(number)
            try:
                place(server, number)
            except (OSError, http.client.HTTPException, ValueError):
                return

    for round in range(options.times):
        server = Server(options.waybill, *serve)
        clients = [threading.Thread(target=shop, args=(server, client, round)) for client in range(options.clients)]
        for client in clients:
            client.start()
        time.sleep(0.2 + chance.random() * 2)
        server.stop(signal.SIGKILL)
        for client in clients:
            client.join()
        again = Server(options.waybill, *serve)
        open_ends = sorted(doubtful)
        for number in open_ends:
            place(again, number)
        for number in chance.sample(sorted(acknowledged), min(200, len(acknowledged))):
            place(again, number)
        sent = len(acknowledged)
        print(f"kill {round + 1:2}: {sent} acknowledged, {len(open_ends)} were in doubt", flush=True)
        again.stop(signal.SIGTERM)

    faults += reconcile(options.waybill, serve, f"sqlite:{folder}/demo.db", key, acknowledged)
finally:
    shutil.rmtree(folder, ignore_errors=True)
for fault in faults[:20]:
    print(fault, file=sys.stderr)
print(f"{options.times} kills, {sent} orders acknowledged, {len(faults)} lost, doubled or wrong")
sys.exit(1 if faults else 0)
