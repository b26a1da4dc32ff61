"""The halls that a load falls on: started here with clerks at all their windows, or one that runs already."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import requests

from bench.day_hall import PASSWORD, ROOT, HallDidNotStart, free_port, stop
from bench.day_people import seats
from bench.load_plan import MORNING, Plan, Profile
from bench.load_screens import Pushes
from queueing.clock import HandClock
from queueing.hall import Hall
from queueing.records import Press
from storage.store import SqliteStore

WIDE_DOORS = """
[doors]
presses = 100000
looks = 100000
of_strangers = 100000
of_ticket = 10000
sockets = 10000
sockets_of_strangers = 10000
connections_per_address = 10000
"""
"""Everybody comes from one address here."""

NEW = "correct horse battery"
STARTS_WITHIN, LOOK_SECONDS = 90.0, 0.1
Json = dict[str, Any]


@dataclass
class Target:
    """One hall under load: where it is, who may press, its plan, its screens, and what was given out."""

    url: str
    plan: Plan
    cookies: dict[str, str]
    process: psutil.Process | None = None
    pushes: Pushes = field(default_factory=Pushes)
    windows: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    last_seq: int = 0

    def used(self) -> float:
        """Processor seconds of the server until now."""
        return sum(self.process.cpu_times()[:2]) if self.process else 0.0

    def megabytes(self) -> float:
        return self.process.memory_info().rss / 1e6 if self.process else 0.0


class OwnHalls:
    """Halls of a profile, each a server of its own with a folder that goes with it."""

    def __init__(self, profile: Profile, speed: float, seed: int) -> None:
        self._scratch = Path(tempfile.mkdtemp(prefix="hall-load-"))
        self._processes: list[subprocess.Popen[bytes]] = []
        self._commands: list[list[str]] = []
        self.targets: list[Target] = []
        file = self._scratch / "hall.toml"
        file.write_text(profile.hall.read_text("utf-8") + WIDE_DOORS, "utf-8")
        for number in range(profile.halls):
            self.targets.append(self._opened(file, Plan(profile, speed, seed + number), number))

    def _opened(self, file: Path, plan: Plan, number: int) -> Target:
        folder, port, log = self._scratch / f"data-{number}", free_port(), self._scratch / f"log-{number}"
        seated(folder, plan)
        words = ["serve", "--hall", str(file), "--data", str(folder), "--port", str(port)]
        words += ["--clock", f"{MORNING:%Y-%m-%dT%H:%M}", "--speed", f"{plan.speed:g}"]
        self._commands.append([sys.executable, "app.py", *words])
        process = self._started(number)
        self._processes.append(process)
        url = f"http://127.0.0.1:{port}"
        password = first_password(process, url, log)
        cookies, windows = signed_in(url, plan, password), list(seats(plan.house))
        return Target(url, plan, cookies, psutil.Process(process.pid), windows=windows)

    def _started(self, number: int) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        with (self._scratch / f"log-{number}").open("ab") as out:
            return subprocess.Popen(
                self._commands[number], cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
            )

    def start_again(self, number: int) -> None:
        """The same server on the same data and port, once it has stopped; back when it answers."""
        stop(self._processes[number])
        self._processes[number] = process = self._started(number)
        self.targets[number].process = psutil.Process(process.pid)
        until = time.monotonic() + STARTS_WITHIN
        while not answers(self.targets[number].url):
            if process.poll() is not None or time.monotonic() > until:
                raise HallDidNotStart(f"hall {number}")
            time.sleep(LOOK_SECONDS)

    def logs(self) -> list[str]:
        """Errors that nobody caught, in the servers' own logs."""
        texts = (file.read_text("utf-8") for file in sorted(self._scratch.glob("log-*")))
        return [text[at : at + 2000] for text in texts if (at := text.find("Traceback")) >= 0]

    def close(self) -> None:
        for process in self._processes:
            stop(process)
        shutil.rmtree(self._scratch, ignore_errors=True)


def seated(folder: Path, plan: Plan) -> None:
    """A clerk sits at every window before the hall opens: hundreds of sign-ins would be most of the load."""
    at = MORNING.replace(tzinfo=ZoneInfo(plan.house.hall.timezone)) - timedelta(minutes=5)
    store = SqliteStore(folder, plan.house.hall.id)
    hall = Hall(plan.house, store, HandClock(at))
    for window, clerk in seats(plan.house).items():
        hall.sit(window=window, by=Press(actor=f"staff:{clerk.id}", role="clerk", clerk=clerk.id))
    store.close()


def first_password(process: subprocess.Popen[bytes], url: str, log: Path) -> str:
    """The administrator's, once the hall answers. Raises HallDidNotStart."""
    ends = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < ends:
        found = PASSWORD.search(log.read_text("utf-8")) if log.exists() else None
        if found and answers(url):
            return found.group(1)
        time.sleep(LOOK_SECONDS)
    raise HallDidNotStart(log.read_text("utf-8")[-2000:])


def answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=5).ok
    except requests.ConnectionError:
        return False


def signed_in(url: str, plan: Plan, password: str) -> dict[str, str]:
    """The administrator's cookies; a one-time password is replaced. Raises requests.HTTPError."""
    boss = next(each.id for each in plan.house.staff if each.role == "administrator")
    with requests.Session() as http:
        answer = posted(http, f"{url}/api/v1/session", {"name": boss, "password": password})
        if (answer.get("staff") or {}).get("must_change_password"):
            posted(http, f"{url}/api/v1/session/password", {"old": password, "new": NEW})
        return dict(http.cookies.get_dict())


def posted(http: requests.Session, url: str, body: Json) -> Json:
    answer = http.post(url, json=body, headers={"Idempotency-Key": uuid.uuid4().hex}, timeout=30)
    answer.raise_for_status()
    found: Json = answer.json()
    return found


def running(url: str, plan: Plan, password: str) -> Target:
    """A hall that somebody else started; its windows are those where a clerk sits."""
    cookies = signed_in(url, plan, password)
    told = requests.get(f"{url}/api/v1/windows", cookies=cookies, timeout=30).json()
    seats_there = {each["id"] for each in told["windows"] if each["view"]["state"] == "open"}
    return Target(url, plan, cookies, windows=sorted(seats_there))
