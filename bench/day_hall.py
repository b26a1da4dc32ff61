"""The hall that is played on: one started for the day with a scratch folder, or one that runs already."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = re.compile(r"one-time password:\s*(\S+)")
TRACEBACK = "Traceback (most recent call last)"
SHOWN = 3000
"""Characters of one error in the log that are worth printing."""
STARTS_WITHIN = 60.0
STOPS_WITHIN = 15.0


class HallDidNotStart(Exception):
    """The hall stopped, or never answered; carries what it printed last."""


@dataclass(frozen=True)
class Place:
    """Where the hall is and how its administrator signs in; `log` is what it prints, if it is ours."""

    url: str
    password: str
    log: Path | None = None

    def tracebacks(self) -> list[str]:
        """The errors in the hall's own log that nobody caught, each cut short."""
        if self.log is None:
            return []
        _, *found = self.log.read_text(encoding="utf-8").split(TRACEBACK)
        return [TRACEBACK + text[:SHOWN] for text in found]


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def own_hall(hall_file: Path, clock: datetime, speed: float) -> AsyncIterator[Place]:
    """Starts a hall on a simulated clock and stops it afterwards; its folder goes with it."""
    scratch = Path(tempfile.mkdtemp(prefix="hall-day-"))
    log, port = scratch / "hall.log", free_port()
    process = start(hall_file, clock, speed, scratch / "data", port, log)
    try:
        url = f"http://127.0.0.1:{port}"
        place = Place(url, await first_password(process, url, log), log)
        yield place
        print(*place.tracebacks()[:1], sep="\n", end="")
    except Exception:
        print(log.read_text(encoding="utf-8")[-SHOWN:])
        raise
    finally:
        await asyncio.to_thread(stop, process)
        shutil.rmtree(scratch, ignore_errors=True)


def start(
    hall_file: Path, clock: datetime, speed: float, data: Path, port: int, log: Path
) -> subprocess.Popen[bytes]:
    """The server as `make run` starts it."""
    command = [sys.executable, "app.py", "serve", "--hall", str(hall_file.resolve()), "--data", str(data)]
    command += ["--port", str(port), "--clock", f"{clock:%Y-%m-%dT%H:%M}", "--speed", f"{speed:g}"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with log.open("wb") as out:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the server to stop, and insists if it doesn't."""
    process.terminate()
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def first_password(process: subprocess.Popen[bytes], url: str, log: Path) -> str:
    """The administrator's one-time password, once the hall answers."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(STARTS_WITHIN):
        while process.poll() is None:
            found = PASSWORD.search(log.read_text(encoding="utf-8"))
            if found and await is_up(http, url):
                return found.group(1)
            await asyncio.sleep(0.1)
    raise HallDidNotStart("The hall did not start.")


async def is_up(http: aiohttp.ClientSession, url: str) -> bool:
    """Whether the hall answers."""
    try:
        async with http.get(url + "/healthz") as response:
            return response.status == 200
    except aiohttp.ClientConnectionError:
        return False


@asynccontextmanager
async def running_hall(url: str, password: str) -> AsyncIterator[Place]:
    """A hall that somebody else started and stops."""
    yield Place(url, password)
