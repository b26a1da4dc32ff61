"""The hall that is started for a day: what is read from what it prints."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bench.day_hall import PASSWORD, HallDidNotStart, Place, first_password, free_port, stop


def test_the_one_time_password_is_found_in_what_the_hall_prints() -> None:
    found = PASSWORD.search("The administrator's one-time password: K3FM-7QXA\n")
    assert found and found.group(1) == "K3FM-7QXA"


def test_errors_that_nobody_caught_are_found_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "hall.log"
    log.write_text(
        "open\nTraceback (most recent call last):\n  one\nTraceback (most recent call last):\n  two\n"
    )
    found = Place("http://hall", "secret", log).tracebacks()
    assert [text.split()[-1] for text in found] == ["one", "two"]


def test_the_log_of_somebody_elses_hall_is_not_read() -> None:
    assert Place("http://hall", "secret").tracebacks() == []


def test_a_hall_that_stops_at_once_did_not_start(tmp_path: Path) -> None:
    log = tmp_path / "hall.log"
    log.write_text("")
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    with pytest.raises(HallDidNotStart):
        asyncio.run(first_password(process, f"http://127.0.0.1:{free_port()}", log))
    stop(process)
