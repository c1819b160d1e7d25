"""A driver on a phone: a trip leaves and arrives by scans and taps alone."""
import datetime

from test_floor import api, scan, server, tap, told  # noqa: F401  the quiet demo and its API


def test_a_trip_is_driven(as_role, look, api):  # noqa: F811
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=20)
    api("POST", "/v1/trips", {"until": until.strftime("%Y-%m-%dT%H:%M:%SZ")})
    page = as_role("driver", width=390, height=844)
    page.wait_for_url("**/driver")
    look(page, "driver-390")
    page.goto("/driver/drive")
    look(page, "driver-trips-390")
    page.locator(".acts button").first.click()
    page.wait_for_selector("text=Scan what goes on it")
    scan(page, "NOT-A-BAG")
    assert told(page) == "wrong"
    look(page, "driver-loading-390")
    tap(page, "It leaves")
    tap(page, "Yes, it leaves")
    page.wait_for_selector("text=Drive there")
    look(page, "driver-under-way-390")
    tap(page, "I am there")
    page.wait_for_selector("text=It has arrived")
    page.goto("/trips?state=arrived")
    assert page.get_by_text("arrived").count() >= 1


def test_parcels_of_others_are_not_delivered(as_role, look):
    page = as_role("driver", width=390, height=844, dark=True)
    for process in ["round", "deliver"]:
        page.goto(f"/driver/{process}")
        scan(page, "NOT-MINE")
        assert told(page) == "wrong"
        look(page, f"driver-{process}-dark")
