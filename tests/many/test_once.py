"""What is done once for a hall is done once by however many processes, and goes on when the leader dies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.booked import book, booked_file
from tests.cluster import Cluster
from tests.many.stage import Process, Stage, stage
from tests.running import SMALL, Json, Person, wait_until

SECRET = b"a secret that both sides have"
SLOT = "2026-10-12T01:30:00.000Z"
SOON = (29.8, 29.5, 29.0, 28.5, 28.0, 27.5, 27.0, 26.5)
"""Minutes before the slot, half an hour after the hall has opened: one of them is still to come."""

HOOK = """
[[signals.hooks]]
id = "trial"
url = "file:told.jsonl"
secret_file = "hook.key"
events = ["called", "booking.reminder"]
"""


@pytest.fixture(scope="module")
def three(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The first one leads; the hall has appointments, a hook and a forecast."""
    folder = tmp_path_factory.mktemp("once")
    (folder / "data").mkdir()
    (folder / "data" / "hook.key").write_bytes(SECRET)
    before = ", ".join(f"{{ minutes_before = {minutes} }}" for minutes in SOON)
    file = booked_file(folder, f"\n[bookings]\nshare = 0.3\nlead_minutes = 0\nreminders = [{before}]\n", HOOK)
    text = file.read_text("utf-8")
    assert "forecast = false" in text and SMALL.exists()
    file.write_text(text.replace("forecast = false", "forecast = true"), "utf-8")
    with stage(folder, cluster.new_database(), file) as opened:
        for _ in range(3):
            opened.open_one()
        opened.chief = opened.administrator(opened.processes[0])
        clerk = opened.clerk("li", opened.chief, opened.processes[1])
        clerk.press("sit", "1")
        opened.people.insert(0, clerk)
        yield opened


def clerk_of(three: Stage) -> Person:
    """At the second process, which doesn't lead as long as the first one lives."""
    return three.people[0]


def told(three: Stage) -> list[Json]:
    file = three.folder / "data" / "signals" / "told.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def called(three: Stage) -> str:
    """Somebody takes a number, is called, and has gone; the number."""
    clerk = clerk_of(three)
    clerk.take()
    number: str = clerk.press("call_next", "1")["ticket"]["number"]
    clerk.press("mark_no_show", "1")
    return number


def calls(three: Stage) -> list[str]:
    return [each["number"] for each in told(three) if each["event"] == "called"]


def test_a_hook_is_told_once_of_what_was_pressed_anywhere(three: Stage) -> None:
    numbers = [called(three) for _ in range(4)]
    wait_until(lambda: len(calls(three)) >= 4, "the hook")
    assert calls(three) == numbers


def test_a_reminder_goes_out_once(three: Stage) -> None:
    booking = book(clerk_of(three), "13812345678", slot=SLOT)["booking"]
    wait_until(lambda: bool(reminders(three)), "a reminder")
    first = reminders(three)[0]
    assert first["code"] == booking["code"]
    called(three)  # and whatever any process has to say until then
    wait_until(lambda: told(three)[-1]["event"] == "called", "the hook")
    assert len({each["id"] for each in told(three)}) == len(told(three))
    clerk_of(three).post(f"/api/v1{booking['link']}/cancel")


def reminders(three: Stage) -> list[Json]:
    return [each for each in told(three) if each["event"] == "booking.reminder"]


def forecasting(process: Process) -> list[str]:
    """The forecast processes that this one has started."""
    pid = process.process.pid
    found = [
        child
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [child for child in found if b"forecast" in Path(f"/proc/{child}/cmdline").read_bytes()]


def foresees(process: Process) -> bool:
    """Whether waits are told by the forecast there."""
    said = requests.get(f"{process.url}/metrics", timeout=10).text
    return any(line.startswith("hall_forecast_age_") for line in said.splitlines())


def test_one_process_foresees_and_the_others_are_told(three: Stage) -> None:
    waiting = clerk_of(three).take()
    wait_until(lambda: all(map(foresees, three.processes)), "the forecast at all processes", 60.0)
    assert [len(forecasting(process)) for process in three.processes] == [1, 0, 0]
    assert waiting["ticket"]["number"]


def test_when_the_leader_dies_another_goes_on_where_it_stopped(three: Stage) -> None:
    before = len(calls(three))
    three.processes[0].kill()
    numbers = [called(three) for _ in range(3)]
    wait_until(lambda: set(numbers) <= set(calls(three)), "the hook by another process")
    after = calls(three)[before:]
    assert [number for number in after if number in numbers] == numbers
    assert len(told(three)) - len({each["id"] for each in told(three)}) <= 1, "at most what was under way"
    living = three.processes[1:]
    wait_until(lambda: sum(len(forecasting(process)) for process in living) == 1, "another forecast", 60.0)
