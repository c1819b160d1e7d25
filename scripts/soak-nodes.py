#!/usr/bin/env python3
"""Two nodes on one PostgreSQL under load: one is killed in the middle, or the database itself and its replica promoted.

    soak-nodes.py WAYBILL nodes|replica [--times 6] [--clients 6] [--seed 1]

Shoppers fight over one SKU, of which there is less than they want, and buy others beside it. Whatever dies, every order
that was acknowledged is there afterwards, once and with the same id; one in doubt is sent again to the other node and becomes
exactly one order; of the SKU no more is promised than there is, and none is left while somebody was refused; both nodes took
orders; nobody saw an error but a lost connection or "not now". At the end the store is audited.
"""
import argparse
import glob
import http.client
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from soak_shop import Server, free_port, order

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("waybill")
options.add_argument("what", choices=["nodes", "replica"])
options.add_argument("--times", type=int, default=6)
options.add_argument("--clients", type=int, default=6)
options.add_argument("--seed", type=int, default=1)
options = options.parse_args()
chance = random.Random(options.seed)
programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True) + [os.path.dirname(shutil.which("initdb") or "")]
programs = programs[0]


class Database:
    """A PostgreSQL in a folder of its own, which commits to the disk, and to a replica where one follows."""

    def __init__(self, folder, port=None):
        self.folder, self.port = folder, port or free_port()

    @staticmethod
    def run(program, *arguments, check=True):
        command = [f"{programs}/{program}", *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if check and done.returncode != 0:
            sys.exit(f"{program} failed: {done.stdout} {done.stderr}")
        return done.stdout

    def make(self):
        self.run("initdb", "-D", self.folder, "-U", "waybill", "--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync")
        with open(f"{self.folder}/pg_hba.conf", "a") as access:
            access.write("host replication all 127.0.0.1/32 trust\n")
        self.start()
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "waybill", "waybill")
        return self

    def start(self):
        settings = f"-p {self.port} -k /tmp -c listen_addresses=127.0.0.1 -c fsync=on -c synchronous_commit=on -c max_connections=80"
        with open(os.devnull, "w") as nowhere:
            command = [f"{programs}/pg_ctl", "start", "-w", "-s", "-D", self.folder, "-l", f"{self.folder}/server.log", "-o", settings]
            if os.getuid() == 0:
                command = ["runuser", "-u", "postgres", "--", *command]
            subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=nowhere, stderr=nowhere, check=True)

    def follow(self, folder):
        """Starts a replica that every commit waits for."""
        replica = Database(folder)
        self.run("pg_basebackup", "-h", "127.0.0.1", "-p", str(self.port), "-U", "waybill", "-D", folder, "-R", "-X", "stream", "-c", "fast")
        replica.start()
        self.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.ask("SELECT pg_reload_conf()")
        deadline = time.monotonic() + 30
        while "sync" not in self.ask("SELECT sync_state FROM pg_stat_replication"):
            if time.monotonic() > deadline:
                sys.exit("the replica does not follow")
            time.sleep(0.1)
        return replica

    def ask(self, text):
        return self.run("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "waybill", "-d", "waybill", "-Atc", text)

    def stop(self, how="immediate", check=False):
        self.run("pg_ctl", "stop", "-w", "-s", "-m", how, "-D", self.folder, check=check)

    def promote(self):
        # No replica is left to wait for.
        self.run("pg_ctl", "promote", "-w", "-D", self.folder)
        self.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
        self.ask("SELECT pg_reload_conf()")


class Shoppers:
    """What was asked for, and what came of it."""

    def __init__(self, key, merchant, hot, skus):
        self.key, self.merchant, self.hot, self.skus = key, merchant, hot, skus
        self.acknowledged, self.refused, self.doubtful, self.faults, self.took = {}, set(), set(), [], {}
        self.lock = threading.Lock()
        self.stopping = False

    def body(self, number):
        mark = sum(number.encode())
        sku = self.hot if mark % 2 == 0 else self.skus[mark % len(self.skus)]
        return order(self.merchant, sku, number, backorder=sku != self.hot)

    def place(self, server, number):
        status, reply = server.ask("POST", "/v1/orders", self.body(number), self.key)
        with self.lock:
            if status in (200, 201):
                if self.acknowledged.setdefault(number, reply["id"]) != reply["id"]:
                    self.faults.append(f"{number} is {self.acknowledged[number]} and {reply['id']}")
                self.took[server.port] = self.took.get(server.port, 0) + 1
            elif status == 409 and reply["code"] == "inventory.stock_short":
                self.refused.add(number)
            elif status == 503:
                return False
            else:
                self.faults.append(f"{number} was answered {status}: {reply}")
            self.doubtful.discard(number)
        return True

    def shop(self, server, name):
        count = 0
        while not self.stopping:
            number = f"{name}-{count}"
            count += 1
            with self.lock:
                self.doubtful.add(number)
            try:
                if not self.place(server, number):
                    time.sleep(0.2)
            except (OSError, http.client.HTTPException, ValueError):
                if server.process.poll() is not None:
                    return
                time.sleep(0.2)

    def settle(self, server):
        """Sends again what is in doubt, and some of what is not."""
        again = sorted(self.doubtful) + chance.sample(sorted(self.acknowledged), min(100, len(self.acknowledged)))
        deadline = time.monotonic() + 120
        while again:
            try:
                if self.place(server, again[-1]):
                    again.pop()
                    continue
            except (OSError, http.client.HTTPException, ValueError):
                pass
            if time.monotonic() > deadline:
                self.faults.append(f"{again[-1]} finds nobody")
                return
            time.sleep(0.2)


def seen(server, key):
    numbers, path = {}, "/v1/orders?limit=200"
    while path:
        page = server.ask("GET", path, key=key)[1]
        for one in page["items"]:
            if one["number"] in numbers:
                shoppers.faults.append(f"{one['number']} is there twice")
            numbers[one["number"]] = one["id"]
        path = f"/v1/orders?limit=200&cursor={page['next']}" if page.get("next") else None
    return numbers


folder = tempfile.mkdtemp(prefix="waybill-nodes.")
os.chmod(folder, 0o755)
for name in ("first", "second"):
    os.mkdir(f"{folder}/{name}")
    if os.getuid() == 0:
        shutil.chown(f"{folder}/{name}", "postgres", "postgres")
    os.chmod(f"{folder}/{name}", 0o700)
primary, replica, servers = Database(f"{folder}/first"), None, []
try:
    demo = Server(options.waybill, "demo", "--quiet", "--folder", f"{folder}/demo")
    key = open(f"{folder}/demo/operator.key").read().strip()
    merchant = demo.ask("GET", "/v1/merchants", key=key)[1]["items"][0]["id"]
    skus = [one["code"] for one in demo.ask("GET", f"/v1/merchants/{merchant}/skus?limit=50", key=key)[1]["items"]]
    demo.stop(signal.SIGTERM)
    primary.make()
    url = f"postgres://waybill@127.0.0.1:{primary.port}/waybill"
    moved = subprocess.run(
        [options.waybill, "copy", "--from", f"sqlite:{folder}/demo/demo.db", "--to", url], capture_output=True, text=True)
    if moved.returncode != 0:
        sys.exit(f"the copy failed: {moved.stdout} {moved.stderr}")
    hosts = f"127.0.0.1:{primary.port}"
    if options.what == "replica":
        replica = primary.follow(f"{folder}/second")
        hosts += f",127.0.0.1:{replica.port}"
    store = f"postgres://waybill@{hosts}/waybill?target_session_attrs=read-write"
    serve = [options.waybill, "serve", "--store", store, "--master-key", f"{folder}/demo/master.key"]
    servers = [Server(*serve), Server(*serve)]
    shoppers = Shoppers(key, merchant, skus[0], skus[1:])

    def load(round, body):
        shoppers.stopping = False
        clients = [
            threading.Thread(target=shoppers.shop, args=(server, f"N-{round}-{index}-{client}"))
            for index, server in enumerate(servers) for client in range(options.clients)]
        for client in clients:
            client.start()
        time.sleep(0.5 + chance.random() * 2)
        body()
        time.sleep(0.5)
        shoppers.stopping = True
        for client in clients:
            client.join()

    if options.what == "nodes":
        for round in range(options.times):
            victim = chance.randrange(2)
            load(round, lambda: servers[victim].stop(signal.SIGKILL))
            shoppers.settle(servers[1 - victim])
            servers[victim] = Server(*serve)
            print(f"kill {round + 1:2}: {len(shoppers.acknowledged)} acknowledged, {len(shoppers.refused)} refused", flush=True)
        database = primary
    else:
        def fail_over():
            primary.stop()
            replica.promote()
        load(0, fail_over)
        database = replica
        shoppers.settle(servers[0])
        shoppers.settle(servers[1])
        print(f"promoted: {len(shoppers.acknowledged)} acknowledged, {len(shoppers.refused)} refused", flush=True)

    numbers = seen(servers[0], key)
    for number, id in shoppers.acknowledged.items():
        if numbers.get(number) != id:
            shoppers.faults.append(f"{number} was acknowledged as {id} and is {numbers.get(number)}")
    for number in shoppers.refused & numbers.keys():
        if number not in shoppers.acknowledged:
            shoppers.faults.append(f"{number} was refused and is there")
    if len(shoppers.took) < 2:
        shoppers.faults.append("one node took no order")
    left = database.ask(
        f"SELECT COALESCE(SUM(sellable - held - reserved), 0) FROM supply WHERE kind = 'on_hand' AND pool = 'main' AND sku = "
        f"(SELECT s.id FROM sku s WHERE s.code = '{skus[0]}' AND s.merchant = (SELECT MIN(id) FROM merchant))").strip()
    if shoppers.refused and left != "0":
        shoppers.faults.append(f"{left} of {skus[0]} are left, and {len(shoppers.refused)} orders for it were refused")
    for server in servers:
        server.stop(signal.SIGTERM)
    servers = []
    audit = subprocess.run([options.waybill, "audit", "--store", store], capture_output=True, text=True)
    print(audit.stdout.strip())
    if audit.returncode != 0:
        shoppers.faults.append("the audit found something")
    deadlocks = database.ask("SELECT deadlocks FROM pg_stat_database WHERE datname = 'waybill'").strip()
    if deadlocks != "0":
        shoppers.faults.append(f"{deadlocks} deadlocks")
        with open(f"{database.folder}/server.log") as log:
            print("".join(list(log)[-60:]), file=sys.stderr)
finally:
    for server in servers:
        server.process.kill()
    for one in (primary, replica):
        if one:
            one.stop()
    shutil.rmtree(folder, ignore_errors=True)
for fault in shoppers.faults[:20]:
    print(fault, file=sys.stderr)
print(f"{options.what}: {len(shoppers.acknowledged)} orders acknowledged by {shoppers.took}, {len(shoppers.faults)} faults")
sys.exit(1 if shoppers.faults else 0)
