"""How long a kiosk's press takes while a stranger floods the hall: python -m tests.doors.flood

The last line is `quiet_ms=… flood_ms=… p99_ms=… refused=… served=…`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from subprocess import PIPE, Popen
from urllib.parse import urlsplit

from tests.running import ROOT, Person, running_hall

SECONDS, CALLERS, PRESSES = 20.0, 8, 200


def flooded(url: str, seconds: float) -> Counter[int]:
    """One caller's share: as fast as the hall answers, on one connection."""
    wire, until, seen = (
        HTTPConnection(urlsplit(url).netloc, timeout=30),
        time.monotonic() + seconds,
        Counter[int](),
    )
    while time.monotonic() < until:
        wire.request("GET", "/api/v1/hall", headers={"X-Forwarded-For": "192.0.2.7"})
        answer = wire.getresponse()
        answer.read()
        seen[answer.status] += 1
    wire.close()
    return seen


def presses(kiosk: Person) -> list[float]:
    """How long each of the presses took, in milliseconds."""
    took = []
    for _ in range(PRESSES):
        began = time.perf_counter()
        kiosk.take("id-card")
        took.append(1000 * (time.perf_counter() - began))
    return took


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_hall(Path(folder) / "data") as hall:
        code = hall.administrator().post("/api/v1/devices/codes", {"kind": "kiosk"})["code"]
        kiosk = hall.somebody()
        kiosk.post("/api/v1/devices/pair", {"code": code})
        quiet = presses(kiosk)
        command = [sys.executable, "-m", "tests.doors.flood", hall.url]
        with Popen(command, cwd=ROOT, stdout=PIPE, text=True) as flood:
            time.sleep(SECONDS / 2)
            busy = presses(kiosk)
            said = flood.communicate()[0]
    p99 = sorted(busy)[int(0.99 * len(busy))]
    quiet_ms, flood_ms = statistics.median(quiet), statistics.median(busy)
    sys.stdout.write(f"quiet_ms={quiet_ms:.1f} flood_ms={flood_ms:.1f} p99_ms={p99:.1f} {said}\n")


def flood(url: str) -> None:
    with ThreadPoolExecutor(CALLERS) as pool:
        seen = sum(pool.map(lambda _: flooded(url, SECONDS), range(CALLERS)), Counter[int]())
    sys.stdout.write(f"refused={seen[429]} served={seen[200]} seconds={SECONDS:g}")


if __name__ == "__main__":
    flood(sys.argv[1]) if len(sys.argv) > 1 else main()
