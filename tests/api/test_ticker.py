"""What the hall does by itself, with the clock turned by hand and nobody listening."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask

from queueing.clock import HandClock
from queueing.records import Press
from web.context import Built
from web.push import LONGEST_QUEUE
from web.ticker import Ticker

CLERK = Press(actor="staff:li", role="clerk", clerk="li")
KIOSK = Press(actor="device:kiosk", role="kiosk", key="once")
DAY = 24 * 60


@pytest.fixture
def ticker(app: Flask, built: Built) -> Ticker:
    """Its loops don't run; a test takes the steps."""
    return Ticker(built, built.sockets)


def state(built: Built, ticket: str) -> str:
    return built.store.look(lambda desk: desk.ticket(ticket).state)


def test_at_the_turn_of_the_day_everything_open_ends(ticker: Ticker, built: Built, clock: HandClock) -> None:
    ticker.beat()
    built.hall.sit(window="1", by=CLERK)
    waits = built.hall.issue(service="id-card", by=KIOSK)["ticket"]["ticket"]
    ticker.beat()
    assert state(built, waits) == "waiting"
    clock.turn(minutes=DAY)
    ticker.beat()
    assert state(built, waits) == "abandoned"
    assert built.store.look(lambda desk: desk.window("1")).state == "closed"


def test_a_clock_that_jumps_back_over_midnight_turns_no_day_twice(
    ticker: Ticker, built: Built, clock: HandClock
) -> None:
    turned: list[str] = []
    ticker._turn_the_day, turn = lambda day: (turned.append(day), turn(day)), ticker._turn_the_day
    ticker.beat()
    clock.turn(minutes=DAY)
    ticker.beat()
    clock.turn(minutes=-60 * 10)
    ticker.beat()
    clock.turn(minutes=60 * 10)
    ticker.beat()
    assert turned == ["2026-10-12", "2026-10-13"]
    noted = built.store.look(lambda desk: desk.events_after(0, 100))
    assert [event.after for event in noted if event.action == "clock_back"] == [{"seconds": 36000}]


def test_lines_are_redrawn_after_a_change_only(ticker: Ticker, built: Built) -> None:
    ticker.redraw()
    before = built.push.lines.now()
    ticker.redraw()
    assert built.push.lines.now() is before
    built.hall.issue(service="id-card", by=KIOSK)
    built.push.fresh = built.store.look(lambda desk: desk.events_after(0, 10))
    ticker.redraw()
    assert built.push.lines.now()[0]["waiting"] == before[0]["waiting"] + 1


def test_a_screen_that_reads_too_slowly_is_dropped(ticker: Ticker, built: Built) -> None:
    """It comes back by itself and catches up; its messages would have filled the memory."""
    closed: list[str] = []
    for sid, behind in (("quick", 0), ("slow", LONGEST_QUEUE + 1)):
        built.sockets.server.eio.sockets[sid] = SimpleNamespace(
            sid=sid,
            queue=SimpleNamespace(qsize=lambda behind=behind: behind),
            close=lambda sid=sid, **how: closed.append(sid),
        )
    ticker.beat()
    assert closed == ["slow"]
