"""A demo server, a browser, and a look at a page: what all tests of the console in a browser share.

`as_role("merchant")` gives a page of somebody who is signed in; `look(page, "name")` checks that the browser had nothing to
complain about and that axe finds no violation, and keeps a screenshot under artifacts/.
"""
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
ARTIFACTS = pathlib.Path(os.environ.get("WAYBILL_ARTIFACTS", ROOT / "artifacts"))
# The server ends by itself after so many seconds, whatever happens to the tests.
LIFE = "900"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A demo on loopback, with a folder of its own."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.arguments = arguments
        self.process = None

    def start(self):
        program = os.environ.get("WAYBILL", ROOT / ".build/debug/waybill")
        self.log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen(
            ["timeout", LIFE, program, "demo", "--folder", self.folder / "demo", "--port", str(self.port), *self.arguments],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).read()
                return self
            except OSError:
                assert self.process.poll() is None, (self.folder / "server.log").read_text()
                time.sleep(0.1)
        raise AssertionError("the demo did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.log.close()

    @property
    def operator_key(self):
        return (self.folder / "demo/operator.key").read_text().strip()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("waybill")).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    names = ["chromium", "chromium-browser", "google-chrome"]
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, "chromium is not installed: scripts/setup.sh test"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture
def visit(server, browser):
    """Opens a page of somebody who is not signed in; what the browser complains about is kept in `page.complaints`."""
    contexts = []

    def make(width=1280, height=800, dark=False, locale="en-GB", script=True, **options):
        context = browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light",
            locale=locale, java_script_enabled=script, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def as_role(visit):
    """Opens the first page of somebody with this role."""

    def make(role, **options):
        page = visit(**options)
        page.goto("/sign-in")
        page.locator(f"input[name=role][value={role}] + button").click()
        page.wait_for_url(lambda address: "/sign-in" not in address)
        return page

    return make


@pytest.fixture(scope="session")
def look():
    ARTIFACTS.mkdir(exist_ok=True)

    def check(page, name, full=True, complaints=()):
        page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=full, animations="disabled")
        violations = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response["violations"]
        told = [(found["id"], [node["target"] for node in found["nodes"]][:5], found["help"]) for found in violations]
        assert not told, f"{name}: {told}"
        unexpected = [text for text in page.complaints if not any(known in text for known in complaints)]
        assert not unexpected, f"{name}: {unexpected}"

    return check
