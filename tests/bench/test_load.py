"""The load tool: a small load goes through whole, and a screen that loses something is found out."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest
from websockets.sync.server import ServerConnection, serve

from bench.day_hall import ROOT
from bench.load_halls import found_in
from bench.load_report import Line, Result
from bench.load_screens import NotLetIn, Pushes, Screen


def test_a_small_street_goes_through_whole(tmp_path):
    command = [sys.executable, "-m", "bench.load", "--profile", "street", "--minutes", "0.06"]
    command += ["--phones", "10", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = csv.DictReader((tmp_path / "load.csv").read_text("utf-8").splitlines())
    told = {row["what"]: (int(row["n"]), int(row["errors"])) for row in rows}
    assert told["join board"] == (4, 0)
    assert told["issue"][0] > 0
    assert told["press to board"][0] > 0
    assert "none lost" in (tmp_path / "load.md").read_text("utf-8")
    assert b"<svg" in (tmp_path / "load.svg").read_bytes()


CITY = """
City: 2 halls open, 0 shut.

city: http://10.0.0.9:8000/   on this machine: http://localhost:8000/
    first start: sign in as cityadmin, one-time password: first
hall00: http://10.0.0.9:9000/   on this machine: http://localhost:9000/
    first start: sign in as admin, one-time password: second
hall01: http://10.0.0.9:9001/   on this machine: http://localhost:9001/
    first start: sign in as admin, one-time password: third

The city's page: http://10.0.0.9:8000/   its office: http://10.0.0.9:8000/office
"""


def test_each_hall_of_a_city_is_found_once_all_are_open():
    assert found_in(CITY, "hall00") is None, "the city is still opening"
    whole = f"{CITY}Press Ctrl+C to close the halls."
    assert found_in(whole, "hall00") == ("http://localhost:9000", "second")
    assert found_in(whole, "hall01") == ("http://localhost:9001", "third")
    assert found_in(whole, "hall02") is None, "it is shut, and nobody else's address is its own"


def test_a_hall_that_stands_alone_is_found_whatever_its_name():
    said = (
        "On this machine: http://localhost:8000/\nFirst start: … the one-time password: only\nPress Ctrl+C …"
    )
    assert found_in(said, "weicheng") == ("http://localhost:8000", "only")


def pushed(*seqs: int) -> str:
    return '42["events",{"events":[' + ",".join(f'{{"seq":{n},"at":""}}' for n in seqs) + "]}]"


@contextmanager
def hall_that_sends(*frames: str) -> Iterator[str]:
    """A server that speaks as the hall does, joins a screen at event 5, sends these and hangs up."""

    def talk(connection: ServerConnection) -> None:
        connection.send("0{}")
        connection.recv()
        connection.send("40{}")
        connection.recv()
        for frame in ('430[{"ok":true,"seq":5}]', *frames):
            connection.send(frame)

    with serve(talk, "127.0.0.1", 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()


def heard(*frames: str) -> Pushes:
    pushes = Pushes()
    with hall_that_sends(*frames) as url:
        screen = Screen(url, {"screen": "board"}, pushes, timed=True)
        with suppress(NotLetIn):
            screen.listen()
    return pushes


def test_events_in_order_are_all_right_and_those_of_the_picture_are_no_doubles():
    pushes = heard(pushed(4, 5), pushed(6), pushed(7, 8))
    assert not +pushes.wrong
    pushes.answered(6, 0.0)
    assert [seq for seq, _ in pushes.delays] == [6, 7, 8]
    assert len(pushes.milliseconds()) == 1


def test_missed_doubled_and_late_events_are_counted():
    assert +heard(pushed(6), pushed(9)).wrong == {"missed": 2}
    assert +heard(pushed(6), pushed(6)).wrong == {"doubled": 1}
    assert +heard(pushed(6, 7), pushed(6)).wrong == {"out of order": 1}


def test_a_hall_that_hangs_up_is_said_so():
    with hall_that_sends() as url, pytest.raises(NotLetIn):
        Screen(url, {"screen": "board"}, Pushes()).listen()


@pytest.mark.parametrize(
    ("errors", "wrong", "good"), [(0, {}, True), (1, {}, False), (0, {"missed": 1}, False)]
)
def test_a_run_with_a_loss_isnt_good(errors, wrong, good):
    line = Line("issue", 3, 1.0, 2.0, 3.0, errors)
    assert Result("t", [line], Counter(wrong), []).is_good is good
