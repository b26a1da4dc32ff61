"""A server that is killed again and again on one data folder, watched for answers that leave too early."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from tests.running import PATIENCE, ROOT, first_words

SHIM = Path(__file__).with_name("sync_shim.c")
NINE = datetime.fromisoformat("2026-10-12T09:00")
"""A Monday, when the hall is open."""


class Victim:
    """One data folder and, at times, a server on it; its simulated clock goes on over every restart."""

    def __init__(
        self, home: Path, hall: Path, hall_id: str, shim: Path, script: Path = ROOT / "app.py"
    ) -> None:
        self.home, self.data, self.report = home, home / "data", home / "shim.txt"
        self._hall, self.script = hall, ROOT / "app.py"
        self._shim = {
            "LD_PRELOAD": str(shim),
            "SHIM_FOLDER": str(self.data),
            "SHIM_HALL": hall_id,
            "SHIM_AREA": "main",
            "SHIM_REPORT": str(self.report),
        }
        self._began = time.monotonic()
        self.said = ""

    def start(self) -> None:
        """Begins to start; whether it comes to be open is another matter."""
        clock = NINE + timedelta(seconds=time.monotonic() - self._began)
        command = [sys.executable, str(self.script), "serve", "--port", "0", "--hall", str(self._hall)]
        command += ["--data", str(self.data), "--clock", clock.isoformat(timespec="milliseconds")]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=os.environ | self._shim | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def opened(self) -> str:
        """The address, as soon as it is open."""
        self.said = first_words(self.process)
        found = re.search(r"http://localhost:(\d+)", self.said)
        assert found, f"the server didn't start: {self.said}"
        return f"http://127.0.0.1:{found[1]}"

    def kill(self) -> None:
        """No goodbye: what isn't written now never will be."""
        self.process.kill()
        self.said += self.process.communicate(timeout=PATIENCE)[0]

    def close(self) -> None:
        """An orderly end."""
        self.process.send_signal(signal.SIGTERM)
        self.said += self.process.communicate(timeout=PATIENCE)[0]

    def notes(self) -> list[str]:
        """What the shim wrote down so far."""
        return self.report.read_text("utf-8").splitlines() if self.report.exists() else []

    def violations(self) -> list[str]:
        """Answers and pushes that left too early."""
        return [note for note in self.notes() if not note.startswith("watched ")]
