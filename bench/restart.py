"""How long one hall on one SQLite file is away when it is stopped and started: `python -m bench.restart`."""

from __future__ import annotations

import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.running import first_words
from tests.upkeep.test_handing_over import started

ROUNDS = 3


def ended(process: subprocess.Popen[str]) -> float:
    """Seconds from the signal to the end."""
    began = time.perf_counter()
    process.send_signal(signal.SIGTERM)
    process.communicate()
    return time.perf_counter() - began


def opened(listening: socket.socket, data: Path) -> tuple[float, subprocess.Popen[str]]:
    """Seconds from the start of the program to the first answer that it can give."""
    began = time.perf_counter()
    process = started(listening, data)
    first_words(process)
    return time.perf_counter() - began, process


def main() -> None:
    stops, starts = [], []
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listening:
        process = opened(listening, Path(folder))[1]
        for _ in range(ROUNDS):
            stops.append(ended(process))
            seconds, process = opened(listening, Path(folder))
            starts.append(seconds)
        ended(process)
    away = [stop + start for stop, start in zip(stops, starts, strict=True)]
    print(f"{ROUNDS} times: median {median(stops):.2f} s to stop, {median(starts):.2f} s to open")
    print(f"away {min(away):.2f} to {max(away):.2f} s, and nobody refused meanwhile")


if __name__ == "__main__":
    main()
