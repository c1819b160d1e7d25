"""What shoppers see without an account: their parcels, and the way of a return, on a phone."""
import json
import time
import urllib.request

import pytest


def api(server, path, body=None):
    headers = {"Authorization": f"Bearer {server.operator_key}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    return json.load(urllib.request.urlopen(urllib.request.Request(server.url + path, data, headers), timeout=20))


def path_of(server, state, seconds=90):
    """The link of an order in this state, as the API tells it."""
    for _ in range(seconds):
        found = api(server, f"/v1/orders?state={state}&limit=5")["items"]
        if found:
            return api(server, f"/v1/orders/{found[0]['id']}")["tracking_path"]
        time.sleep(1)
    raise AssertionError(f"no order was ever {state}")


REPORTS = {"courier": "/v1/tracking-updates", "partner": "/v1/partner/tracking-updates"}


def delivered(server, seconds=90):
    """The link of an order that has just arrived: who has it says so."""
    for _ in range(seconds):
        for found in api(server, "/v1/orders?state=shipped&limit=10")["items"]:
            path = f"/v1/orders/{found['id']}"
            order = api(server, path)
            if any(parcel["state"] != "handed_over" for parcel in order["parcels"]):
                continue
            for parcel in order["parcels"]:
                label = next(label for label in parcel["labels"] if label["state"] == "current")
                update = {"number": label["number"], "code": "delivered", "at": parcel["handed_over_at"]}
                api(server, REPORTS[label["issuer"]], {"updates": [update]})
            for _ in range(30):
                if api(server, path)["state"] == "delivered":
                    return order["tracking_path"]
                time.sleep(0.2)
        time.sleep(1)
    raise AssertionError("no order was ever on its way")


@pytest.mark.parametrize("width, dark, locale", [(390, False, "en-GB"), (1280, True, "pt-PT")])
def test_a_shopper_finds_the_parcel(server, visit, look, width, dark, locale):
    page = visit(width=width, dark=dark, locale=locale)
    page.goto(path_of(server, "shipped"))
    assert page.locator("h1").count() == 1
    assert page.locator(".parcel .steps").count() >= 1
    assert page.locator(".parcel .goods li").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, f"shopper-{width}")


def test_a_shopper_sends_something_back(server, visit, look):
    page = visit(width=390)
    page.goto(delivered(server))
    look(page, "shopper-delivered")
    page.get_by_role("link", name="Start a return").click()
    page.locator("select[name^=quantity_]").first.select_option("1")
    page.locator("select[name^=reason_]").first.select_option("damaged")
    look(page, "shopper-return")
    page.get_by_role("button", name="See what I get back").click()
    assert "costs you nothing" in page.inner_text(".shop")
    look(page, "shopper-summary")
    page.get_by_role("button", name="Confirm the return").click()
    page.wait_for_url("**/returns/rma_*")
    page.locator(".qr").wait_for()
    assert page.locator(".secret").inner_text().startswith("R")
    look(page, "shopper-code")
    page.get_by_role("button", name="Withdraw the return").click()
    page.get_by_role("heading", name="Withdrawn").wait_for()


def test_the_return_works_without_script(server, visit):
    page = visit(width=390, script=False)
    path = delivered(server)
    page.goto(path + "/return")
    for one in page.locator("select[name^=quantity_]").all():
        one.select_option("0")
    page.get_by_role("button", name="See what I get back").click()
    assert page.locator(".refusal").is_visible()
    page.locator("select[name^=quantity_]").first.select_option("1")
    page.get_by_role("button", name="See what I get back").click()
    page.get_by_role("button", name="Confirm the return").click()
    page.wait_for_url("**/returns/rma_*")


def test_the_address_wants_a_second_proof(server, visit, look):
    page = visit(width=390)
    page.goto(path_of(server, "open") + "/address")
    if page.locator("form").count() == 0:
        pytest.skip("a courier has it already")
    for name, text in {"proof": "00000", "street": "Neuer Weg 2", "postal_code": "14467", "city": "Potsdam"}.items():
        page.locator(f"input[name={name}]").fill(text)
    page.get_by_role("button", name="Change the address").click()
    page.locator(".error:visible, .refusal:visible").first.wait_for()
    look(page, "shopper-address", complaints=["403", "409"])


def test_nobody_guesses_a_link(visit):
    page = visit()
    assert page.goto("/t/0r5abc-00000000000000000000000000000000").status == 404
