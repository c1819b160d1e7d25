"""The floor app: a day's work by scanner keystrokes alone, on a phone's screen, with and without a connection."""
import itertools
import json
import re
import urllib.request

import pytest

from conftest import Server

FAR = "2035-01-01T00:00:00Z"
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A demo without its people: what happens is what the test does."""
    running = Server(tmp_path_factory.mktemp("floor"), "--quiet", "--pace", "60").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def api(server):
    def call(method, path, body=None):
        request = urllib.request.Request(
            server.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {server.operator_key}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    return call


@pytest.fixture(scope="module")
def site(api):
    return next(one["id"] for one in api("GET", "/v1/sites")["items"] if one["code"] == "BER")


@pytest.fixture(scope="module")
def goods(api):
    merchant = api("GET", "/v1/merchants")["items"][0]["id"]
    return merchant, [sku["code"] for sku in api("GET", f"/v1/merchants/{merchant}/skus")["items"]]


@pytest.fixture
def order(api, site, goods):
    """Places an order and releases it to the floor."""

    def place(quantity=1):
        merchant, skus = goods
        place = {"latitude": 52520000, "longitude": 13405000}
        api("POST", "/v1/orders", {
            "merchant": merchant, "number": f"FLOOR-{next(NUMBERS)}", "currency": "EUR",
            "recipient": {"name": "Sam Sample", "street": ["Musterweg 1"], "postal_code": "10115", "city": "Berlin", "country": "DE"},
            "destination": {"country": "DE", "city": "Berlin", "place": place},
            "lines": [{"sku": skus[0], "quantity": quantity, "unit_price_minor": 1990}]})
        released = api("POST", f"/v1/sites/{site}/waves", {"until": FAR})
        assert released["tasks"] >= 1, released

    return place


def scan(page, code):
    with page.expect_response(lambda answer: "/scans" in answer.url):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('line').textContent === ''")


def tap(page, text):
    with page.expect_response(lambda answer: "/scans" in answer.url):
        page.get_by_role("button", name=text).click()


def told(page):
    return page.locator("#screen").get_attribute("data-tone")


def grams(text):
    number, unit = re.search(r"([\d.,]+) (k?g)", text).groups()
    return round(float(number.replace(",", "")) * (1000 if unit == "kg" else 1))


def pick(page, look):
    page.goto("/floor/pick")
    tap(page, "Take a new tote")
    page.wait_for_selector(".big")
    bin_code = page.locator(".big").inner_text()
    scan(page, "NOT-A-BIN")
    assert told(page) == "wrong"
    look(page, "floor-pick-wrong-390")
    scan(page, bin_code)
    assert told(page) == "right"
    look(page, "floor-pick-item-390")
    below = page.locator(".below").all_inner_texts()
    sku, tote = below[0].split(" · ")[0], below[-1].split()[-1]
    scan(page, sku)
    assert told(page) == "right"
    return sku, tote


def pack(page, look, sku, tote):
    page.goto("/floor/pack")
    scan(page, tote)
    scan(page, sku)
    assert told(page) == "right"
    weight = grams(" ".join(page.locator(".below").all_inner_texts()))
    look(page, "floor-pack-weigh-390")
    scan(page, str(weight))
    assert told(page) == "right"


def test_a_parcel_goes_through_the_hands(as_role, look, api, site, order):
    order()
    page = as_role("floor", width=390, height=844)
    page.wait_for_url("**/floor")
    look(page, "floor-390")
    sku, tote = pick(page, look)
    look(page, "floor-pick-390")
    pack(page, look, sku, tote)
    look(page, "floor-pack-390")
    parcel = api("GET", f"/v1/sites/{site}/parcels?state=labelled")["items"]
    for _ in range(40):
        if parcel:
            break
        page.wait_for_timeout(500)
        parcel = api("GET", f"/v1/sites/{site}/parcels?state=labelled")["items"]
    label = page.request.get(f"/floor/labels/{parcel[-1]['id']}")
    assert label.ok and label.body()[:4] == b"%PDF"
    page.goto("/floor/sort")
    scan(page, parcel[-1]["code"])
    assert told(page) == "right"
    look(page, "floor-sort-390")
    if page.get_by_role("button", name="Open a new bag").count():
        tap(page, "Open a new bag")
        page.wait_for_selector(".told.right")
        bag = page.locator(".told").inner_text().split()[-1]
        page.goto("/floor/bag")
        scan(page, bag)
        scan(page, "1500")
        tap(page, "It has no seal")
        page.wait_for_selector(".told.right")


def test_what_comes_is_received_and_put_away(as_role, look, api, site, goods):
    merchant, skus = goods
    number = f"IN-FLOOR-{next(NUMBERS)}"
    asn = api("POST", "/v1/asns", {
        "merchant": merchant, "site": site, "number": number, "expected_at": FAR, "lines": [{"sku": skus[1], "quantity": 12}]})
    page = as_role("floor", width=360, height=740)
    page.goto("/floor/receive")
    scan(page, number)
    scan(page, skus[1])
    look(page, "floor-receive-360")
    scan(page, "10")
    assert told(page) == "right"
    scan(page, skus[1])
    tap(page, "They are damaged")
    scan(page, "2")
    assert told(page) == "warn"
    assert api("GET", f"/v1/asns/{asn['id']}")["lines"][0]["received"] == 12
    page.goto("/floor/putaway")
    scan(page, skus[1])
    place = page.locator(".big").inner_text()
    scan(page, place)
    assert told(page) == "right"


def test_scans_wait_for_the_connection(as_role, look, api, site, goods):
    _, skus = goods
    bin_code = api("GET", f"/v1/sites/{site}/locations?kind=bin")["items"][0]["code"]
    page = as_role("floor", width=360, height=740)
    page.goto("/floor/count")
    page.context.set_offline(True)
    for code in [bin_code, "NOT-GOODS", skus[0], "7"]:
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        page.wait_for_timeout(150)
    page.wait_for_selector("#queue:not([hidden])")
    assert page.locator("#queue li").all_inner_texts() == [bin_code, "NOT-GOODS", skus[0], "7"]
    look(page, "floor-offline-360", complaints=("ERR_INTERNET_DISCONNECTED",))
    page.context.set_offline(False)
    page.wait_for_function("() => document.getElementById('line').textContent === ''", timeout=20_000)
    assert page.locator("#refused li").count() == 1
    assert "NOT-GOODS" in page.locator("#refused li").inner_text()
    assert told(page) in ("right", "warn")
    page.reload()
    assert page.locator("#queue").is_hidden()


def test_a_page_loads_anew_without_a_connection(as_role, look, api, site, goods):
    _, skus = goods
    bin_code = api("GET", f"/v1/sites/{site}/locations?kind=bin")["items"][0]["code"]
    page = as_role("floor", width=360, height=740)
    page.goto("/floor/count")
    page.evaluate(
        """async () => {
            for (;;) {
                const paths = (await (await caches.open('waybill.floor')).keys()).map(one => new URL(one.url).pathname);
                if (paths.includes('/floor/count') && paths.some(path => path.endsWith('.css'))) return;
                await new Promise(done => setTimeout(done, 100));
            }
        }""")
    page.context.set_offline(True)
    page.keyboard.type(bin_code)
    page.keyboard.press("Enter")
    page.wait_for_selector("#queue:not([hidden])")
    page.reload()
    page.wait_for_selector("#queue:not([hidden])")
    assert page.locator("#queue li").all_inner_texts() == [bin_code]
    assert page.evaluate("getComputedStyle(document.querySelector('.floor')).display") != "inline"
    page.keyboard.type(skus[0])
    page.keyboard.press("Enter")
    look(page, "floor-reload-offline-360", complaints=("ERR_INTERNET_DISCONNECTED", "Failed to load resource"))
    page.context.set_offline(False)
    page.wait_for_function("() => document.getElementById('line').textContent === ''", timeout=20_000)
    assert page.locator("#queue").is_hidden()
    assert told(page) in ("right", "warn")


def test_it_works_without_script(visit):
    page = visit(script=False, width=390)
    page.goto("/sign-in")
    page.locator("input[name=role][value=floor] + button").click()
    page.goto("/floor/pick")
    page.locator("#code").fill("NO-TOTE")
    page.locator("#code").press("Enter")
    assert "NO-TOTE" in page.locator(".told.wrong").inner_text()


@pytest.mark.parametrize("process", ["pick", "pack", "receive", "putaway", "sort", "bag", "load", "arrive", "count", "inspect"])
def test_every_process_fits_a_small_screen(as_role, look, process):
    page = as_role("floor", width=360, height=640, dark=True)
    page.goto(f"/floor/{process}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.activeElement.id") == "code"
    look(page, f"floor-{process}-dark")
