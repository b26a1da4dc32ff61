"""What many halls in one process cost: the start, memory for each hall, processor time while nothing happens.

    python -m bench.cities [--halls 1,20] [--forecast] [--hall halls/weicheng.toml]

Each city is the same hall so many times, under ids of its own, in a process as `app.py serve` starts it. With
`--forecast` somebody waits in each hall, and the forecast process is counted, too: one for all of them.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
CLOCK = "2026-10-12T09:00"
SETTLE_SECONDS, IDLE_SECONDS = 4.0, 6.0
TICKS = os.sysconf("SC_CLK_TCK")
PORTS = re.compile(r"^(hall\d+): .* http://localhost:(\d+)/", re.MULTILINE)


def city(folder: Path, hall: Path, halls: int) -> None:
    """The files of a city of so many halls."""
    text = hall.read_text("utf-8")
    (folder / "city.toml").write_text('[city]\nname = { zh = "城", en = "City" }\n', "utf-8")
    for at in range(halls):
        named = re.sub(r'(\[hall\]\nid = )"[^"]*"', rf'\1"hall{at:02}"', text)
        named = re.sub(r"^port = .*$", "", named, flags=re.MULTILINE)
        named = re.sub(r"^\[server\]$", "", named, flags=re.MULTILINE) if "[server]" not in text else named
        port = f"port = {9000 + at}"
        named = named.replace("[server]", f"[server]\n{port}", 1) if "[server]" in named else named
        (folder / f"hall{at:02}.toml").write_text(
            named if port in named else f"{named}\n[server]\n{port}\n", "utf-8"
        )


def measured(hall: Path, halls: int, forecast: bool) -> str:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        (folder_of_files := Path(folder, "halls")).mkdir()
        city(folder_of_files, hall, halls)
        command = [sys.executable, str(ROOT / "app.py"), "serve", "--hall", str(folder_of_files)]
        command += ["--data", str(Path(folder, "data")), "--port", "0", "--clock", CLOCK]
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            said = until_open(process)
            opened = time.monotonic() - began
            return f"{halls:>5} {opened:>9.1f} {told(process.pid, said, forecast)}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def until_open(process: subprocess.Popen[str]) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if line.startswith("Press Ctrl+C"):
            break
    return said


def told(pid: int, said: str, forecast: bool) -> str:
    """Memory when everything has settled, and the processor time of an idle city."""
    if forecast:
        for _, port in PORTS.findall(said):
            take(f"http://127.0.0.1:{port}")
        time.sleep(SETTLE_SECONDS * 3)
    time.sleep(SETTLE_SECONDS)
    before = ticks(pid)
    time.sleep(IDLE_SECONDS)
    idle = (ticks(pid) - before) / TICKS / IDLE_SECONDS
    others = children(pid)
    return f"{memory(pid):>10.0f} {100 * idle:>8.1f} {len(others):>10} {sum(map(memory, others)):>9.0f}"


def take(url: str) -> None:
    """A number for the first service."""
    services = requests.get(f"{url}/api/v1/services", timeout=20).json()["services"]
    key = {"Idempotency-Key": f"bench-{url}"}
    wish = {"service": services[0]["id"]}
    requests.post(f"{url}/api/v1/tickets", json=wish, headers=key, timeout=20).raise_for_status()


def memory(pid: int) -> float:
    """Megabytes that are its own: shared pages are counted in parts (PSS)."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(each) for file in found for each in file.read_text().split()]


def main() -> None:
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asking.add_argument("--halls", default="1,20", help="how many, such as 1,20")
    asking.add_argument("--hall", type=Path, default=ROOT / "halls" / "weicheng.toml")
    asking.add_argument("--forecast", action="store_true", help="somebody waits in each hall")
    options = asking.parse_args()
    print(f"{'halls':>5} {'open s':>9} {'server MB':>10} {'idle %':>8} {'processes':>10} {'their MB':>9}")
    for halls in map(int, options.halls.split(",")):
        print(measured(options.hall, halls, options.forecast), flush=True)


if __name__ == "__main__":
    main()
