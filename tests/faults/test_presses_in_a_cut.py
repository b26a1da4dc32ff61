"""Who presses while the wire is broken is told that it waits, then what became of it: exactly one change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import chromium
from tests.faults.wire import Wire
from tests.phone.visitors import at, choose, clear, finish
from tests.running import Json, Person, RunningHall, Screen, wait_until
from tests.window.terminals import Cast, Terminal, cookies

WAITS = re.compile("^Waiting for the hall … Your (press|answer) is kept and counts once.$")
NUMBER = re.compile(r"^[A-E]\d{3}$")
Break = Callable[[Wire], None]


def lose_the_request(wire: Wire) -> None:
    wire.stall()


def lose_the_answer(wire: Wire) -> None:
    """The hall hears what is said and changes; nobody hears of it."""
    wire.stall("down")


LOSSES = [lose_the_request, lose_the_answer]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def cast(server: RunningHall, browser: Browser) -> Iterator[Cast]:
    everybody = Cast(server, browser)
    yield everybody
    everybody.leave()


@pytest.fixture
def li(server: RunningHall) -> Iterator[Person]:
    li = server.clerk("li")
    li.press("sit", "1")
    yield li
    clear(server, li)


@pytest.fixture
def wire(server: RunningHall) -> Iterator[Wire]:
    with Wire(server.url) as opened:
        yield opened


@pytest.fixture
def opened(browser: Browser, wire: Wire) -> Iterator[Callable[..., Page]]:
    """Opens a page behind the wire."""
    contexts, faults = [], list[str]()

    def page(path: str, known: Person | None = None) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        contexts[-1].add_cookies(cookies(known, "en") if known else [])
        page = contexts[-1].new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"{wire.url}{path}")
        return page

    yield page
    for context in contexts:
        context.close()
    assert faults == []


EARS: dict[str, Screen] = {}
"""One screen per hall that is asked again and again; the hall counts how many somebody opens."""


def events(hall: RunningHall, *actions: str) -> list[Json]:
    """What has happened of that kind."""
    if hall.url not in EARS:
        EARS[hall.url] = hall.screen(hall.clerk("li"), screen="terminal", window="1")
    told: list[Json] = EARS[hall.url].ask("catch_up", {"since": 0})["events"]
    return [event for event in told if event["action"] in actions]


@pytest.mark.parametrize("lose", LOSSES)
def test_a_clerk_who_calls_in_a_cut_has_called_one(
    cast: Cast, li: Person, wire: Wire, opened: Callable[..., Page], lose: Break
) -> None:
    first, second = cast.visitor(), cast.visitor()
    page = opened("/terminal", li)
    terminal = Terminal(page)
    terminal.says("Next", first)
    before = len(events(cast.hall, "call"))
    lose(wire)
    terminal.press()
    page.keyboard.press("Space")
    expect(terminal.trouble).to_have_text(WAITS)
    page.keyboard.press("Space")
    terminal.main.click(force=True)
    wire.mend()
    terminal.says("Start service", first)
    expect(terminal.trouble).to_have_text("")
    expect(terminal.waiting()).to_have_text([second])
    assert len(events(cast.hall, "call")) == before + 1


def test_a_clerk_whose_answer_is_late_reads_it_when_it_comes(
    cast: Cast, li: Person, wire: Wire, opened: Callable[..., Page]
) -> None:
    first = cast.visitor()
    terminal = Terminal(opened("/terminal", li))
    terminal.says("Next", first)
    before = len(events(cast.hall, "call"))
    wire.slow(1.0)
    terminal.press()
    expect(terminal.trouble).to_have_text(WAITS)
    wire.slow(0.1)
    terminal.says("Start service", first)
    assert len(events(cast.hall, "call")) == before + 1


def test_a_terminal_loaded_again_in_a_cut_shows_what_counted(
    cast: Cast, li: Person, wire: Wire, opened: Callable[..., Page]
) -> None:
    first = cast.visitor()
    page = opened("/terminal", li)
    terminal = Terminal(page)
    terminal.says("Next", first)
    wire.stall("down")
    terminal.press()
    wait_until(lambda: cast.window("1")["number"] == first, "the call")
    wire.cut()
    wire.mend()
    page.reload()
    terminal.says("Start service", first)


def test_a_tap_on_the_pad_in_a_cut_is_one_rating(
    cast: Cast, li: Person, wire: Wire, opened: Callable[..., Page]
) -> None:
    ticket = li.take()
    pad = opened("/pad/1?lang=en")
    at(pad, "idle")
    finish(li, ticket)
    at(pad, "ask")
    before = len(events(cast.hall, "rate", "other"))
    lose_the_answer(wire)
    choose(pad, "satisfied")
    expect(pad.locator("[data-trouble]")).to_have_text(WAITS)
    pad.locator("[data-level=very_dissatisfied]").click(force=True)
    wire.mend()
    at(pad, "thanks")
    assert li.get(f"/api/v1{ticket['link']}")["rating"]["rated"]
    assert len(events(cast.hall, "rate", "other")) == before + 1


def test_a_number_given_up_in_a_cut_is_given_up(
    cast: Cast, li: Person, wire: Wire, opened: Callable[..., Page]
) -> None:
    ticket = li.take()
    phone = opened(f"{ticket['link']}?lang=en")
    at(phone, "waiting")
    phone.locator("[data-leave-ask]").click()
    yes = phone.locator("[data-leave-yes]")
    expect(yes).to_be_visible()
    lose_the_answer(wire)
    before = len(events(cast.hall, "abandon"))
    yes.click()
    expect(phone.locator("[data-leave-trouble]")).to_have_text(WAITS)
    wire.mend()
    at(phone, "abandoned")
    assert len(events(cast.hall, "abandon")) == before + 1


@pytest.mark.parametrize("lose", LOSSES)
def test_a_number_taken_in_a_cut_is_one_number(
    cast: Cast, wire: Wire, opened: Callable[..., Page], lose: Break
) -> None:
    kiosk = opened("/kiosk?lang=en#/s/pension")
    take = kiosk.get_by_role("button", name="Take my number")
    expect(take).to_be_enabled()
    before = len(events(cast.hall, "issue"))
    lose(wire)
    take.click()
    kiosk.wait_for_timeout(500)
    wire.mend()
    number = kiosk.locator(".ticket .number")
    expect(number).to_have_text(NUMBER, timeout=12_000)
    issued = events(cast.hall, "issue")
    assert [event["ticket"]["number"] for event in issued[before:]] == [number.inner_text()]
    cast.keys.append(issued[-1]["ticket"]["ticket"])


def test_a_number_that_nobody_was_shown_is_given_up(
    cast: Cast, wire: Wire, opened: Callable[..., Page]
) -> None:
    """The answer is lost, and the kiosk's page is loaded again."""
    kiosk = opened("/kiosk?lang=en#/s/pension")
    take = kiosk.get_by_role("button", name="Take my number")
    expect(take).to_be_enabled()
    before, given_up = len(events(cast.hall, "issue")), len(events(cast.hall, "abandon"))
    lose_the_answer(wire)
    take.click()
    wait_until(lambda: len(events(cast.hall, "issue")) == before + 1, "the number")
    wire.cut()
    wire.mend()
    kiosk.reload()
    wait_until(lambda: len(events(cast.hall, "abandon")) == given_up + 1, "its end")
    issued, ended = events(cast.hall, "issue")[before:], events(cast.hall, "abandon")[given_up:]
    assert [one["ticket"]["ticket"] for one in issued] == [one["ticket"]["ticket"] for one in ended]
    expect(take).to_be_enabled()
