"""The pictures of docs/tour.md, taken of a demo in motion. `make tour` puts them where the page finds them."""
import json
import re
import time
import urllib.request

import pytest

from conftest import ARTIFACTS, ROOT

LARGEST = 120_000  # bytes of a picture


def ask(server, path):
    request = urllib.request.Request(server.url + path, headers={"Authorization": f"Bearer {server.operator_key}"})
    return json.loads(urllib.request.urlopen(request, timeout=20).read())


@pytest.fixture(scope="module")
def packed(server):
    """An order with a parcel: the demo's floor needs a while for its first."""
    for _ in range(120):
        for order in ask(server, "/v1/orders?limit=100")["items"]:
            whole = ask(server, f"/v1/orders/{order['id']}")
            if whole["parcels"]:
                return whole
        time.sleep(1)
    raise AssertionError("no order was packed within two minutes")


# Name, role (None: nobody is signed in), path, width, height, dark.
PICTURES = [
    ("tower", "operator", "/tower", 1280, 820, False),
    ("wall", "reader", "/tower/wall", 1280, 720, True),
    ("order", "support", "/orders/{order}", 1280, 820, False),
    ("shift", "lead", "/shift", 1280, 820, False),
    ("floor", "floor", "/floor", 390, 780, False),
    ("stock", "operator", "/stock", 1280, 820, False),
    ("portal", "merchant", "/portal", 1280, 820, False),
    ("shopper", None, "{tracking}", 390, 780, False),
]


@pytest.mark.parametrize("name,role,path,width,height,dark", PICTURES, ids=[picture[0] for picture in PICTURES])
def test_picture(visit, as_role, packed, name, role, path, width, height, dark):
    page = as_role(role, width=width, height=height, dark=dark) if role else visit(width=width, height=height, dark=dark)
    answer = page.goto(path.format(order=packed["id"], tracking=packed["tracking_path"]))
    assert answer.status == 200
    page.wait_for_timeout(300)
    folder = ARTIFACTS / "tour"
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / f"{name}.jpg"
    page.screenshot(path=picture, type="jpeg", quality=60, animations="disabled")
    assert picture.stat().st_size < LARGEST


def test_the_page_shows_every_picture():
    shown = re.findall(r"\(tour/([a-z-]+)\.jpg\)", (ROOT / "docs/tour.md").read_text())
    assert shown == [picture[0] for picture in PICTURES]
