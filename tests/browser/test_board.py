"""The hall's board in a real browser: every call is seen, and a board that isn't live says so."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.display.mortal import mortal_hall
from tests.display.screens import WATCH, Screens, chromium
from tests.display.twenty import all_call, all_sit, queue_up, twenty_windows
from tests.faults.wire import Wire
from tests.running import Person, RunningHall, running_hall

READABLE_AT_TEN_METRES = 79
SECOND = 1000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def screens(browser: Browser) -> Iterator[Screens]:
    opened = Screens(browser)
    yield opened
    opened.close()


@pytest.fixture
def li(server: RunningHall) -> Person:
    """Li at window 1, with nobody there."""
    li = server.clerk("li")
    li.press("sit", "1")
    return li


@pytest.fixture
def wang(server: RunningHall) -> Person:
    """Wang at window 3, upstairs."""
    wang = server.clerk("wang")
    wang.press("sit", "3")
    return wang


def numbers(board: Page) -> list[str]:
    """What the board shows, newest first."""
    shown: list[str] = board.evaluate("[...shownCalls()].map((call) => call.dataset.number)")
    return shown


def send_away(clerk: Person, window: str = "1") -> None:
    clerk.press("mark_no_show", window)


def test_twenty_calls_in_one_second_are_all_seen_in_order_for_ten_seconds(
    tmp_path: Path, screens: Screens
) -> None:
    with running_hall(tmp_path / "data", twenty_windows(tmp_path)) as hall:
        clerks = all_sit(hall)
        queue_up(hall, 20)
        board = screens.open(f"{hall.url}/board?lang=zh_Hans", before=WATCH)
        pressed = time.time()
        calls = all_call(clerks)
        assert max(call["answered"] for call in calls) - pressed < 1.0

        board.wait_for_function("() => Object.keys(SEEN).length === 20")
        in_order = [call["ticket"]["number"] for call in calls]
        assert numbers(board) == in_order[::-1]
        seen = board.evaluate("SEEN")
        assert all(seen[c["ticket"]["number"]]["first"] - SECOND * c["answered"] <= SECOND for c in calls)
        assert_readable(board)

        last = max(each["first"] for each in seen.values())
        board.wait_for_function("last => Date.now() > last", arg=last + 10 * SECOND)
        assert min(shown_for(each) for each in board.evaluate("seenUntilNow()").values()) >= 10 * SECOND


def shown_for(seen: dict[str, float]) -> float:
    return seen["last"] - seen["first"]


def assert_readable(board: Page) -> None:
    """Large enough, whole, on one screen."""
    rows = board.locator("[data-list] .call")
    sizes = rows.locator(".number, .word").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= READABLE_AT_TEN_METRES
    assert rows.evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")
    boxes = rows.evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
    assert max(box["bottom"] for box in boxes) <= 1080
    assert max(box["right"] for box in boxes) <= 1920
    assert board.evaluate("document.documentElement.scrollHeight") <= 1080


def test_the_newest_call_is_large_and_says_where_to_go(
    li: Person, server: RunningHall, screens: Screens
) -> None:
    li.take()
    board = screens.open(f"{server.url}/board?lang=en", before=WATCH)
    number = li.press("call_next", "1")["ticket"]["number"]
    expect(board.locator(".hero .ticket .number")).to_have_text(number)
    expect(board.locator(".hero .to")).to_have_text("Window1")
    sizes = board.locator(".hero .number").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert 160 <= min(sizes) <= max(sizes) <= 260
    send_away(li)
    expect(board.locator(".hero .flag")).to_have_text("Missed")


def test_a_call_calms_down_when_its_visitor_has_come_and_gone(
    li: Person, server: RunningHall, screens: Screens
) -> None:
    li.take(), li.take()
    board = screens.open(f"{server.url}/board?lang=en", before=WATCH)
    number = li.press("call_next", "1")["ticket"]["number"]
    expect(board.locator(".hero .flag")).to_have_text("New")
    bright = board.evaluate(HERO_COLOUR)
    li.press("serve", "1")
    expect(board.locator(".hero .flag")).to_have_text("Serving")
    assert board.evaluate(HERO_COLOUR) != bright
    assert board.evaluate(WHOLE)
    li.press("hold", "1")
    expect(board.locator(".hero .flag")).to_have_text("Set aside")
    li.press("call_next", "1")
    row = board.locator(f"[data-list] [data-number='{number}']")
    expect(row.locator(".flag")).to_have_text("Set aside")
    expect(row).not_to_have_class(re.compile("fresh|newest"))
    li.press("serve", "1")
    li.press("finish", "1")
    expect(board.locator(".hero .flag")).to_have_text("Finished")
    assert board.evaluate(HERO_COLOUR) != bright


WHOLE = """document.querySelector(".hero .about").getBoundingClientRect().bottom
  < document.querySelector(".hero .card").getBoundingClientRect().bottom"""
HERO_COLOUR = "getComputedStyle(document.querySelector('.hero .card')).backgroundColor"


def test_a_call_that_is_undone_disappears(li: Person, server: RunningHall, screens: Screens) -> None:
    li.take()
    board = screens.open(f"{server.url}/board?lang=en", before=WATCH)
    number = li.press("call_next", "1")["ticket"]["number"]
    board.wait_for_function("number => number in SEEN", arg=number)
    li.press("undo", "1")
    board.wait_for_function("number => SEEN[number].gone", arg=number)
    assert number not in numbers(board)


def test_a_recall_moves_up_and_says_so(
    server: RunningHall, li: Person, wang: Person, screens: Screens
) -> None:
    li.take(), li.take("pension")
    board = screens.open(f"{server.url}/board?lang=en", before=WATCH)
    first = wang.press("call_next", "3")["ticket"]
    second = li.press("call_next", "1")["ticket"]
    expect(board.locator(".hero .ticket .number")).to_have_text(second["number"])
    wang.press("recall", "3", ticket=first["ticket"])
    expect(board.locator(".hero .ticket .number")).to_have_text(first["number"])
    expect(board.locator(".hero .flag")).to_have_text("Called again")
    assert numbers(board)[:2] == [first["number"], second["number"]]
    send_away(li)
    send_away(wang, "3")


def test_an_area_shows_its_own_calls_only(
    server: RunningHall, li: Person, wang: Person, screens: Screens
) -> None:
    downstairs, upstairs = (
        screens.open(f"{server.url}/board/{area}", before=WATCH) for area in ("main", "upstairs")
    )
    li.take(), li.take("pension")
    near = li.press("call_next", "1")["ticket"]["number"]
    far = wang.press("call_next", "3")["ticket"]["number"]
    for board, number, other in ((downstairs, near, far), (upstairs, far, near)):
        board.wait_for_function("number => number in SEEN", arg=number)
        assert other not in board.evaluate("SEEN")
    send_away(li)
    send_away(wang, "3")


def test_a_paused_window_says_where_to_go_instead(server: RunningHall, li: Person, screens: Screens) -> None:
    board = screens.open(f"{server.url}/board?lang=en")
    li.press("pause", "1", reason="meeting", sign={"kind": "go_to", "window": "2"})
    expect(board.locator("[data-paused] li")).to_have_text("Window 1: please go to 2")
    li.press("open", "1")
    expect(board.locator("[data-paused]")).to_be_hidden()


def test_waiting_people_are_counted_by_service(server: RunningHall, li: Person, screens: Screens) -> None:
    board = screens.open(f"{server.url}/board/upstairs?lang=en")
    li.take("job-seeker")
    expect(board.locator("[data-group=job-seeker] b")).to_have_text("1")


def test_how_long_they_wait_stands_beside(server: RunningHall, li: Person, screens: Screens) -> None:
    board = screens.open(f"{server.url}/board?lang=en")
    li.take("id-card")
    li.take("id-card")
    expect(board.locator("[data-group=id-card] .wait")).to_have_text(re.compile(r"\d+ min$"))


def test_a_killed_hall_is_told_in_five_seconds_and_its_calls_come_after(
    tmp_path: Path, screens: Screens
) -> None:
    with mortal_hall(tmp_path / "data") as hall, Wire(hall.url) as wire:
        li = hall.clerk("li")
        li.press("sit", "1")
        board = screens.open(f"{wire.url}/board?lang=en", before=WATCH)
        died = time.time()
        hall.die()
        board.wait_for_selector(".lost:not([hidden])")
        assert board.evaluate("LOST") - SECOND * died < 5.2 * SECOND
        expect(board.locator(".lost")).to_contain_text("NOT LIVE since 09:00")
        hall.rise()
        li.url = hall.url
        li.take()
        number = li.press("call_next", "1")["ticket"]["number"]
        wire.mend(hall.url)
        board.wait_for_selector("main[data-live=yes]")
        expect(board.locator(".hero .ticket .number")).to_have_text(number)
        expect(board.locator(".lost")).to_be_hidden()


def test_a_dumb_wire_is_noticed_and_left(server: RunningHall, li: Person, screens: Screens) -> None:
    with Wire(server.url) as wire:
        board = screens.open(f"{wire.url}/board?lang=en", before=WATCH)
        pulled = time.time()
        wire.go_dumb()
        li.take()
        number = li.press("call_next", "1")["ticket"]["number"]
        board.wait_for_selector(".lost:not([hidden])")
        assert board.evaluate("LOST") - SECOND * pulled < 5.2 * SECOND
        assert number not in numbers(board)
        wire.speak_again()
        board.wait_for_selector("main[data-live=yes]")
        expect(board.locator(".hero .ticket .number")).to_have_text(number)
        send_away(li)
