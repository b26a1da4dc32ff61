"""Telling a kiosk how its printer is and what became of its slips, and the office that there is something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from printing.jobs import Job, told_of
from queueing.clock import instant
from queueing.records import Json
from web.context import Built


class Telling:
    """`kiosks`: which printer each kiosk has, as its page asked when it opened."""

    def __init__(self, built: Built, now: Callable[[], datetime]) -> None:
        self._built, self._now = built, now
        self.kiosks: dict[str, str] = {}

    def printer(self, told: Json) -> None:
        self._emit("printer", told, {kiosk for kiosk, own in self.kiosks.items() if own == told["printer"]})
        self._office()

    def job(self, job: Job) -> None:
        self._emit("slip", told_of(job), {job.kiosk} if job.kiosk else set())
        self._office()

    def _office(self) -> None:
        """That something is to be looked at; the page asks for the whole."""
        sids = [sid for sid, each in self._built.push.screens.items() if each.kind == "office"]
        if sids:
            self._built.push.emit("printers", {"at": instant(self._now())}, sids)

    def _emit(self, name: str, message: Json, kiosks: set[str]) -> None:
        screens = self._built.push.screens.items()
        sids = [s for s, each in screens if each.kind == "kiosk" and (each.device or "loopback") in kiosks]
        if sids:
            self._built.push.emit(name, message, sids)
