"""Orders: found by what one has in hand, each with its story; the support desk; parcels and trips."""
import json
import urllib.request

import pytest


@pytest.fixture(scope="session")
def order(server):
    """An order of somebody who can be called. It is not paid for, so that it stays where it is."""
    headers = {"Authorization": f"Bearer {server.operator_key}", "Content-Type": "application/json", "Idempotency-Key": "browser-orders"}

    def ask(method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(server.url + path, data=data, headers=headers, method=method)
        return json.loads(urllib.request.urlopen(request, timeout=20).read())

    merchant = ask("GET", "/v1/merchants")["items"][0]["id"]
    sku = ask("GET", f"/v1/merchants/{merchant}/skus")["items"][0]["code"]
    return ask("POST", "/v1/orders", {
        "merchant": merchant, "channel": "shop", "number": "CALL-1", "currency": "EUR", "payment": "pending",
        "recipient": {
            "name": "Ada Muster", "phone": "+49 30 5550123", "email": "ada@example.org", "street": ["Hauptstr. 1"],
            "city": "Berlin", "postal_code": "10115", "country": "DE"},
        "lines": [{"sku": sku, "quantity": 1, "unit_price_minor": 1290}], "backorder": True})["id"]


@pytest.mark.parametrize("dark,width", [(False, 1440), (True, 1440), (False, 390)])
def test_orders_and_one_of_them(as_role, look, order, dark, width):
    page = as_role("operator", width=width, height=900, dark=dark)
    page.goto("/orders")
    assert page.locator("tbody tr").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    kind = f"{'dark' if dark else 'light'}-{width}"
    look(page, f"orders-{kind}")
    page.goto(f"/orders/{order}")
    assert page.locator(".answer dd").count() == 3
    assert page.locator(".timeline li").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, f"order-{kind}")


def test_filters_stay_in_the_address(as_role):
    page = as_role("planner")
    page.goto("/orders?state=open&promise=late")
    assert page.locator("select[name=state]").input_value() == "open"
    assert page.locator("select[name=promise]").input_value() == "late"


@pytest.mark.parametrize("words", ["CALL-1", "+49 30 5550123", "ADA@example.org"])
def test_the_search_leads_to_the_order(as_role, order, words):
    page = as_role("support")
    page.locator(".find input").fill(words)
    page.locator(".find input").press("Enter")
    page.wait_for_url(f"**/orders/{order}")


def test_the_support_desk_answers_and_acts(as_role, look, order):
    page = as_role("support", locale="pt-PT")
    page.goto("/support")
    page.locator("#asked").fill("ada@example.org")
    page.locator("#asked").press("Enter")
    page.locator(".answers .answer").first.wait_for()
    look(page, "support")
    page.goto(f"/orders/{order}/recipient")
    assert page.get_by_text("Ada Muster").count() > 0
    look(page, "recipient")
    page.goto(f"/orders/{order}")
    page.locator("details:has(form[action$=holds]) summary").click()
    page.locator("form[action$=holds] input[name=reason]").fill("to check")
    page.locator("form[action$=holds] button").click()
    page.locator("form[action$=releases] button").wait_for()
    page.locator("form[action$=releases] button").click()
    page.locator("form[action$=releases]").wait_for(state="detached")


def test_parcels_bags_trips_and_carriers(as_role, look):
    page = as_role("operator", width=1440)
    for name in ["parcels", "bags", "trips", "carriers"]:
        page.goto(f"/{name}")
        look(page, name)
        if page.locator("a.row").count():
            page.locator("a.row").first.click()
            page.wait_for_url(lambda address: f"/{name}" not in address or address.count("/") > 3)
            look(page, f"{name}-one")


def test_a_reader_sees_no_people(as_role, order):
    page = as_role("reader")
    page.goto(f"/orders/{order}")
    assert page.locator("form[data-form]").count() == 0
    assert page.goto(f"/orders/{order}/recipient").status == 403
