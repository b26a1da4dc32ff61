"""The client processes of a torture, as who kills the server has them: sent, and heard afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection
from typing import Any

from tests.faults.judging import Told
from tests.running import ROOT

Json = dict[str, Any]


class Crowd:
    """The client processes of one hall; they live on while the server dies."""

    def __init__(self, seed: str, seats: list[str]) -> None:
        crews = [["kiosk"], seats[::2], seats[1::2]]
        self._processes = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.faults.rush", f"{seed}-{n}", *crew], cwd=ROOT, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )
            for n, crew in enumerate(crews)
        ]  # fmt: skip
        assert all("ready" in self._heard(process) for process in self._processes)

    @staticmethod
    def _heard(process: subprocess.Popen[str]) -> Json:
        assert process.stdout is not None
        said: Json = json.loads(process.stdout.readline())
        return said

    def send(
        self, url: str, press: bool, *others: str, wanted: Collection[str] = (), seconds: float = 0
    ) -> None:
        """Each goes to one of the servers; who can press something that is wanted does so first.

        They come back when their server is gone, or after so many seconds, if any are named.
        """
        urls, wish = (url, *others), {"press": press, "wanted": sorted(wanted), "seconds": seconds}
        for n, process in enumerate(self._processes):
            assert process.stdin is not None
            process.stdin.write(json.dumps({"url": urls[n % len(urls)]} | wish) + "\n")
            process.stdin.flush()

    def hear(self, told: Told) -> None:
        """What each was told since it was sent; waits until they have noticed that the server is gone."""
        told.open = {}
        for process in self._processes:
            said = self._heard(process)
            told.take(said)
            told.open |= {wish["key"]: wish for wish in said["open"]}

    def leave(self) -> None:
        for process in self._processes:
            process.communicate()
