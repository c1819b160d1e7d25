"""A running Waybill and its shoppers, for the scripts that kill one or the other."""
import http.client
import json
import signal
import socket
import subprocess
import sys
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One run of the program on the folder."""

    def __init__(self, waybill, *arguments):
        self.port = free_port()
        self.process = subprocess.Popen(
            [waybill, *arguments, "--port", str(self.port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            try:
                if self.ask("GET", "/healthz")[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"the server did not start: {' '.join(arguments)}")
            time.sleep(0.05)

    def ask(self, method, path, body=None, key=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Content-Type": "application/json"}
            if key:
                headers["Authorization"] = f"Bearer {key}"
            connection.request(method, path, json.dumps(body) if body else None, headers)
            reply = connection.getresponse()
            return reply.status, json.loads(reply.read() or b"null")
        finally:
            connection.close()

    def stop(self, how):
        self.process.send_signal(how)
        self.process.wait(60)


def reconcile(waybill, serve, store, key, acknowledged):
    """What is wrong at the end: orders that are lost, doubled, changed or never asked for, and what the audit finds."""
    faults, seen, path = [], {}, "/v1/orders?limit=200"
    last = Server(waybill, *serve)
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
    faults += [f"{number} was never asked for" for number in sorted(seen.keys() - acknowledged.keys())]
    audit = subprocess.run([waybill, "audit", "--store", store], capture_output=True, text=True)
    print(audit.stdout.strip())
    return faults + (["the audit found something"] if audit.returncode != 0 else [])


def order(merchant, sku, number, backorder=True):
    return {
        "merchant": merchant, "number": number, "currency": "EUR", "backorder": backorder,
        "recipient": {"name": "Sam Sample", "street": ["Musterweg 1"], "postal_code": "10115", "city": "Berlin", "country": "DE"},
        "lines": [{"sku": sku, "quantity": 1, "unit_price_minor": 1990}],
    }
