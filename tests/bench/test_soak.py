"""Two short days in a row leave nothing behind on the server; what is left behind is found."""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench.soak import Options, morning_of, open_days, run
from bench.soak_counts import Evening, Held, held_by, last_line, left_open, nothing_left_over
from settings import load_house
from tests.running import SMALL

AT_FIRST = Held(200.0, ("/data/hall.db",), sockets=3, threads=22)


def evening(held: Held) -> Evening:
    return Evening("Mon 10-12", 600, 300, True, held)


def test_two_short_days_leave_no_socket_and_no_thread(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(run(Options(SMALL, days=2, speed=900.0, visitors=None, quick=True)))
    *_, second, last = capsys.readouterr().out.splitlines()
    assert last.startswith("days=2 memory=+") and last.endswith(" sockets=+0"), (second, last)


def test_this_process_is_counted_by_the_kernel(tmp_path: Path) -> None:
    before = held_by(os.getpid(), tmp_path)
    with socket.socket(), (tmp_path / "hall.db").open("wb") as file:
        file.write(b"x" * 2**20)
        file.flush()
        now = held_by(os.getpid(), tmp_path)
    assert (now.sockets - before.sockets, now.files - before.files, now.database) == (1, 1, 1.0)


@pytest.mark.parametrize(
    "left",
    [{"names": ("/data/hall.db", "/data/forgotten")}, {"sockets": 4}, {"threads": 23}, {"megabytes": 221.0}],
    ids=str,
)
def test_whatever_is_left_over_is_found(left: dict[str, object]) -> None:
    assert nothing_left_over([evening(AT_FIRST), evening(AT_FIRST)], 10.0)
    assert not nothing_left_over([evening(AT_FIRST), evening(replace(AT_FIRST, **left))], 10.0)


def test_the_last_line_says_what_came_to_stay() -> None:
    later = replace(AT_FIRST, megabytes=205.0, names=("/data/hall.db", "/data/forgotten"))
    both = [evening(AT_FIRST), evening(later)]
    assert last_line(both) == "days=2 memory=+2.5% files=+1 sockets=+0"
    assert left_open(both) == "left open: {'forgotten': 1}"


def test_days_on_which_nobody_works_pass() -> None:
    house = load_house(SMALL)
    days = open_days(house)
    week = [next(days) for _ in range(6)]
    assert week[-2:] == [date(2026, 10, 16), date(2026, 10, 19)]
    assert f"{morning_of(house, week[-1], 600.0):%m-%d %H}" in ("10-19 07", "10-19 08")
