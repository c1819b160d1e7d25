"""Signing in, the frame around every page, and what works without script."""
import re

import pytest

ROLES = ["owner", "operator", "lead", "floor", "merchant", "partner", "driver", "planner", "support", "reader"]


def test_whoever_comes_is_led_to_sign_in(visit, look):
    page = visit()
    page.goto("/accounts")
    assert "/sign-in?to=" in page.url
    look(page, "sign-in")


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_navigation_is_sound(as_role, look, role):
    page = as_role(role)
    paths = page.eval_on_selector_all("#nav li a", "links => links.map(a => a.getAttribute('href'))")
    assert paths
    for path in paths:
        page.goto(path)
        assert page.locator("#nav a[aria-current=page]").count() == 1, path
        look(page, f"{role}-{path.strip('/').replace('/', '-')}")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_first_page_fits(as_role, look, dark, width):
    page = as_role("owner", width=width, height=900, dark=dark)
    look(page, f"tower-{width}-{'dark' if dark else 'light'}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window"


@pytest.mark.parametrize("locale", ["pt-PT", "zh-CN"])
def test_pages_speak_the_language_that_is_asked_for(as_role, look, locale):
    page = as_role("owner", locale=locale)
    page.goto("/account")
    assert page.locator("html").get_attribute("lang") == {"pt-PT": "pt", "zh-CN": "zh-Hans"}[locale]
    assert {"pt-PT": "A minha conta", "zh-CN": "我的账号"}[locale] in page.locator("h1").inner_text()
    look(page, f"account-{locale}")


def test_no_text_is_shown_by_its_key(as_role):
    page = as_role("owner")
    for path in ["/tower", "/accounts", "/accounts/new", "/account", "/search?q=x"]:
        page.goto(path)
        found = re.findall(r"\b(?:shell|nav|accounts|account|tower|role|state|table)\.[a-z_]+\b", page.locator("body").inner_text())
        assert not found, (path, found)


def test_the_palette_leads_to_a_page_by_its_name(as_role):
    page = as_role("owner")
    page.keyboard.press("Control+k")
    page.keyboard.type("accoun")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts")


def test_keys_are_told_and_rows_are_walked_by_them(as_role, look):
    page = as_role("owner")
    page.goto("/accounts")
    page.keyboard.press("?")
    assert page.locator("#sheet").is_visible()
    look(page, "keys", full=False)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/accounts/acc_"))
    look(page, "account-one")


def test_the_theme_is_kept(as_role):
    page = as_role("owner")
    page.click("#theme")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_what_is_refused_is_said_at_its_field_and_nothing_is_lost(as_role, look):
    page = as_role("owner")
    page.goto("/accounts/new")
    page.get_by_label("Name").fill("Ann")
    page.get_by_label("Signs in as").fill("ann@example.com")
    page.get_by_label("Role").select_option("merchant")
    page.get_by_role("button", name="Invite somebody").click()
    error = page.locator(".field .error:visible")
    error.wait_for()
    assert "merchant" in error.inner_text()
    assert page.get_by_label("Name").input_value() == "Ann"
    look(page, "form-refused", complaints=["422"])
    page.get_by_label("Role").select_option("planner")
    page.get_by_role("button", name="Invite somebody").click()
    link = page.locator("code.secret")
    link.wait_for()
    assert link.inner_text().startswith("/welcome/wb_")


def test_forms_work_without_script(visit):
    page = visit(script=False)
    page.goto("/sign-in")
    page.locator("input[name=role][value=owner] + button").click()
    page.goto("/account")
    page.get_by_label("Name").fill("Olivia O.")
    page.locator("form[action='/account'] button").click()
    assert page.get_by_text("Saved.").is_visible()
    assert page.get_by_label("Name").input_value() == "Olivia O."


def test_an_ended_session_leads_to_sign_in(as_role):
    page = as_role("support")
    other = page.context.new_page()
    other.goto("/account")
    other.locator(".out button").click()
    page.goto("/tower")
    assert "/sign-in" in page.url


def test_a_page_counts_on_by_itself(as_role):
    page = as_role("reader")
    page.locator("#pulse[data-state=live]").wait_for()
    before = page.locator("#asof").inner_text()
    page.wait_for_function("before => document.getElementById('asof').innerText !== before", arg=before, timeout=60_000)


def test_a_page_says_that_its_server_is_away(as_role):
    page = as_role("reader")
    page.locator("#pulse[data-state=live]").wait_for()
    page.context.set_offline(True)
    page.locator("#pulse[data-state=lost]").wait_for(timeout=60_000)
    page.context.set_offline(False)
    page.locator("#pulse[data-state=live]").wait_for(timeout=60_000)


def test_the_first_page_is_small(as_role):
    page = as_role("owner")
    sizes = page.evaluate(
        """() => performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
            .map(entry => entry.transferSize || entry.encodedBodySize).reduce((a, b) => a + b, 0)""")
    assert sizes < 150_000, sizes
