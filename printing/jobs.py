"""Slips that were asked for: waiting at a printer, on their way, done. Nothing here prints."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Literal

from queueing.clock import instant
from queueing.records import Json

JobState = Literal["waiting", "printing", "printed", "unsure", "dropped"]
Why = Literal["", "late", "called", "full", "stopped"]

What = Literal["ticket", "trial", "list", "missing"]
"""A number; a trial; what to bring for a service; what was missing at a window."""

MOST_WAITING = 20
"""Slips that a printer may be behind; who comes later is told at once."""

REMEMBERED = 500
SHOWN = 12


@dataclass
class Job:
    """One slip: for a ticket, for trying a printer, or a list to take home."""

    id: str
    printer: str
    ticket: str | None
    number: str
    again: bool
    kiosk: str | None
    """The kiosk that asked, and shall hear what becomes of it; staff look at their page."""

    asked_at: datetime
    what: What = "ticket"
    page: str = field(default="", repr=False)
    pictures: Json = field(default_factory=dict, repr=False)
    state: JobState = "waiting"
    why: Why = ""
    by_staff: bool = False


def told_of(job: Job) -> Json:
    """What became of a slip, for whoever asked for it."""
    return {
        "job": job.id,
        "what": job.what,
        "ticket": job.ticket,
        "number": job.number,
        "printer": job.printer,
        "again": job.again,
        "state": job.state,
        "why": job.why,
        "asked_at": instant(job.asked_at),
    }


def new_name() -> str:
    """Of one job."""
    return token_hex(8)


class Jobs:
    """Every printer's line, and what became of the last slips."""

    def __init__(self, printers: list[str]) -> None:
        self._lines: dict[str, deque[Job]] = {printer: deque() for printer in printers}
        self._known: dict[str, Job] = {}

    def note(self, job: Job) -> None:
        """Asked for, and counted from now on; it isn't in a line yet."""
        self._known[job.id] = job
        while len(self._known) > REMEMBERED:
            self._known.pop(next(iter(self._known)))

    def forget(self, job: Job) -> None:
        """It was never to be printed."""
        self._known.pop(job.id, None)

    def add(self, job: Job) -> bool:
        """False when the printer is too far behind: the slip won't be printed."""
        self.note(job)
        if len(self._lines[job.printer]) >= MOST_WAITING:
            self.end(job, "dropped", "full")
            return False
        self._lines[job.printer].append(job)
        return True

    def next(self, printer: str) -> Job | None:
        """The oldest that waits there, out of the line."""
        line = self._lines[printer]
        return line.popleft() if line else None

    def put_back(self, job: Job, printer: str) -> None:
        """It surely wasn't printed: first again, there or at another printer."""
        job.state, job.printer = "waiting", printer
        self._lines[printer].appendleft(job)

    def keep(self, job: Job) -> None:
        """Back to the end of its line."""
        self._lines[job.printer].append(job)

    def end(self, job: Job, state: JobState, why: Why = "") -> None:
        job.state, job.why = state, why

    def known(self, job: str) -> Job | None:
        return self._known.get(job)

    def of(self, ticket: str) -> list[Job]:
        """What was asked for a ticket, as far as it is remembered."""
        return [job for job in self._known.values() if job.ticket == ticket]

    def lists_since(self, kiosk: str | None, at: datetime) -> int:
        """How many lists a kiosk has asked for since then."""
        lists = (job for job in self._known.values() if job.what == "list" and job.kiosk == kiosk)
        return sum(job.asked_at > at for job in lists)

    def first_of(self, ticket: str) -> Job | None:
        return next(iter(self.of(ticket)), None)

    def waiting(self, printer: str) -> list[Job]:
        return list(self._lines[printer])

    def take_all(self, printer: str) -> list[Job]:
        """The whole line, which is then empty."""
        jobs = list(self._lines[printer])
        self._lines[printer].clear()
        return jobs

    def last(self) -> list[Job]:
        """The newest first, for the office."""
        return list(reversed(self._known.values()))[:SHOWN]
