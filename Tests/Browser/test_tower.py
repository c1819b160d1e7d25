"""The control tower: the journey, the map, cut-offs and what needs a person, on a screen, a phone and a wall."""
import pytest


def test_the_picture_is_whole(as_role):
    page = as_role("operator")
    assert page.locator(".station").count() == 11
    assert page.locator(".map .mark").count() == 5
    assert page.locator(".map .way").count() >= 4
    assert page.locator("#cutoffs li").count() == 3
    assert page.locator(".tile").count() == 6


def test_orders_move_on_the_screen(as_role):
    page = as_role("operator")
    page.wait_for_function(
        "() => Number(document.getElementById('shop-count').innerText.replace(/,/g, '')) > 0", timeout=90_000)
    before = page.locator("#news li").first.get_attribute("data-key")
    page.wait_for_function(
        "before => document.querySelector('#news li')?.dataset.key !== before", arg=before, timeout=60_000)


@pytest.mark.parametrize("width", [390, 1920])
def test_the_wall_shows_the_picture_alone(as_role, look, width):
    page = as_role("reader", width=width, height=1080)
    page.goto("/tower/wall")
    assert page.locator("#nav").count() == 0
    assert page.locator(".station").count() == 11
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, f"wall-{width}")


@pytest.mark.parametrize("role", ["merchant", "lead", "floor", "partner", "driver"])
def test_who_does_not_see_the_network_does_not_see_it(as_role, role):
    page = as_role(role)
    answer = page.goto("/tower")
    assert answer.status == 403
    assert page.locator(".station").count() == 0
