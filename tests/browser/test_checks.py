"""The office's page of ratings to look into: what looks odd, with its tickets, and what was refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.office.pages import Pages, chromium, look_at, pages_of
from tests.running import Refused, RunningHall


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, server: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, server) as opened:
        yield opened


def odd_visit(hall: RunningHall) -> str:
    """Served in no time, rated at once while the window is paused, and once more in vain; the number."""
    li, kiosk = hall.clerk("li"), hall.somebody()
    taken = kiosk.take("id-card")["ticket"]
    li.press("sit", "1")
    for name in ("call_next", "serve", "finish"):
        li.press(name, "1")
    li.press("pause", "1", reason="meeting")
    rating = {"ticket": taken["ticket"], "level": "very_satisfied"}
    kiosk.post("/api/v1/windows/1/rating", rating)
    with pytest.raises(Refused):
        kiosk.post("/api/v1/windows/1/rating", rating)
    return str(taken["number"])


def test_a_supervisor_finds_what_looks_odd_and_what_was_refused(pages: Pages, server: RunningHall) -> None:
    number = odd_visit(server)
    office = pages.open("/office?lang=en", person=server.clerk("chen"))
    checks = look_at(office, "checks")
    paused = checks.locator("[data-flag=while_away]")
    expect(paused).to_contain_text("Rated while paused or unattended")
    expect(paused).to_contain_text("Window 1 · Li Min · 1 rating")
    paused.locator("summary").click()
    expect(paused.locator("tbody tr")).to_contain_text(number)
    refused = checks.locator("[data-refusal=already_rated]")
    expect(refused).to_contain_text(["Rated already"])
    expect(refused).to_contain_text([number])

    checks.locator("#checked").fill("2026-09")
    expect(checks.locator("[data-flags-of]")).to_have_text("Nothing looks odd in this month.")
    expect(checks.locator("[data-no-refused]")).to_be_visible()
    expect(checks.locator("[data-flag]")).to_have_count(0)
