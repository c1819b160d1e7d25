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
import subprocess
import sys
import tempfile
import threading
import time

from soak_shop import Server, order

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

    last = Server(options.waybill, *serve)
    seen, path = {}, "/v1/orders?limit=200"
    while path:
        page = last.ask("GET", path, key=key)[1]
        for one in page["items"]:
            if one["number"] in seen:
                faults.append(f"{one['number']} is there twice")
            seen[one["number"]] = one["id"]
        path = f"/v1/orders?limit=200&cursor={page['next']}" if page.get("next") else None
    last.stop(signal.SIGTERM)
    for number, known in acknowledged.items():
        if seen.get(number) != known:
            faults.append(f"{number} was acknowledged as {known} and is {seen.get(number)}")
    faults += [f"{number} was never asked for" for number in seen.keys() - acknowledged.keys()]
    audit = subprocess.run([options.waybill, "audit", "--store", f"sqlite:{folder}/demo.db"], capture_output=True, text=True)
    print(audit.stdout.strip())
    if audit.returncode != 0:
        faults.append("the audit found something")
finally:
    shutil.rmtree(folder, ignore_errors=True)
for fault in faults[:20]:
    print(fault, file=sys.stderr)
print(f"{options.times} kills, {sent} orders acknowledged, {len(faults)} lost, doubled or wrong")
sys.exit(1 if faults else 0)
