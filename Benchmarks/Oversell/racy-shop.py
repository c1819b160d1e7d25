#!/usr/bin/env python3
"""A shop that checks, then writes: the mistake the oversell harness is there to find.

    racy-shop.py PORT [careful]    careful: the check and the write are one step
"""
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

stock = {}
orders = []
lock = threading.Lock()
careful = "careful" in sys.argv[2:]


class Shop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self):
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def do_PUT(self):
        stock[self.path] = self.body()["units"]
        self.answer(200, {"units": stock[self.path]})

    def do_GET(self):
        self.answer(200, {"units": stock.get(self.path, 0)})

    def do_POST(self):
        wanted, sku = self.body()["units"], self.path.replace("/orders/", "/stock/")
        if careful:
            with lock:
                self.sell(sku, wanted)
        else:
            self.sell(sku, wanted)

    def sell(self, sku, wanted):
        left = stock.get(sku, 0)
        if left < wanted:
            return self.answer(409, {"error": "sold out"})
        time.sleep(0.002)
        stock[sku] = left - wanted
        orders.append(sku)
        self.answer(201, {"id": len(orders), "units": wanted})

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512


Server(("127.0.0.1", int(sys.argv[1])), Shop).serve_forever()
