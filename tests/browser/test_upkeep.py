"""The office's views of the data and of the log in a real browser: sentences, not codes; no colour alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import chromium
from tests.office.pages import DESK, Pages, look_at, pages_of
from tests.running import RunningHall

PHONE = (390, 844)
CODES = re.compile(r"\b(log|act|kind|why|found|state|level|reason|fact)_[a-z_]+\b|undefined|\{\w+\}")
"""What a reader must never see: keys of sentences and holes in them."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, server: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, server) as opened:
        yield opened


def office(pages: Pages, name: str = "admin", lang: str = "en", size: tuple[int, int] = DESK) -> Page:
    hall = pages.hall
    page = pages.open(
        f"/office?lang={lang}", size, hall.administrator() if name == "admin" else hall.clerk(name)
    )
    expect(page.locator("[data-clock]")).not_to_be_empty()
    return page


@pytest.fixture(scope="module")
def morning(server: RunningHall) -> None:
    """Something of every kind has happened."""
    li, kiosk = server.clerk("li"), server.somebody()
    for service in ("id-card", "household"):
        kiosk.take(service)
    li.press("sit", "1")
    ticket = li.press("call_next", "1")["ticket"]["ticket"]
    li.press("serve", "1", ticket=ticket)
    li.press("finish", "1", ticket=ticket, outcome="done")
    li.press("pause", "1", reason="meeting")
    server.administrator().post("/api/v1/devices/codes", {"kind": "board", "place": "main"})


@pytest.mark.usefixtures("morning")
def test_a_backup_is_asked_for_and_stands_in_the_list_when_it_is_sound(pages: Pages) -> None:
    data = look_at(page := office(pages), "upkeep")
    data.locator("[data-back-up]").click()
    row = data.locator("[data-backup]").filter(has_text="asked for")
    expect(row).to_contain_text("sound")
    expect(data.locator("[data-state-words]")).to_have_text("Everything is in order.")
    expect(data.locator("[data-state-words] .icon")).to_be_visible()
    expect(data.locator("[data-back-up]")).to_be_enabled()
    expect(page.locator("[data-upkeep-mark]")).to_be_hidden()


@pytest.mark.usefixtures("morning")
def test_supervisors_see_how_the_data_stand_and_change_nothing(pages: Pages) -> None:
    data = look_at(office(pages, "chen"), "upkeep")
    expect(data.locator("[data-kind=events]")).to_contain_text("for good")
    expect(data.locator("[data-back-up]")).to_have_count(0)


@pytest.mark.usefixtures("morning")
def test_the_log_says_in_sentences_who_did_what(pages: Pages) -> None:
    log = look_at(office(pages, "chen"), "log")
    called = log.locator("[data-action=call]").first
    expect(called).to_contain_text("Called A001 to window 1.")
    expect(called).to_contain_text("Li Min")
    expect(called).to_contain_text("127.0.0.1")
    expect(log.locator("[data-action=issue]").last).to_contain_text(
        "A001 was given out for Resident ID card."
    )
    expect(log.locator("[data-action=pause]")).to_contain_text("Paused window 1: Meeting.")


@pytest.mark.usefixtures("morning")
def test_the_log_is_narrowed_down_and_widened_again(pages: Pages) -> None:
    log = look_at(office(pages, "chen"), "log")
    expect(log.locator("[data-entry]").first).to_be_visible()
    everything = log.locator("[data-entry]").count()
    log.locator("#log-number").fill("a001")
    log.locator("[type=submit]").click()
    expect(log.locator("[data-entry]")).to_have_count(4)
    log.locator("[type=reset]").click()
    expect(log.locator("[data-entry]")).to_have_count(everything)
    log.locator("#log-day").fill("2026-10-01")
    log.locator("[type=submit]").click()
    expect(log.locator("[data-log-said]")).to_have_text("Nothing was found.")


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("lang", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("size", [PHONE, (1280, 800)])
def test_no_code_is_shown_and_nothing_is_wider_than_the_screen(
    pages: Pages, lang: str, size: tuple[int, int]
) -> None:
    page = office(pages, "admin", lang, size)
    for part, row in (("log", "[data-entry]"), ("upkeep", "[data-kind]")):
        section = look_at(page, part)
        expect(section.locator(row).first).to_be_visible()
        assert not CODES.findall(section.inner_text()), part
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part
