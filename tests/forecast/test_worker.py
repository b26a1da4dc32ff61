"""The forecast process from inside: what it is told, what it answers, what outlives it."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from forecast import situations
from forecast.adjusting import Adjusting
from forecast.foresee import Told
from forecast.situations import Away, Booked, Opening, Running, Situation, TurnFigures
from forecast.telling import Wall, alike_of, situation_told, visit_of
from forecast.worker import Worker, answered
from queueing.records import PastVisit, UnderWay, Waiting
from tests.running import PATIENCE, ROOT

DAY = "2026-10-12"
BEGIN = {"begin": {"zone": "Asia/Shanghai", "services": {"a": 5.0}, "plays": 30, "keep": ""}}


def at(minutes: float) -> str:
    """An instant of that day's wall in China, as stored."""
    hours, rest = divmod(minutes - 480, 60)
    return f"{DAY}T{int(hours):02d}:{int(rest):02d}:00.000Z"


def past(key: str, joined: float, minutes: float, state: str = "finished", held: float = 0.0) -> PastVisit:
    return PastVisit(
        key, "a", "walk_in", state, at(joined), at(joined), at(joined + 10), "1", at(joined + 11),  # type: ignore[arg-type]
        at(joined + 11 + minutes), "done", "li", held, 0, 0, 1,
    )  # fmt: skip


def situation(now: float, waiting: int) -> dict[str, Any]:
    line = [Waiting(str(n), "a", "walk_in", at(now - 9 + n), n, None) for n in range(waiting)]
    opening = {
        "window": "1", "clerk": "li", "opens": 510, "closes": 720, "after_break": False, "to_break": False
    }  # fmt: skip
    return {
        "day": DAY, "now": now, "waiting": line, "running": [], "openings": [opening], "away": {},
        "silent": [], "booked": None, "classes": {"walk_in": {"head_start": 0.0, "rate": 1.0}},
    }  # fmt: skip


def begun(**more: Any) -> Worker:
    worker = Worker()
    worker.answer({"begin": BEGIN["begin"] | more})
    worker.answer({"takes": {"1": {"a": 0.0}}})
    return worker


def newcomer(worker: Worker, over: list[PastVisit] | None = None) -> float:
    told = worker.answer({"now": {"situation": situation(600.0, 4), "over": over or []}})
    assert [key for key, *_ in told["tickets"]] == ["0", "1", "2", "3"]
    [[service, ticket_class, low, likely, high]] = told["newcomers"]
    assert (service, ticket_class) == ("a", "walk_in") and low <= likely <= high
    return float(likely)


def test_it_prices_everybody_and_whoever_comes_next() -> None:
    assert 14 < newcomer(begun()) < 34


def test_services_that_the_same_windows_take_alike_have_one_newcomer() -> None:
    alike = alike_of({"1": {"a": 0.0, "b": 0.0, "c": 5.0}, "2": {"c": 0.0}})
    assert alike == {"a": "a", "b": "a", "c": "c"}


def test_days_past_and_visits_of_today_move_what_is_told() -> None:
    slow = [past(str(n), 520 + n, 14.0) for n in range(40)]
    worker = begun()
    before = newcomer(worker)
    assert newcomer(worker, [past(f"x{n}", 520 + n, 14.0) for n in range(12)]) > before
    taught = begun()
    plan = [["1", ["a"], 510.0, 720.0]]
    taught.answer({"past": {"day": "2026-10-09", "visits": slow, "plan": plan}})
    assert newcomer(taught) > before * 1.3


