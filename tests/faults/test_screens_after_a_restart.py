"""The hall's server dies and comes again, or comes again from a backup, or the screens' machines sleep."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.display.mortal import MortalHall, mortal_hall
from tests.display.screens import Screens, chromium
from tests.faults.onlookers import Meanwhile, Onlookers, Windows, digits, now
from tests.faults.wire import Wire

ASLEEP_SECONDS = 6
BACK_WITHIN = 2.0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MortalHall]:
    with mortal_hall(tmp_path_factory.mktemp("mortal") / "data") as opened:
        yield opened


@pytest.fixture(scope="module")
def wire(hall: MortalHall) -> Iterator[Wire]:
    with Wire(hall.url) as opened:
        yield opened


@pytest.fixture(scope="module")
def windows(hall: MortalHall) -> Windows:
    made = Windows(hall, hall.clerk("li"), hall.clerk("wang"))
    made.li.press("sit", "1")
    made.wang.press("sit", "2")
    return made


@pytest.fixture(scope="module")
def everybody(browser: Browser, windows: Windows, wire: Wire) -> Iterator[Onlookers]:
    screens = Screens(browser)
    yield Onlookers(screens, wire.url, windows)
    screens.close()


def rise(hall: MortalHall, windows: Windows) -> None:
    hall.rise()
    for person in (windows.li, windows.wang):
        person.url = hall.url


def test_a_server_that_was_killed_is_found_again(
    everybody: Onlookers, windows: Windows, hall: MortalHall, wire: Wire
) -> None:
    wire.cut()
    hall.die()
    everybody.say_that_they_are_not_live()
    rise(hall, windows)
    done = windows.work()
    back_again(everybody, hall, wire, done)
    windows.send_away()


def test_a_hall_restored_from_a_backup_is_shown_as_it_is_now(
    everybody: Onlookers, windows: Windows, hall: MortalHall, wire: Wire, tmp_path: Path
) -> None:
    """What happened after the backup is gone from every screen; what happens next is shown."""
    wire.cut()
    hall.die()
    shutil.copytree(hall.folder, tmp_path / "backup")
    rise(hall, windows)
    wire.mend(hall.url)
    everybody.follow(windows.prepare())
    forgotten = windows.work()
    everybody.expect(forgotten)
    everybody.know(now())
    wire.cut()
    hall.die()
    shutil.rmtree(hall.folder)
    shutil.copytree(tmp_path / "backup", hall.folder)
    rise(hall, windows)
    wire.mend(hall.url)
    board, terminal = everybody.pages["board"], everybody.pages["terminal"]
    expect(terminal.locator("[data-fill=number]")).to_have_text("")
    expect(board.locator(f"[data-number={forgotten.here}]")).to_have_count(0)
    everybody.follow(windows.prepare())
    again = windows.work()
    assert again == forgotten
    everybody.expect(again)
    everybody.know(now())
    windows.send_away()


def test_machines_that_slept_show_what_they_slept_through(
    everybody: Onlookers, windows: Windows, browser: Browser
) -> None:
    everybody.follow(windows.prepare())
    with asleep(browser):
        done = windows.work()
        time.sleep(ASLEEP_SECONDS)
    woken = now()
    everybody.expect(done)
    took = everybody.know(woken)
    assert max(took.values()) < BACK_WITHIN, took
    once_each(everybody, done)
    windows.send_away()


def back_again(everybody: Onlookers, hall: MortalHall, wire: Wire, done: Meanwhile) -> None:
    everybody.expect(done)
    mended = now()
    wire.mend(hall.url)
    took = everybody.know(mended)
    assert max(took.values()) < BACK_WITHIN, took
    once_each(everybody, done)


def once_each(everybody: Onlookers, done: Meanwhile) -> None:
    """Who was still called was announced once."""
    everybody.wait_until_said([done.there, done.here])
    said = [sum(digits(number) in text for text in everybody.said()) for number in done.calls]
    assert said == [0, 0, 1, 1]


@contextmanager
def asleep(browser: Browser) -> Iterator[None]:
    """The processes of the pages stand still; the network goes on, as it does under a machine that sleeps."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [process["id"] for process in processes if process["type"] == "renderer"]
    assert pages
    for page in pages:
        os.kill(page, signal.SIGSTOP)
    try:
        yield
    finally:
        for page in pages:
            os.kill(page, signal.SIGCONT)
        session.detach()
