"""Goodwill within a merchant's limit, and claims: of the support desk, the merchant, the shopper."""
import json
import time
import urllib.request

import pytest


def api(server, path, body=None, method=None):
    headers = {"Authorization": f"Bearer {server.operator_key}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    text = urllib.request.urlopen(urllib.request.Request(server.url + path, data, headers, method=method), timeout=20).read()
    return json.loads(text) if text else None


REPORTS = {"courier": "/v1/tracking-updates", "partner": "/v1/partner/tracking-updates"}


def delivered(server, merchant, seconds=90):
    """An order of the merchant that has just arrived: who has it says so."""
    for _ in range(seconds):
        for found in api(server, "/v1/orders?state=shipped&limit=100")["items"]:
            path = f"/v1/orders/{found['id']}"
            order = api(server, path)
            if order["merchant"] != merchant or any(parcel["state"] != "handed_over" for parcel in order["parcels"]):
                continue
            for parcel in order["parcels"]:
                label = next(label for label in parcel["labels"] if label["state"] == "current")
                update = {"number": label["number"], "code": "delivered", "at": parcel["handed_over_at"]}
                api(server, REPORTS[label["issuer"]], {"updates": [update]})
            for _ in range(30):
                if api(server, path)["state"] == "delivered":
                    return order
                time.sleep(0.2)
        time.sleep(1)
    raise AssertionError("no order of the merchant was ever on its way")


@pytest.fixture(scope="session")
def merchant(server):
    return api(server, "/v1/merchants?limit=1")["items"][0]["id"]


@pytest.fixture(scope="session")
def order(server, merchant):
    return delivered(server, merchant)


def fill(page, action, **fields):
    form = page.locator(f"form[action$='{action}']")
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
    form.locator("button[type=submit]").click()
    return form


def test_support_gives_goodwill_within_the_limit(as_role, look, order):
    page = as_role("support", width=1440)
    page.goto(f"/orders/{order['id']}")
    page.locator("details:has(form[action$=goodwill]) summary").click()
    form = fill(page, "/goodwill", amount="9999", reason="late", note="two days late")
    form.locator(".error:visible").first.wait_for()
    assert "more" in form.locator(".error:visible").first.inner_text()
    look(page, "goodwill-refused", complaints=("status of 4",))
    fill(page, "/goodwill", amount="0.50", reason="late", note="two days late")
    page.locator("#goodwill li").first.wait_for()
    assert "0.50" in page.locator("#goodwill li").first.inner_text()
    look(page, "goodwill-given", complaints=("status of 4",))


@pytest.mark.parametrize("width,dark", [(1440, False), (1440, True), (390, False)])
def test_a_carrier_is_claimed_from(server, as_role, look, merchant, order, width, dark):
    page = as_role("support", width=width, dark=dark)
    page.goto("/claims")
    look(page, f"claims-{width}{'-dark' if dark else ''}")
    if page.locator("a.row").count() == 0:
        page.goto(f"/orders/{order['id']}")
        page.locator("details:has(form[action$=claims]) summary").click()
        fill(page, "/claims", kind="carrier", reason="damaged", note="crushed on one side")
        page.wait_for_url("**/claims/clm_*")
        look(page, f"claim-open-{width}")
        fill(page, "/sending", reference="CLM-7")
        page.locator("form[action$=decision]").wait_for()
        fill(page, "/decision", granted="1.00", answer="half of it")
        page.locator("form[action$=decision]").wait_for(state="detached")
    else:
        page.locator("a.row").first.click()
        page.wait_for_url("**/claims/clm_*")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, f"claim-{width}{'-dark' if dark else ''}")


def test_a_merchant_sets_a_limit_and_asks_for_reimbursement(server, as_role, look, merchant):
    site = next(one for one in api(server, "/v1/sites")["items"] if one["kind"] == "fulfillment_center" and one["mode"] == "own")["id"]
    bins = [one["id"] for one in api(server, f"/v1/sites/{site}/locations?kind=bin&limit=1")["items"]]
    sku = api(server, f"/v1/merchants/{merchant}/skus?limit=1")["items"][0]["id"]
    api(server, "/v1/stock/openings", {"lines": [{"sku": sku, "location": bins[0], "quantity": 500}]})
    api(server, "/v1/stock/counts", {"location": bins[0], "sku": sku, "counted": 400})
    page = as_role("merchant")
    page.goto("/portal/limits")
    look(page, "portal-limits")
    page.locator("[name=most_support]").fill("20")
    page.locator("[name=share_support]").fill("30")
    page.locator("form:has([name=most_support]) button").click()
    page.get_by_text("30 %").first.wait_for()
    page.goto("/portal/losses")
    page.locator("a.button[href*='/claim']").first.click()
    look(page, "portal-ask")
    fill(page, "/claim", amount="12.40", note="bought at 12.40")
    page.wait_for_url("**/claims/clm_*")
    claim = page.url.rsplit("/", 1)[1]
    look(page, "portal-asked")
    lead = as_role("operator")
    lead.goto(f"/claims/{claim}")
    fill(lead, "/decision", granted="10", answer="what the books say")
    lead.locator("form[action$=decision]").wait_for(state="detached")
    page.goto("/portal/losses")
    assert "10.00" in page.locator("main").inner_text()
    look(page, "portal-reimbursed")


@pytest.mark.parametrize("width", [390])
def test_a_shopper_says_what_is_wrong_and_the_shop_answers(server, visit, as_role, look, merchant, order, width):
    mine = delivered(server, merchant)
    page = visit(width=width, height=844)
    page.goto(mine["tracking_path"])
    page.locator("details:has(form[action$=claim]) summary").first.click()
    look(page, "shopper-claim")
    fill(page, "/claim", reason="missing")
    page.locator(".parcel p.note").first.wait_for()
    look(page, "shopper-claimed")
    shop = as_role("merchant")
    shop.goto("/claims")
    shop.locator("a.row").first.click()
    shop.wait_for_url("**/claims/clm_*")
    look(shop, "claim-decide")
    fill(shop, "/decision", granted="0.20", answer="a part")
    shop.locator("form[action$=decision]").wait_for(state="detached")
    page.reload()
    assert "0.20" in page.locator(".parcel p.note").first.inner_text()
