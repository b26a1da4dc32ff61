"""Towards closing, in a real browser: the tile before the tap, the office's press, the terminal later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import chromium
from tests.running import OWN_PASSWORD, RunningHall, running_hall
from tests.window.terminals import Cast

HALF_PAST_FOUR = "2026-10-12T16:30"
JUST_AFTER_CLOSING = "2026-10-12T17:31"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """Half past four: Li at window 1, twelve people wait for six minutes each."""
    with running_hall(tmp_path_factory.mktemp("full"), clock=HALF_PAST_FOUR) as hall:
        hall.clerk("li").press("sit", "1")
        for _ in range(12):
            hall.somebody().take()
        yield hall


def test_the_tile_says_before_the_tap_why_there_is_no_number(full: RunningHall, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1080, "height": 1920})
    page.goto(f"{full.url}/kiosk?lang=en#/d/police")
    tile = page.locator('[data-service="id-card"]')
    expect(tile).to_contain_text("Full for today")
    expect(tile).to_contain_text("12 people wait and it closes at 17:30")
    tile.click()
    shut = page.locator(".shut .notice")
    expect(shut).to_contain_text("Everybody who has a number is still served.")
    expect(shut).to_contain_text("Opens tomorrow at 08:30")
    expect(page.locator(".take")).to_be_hidden()
    page.close()


def test_a_supervisor_opens_the_line_again_with_one_press(full: RunningHall, browser: Browser) -> None:
    page = Cast(full, browser).page("chen")
    page.goto(f"{full.url}/office")
    row = page.locator('[data-stuck] [data-service="id-card"]')
    expect(row).to_contain_text("No more numbers: it would end after 17:30")
    row.get_by_role("button", name="Give numbers again today").click()
    expect(row).not_to_contain_text("No more numbers")
    assert full.somebody().take()["ticket"]["number"] == "A013"
    page.close()


def test_the_terminal_counts_those_who_are_still_to_be_served(tmp_path: Path, browser: Browser) -> None:
    """Two took numbers at half past four; at 17:31 the same hall, started anew, still has them."""
    with running_hall(tmp_path / "data", clock=HALF_PAST_FOUR) as hall:
        hall.clerk("li").press("sit", "1")
        for _ in range(2):
            hall.somebody().take()
    with running_hall(tmp_path / "data", clock=JUST_AFTER_CLOSING) as hall:
        li = hall.somebody()
        li.sign_in("li", OWN_PASSWORD)
        hall._staff["li"] = li
        page = Cast(hall, browser).page("li")
        page.goto(f"{hall.url}/terminal")
        late = page.locator("[data-part=after-hours]")
        expect(late).to_have_text("Closed at 17:30: 2 people with a number are still to be served.")
        li.press("call_next", "1")
        expect(late).to_have_text("Closed at 17:30: 1 person with a number is still to be served.")
        page.context.close()


def test_the_code_leads_to_appointments_for_that_very_service(full: RunningHall) -> None:
    kiosk = full.somebody().session
    assert "<svg" in kiosk.get(f"{full.url}/kiosk/book/id-card.svg").text
    assert kiosk.get(f"{full.url}/kiosk/book/nothing.svg").status_code == 404
