"""The halls that a load falls on: started here with clerks at all their windows, or one that runs already."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import requests

from bench.cities import city
from bench.day_hall import PASSWORD, ROOT, HallDidNotStart, free_port, stop
from bench.day_people import seats
from bench.load_plan import MORNING, Plan, Profile
from bench.load_screens import Pushes
from queueing.clock import HandClock
from queueing.hall import Hall
from queueing.records import Press
from settings.city import hall_files
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
LOCAL, ENDS, OF_A_CITY = re.compile(r"(http://localhost:\d+)/"), "Press Ctrl+C", "The city's page: "
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
    """One hall, or a city of halls in one deployment, with a folder that goes with it."""

    def __init__(self, profile: Profile, speed: float, seed: int) -> None:
        self._scratch = Path(tempfile.mkdtemp(prefix="hall-load-"))
        self._log = self._scratch / "log"
        files = self._files(profile)
        plans = [Plan(replace(profile, hall=file), speed, seed + n) for n, file in enumerate(files)]
        data = self._scratch / "data"
        for plan in plans:
            seated(data / plan.house.hall.id, plan)
        alone = len(files) == 1
        what = [files[0] if alone else files[0].parent, data / plans[0].house.hall.id if alone else data]
        words = ["serve", "--hall", str(what[0]), "--data", str(what[1])]
        words += ["--port", str(free_port() if alone else 0)]
        words += ["--clock", f"{MORNING:%Y-%m-%dT%H:%M}", "--speed", f"{speed:g}"]
        self._command = [sys.executable, "app.py", *words]
        self._process = self._started()
        try:
            self.targets = [self._target(plan) for plan in plans]
        except BaseException:
            self.close()
            raise
        self.targets[0].process = psutil.Process(self._process.pid)  # one for all of them

    def _files(self, profile: Profile) -> list[Path]:
        folder = self._scratch / "halls"
        folder.mkdir()
        file = folder / "hall.toml"
        file.write_text(profile.hall.read_text("utf-8") + WIDE_DOORS, "utf-8")
        if profile.halls == 1:
            return [file]
        city(folder, file, profile.halls)
        file.unlink()
        return hall_files(folder)

    def _started(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        with self._log.open("ab") as out:
            return subprocess.Popen(
                self._command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
            )

    def _target(self, plan: Plan) -> Target:
        """Once it is open; its address and its administrator's password stand in what was printed."""
        ends = time.monotonic() + STARTS_WITHIN
        while self._process.poll() is None and time.monotonic() < ends:
            opened = found_in(self._log.read_text("utf-8"), plan.house.hall.id)
            if opened and answers(opened[0]):
                cookies = signed_in(opened[0], plan, opened[1])
                return Target(opened[0], plan, cookies, windows=list(seats(plan.house)))
            time.sleep(LOOK_SECONDS)
        raise HallDidNotStart(self._log.read_text("utf-8")[-2000:])

    def start_again(self) -> None:
        """The same on the same data and port; back when it answers."""
        stop(self._process)
        self._process = self._started()
        self.targets[0].process = psutil.Process(self._process.pid)
        until = time.monotonic() + STARTS_WITHIN
        while not answers(self.targets[0].url):
            if self._process.poll() is not None or time.monotonic() > until:
                raise HallDidNotStart(self._log.read_text("utf-8")[-2000:])
            time.sleep(LOOK_SECONDS)

    def logs(self) -> list[str]:
        """Errors that nobody caught, in the server's own log."""
        text = self._log.read_text("utf-8")
        return [text[at : at + 2000]] if (at := text.find("Traceback")) >= 0 else []

    def close(self) -> None:
        stop(self._process)
        shutil.rmtree(self._scratch, ignore_errors=True)


def found_in(said: str, hall: str) -> tuple[str, str] | None:
    """A hall's address and its first password, once both were printed; a city names each of its halls."""
    if ENDS not in said:
        return None
    _, _, own = said.partition(f"\n{hall}: ") if OF_A_CITY in said else ("", "", said)
    url, password = LOCAL.search(own), PASSWORD.search(own)
    return (url[1], password[1]) if url and password else None


def seated(folder: Path, plan: Plan) -> None:
    """A clerk sits at every window before the hall opens: hundreds of sign-ins would be most of the load."""
    at = MORNING.replace(tzinfo=ZoneInfo(plan.house.hall.timezone)) - timedelta(minutes=5)
    store = SqliteStore(folder, plan.house.hall.id)
    hall = Hall(plan.house, store, HandClock(at))
    for window, clerk in seats(plan.house).items():
        hall.sit(window=window, by=Press(actor=f"staff:{clerk.id}", role="clerk", clerk=clerk.id))
    store.close()


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
