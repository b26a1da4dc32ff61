"""What those who work here have on their pages: light or dark by a button, and a plain way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import chromium
from tests.office.pages import Pages, pages_of
from tests.running import RunningHall


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, server: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, server) as opened:
        yield opened


def test_the_button_turns_the_page_dark_and_the_device_remembers(pages: Pages) -> None:
    page = pages.open("/office?lang=en", person=pages.hall.administrator(), color_scheme="light")
    button = page.get_by_role("button", name="Dark colours")
    expect(button).to_have_attribute("aria-pressed", "false")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(ground) != light
    page.goto(f"{pages.hall.url}/guide?lang=en")
    expect(page.get_by_role("button", name="Dark colours")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(ground) != light


def test_a_device_that_asks_for_the_dark_gets_light_by_the_button(pages: Pages) -> None:
    page = pages.open("/login?lang=en", color_scheme="dark")
    page.get_by_role("button", name="Dark colours").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(241, 245, 247)"


def test_signing_out_at_the_terminal_needs_no_menu(pages: Pages) -> None:
    page = pages.open("/terminal?lang=en", (1280, 720), pages.hall.clerk("li"))
    expect(page.locator("[data-sit]").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{pages.hall.url}/login?next=%2Fterminal")


def test_after_signing_somebody_out_the_focus_stays_in_their_row(pages: Pages) -> None:
    pages.hall.clerk("wang")
    page = pages.open("/office?lang=en#people", person=pages.hall.administrator())
    row = page.locator('[data-person="wang"]')
    row.get_by_role("button", name="Sign out").press("Enter")
    expect(row.get_by_role("button", name="Sign out")).to_have_count(0)
    expect(row.get_by_role("button", name="New one-time password")).to_be_focused()


def test_the_first_sign_in_says_why_it_asks_for_the_password_again(pages: Pages) -> None:
    one_time = pages.hall.administrator().post("/api/v1/staff/chen/one_time_password")["one_time_password"]
    newcomer = pages.hall.somebody()
    newcomer.sign_in("chen", one_time)
    page = pages.open("/password?lang=en", person=newcomer)
    expect(page.locator("#old-hint")).to_contain_text("the one you have just typed")
    expect(page.locator("#old")).to_have_attribute("aria-describedby", "old-hint")