def test_tickets_are_told_as_they_are_stored_and_played_in_minutes() -> None:
    told = situation(600.0, 0) | {
        "waiting": [
            Waiting("w", "a", "walk_in", at(590), 1, None),
            Waiting("own", "a", "priority", at(591), 2, "1", at(605)),
        ],
        "running": [
            UnderWay("1", "li", "a", "walk_in", at(580), at(582), 300.0),
            UnderWay("2", None, "a", "walk_in", at(599), None, 0.0),
            UnderWay("3", None, "a", "walk_in", at(598), at(599), 300.0),
        ],
        "away": {"1": {"since": 590.0, "late": True}}, "silent": ["2"],
        "booked": [{"service": "a", "slot": 610.0}],
    }  # fmt: skip
    line = json.loads(json.dumps(told))
    assert situation_told(line, {"1": {"a": 2.0}}, "Asia/Shanghai") == Situation(
        DAY, 600.0,
        (
            situations.Waiting("w", "a", "walk_in", 590.0, 590.0, 1),
            situations.Waiting("own", "a", "priority", 591.0, 591.0, 2, 605.0, "1"),
        ),
        (
            Running("1", "li", "a", "walk_in", 580.0, 587.0),
            Running("2", "", "a", "walk_in", 599.0, None),
            Running("3", "", "a", "walk_in", 598.0, 600.0),
        ),
        (Opening("1", "li", {"a": 2.0}, 510, 720),),
        {"1": Away(590.0, True)}, frozenset({"2"}), (Booked("a", 610.0),), {"walk_in": TurnFigures()},
    )  # fmt: skip


def test_time_aside_is_no_service_and_a_no_show_no_visit() -> None:
    wall = Wall(DAY, "Asia/Shanghai")
    served = visit_of(past("k", 540, 20.0, held=300.0), DAY, wall)
    assert (served.joined, served.started, served.finished) == (540.0, 551.0, 566.0)
    missed = visit_of(past("k", 540, 20.0, "no_show"), DAY, wall)
    assert (missed.called, missed.started, missed.finished) == (550.0, None, None)


def test_nonsense_is_answered_and_the_next_line_counts() -> None:
    worker = begun()
    assert "fault" in answered(worker, '{"now": {}}') and "fault" in answered(worker, "{")
    assert answered(worker, json.dumps(BEGIN)).keys() == {"begun"}


RAW = Told(20.0, 18.0, 22.0)
NOW = Situation(DAY, 600.0)


@pytest.fixture
def taught(tmp_path: Path) -> Path:
    """The file of a hall in which everybody waited twice as long as the plays said."""
    file = tmp_path / "forecast.json"
    adjusting = Adjusting(file)
    wall = Wall(DAY, "Asia/Shanghai")
    for n in range(120):
        adjusting.ticket(NOW, str(n), "walk_in", RAW)
        adjusting.over([visit_of(past(str(n), 630.0, 5.0), DAY, wall)])
    return file


def test_ranges_widen_by_their_misses_and_that_outlives_the_process(taught: Path) -> None:
    fresh, again = (Adjusting(file).newcomer(NOW, "walk_in", RAW) for file in (None, taught))
    assert fresh and again and again.high > fresh.high + 2
    taught.write_text("{", "utf-8")
    assert Adjusting(taught).newcomer(NOW, "walk_in", RAW) == fresh


def test_who_most_plays_do_not_reach_is_told_nothing() -> None:
    assert Adjusting().ticket(NOW, "k", "walk_in", Told(None, 30.0, None)) is None


SERVER = """
import socket, subprocess, sys
from web import forecaster

def busy(words, real=subprocess.Popen, **how):
    return real([words[0], "-c", sys.argv[1], *words[words.index("forecast.worker") + 1:]], **how)

subprocess.Popen = busy
ours, theirs = socket.socketpair()
process = forecaster.spawned(theirs.fileno())
theirs.close()
ours.sendall(b"{}\\n")
print(process.pid, ours.recv(1), flush=True)
sys.stdin.read()
"""
BUSY = """
import sys
from forecast import worker

def for_ever(workers, line):
    wire.sendall(b"!")
    while True:
        pass

worker.answered, wire = for_ever, worker.socket.socket(fileno=worker.os.dup(int(sys.argv[1])))
worker.main(sys.argv[1:])
"""
"""The worker as the server starts it, with a question that has no end."""


def test_it_ends_with_its_server_whatever_it_computes() -> None:
    asked, pipe = [sys.executable, "-c", SERVER, BUSY], subprocess.PIPE
    with subprocess.Popen(asked, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as server:
        assert server.stdout
        number, said = server.stdout.readline().split()
        watched = os.pidfd_open(int(number))
        server.kill()
    gone = selectors.DefaultSelector()
    gone.register(watched, selectors.EVENT_READ)
    ended = bool(gone.select(PATIENCE))
    with suppress(ProcessLookupError):
        os.kill(int(number), signal.SIGKILL)
    os.close(watched)
    assert (said, ended) == ("b'!'", True)
