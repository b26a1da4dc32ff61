"""Guides before the number is taken: the kiosk's checklist, and the page that needs no script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.chromium import chromium
from tests.guides.halls import FORM, hall_file
from tests.running import RunningHall, running_hall

OF_ITSELF = ("/qr.svg", "/api/v1/blocks", "/static/")
"""What a kiosk fetches for its reserve of numbers and for its screen, whatever anybody ticks."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("guides")
    with running_hall(folder / "data", hall_file(folder)) as hall:
        yield hall


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def kiosk(browser: Browser, server: RunningHall) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1080, "height": 1920})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{server.url}/kiosk?lang=en#/s/residence-permit")
    expect(page.locator("[data-clock] time")).not_to_be_empty()
    yield page
    context.close()
    assert faults == []


def test_ticks_are_counted_for_the_visitor_and_told_to_nobody(kiosk: Page) -> None:
    told: list[Request] = []
    kiosk.on("request", lambda request: told.append(request))
    kiosk.get_by_role("button", name="Identity card").click()
    expect(kiosk.locator(".check-said")).to_have_text("1 of 3 are there")
    kiosk.get_by_role("button", name="Application form").click()
    expect(kiosk.locator(".check-said")).to_have_text("Everything is there")
    kiosk.get_by_role("button", name="Application form").click()
    expect(kiosk.locator(".check-said")).to_have_text("1 of 3 are there")
    assert [each.url for each in told if not any(part in each.url for part in OF_ITSELF)] == []
    kept = kiosk.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "Identity" not in kept


def test_who_misses_something_takes_the_list_home_or_a_number_anyway(kiosk: Page) -> None:
    kiosk.get_by_role("button", name="Something missing? Take the list home").click()
    expect(kiosk.get_by_role("heading", name="Take this list home")).to_be_visible()
    code = kiosk.locator(".take-home .qr")
    assert code.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 0
    expect(kiosk.locator(".k-stage")).to_contain_text("by law 30 working days")
    expect(kiosk.locator(f'.sample img[src="/papers/{FORM}"]').first).to_be_visible()
    kiosk.get_by_role("button", name="Take a number anyway").click()
    kiosk.get_by_role("button", name="Take my number").click()
    expect(kiosk.locator(".ticket .number")).to_contain_text("C0")


def test_a_number_is_looked_up_with_the_keys_alone(kiosk: Page, server: RunningHall) -> None:
    number = server.somebody().take("job-seeker")["ticket"]["number"]
    kiosk.goto(f"{server.url}/kiosk?lang=en#/progress")
    expect(kiosk.locator(".find-field")).to_be_focused()
    kiosk.keyboard.type(number.lower())
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator(".looked-up")).to_contain_text("Waiting: this number is next")
    kiosk.get_by_role("button", name="Clear all").click()
    for sign in "Z9":
        kiosk.locator(".keyboard").get_by_role("button", name=sign, exact=True).click()
    kiosk.get_by_role("button", name="Look", exact=True).click()
    expect(kiosk.locator(".looked-up")).to_contain_text("No ticket of today has the number Z9")


def test_who_sits_there_is_shown_at_the_kiosk(kiosk: Page, server: RunningHall) -> None:
    server.clerk("li").press("sit", "1")
    kiosk.goto(f"{server.url}/kiosk?lang=en#/people")
    expect(kiosk.locator(".person")).to_contain_text("P-017")
    expect(kiosk.locator(".person .tag")).to_have_text("Party member")
    expect(kiosk.locator(".promises")).to_contain_text("Taken at once.")


def test_the_phone_page_needs_no_script(browser: Browser, server: RunningHall) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/services/residence-permit?lang=en")
    there = page.locator(".all-there")
    expect(there).to_be_hidden()
    for name in ("Identity card", "Application form"):
        page.get_by_role("checkbox", name=name).check()
    expect(there).to_be_visible()
    page.get_by_role("checkbox", name="Identity card").uncheck()
    expect(there).to_be_hidden()
    page.get_by_role("navigation").get_by_role("link", name="Services").click()
    page.get_by_role("searchbox").fill("pens")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Pension claim").click()
    expect(page.get_by_role("heading", name="Pension claim")).to_be_visible()
    context.close()
