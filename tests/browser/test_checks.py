"""The office's pages of ratings to look into and of ratings well read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import chromium
from tests.office.pages import Pages, look_at, pages_of
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
    li.press("open", "1")
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


def test_a_supervisor_sets_a_rating_aside_with_a_reason_and_puts_it_back(
    pages: Pages, server: RunningHall
) -> None:
    number = odd_visit(server)
    office = pages.open("/office?lang=en", person=server.clerk("chen"))
    checks = look_at(office, "checks")
    evidence = checks.locator("[data-flag=while_away] details")
    evidence.locator("summary").click()
    evidence.get_by_role("checkbox", name=f"Choose {number}").check()
    evidence.get_by_role("button", name="Set aside").click()
    dialog = office.get_by_role("dialog", name="Set 1 rating aside?")
    dialog.get_by_role("button", name="Set aside").click()
    expect(dialog).to_be_visible()  # not without a reason
    dialog.get_by_role("textbox", name="Reason").fill("the clerk pressed")
    dialog.get_by_role("button", name="Set aside").click()

    review = checks.locator(f"[data-review-of={number}]")
    expect(review).to_contain_text("the clerk pressed")
    expect(review).to_contain_text("Chen Jing")
    expect(checks.locator(f"[data-flag=while_away] [data-evidence={number}]")).to_contain_text("set aside")
    review.get_by_role("button", name=f"Put back … {number}").press("Enter")
    again = office.get_by_role("dialog", name=f"Let the rating of {number} count again?")
    again.get_by_role("textbox", name="Reason").fill("the visitor did")
    again.get_by_role("button", name="Put back").click()
    expect(review).to_contain_text("the visitor did")
    expect(review.get_by_role("button")).to_have_count(0)


def test_the_person_rated_reads_no_flag_of_the_own_visits(pages: Pages, server: RunningHall) -> None:
    odd_visit(server)
    chen, kiosk = server.clerk("chen"), server.somebody()
    ticket = kiosk.take("pension")["ticket"]["ticket"]
    chen.press("sit", "3")
    for name in ("call_next", "serve", "finish"):
        chen.press(name, "3")
    kiosk.post("/api/v1/windows/3/rating", {"ticket": ticket, "level": "very_satisfied"})
    own = "[data-flag=hardly_served][data-window='3']"
    reader = look_at(pages.open("/office?lang=en", person=server.administrator()), "checks")
    expect(reader.locator(own)).to_have_count(1)
    checks = look_at(pages.open("/office?lang=en", person=chen), "checks")
    expect(checks.locator("[data-flag=while_away]")).to_have_count(1)
    expect(checks.locator(own)).to_have_count(0)


def test_ratings_are_read_with_what_chance_leaves_open(pages: Pages, server: RunningHall) -> None:
    odd_visit(server)
    rated = server.clerk("chen").get("/api/v1/scores/reading")["rows"][0]["n"]
    office = pages.open("/office?lang=en", person=server.clerk("chen"))
    scores = look_at(office, "scores")
    scores.get_by_role("button", name="Ratings well read").click()
    row = scores.locator("[data-reading-of='1']")
    expect(row.locator("td").nth(0)).to_contain_text(str(rated))
    low = f"{100 * rated / (rated + 3.8415):.1f}"  # all positive: n / (n + 1.96²)
    expect(row.locator("td").nth(2)).to_contain_text(f"100%{float(low):g}% to 100%")
    expect(row.locator("td").nth(5)).to_have_text("too few ratings")
    expect(row.locator("td").nth(6)).to_have_text("too little for a trend")
    expect(scores.locator("[data-reading-of='3']")).to_contain_text("nobody else does this work")
    scores.get_by_role("button", name="Clerks").click()
    expect(scores.locator("[data-reading-of=li]")).to_contain_text("Li Min")
