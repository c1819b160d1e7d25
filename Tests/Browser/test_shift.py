"""The lead of a warehouse: sees what leaves when, releases, takes a wave back, pauses."""
import pytest

from test_floor import api, goods, server, site  # noqa: F401  the quiet demo and its API

NUMBERS = iter(range(1, 1000))


@pytest.fixture
def orders(api, goods):  # noqa: F811
    merchant, skus = goods
    for _ in range(3):
        api("POST", "/v1/orders", {
            "merchant": merchant, "number": f"SHIFT-{next(NUMBERS)}", "currency": "EUR",
            "recipient": {"name": "Sam Sample", "street": ["Musterweg 1"], "postal_code": "10115", "city": "Berlin", "country": "DE"},
            "destination": {"country": "DE", "city": "Berlin", "place": {"latitude": 52520000, "longitude": 13405000}},
            "lines": [{"sku": skus[2], "quantity": 1, "unit_price_minor": 1990}]})


def test_a_shift_is_led(as_role, look, orders):
    page = as_role("lead")
    page.wait_for_url("**/shift")
    look(page, "shift")
    page.locator("#shift-departures a.row").last.click()
    page.wait_for_url("**/shift/release**")
    look(page, "shift-release")
    page.get_by_role("button", name="Release").click()
    page.wait_for_url("**/shift?site=**")
    assert page.get_by_role("button", name="Take back").count() == 1
    page.goto("/tasks")
    assert page.locator("main tbody tr").count() >= 1
    look(page, "shift-tasks")
    page.get_by_role("button", name="Do first").last.click()
    page.wait_for_selector("text=Pick · first")
    page.goto("/waves")
    page.get_by_role("button", name="Do first").or_(page.get_by_role("button", name="In its turn")).first.click()
    page.wait_for_selector("text=not begun")
    look(page, "waves")
    page.goto("/shift")
    page.get_by_role("button", name="Take back").click()
    page.wait_for_function("() => !document.querySelector('main').innerText.includes('Take back')")
    page.locator("input[name=reason]").fill("stocktaking")
    page.get_by_role("button", name="Pause release").click()
    page.wait_for_selector("text=stocktaking")
    page.get_by_role("button", name="Go on releasing").click()
    page.wait_for_function("() => !document.querySelector('main').innerText.includes('stocktaking')")


@pytest.mark.parametrize("width,dark", [(390, False), (1280, True)])
def test_it_fits(as_role, look, width, dark):
    page = as_role("lead", width=width, dark=dark)
    page.goto("/shift")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, f"shift-{width}")


@pytest.mark.parametrize("role", ["floor", "merchant", "partner", "driver", "reader"])
def test_others_do_not_lead(as_role, role):
    assert as_role(role).goto("/shift").status == 403
