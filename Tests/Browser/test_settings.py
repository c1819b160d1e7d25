"""Settings that people change: a site's shifts, a merchant's return policy, an order and its hold."""
import json
import urllib.request


def api(server, path, body=None):
    headers = {"Authorization": f"Bearer {server.operator_key}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    text = urllib.request.urlopen(urllib.request.Request(server.url + path, data, headers), timeout=20).read()
    return json.loads(text) if text else None


def test_an_operator_changes_a_shift(server, as_role, look):
    site = next(one for one in api(server, "/v1/sites")["items"] if one["mode"] == "own" and one["kind"] == "fulfillment_center")["id"]
    page = as_role("operator", width=1440)
    page.goto(f"/sites/{site}")
    assert page.get_by_role("cell", name="60", exact=True).count() > 0
    page.locator("details:has(form[action$=shifts]) summary").click()
    form = page.locator("form[action$=shifts]")
    form.locator("[name=days]").select_option("7")
    form.locator("[name=units]").fill("33")
    look(page, "site-shift")
    form.locator("button").click()
    page.get_by_role("cell", name="33", exact=True).wait_for()
    stated = api(server, f"/v1/sites/{site}/capacities")["capacities"]
    assert [one["units"] for one in stated if one["weekday"] == 7] == [33]
    row = page.locator("tr", has=page.get_by_role("cell", name="33", exact=True))
    row.locator("form button").click()
    page.get_by_role("cell", name="33", exact=True).wait_for(state="detached")
    phone = as_role("operator", width=390, dark=True)
    phone.goto(f"/sites/{site}")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(phone, "site-390-dark")


def test_a_merchant_changes_the_return_policy(as_role, look):
    page = as_role("merchant", width=390)
    page.goto("/portal/policy")
    look(page, "portal-policy-390")
    page.locator("[name=window_days]").fill("14")
    page.locator("[name=restocking]").fill("10")
    page.locator("form[action*='/portal/policy'] button").click()
    page.get_by_text("14 days").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, "portal-policy-changed")


def test_a_merchant_keeps_goods_from_a_channel(as_role, look):
    page = as_role("merchant")
    page.goto("/portal/limits")
    page.locator("details:has(form[action$=channels]) summary").click()
    form = page.locator("form[action$=channels]")
    form.locator("[name=channel]").fill("shop")
    form.locator("[name=safety]").fill("7")
    look(page, "portal-channels")
    form.locator("button").click()
    page.get_by_role("cell", name="7", exact=True).wait_for()


def test_support_raises_a_line_and_holds_until_a_day(server, as_role, look):
    merchant = api(server, "/v1/merchants")["items"][0]["id"]
    skus = [one["code"] for one in api(server, f"/v1/merchants/{merchant}/skus?limit=2")["items"]]
    order = api(server, "/v1/orders", {
        "merchant": merchant, "channel": "shop", "number": "RAISE-1", "currency": "EUR", "payment": "pending",
        "recipient": {
            "name": "Ada Muster", "phone": "+49 30 5550124", "street": ["Hauptstr. 1"], "city": "Berlin", "postal_code": "10115",
            "country": "DE"},
        "lines": [{"sku": skus[0], "quantity": 1, "unit_price_minor": 1000}], "backorder": True})["id"]
    page = as_role("support")
    page.goto(f"/orders/{order}")
    page.locator("details:has(form[action$=changes]) summary").click()
    form = page.locator("form[action$=changes]")
    form.locator("[name^=units_]").fill("2")
    form.locator("[name=add_sku]").fill(skus[1])
    form.locator("[name=add_units]").fill("1")
    form.locator("[name=add_price]").fill("4.50")
    look(page, "order-raise")
    form.locator("button").click()
    page.get_by_text("24.50").first.wait_for()
    page.locator("details:has(form[action$=holds]) summary").click()
    form = page.locator("form[action$=holds]")
    form.locator("[name=reason]").fill("on holiday")
    form.locator("[name=until]").fill("2027-06-01")
    form.locator("button").click()
    page.locator("form[action$=releases] button").wait_for()
    look(page, "order-held-until")
