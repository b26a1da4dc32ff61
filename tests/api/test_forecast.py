"""The forecast process beside a running hall: it prices, it may die, and nobody's press waits for it."""

from __future__ import annotations

import os
import selectors
import signal
from pathlib import Path

import pytest

from tests.running import SMALL, Person, RunningHall, running_hall, wait_until

ENGINES = ["eventlet", "gevent", "threading"]


def foreseeing(folder: Path, engine: str) -> Path:
    """The small hall that plays itself forward, served by that engine."""
    file = folder / "hall.toml"
    text = SMALL.read_text("utf-8").replace("forecast = false", "forecast = true\nplays = 20")
    file.write_text(f'{text}\n[server]\nengine = "{engine}"\n', "utf-8")
    return file


def players(hall: RunningHall) -> list[int]:
    """The forecast processes that this server has started."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                words = (each / "cmdline").read_bytes().split(b"\0")
                parent = (each / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            if b"forecast.worker" in words and int(parent) == hall.process.pid:
                found.append(int(each.name))
    return found


def wait_for_fresh(office: Person) -> None:
    """Asks now and then, as the office's page would: not more often than anybody may."""
    for _ in range(240):
        if office.get("/api/v1/forecast")["fresh"]:
            return
        selectors.DefaultSelector().select(0.25)
    raise AssertionError("no forecast within a minute")


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("engine", ENGINES)
def test_waits_come_from_the_forecast_which_may_die_in_the_middle(tmp_path: Path, engine: str) -> None:
    with running_hall(tmp_path / "data", foreseeing(tmp_path, engine)) as hall:
        office, li, kiosk = hall.administrator(), hall.clerk("li"), hall.somebody()
        li.press("sit", "1")
        first = [kiosk.take("id-card") for _ in range(4)]
        li.press("call_next", "1"), li.press("serve", "1")

        wait_for_fresh(office)
        [player] = players(hall)
        assert os.getpriority(os.PRIO_PROCESS, player) >= 10
        os.kill(player, signal.SIGKILL)
        taken = kiosk.take("id-card")
        li.press("finish_and_next", "1")
        assert taken["high"] is not None and len({each["ticket"]["number"] for each in [*first, taken]}) == 5
        wait_until(lambda: players(hall) not in ([], [player]), "another process", 60.0)
        wait_for_fresh(office)
        place = kiosk.get(f"/api/v1{taken['link']}")["place"]
        assert place[0] == 2 and place[2] >= place[1] >= 0
        [second] = players(hall)
    wait_until(lambda: is_gone(second), "the process that ends with its hall")


def test_a_killed_server_leaves_no_forecast_behind(tmp_path: Path) -> None:
    hall_file = foreseeing(tmp_path, "eventlet")
    with pytest.raises(AssertionError), running_hall(tmp_path / "data", hall_file) as hall:
        hall.clerk("li").press("sit", "1")
        hall.somebody().take("id-card")
        wait_until(lambda: players(hall), "a process")
        [player] = players(hall)
        hall.process.kill()
    wait_until(lambda: is_gone(player), "the process that heard its hall hang up")
