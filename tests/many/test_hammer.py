"""Two processes, eight windows, both over the same two lines: nobody is called twice or forgotten."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.cluster import Cluster
from tests.faults.crowd import WINDOWS, crowded_hall
from tests.many.stage import Process, Stage, news, stage
from tests.running import ROOT, Json

TICKETS = 160


def issue_all(two: Stage) -> set[str]:
    """Everybody comes at once, through kiosks at both processes."""
    kiosks = [two.somebody(two.processes[n % 2]) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        taken = pool.map(lambda n: kiosks[n % 8].take(("id-card", "household")[n // 8 % 2]), range(TICKETS))
        return {each["ticket"]["number"] for each in taken}


def seats(two: Stage) -> dict[str, str]:
    """A clerk at each window, all signed in at the first process."""
    chief = two.administrator(two.processes[0])
    with ThreadPoolExecutor(4) as pool:
        clerks = list(pool.map(lambda w: two.clerk(f"clerk{w}", chief, two.processes[0]), WINDOWS))
    for window, clerk in zip(WINDOWS, clerks, strict=True):
        clerk.press("sit", window)
    return {window: clerk.cookies() for window, clerk in zip(WINDOWS, clerks, strict=True)}


def pressing(process: Process, cookies: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.faults.pressing", process.url]
    shares = [f"{window}={cookie}" for window, cookie in cookies.items()]
    return subprocess.Popen([*command, *shares], cwd=ROOT, stdout=subprocess.PIPE)


def last_windows(told: list[Json]) -> Json:
    """How each window stood when the board last heard of it."""
    return {event["window"]["window"]: event["window"] for event in told if event.get("window")}


def test_tickets_of_one_line_pressed_at_two_processes_are_called_once_each(
    cluster: Cluster, tmp_path: Path
) -> None:
    with stage(tmp_path, cluster.new_database(), crowded_hall(tmp_path)) as two:
        here, there = two.open_one(), two.open_one()
        taken = seats(two)
        boards = [two.screen(process, screen="board", area="main") for process in (here, there)]
        start = max(board.joined["seq"] for board in boards)
        issued = issue_all(two)
        halves = ({w: taken[w] for w in WINDOWS[::2]}, {w: taken[w] for w in WINDOWS[1::2]})
        running = [pressing(process, half) for process, half in zip((here, there), halves, strict=True)]
        done = [window for each in running for window in json.loads(each.communicate()[0])]
        last = two.screen(here, screen="start").joined["seq"]
        heard = [news(board, last) for board in boards]
    called = [call for window in done for call in window["called"]]
    assert len(issued) == TICKETS == len(called)
    assert {call["number"] for call in called} == issued
    assert len({call["ticket"] for call in called}) == TICKETS
    assert {code for window in done for code in window["refused"]} <= {"nobody_waiting"}
    for board, told in zip(boards, heard, strict=True):
        assert [event["seq"] for event in told] == list(range(board.joined["seq"] + 1, last + 1))
    both = [[event | {"window": None} for event in told if event["seq"] > start] for told in heard]
    assert both[0] == both[1], "the same, whichever process has committed it"
    stand = [last_windows(told) for told in heard]
    assert stand[0] == stand[1] and stand[0].keys() == set(WINDOWS)
    assert not any(window["number"] for window in stand[0].values()), "everybody was served"
