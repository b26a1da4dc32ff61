"""The servers that are measured: the hall itself, and the floors beside it, each in a process of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import aiohttp

from bench.day_hall import PASSWORD, ROOT, STARTS_WITHIN, HallDidNotStart, free_port, is_up, stop

HALL = Path(__file__).parent / "hall.toml"
MORNING = datetime(2026, 10, 12, 9, 0)


class Served:
    """A running server: its address, its folder, and what it wrote of its commits."""

    def __init__(self, url: str, folder: Path, pid: int = 0) -> None:
        self.url, self.folder, self.pid = url, folder, pid

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def password(self) -> str:
        found = PASSWORD.search(self.log)
        if not found:
            raise HallDidNotStart(self.log[-2000:])
        return found.group(1)

    def commits(self) -> dict[int, float]:
        """Per seq: the machine's monotonic time right after its commit."""
        rows = (line.split() for line in (self.folder / "commits").read_text(encoding="utf-8").splitlines())
        return {int(seq): float(at) for seq, at in rows}


@asynccontextmanager
async def served(
    module: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Served]:
    """Runs `python -m bench.<module> FOLDER PORT …` until the measuring is done."""
    folder, port = Path(tempfile.mkdtemp(prefix="hall-bench-")), free_port()
    command = [sys.executable, "-m", f"bench.{module}", str(folder), str(port), *arguments]
    with (folder / "log").open("wb") as out:
        whole = os.environ | {"PYTHONUNBUFFERED": "1"} | (environment or {})
        process = subprocess.Popen(command, cwd=ROOT, env=whole, stdout=out, stderr=subprocess.STDOUT)
    server = Served(f"http://127.0.0.1:{port}", folder, process.pid)
    try:
        await up(process, server)
        yield server
    finally:
        stop(process)
        shutil.rmtree(folder, ignore_errors=True)


async def up(process: subprocess.Popen[bytes], server: Served) -> None:
    """Waits until the server answers; raises HallDidNotStart with what it printed."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(STARTS_WITHIN):
        while not await is_up(http, server.url):
            if process.poll() is not None:
                raise HallDidNotStart(server.log[-2000:])
            await asyncio.sleep(0.1)
