"""The merchant portal: a merchant's day in the browser."""
import pytest


@pytest.mark.parametrize("width, dark", [(390, False), (1440, False), (1440, True)])
def test_the_first_page_tells_the_day(as_role, look, width, dark):
    page = as_role("merchant", width=width, dark=dark)
    page.goto("/portal")
    assert page.locator(".tile").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, f"portal-{width}{'-dark' if dark else ''}")


@pytest.mark.parametrize("path", ["stock", "inbound", "inbound/new", "returns", "catalog", "catalog/new", "keys", "webhooks"])
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
