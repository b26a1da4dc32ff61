"""Every screen behind a wire that stalls, is bitten through or slows down: none loses or repeats a call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.display.screens import Screens, chromium
from tests.faults.mangling import Mangler
from tests.faults.onlookers import Meanwhile, Onlookers, Windows, digits, now
from tests.faults.wire import Wire
from tests.running import RunningHall

BACK_WITHIN = 8.0
"""Seconds from the mended wire until all seven screens are live again and show all that happened, beside
other tests; `make wires` says how long each takes by itself: less than 2."""

SAYS_SO_WITHIN = 5.3
"""Seconds from the fault until a screen says that it isn't live: 5, and a look at the clock."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def windows(server: RunningHall) -> Windows:
    made = Windows(server, server.clerk("li"), server.clerk("wang"))
    made.li.press("sit", "1")
    made.wang.press("sit", "2")
    return made


@pytest.fixture(scope="module")
def wire(server: RunningHall) -> Iterator[Wire]:
    with Wire(server.url) as opened:
        yield opened


@pytest.fixture(scope="module")
def everybody(browser: Browser, windows: Windows, wire: Wire) -> Iterator[Onlookers]:
    screens = Screens(browser)
    yield Onlookers(screens, wire.url, windows)
    screens.close()


@pytest.fixture(autouse=True)
def as_before(wire: Wire, windows: Windows) -> Iterator[None]:
    """The wire is whole again, and nobody stands at a window."""
    yield
    wire.mend()
    windows.send_away()


def once_each(everybody: Onlookers, done: Meanwhile, live: bool = False) -> None:
    """Who was still called was announced, each once; who had come or gone before, only if there was time."""
    everybody.wait_until_said([done.there, done.here])
    said = [sum(digits(number) in text for text in everybody.said()) for number in done.calls]
    assert said[2:] == [1, 1]
    assert max(said[:2]) <= int(live)


def back_again(everybody: Onlookers, wire: Wire, done: Meanwhile) -> None:
    everybody.expect(done)
    mended = now()
    wire.mend()
    took = everybody.know(mended)
    assert max(took.values()) < BACK_WITHIN, took


def test_a_wire_that_stalls_half_open(everybody: Onlookers, windows: Windows, wire: Wire) -> None:
    stalled = now()
    wire.stall()
    done = windows.work()
    told = everybody.say_that_they_are_not_live()
    assert all(seconds - stalled < SAYS_SO_WITHIN for seconds in told.values()), told
    back_again(everybody, wire, done)
    once_each(everybody, done)


@pytest.mark.parametrize("how", ["fin", "rst"])
def test_a_wire_that_is_cut_in_the_middle_of_a_frame(
    everybody: Onlookers, windows: Windows, wire: Wire, how: str
) -> None:
    everybody.follow(windows.prepare())
    cut = now()
    wire.bite("fin" if how == "fin" else "rst")
    done = windows.work()
    told = everybody.say_that_they_are_not_live()
    assert all(seconds - cut < SAYS_SO_WITHIN for seconds in told.values()), told
    back_again(everybody, wire, done)
    once_each(everybody, done)


def test_a_wire_that_is_slow(everybody: Onlookers, windows: Windows, wire: Wire) -> None:
    everybody.follow(windows.prepare())
    wire.slow(0.3)
    done = windows.work()
    everybody.expect(done)
    everybody.know(now())
    once_each(everybody, done, live=True)


def silence_other_announcers(browser: Browser) -> None:
    """Of an area's announcers one speaks: those of the tests before would."""
    for page in (page for context in browser.contexts for page in context.pages):
        if "/announcer/" in page.url:
            page.close()


def test_messages_that_come_twice_in_the_wrong_order_or_never(
    browser: Browser, windows: Windows, server: RunningHall
) -> None:
    silence_other_announcers(browser)
    screens, mangler = Screens(browser), Mangler(seed=3)
    everybody = Onlookers(screens, server.url, windows, mangler)
    mangler.on = True
    done = windows.work()
    everybody.expect(done)
    everybody.know(now())
    once_each(everybody, done, live=True)
    assert min(mangler.doubled, mangler.swapped, mangler.dropped) > 0
    screens.close()
