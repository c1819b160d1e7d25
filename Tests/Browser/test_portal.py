"""The merchant portal: a merchant's day in the browser."""
import json
import urllib.request

import pytest


def api(server, path, body=None):
    headers = {"Authorization": f"Bearer {server.operator_key}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    text = urllib.request.urlopen(urllib.request.Request(server.url + path, data, headers), timeout=20).read()
    return json.loads(text) if text else None


def short_shipment(server, number):
    """A closed shipment of the merchant: ten were announced, eight came."""
    merchant = api(server, "/v1/merchants?limit=1")["items"][0]["id"]
    site = next(one for one in api(server, "/v1/sites")["items"] if one["kind"] == "fulfillment_center" and one["mode"] == "own")["id"]
    sku = api(server, f"/v1/merchants/{merchant}/skus?limit=1")["items"][0]
    dock = api(server, f"/v1/sites/{site}/locations?kind=dock&limit=1")["items"][0]["id"]
    lines = [{"sku": sku["code"], "quantity": 10}]
    announced = {"merchant": merchant, "site": site, "number": number, "expected_at": "2027-01-01T00:00:00Z", "lines": lines}
    asn = api(server, "/v1/asns", announced)["id"]
    api(server, f"/v1/asns/{asn}/receipts", {"dock": dock, "lines": [{"sku": sku["id"], "quantity": 8}]})
    api(server, f"/v1/asns/{asn}/closing", {})
    return asn


@pytest.mark.parametrize("width, dark", [(390, False), (1440, False), (1440, True)])
def test_the_first_page_tells_the_day(as_role, look, width, dark):
    page = as_role("merchant", width=width, dark=dark)
    page.goto("/portal")
    assert page.locator(".tile").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, f"portal-{width}{'-dark' if dark else ''}")


@pytest.mark.parametrize("path", ["stock", "inbound", "inbound/new", "losses", "returns", "catalog", "catalog/new", "keys", "webhooks"])
def test_every_page_is_in_order(as_role, look, path):
    page = as_role("merchant")
    page.goto(f"/portal/{path}")
    look(page, f"portal-{path.replace('/', '-')}")


def test_a_merchant_sees_how_long_stock_lasts(as_role, look):
    page = as_role("merchant")
    page.goto("/portal/stock")
    page.locator("a.row").first.click()
    page.locator(".chart polyline").wait_for()
    look(page, "portal-sku")


def test_a_merchant_announces_goods(as_role):
    page = as_role("merchant")
    page.goto("/portal/inbound/new")
    page.locator("input[name=number]").fill("IN-BROWSER-1")
    page.get_by_role("button", name="Announce inbound").click()
    page.locator("select[name=sku_0]").wait_for()
    page.locator("select[name=sku_0]").select_option(index=1)
    page.locator("input[name=quantity_0]").fill("120")
    page.get_by_role("button", name="Announce inbound").click()
    page.get_by_role("heading", name="IN-BROWSER-1").wait_for()
    assert "120" in page.inner_text("#lines")


def test_a_key_is_shown_once(as_role):
    page = as_role("merchant")
    page.goto("/portal/keys")
    page.locator("input[name=name]").fill("Shop")
    page.get_by_role("button", name="Make a key").click()
    assert page.locator(".secret").inner_text().startswith("wb_")
    page.goto("/portal/keys")
    assert page.locator(".secret").count() == 0
    page.get_by_role("button", name="End it").first.click()
    page.get_by_text("revoked").first.wait_for()


def test_an_operator_acts_for_a_merchant(as_role):
    page = as_role("operator")
    page.goto("/portal")
    page.locator("a.row").first.click()
    page.wait_for_url("**/portal?merchant=mer_*")
    assert page.locator(".tile").count() == 4


def test_a_merchant_doubts_what_was_received_and_the_lead_answers(server, as_role, look):
    asn = short_shipment(server, "IN-SHORT-1")
    page = as_role("merchant")
    page.goto(f"/portal/inbound/{asn}")
    page.locator("details summary.button").click()
    page.locator("input[name=note]").fill("Packing list 7, box 3")
    page.get_by_role("button", name="Dispute", exact=True).click()
    page.get_by_text("being counted again").wait_for()
    look(page, "portal-dispute")
    lead = as_role("lead")
    lead.goto("/disputes?state=open")
    lead.locator("a.row").first.click()
    lead.locator("input[name=found]").fill("1")
    lead.locator("input[name=owed]").fill("1")
    lead.locator("textarea[name=answer]").fill("One stood behind the dock.")
    look(lead, "dispute-answer")
    lead.get_by_role("button", name="Answer").click()
    lead.get_by_text("answered").first.wait_for()
    page.reload()
    page.get_by_text("1 found, 1 owed to you").wait_for()
    page.goto("/portal/losses")
    page.get_by_role("heading", name="Owed to you after disputes").wait_for()
    look(page, "portal-losses-owed")


def test_support_copies_the_shoppers_link(as_role):
    page = as_role("support")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/orders")
    page.locator("a.row").first.click()
    page.get_by_role("button", name="Copy its link").click()
    page.locator(".toast").wait_for()
    assert "/t/" in page.evaluate("navigator.clipboard.readText()")
