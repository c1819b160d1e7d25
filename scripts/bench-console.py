#!/usr/bin/env python3
"""How fast the console answers with many orders on the book: every page it has, as its people see them.

Follows the console's own links from each role's first page, so that a page that is new is measured as well. Prints a line a
page and, last, one JSON object: p95Ms is the slowest page's 95th percentile of the time to its whole HTML, firstPaintMs the
median first contentful paint of the first page in a browser that has nothing cached, firstPageKB what that page takes over the
wire with all it loads.
"""
import argparse
import collections
import html
import http.client
import json
import os
import pathlib
import re
import select
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse

from playwright.sync_api import sync_playwright

IDS = re.compile(r"^[a-z]+_[0-9a-z]{8,}$|^[0-9a-z]+-[0-9a-f]{32}$")
PASSWORD = "only for this measurement"
LEAST = 20  # answers a page is judged by


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`waybill serve`, which ends by itself after a time."""

    def __init__(self, program, folder):
        self.port = free_port()
        self.process = subprocess.Popen(
            ["timeout", "1800", program, "serve", "--store", f"sqlite:{folder / 'console.db'}",
             "--master-key", folder / "master.key", "--port", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        # The owner's link is printed right after, where nobody has an account yet.
        said = ""
        output = self.process.stdout.fileno()
        while "Serving" not in said or select.select([output], [], [], 2)[0]:
            part = os.read(output, 65_536).decode()
            if not part:
                sys.exit("The server ended: " + said)
            said += part
        self.welcome = "/welcome/" + said.split("/welcome/")[1].split()[0] if "/welcome/" in said else None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)


class Visitor:
    """Somebody who is signed in, without a browser: so that only the server is timed."""

    def __init__(self, port, cookies):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Cookie": "; ".join(f"{c['name']}={c['value']}" for c in cookies), "Accept": "text/html"}

    def get(self, path):
        """Milliseconds to the whole answer, its status, type and text."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        spent = (time.perf_counter() - start) * 1000
        return spent, answer.status, answer.getheader("Content-Type", ""), body.decode("utf-8", "replace")


def pattern(path):
    """The page a path belongs to: ids are left out, and of the filters their names are kept."""
    address = urllib.parse.urlsplit(path)
    parts = ["{id}" if IDS.match(part) else part for part in address.path.split("/")]
    names = sorted({name for name, value in urllib.parse.parse_qsl(address.query) if value})
    return "/".join(parts) + ("?" + "&".join(names) if names else "")


def links(text):
    for found in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', text):
        path = html.unescape(found)
        if path.startswith("/") and not path.startswith(("//", "/v1", "/assets", "/docs", "/openapi", "/sign-out")):
            yield path.split("#")[0]


def measure(visitor, starts, limit):
    """Walks the links breadth first, at most `limit` paths a page, and asks for each page until it has enough answers."""
    waiting, known, paths, times = collections.deque(starts), set(starts), collections.defaultdict(list), {}
    while waiting:
        path = waiting.popleft()
        page = pattern(path)
        if len(paths[page]) >= limit:
            continue
        spent, status, kind, text = visitor.get(path)
        if status in (301, 302, 303, 403, 404) or "text/html" not in kind:
            continue
        if status != 200:
            sys.exit(f"{path} answered {status}")
        paths[page].append(path)
        times.setdefault(page, []).append(spent)
        for link in links(text):
            if link not in known:
                known.add(link)
                waiting.append(link)
    for page, found in paths.items():
        while found and len(times[page]) < LEAST + 1:
            times[page].append(visitor.get(found[len(times[page]) % len(found)])[0])
    # The first answer of a page prepares its statements.
    return {page: spent[1:] for page, spent in times.items()}


def p95(values):
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def paint(browser, server, cookies, path, rounds=11):
    """Median first contentful paint in ms and the bytes over the wire, each time with an empty cache."""
    paints, sizes = [], []
    for _ in range(rounds):
        context = browser.new_context(base_url=server.url)
        context.add_cookies(cookies)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        size = [0]
        session.on("Network.loadingFinished", lambda event: size.__setitem__(0, size[0] + event["encodedDataLength"]))
        page.goto(path, wait_until="load")
        # Long enough to paint; the page's own policy lets nobody wait inside of it.
        page.wait_for_timeout(500)
        paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        sizes.append(size[0])
        context.close()
    return statistics.median(paints[1:]), statistics.median(sizes[1:]) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", help="the waybill program, a release build")
    parser.add_argument("folder", type=pathlib.Path, help="with console.db and master.key, see waybill-bench console-fill")
    parser.add_argument("--paths", type=int, default=25, help="different addresses of one page at most")
    options = parser.parse_args()
    server = Server(options.program, options.folder)
    try:
        with sync_playwright() as playwright:
            path = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
            context = browser.new_context(base_url=server.url)
            page = context.new_page()
            page.goto(server.welcome or "/sign-in")
            if not server.welcome:
                page.fill("input[name=login]", "owner")
            page.fill("input[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(lambda address: "/welcome/" not in address and "/sign-in" not in address)
            first = urllib.parse.urlsplit(page.url).path
            cookies = context.cookies()
            starts = [first] + page.eval_on_selector_all("#nav li a", "links => links.map(a => a.getAttribute('href'))")
            context.close()
            times = measure(Visitor(server.port, cookies), starts, options.paths)
            first_paint, size = paint(browser, server, cookies, first)
            browser.close()
    finally:
        server.stop()
    print(f"{'page':60} {'answers':>7} {'p50 ms':>8} {'p95 ms':>8}")
    for page, spent in sorted(times.items(), key=lambda one: -p95(one[1])):
        print(f"{page:60} {len(spent):7} {statistics.median(spent):8.1f} {p95(spent):8.1f}")
    print(json.dumps({
        "p95Ms": round(max(map(p95, times.values())), 1), "firstPaintMs": round(first_paint), "firstPageKB": round(size, 1),
        "pages": len(times)}))


if __name__ == "__main__":
    main()
