"""What a screen costs the server: memory while it is idle, and at most when it doesn't read.

    python -m bench.screens_memory                     1,000 idle boards, then 50 that read nothing
    python -m bench.screens_memory --screens 2000

Idle: the server's own memory (not what it shares) for each joined board after the first 100. Then boards come
that read nothing but give signs of life, and events are pushed until each has been cut: the server's memory,
and what the system holds for their sockets. At the end all screens go, and come back, as after a power cut.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import time
from pathlib import Path
from typing import Any

from bench.day_door import Door, Person
from bench.day_tally import Tally
from bench.pushing import Screens, receivers
from bench.servers import Served, served

FIRST = 100
SILENT = 50
PRESSES_AT_ONCE = 8
SETTLES = 3.0
"""Seconds after which nobody is busy with a join any more."""

KB = 1024
LONGEST = 60.0


def process_of(hall: Served) -> int:
    """Its number, by the folder that only it was given."""
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        words = each.read_bytes().split(b"\0") if each.exists() else []
        if str(hall.folder).encode() in words:
            return int(each.parent.name)
    raise LookupError(hall.folder)


def own_memory(number: int) -> float:
    """kB that are the process's alone."""
    rows = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {row.split()[0]: float(row.split()[1]) for row in rows}
    return sizes["Private_Clean:"] + sizes["Private_Dirty:"]


def system_holds(hall: Served) -> float:
    """kB that wait in the system's buffers of the server's sockets."""
    port = hall.url.rpartition(":")[2]
    said = subprocess.run(["ss", "-tnH", f"sport = :{port}"], capture_output=True, text=True, check=True)
    return sum(int(row.split()[2]) for row in said.stdout.splitlines()) / KB


async def press_until_cut(kiosk: Person, hall: Served, there: Screens, number: int) -> dict[str, Any]:
    """Issues numbers until all that read nothing have been cut; the most that they cost meanwhile."""
    before = own_memory(number)
    most, pressed, until = 0.0, 0, time.monotonic() + LONGEST
    held = 0.0
    while (await there.ask("cut", name="silent"))["open"] and time.monotonic() < until:
        await asyncio.gather(*(kiosk.press("/tickets", {"service": "s1"}) for _ in range(PRESSES_AT_ONCE)))
        pressed += PRESSES_AT_ONCE
        if pressed % (10 * PRESSES_AT_ONCE) == 0:
            most, held = max(most, own_memory(number) - before), max(held, system_holds(hall))
    left = (await there.ask("cut", name="silent"))["open"]
    return {"most": most, "held": held, "pressed": pressed, "left": left}


async def measure(screens: int) -> None:
    async with served("serve_hall") as hall, receivers() as there:
        number, door = process_of(hall), Door(hall.url, Tally())
        print(f"The server alone: {own_memory(number) / KB:.0f} MB")
        await idle(hall, there, number, screens)
        await silent(hall, there, door.person("kiosk"), number)
        await back(hall, there, number, screens)
        await door.close()


async def idle(hall: Served, there: Screens, number: int, screens: int) -> None:
    await there.ask("join", name="first", kind="hall", url=hall.url, screens=FIRST)
    await there.ask("rest", seconds=SETTLES)
    few = own_memory(number)
    await there.ask("join", name="rest", kind="hall", url=hall.url, screens=screens - FIRST)
    await there.ask("rest", seconds=SETTLES)
    each = (own_memory(number) - few) / (screens - FIRST)
    print(f"{screens} idle boards: {each:.1f} kB each", flush=True)


async def silent(hall: Served, there: Screens, kiosk: Person, number: int) -> None:
    await there.ask("join", name="silent", kind="hall", url=hall.url, screens=SILENT)
    await there.ask("silent", name="silent")
    found = await press_until_cut(kiosk, hall, there, number)
    print(
        f"{SILENT} boards that read nothing: at most {found['most'] / SILENT:.0f} kB of the server's memory"
        f" and {found['held'] / SILENT:.0f} kB of the system's each;"
        f" {found['left']} of them left after {found['pressed']} events",
        flush=True,
    )


async def back(hall: Served, there: Screens, number: int, screens: int) -> None:
    """Everybody leaves and joins again."""
    before = own_memory(number)
    for name in ("first", "rest"):
        await there.ask("leave", name=name)
    began, busy = time.monotonic(), processor_time(number)
    await there.ask("join", name="back", kind="hall", url=hall.url, screens=screens)
    took, busy = time.monotonic() - began, processor_time(number) - busy
    more = (own_memory(number) - before) / KB
    each = 1000 * busy / screens
    print(
        f"{screens} boards back in {took:.1f} s, {each:.1f} ms of the server's processor each; {more:+.0f} MB"
    )


def processor_time(number: int) -> float:
    """Seconds of processor that the process has had."""
    words = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.screens_memory")
    parser.add_argument("--screens", type=int, default=1000, help="how many boards are joined")
    asyncio.run(measure(parser.parse_args().screens))
