"""Two client processes, eight windows, a thousand tickets: nobody is called twice, nobody is forgotten."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.faults.crowd import WINDOWS, crowded_hall
from tests.running import ROOT, RunningHall, running_hall

TICKETS = 1000
PROCESSES = 2


def issue_all(hall: RunningHall) -> set[str]:
    """Everybody comes at once, through eight kiosks."""
    kiosks = [hall.somebody() for _ in range(8)]

    def take(n: int) -> str:
        number: str = kiosks[n % 8].take(("id-card", "household")[n // 8 % 2])["ticket"]["number"]
        return number

    with ThreadPoolExecutor(8) as pool:
        return set(pool.map(take, range(TICKETS)))


def seats(hall: RunningHall) -> list[str]:
    """A clerk at each window, as the arguments that a client process takes."""
    with ThreadPoolExecutor(4) as pool:
        clerks = dict(zip(WINDOWS, pool.map(lambda w: hall.clerk(f"clerk{w}"), WINDOWS), strict=True))
    for window, clerk in clerks.items():
        clerk.press("sit", window)
    return [f"{window}={clerk.cookies()}" for window, clerk in clerks.items()]


def press_all(hall: RunningHall) -> list[dict[str, Any]]:
    """Both processes press at once; what each window did."""
    taken, command = seats(hall), [sys.executable, "-m", "tests.faults.pressing", hall.url]
    shares = [taken[each::PROCESSES] for each in range(PROCESSES)]
    running = [subprocess.Popen([*command, *share], cwd=ROOT, stdout=subprocess.PIPE) for share in shares]
    return [done for process in running for done in json.loads(process.communicate()[0])]


def test_a_thousand_tickets_are_called_once_each(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", crowded_hall(tmp_path)) as hall:
        hall.administrator()
        board = hall.screen(screen="board", area="main")
        issued = issue_all(hall)
        done = press_all(hall)
        called = [call for window in done for call in window["called"]]
        last = hall.screen(screen="start").joined["seq"]
        seqs = [event["seq"] for event in board.wait_for(last)]
    assert len(issued) == TICKETS
    assert len(called) == TICKETS and {call["number"] for call in called} == issued
    assert len({call["ticket"] for call in called}) == TICKETS
    assert {code for window in done for code in window["refused"]} <= {"nobody_waiting"}
    assert min(len(window["called"]) for window in done) > TICKETS / len(WINDOWS) / 4
    assert seqs == list(range(board.joined["seq"] + 1, last + 1))
