"""A partner site on a phone: answers what it is asked for, sends it, and reports its stock."""
import itertools

import pytest

from test_floor import api, goods, server  # noqa: F401  the quiet demo and its API

NUMBERS = itertools.count(1)


@pytest.fixture
def asked(api, goods):  # noqa: F811
    """An order that the partner's site in Munich is asked for; its number."""
    merchant, skus = goods
    n = next(NUMBERS)
    number = f"PARTNER-{n}"
    api("POST", "/v1/orders", {
        "merchant": merchant, "number": number, "currency": "EUR",
        "recipient": {"name": "Sam Sample", "street": ["Musterweg 1"], "postal_code": "80331", "city": "München", "country": "DE"},
        "destination": {"country": "DE", "city": "München", "place": {"latitude": 48137000, "longitude": 11575000}},
        "lines": [{"sku": skus[n], "quantity": 2, "unit_price_minor": 1990}]})
    return number


def open_order(page, number):
    for _ in range(30):
        page.goto("/partner")
        if page.get_by_text(number).count():
            break
        page.wait_for_timeout(500)
    page.get_by_role("link", name=number).click()
    page.wait_for_url("**/partner/orders/**")


def test_an_order_is_answered_and_sent(as_role, look, asked):
    page = as_role("partner", width=390, height=844)
    page.wait_for_url("**/partner")
    open_order(page, asked)
    look(page, "partner-asked-390")
    page.get_by_role("button", name="Yes, we send it").click()
    page.wait_for_selector("text=It has left")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, "partner-to-send-390")
    page.get_by_label("Tracking number").fill("YP-100")
    page.get_by_label("Carrier").fill("Yellow Post")
    page.get_by_role("button", name="It has left").click()
    page.wait_for_selector("text=YP-100")
    assert page.get_by_text("Sam Sample").count() == 0
    page.goto("/partner?state=shipped")
    assert page.get_by_text(asked).count() == 1
    look(page, "partner-list-390")


def test_some_of_it_is_rejected(as_role, look, asked):
    page = as_role("partner", dark=True)
    open_order(page, asked)
    page.get_by_text("No, or not all").click()
    page.locator("details input[name^=units_]").fill("7")
    page.get_by_role("button", name="Reject these units").click()
    page.wait_for_selector("details .error:not([hidden])")
    look(page, "partner-reject", complaints=("422",))
    page.locator("details input[name^=units_]").fill("1")
    page.get_by_role("button", name="Reject these units").click()
    page.wait_for_selector("text=It has left")


def test_stock_is_reported(as_role, look):
    page = as_role("partner", width=390, height=844)
    page.goto("/partner/stock")
    look(page, "partner-stock-390")
    page.locator("main input[name^=units_]").first.fill("11")
    page.get_by_role("button", name="Report this stock").click()
    page.wait_for_selector("text=The report is taken")
    assert page.locator("main input[name^=units_]").first.input_value() == "11"
    page.goto("/partner/penalties")
    look(page, "partner-penalties-390")
