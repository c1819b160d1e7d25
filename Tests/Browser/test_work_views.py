"""The work views: inventory, inbound, the returns desk, exceptions, the planner, merchants, sites and the audit log."""
import json
import urllib.request

import pytest

VIEWS = ["stock", "bins", "inbound", "inbound/calendar", "returns", "exceptions", "planner", "merchants", "sites", "acts"]


@pytest.fixture(scope="session")
def shipment(server):
    """A shipment that is due the day after tomorrow."""
    headers = {"Authorization": f"Bearer {server.operator_key}", "Content-Type": "application/json", "Idempotency-Key": "browser-asn"}

    def ask(method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(server.url + path, data=data, headers=headers, method=method)
        return json.loads(urllib.request.urlopen(request, timeout=20).read())

    merchant = ask("GET", "/v1/merchants")["items"][0]["id"]
    sku = ask("GET", f"/v1/merchants/{merchant}/skus")["items"][0]["code"]
    sites = [one for one in ask("GET", "/v1/sites")["items"] if one["kind"] == "fulfillment_center" and one["mode"] == "own"]
    now = ask("GET", "/v1/orders")["items"]
    expected = (now[0]["placed_at"] if now else "2027-01-01T00:00:00Z")[:10] + "T23:00:00Z"
    return ask("POST", "/v1/asns", {
        "merchant": merchant, "site": sites[0]["id"], "number": "BROWSER-1", "expected_at": expected,
        "lines": [{"sku": sku, "quantity": 25}]})["id"]


@pytest.mark.parametrize("dark,width", [(False, 1440), (True, 390)])
def test_every_view_is_whole(as_role, look, shipment, dark, width):
    page = as_role("owner", width=width, height=900, dark=dark)
    for name in VIEWS:
        page.goto(f"/{name}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        look(page, f"{name.replace('/', '-')}-{'dark' if dark else 'light'}-{width}")
        first = page.locator("a.row").first
        if name not in ("acts", "inbound/calendar", "planner") and first.count():
            page.goto(first.get_attribute("href"))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            look(page, f"{name}-one-{'dark' if dark else 'light'}-{width}")


def test_from_a_number_to_its_movements_and_a_count(as_role, look):
    page = as_role("operator", width=1440)
    page.goto("/stock")
    page.locator("tbody a[href*='/movements']").first.click()
    page.wait_for_url("**/movements*")
    look(page, "ledger")
    page.locator("tbody a[href*='/bins/']").first.click()
    page.wait_for_url("**/bins/*")
    form = page.locator("form[action$=counts]")
    form.locator("input[name=counted]").fill("-3")
    form.locator("button").click()
    form.locator(".error:visible").wait_for()
    form.locator("input[name=counted]").fill("7")
    form.locator("select[name=why]").select_option("recount")
    form.locator("button").click()
    page.get_by_text("the book is right").wait_for()
    page.goto("/acts")
    page.get_by_text("Counted a bin").first.wait_for()
    assert page.get_by_text("Otto Operator").count() > 0


def test_a_shipment_comes_later_and_is_closed(as_role, look, shipment):
    page = as_role("operator", width=1440)
    page.goto(f"/inbound/{shipment}")
    look(page, "inbound-one")
    page.locator("details:has(form[action$=arrival]) summary").click()
    page.locator("form[action$=arrival] input[name=time]").fill("23:30")
    page.locator("form[action$=arrival] button").click()
    page.get_by_text("moves along").first.wait_for()
    page.locator("details:has(form[action$=closing]) summary").click()
    page.locator("form[action$=closing] button").click()
    page.locator("form[action$=closing]").wait_for(state="detached")


def test_filters_stay_in_the_address(as_role):
    page = as_role("planner")
    page.goto("/returns?state=received&age=7")
    assert page.locator("select[name=state]").input_value() == "received"
    assert page.locator("select[name=age]").input_value() == "7"
    page.goto("/exceptions?role=operator&due=overdue")
    assert page.locator("select[name=role]").input_value() == "operator"


@pytest.mark.parametrize("locale", ["pt-PT", "zh-CN"])
def test_in_other_languages(as_role, look, locale):
    page = as_role("operator", locale=locale, width=1440)
    for name in ["stock", "inbound", "exceptions"]:
        page.goto(f"/{name}")
        look(page, f"{name}-{locale}")
