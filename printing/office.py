"""Where slips are asked for and handed to printers: which one, in which order, whether still worth printing.

All of it is in memory: a slip that waits when the hall is closed isn't printed afterwards; the number stands.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import cast

from flask import current_app

from printing.errors import UnknownPrinter
from printing.jobs import Job, Jobs, JobState, Why
from printing.telling import Telling
from printing.workshop import Workshop
from queueing.clock import RealClock, instant
from queueing.errors import UnknownTicket
from queueing.printer_rules import Printer
from queueing.records import Json
from web.context import Built

LOG = logging.getLogger(__name__)

EXTENSION = "printing"
FINE = frozenset({"ok", "paper_low"})
WATCH_SECONDS = 1.0
STUCK_SECONDS = 60.0
"""A printer's thread that says nothing for so long about a slip hangs in its device, or is no more."""


@dataclass
class Standing:
    """How a printer is, since when, and what it is printing."""

    state: str
    since: datetime
    job: Job | None = None
    begun: datetime | None = None


def the_print_office() -> PrintOffice:
    """Of the hall that the present request came to."""
    return cast(PrintOffice, current_app.extensions[EXTENSION])


class PrintOffice:
    """All printers of one hall."""

    def __init__(self, built: Built) -> None:
        self._built, self._clock, self.lock = built, RealClock(), threading.RLock()
        self.printers: dict[str, Printer] = {each.id: each for each in built.house.printers}
        self.jobs = Jobs(list(self.printers))
        self.standing = {each: Standing("off", self.now()) for each in self.printers}
        self.chinese = True
        self.telling = Telling(built, self.now)
        self._ending = False
        """The printing process is to be ended: nothing more is handed over."""

        rules = built.house.slip
        told = [asdict(each) | {"across": each.across} for each in self.printers.values()]
        begin = {"printers": told, "look_seconds": rules.look_seconds}
        self._workshop = Workshop(built, begin, self.hear)

    def open(self) -> None:
        """From now on printers print."""
        for standing in self.standing.values():
            standing.state = "starting"
        self._workshop.open()
        self._built.sockets.start_background_task(self._watch)

    def now(self) -> datetime:
        return self._clock.now()

    def printer(self, name: str) -> Printer:
        """Raises UnknownPrinter."""
        if name not in self.printers:
            raise UnknownPrinter(printer=name)
        return self.printers[name]

    def printer_of(self, kiosk: str, area: str | None) -> Printer | None:
        """The one that names the kiosk, else its area, else nobody in particular."""
        every = self.printers.values()
        named = (each for each in every if kiosk in each.kiosks)
        near = (each for each in every if area is not None and area in each.areas)
        return next(chain(named, near, (each for each in every if each.for_all)), None)

    def printer_at(self, window: str) -> Printer | None:
        """Where a window's lists come out, if the hall's file says so."""
        return next((each for each in self.printers.values() if window in each.windows), None)

    def able(self, printer: Printer) -> Printer:
        """The printer, or the one that stands in for it while it can't print."""
        other = self.printers.get(printer.fallback)
        if other and self.standing[printer.id].state not in FINE and self.standing[other.id].state in FINE:
            return other
        return printer

    def take(self, job: Job) -> Job:
        """Into the line of its printer; returns at once, whatever the printer does."""
        with self.lock:
            if self.jobs.add(job):
                self._pump(job.printer)
        return job

    def hear(self, message: Json) -> None:
        """What the printing process says."""
        with self.lock:
            if "ready" in message:
                self.chinese = message["ready"]["chinese"]
            elif "state" in message:
                self._stands(**message["state"])
            elif "done" in message:
                self._done(**message["done"])
            elif "beat" in message:
                self._hang(message["beat"]["stuck"])
            elif "stopped" in message:
                self._stopped()

    def _stands(self, printer: str, state: str) -> None:
        was = self.standing[printer]
        if was.state != state:
            was.state, was.since = state, self.now()
            LOG.info("Printer %s: %s", printer, state)
            leaning = [each.id for each in self.printers.values() if each.fallback == printer]
            for each in (printer, *leaning):
                self.telling.printer(self.told(each))
        self._pump(printer)

    def _done(self, job: str, printer: str, result: str, state: str) -> None:
        standing, done = self.standing[printer], self.jobs.known(job)
        if standing.job is not None and standing.job.id == job:
            standing.job = standing.begun = None
        if done is None or done.state != "printing":
            return self._stands(printer, state)  # given up meanwhile
        if result == "kept":
            self.jobs.put_back(done, printer)
            self.telling.job(done)
            self._stands(printer, state)
            return self._move_over(printer)
        self._end(done, "printed" if result == "printed" else "unsure")
        return self._stands(printer, state)

    def _move_over(self, printer: str) -> None:
        """What waits at a printer that can't print goes to the one that stands in for it."""
        other = self.able(self.printers[printer]).id
        if other == printer:
            return
        for job in self.jobs.take_all(printer):
            job.printer = other
            if self.jobs.add(job):
                self.telling.job(job)
        self._pump(other)

    def _stopped(self) -> None:
        """Of a slip that was on its way nobody knows what became; the others go on waiting."""
        self._ending = False
        for printer, standing in self.standing.items():
            if standing.job:
                self._end(standing.job, "unsure", "stopped")
                standing.job = standing.begun = None
            self._stands(printer, "off")

    # -- handing over -----------------------------------------------------------------------------

    def _pump(self, printer: str) -> None:
        """The next slip that is still worth it, as soon as the printer is free and can print."""
        standing = self.standing[printer]
        while standing.job is None and standing.state in FINE and not self._ending:
            job = self.jobs.next(printer)
            if job is None:
                return
            why = self._worthless(job)
            if why:
                self._end(job, "dropped", why)
            else:
                self._hand_over(job)

    def _hand_over(self, job: Job) -> None:
        standing = self.standing[job.printer]
        job.state, standing.job, standing.begun = "printing", job, self.now()
        told = {"job": job.id, "printer": job.printer, "page": job.page, "pictures": job.pictures}
        if not self._workshop.say({"print": told}):
            standing.job = standing.begun = None
            standing.state = "off"
            self.jobs.put_back(job, job.printer)
        self.telling.job(job)

    def _worthless(self, job: Job) -> Why:
        """Why nobody needs the slip any more."""
        if self.now() - job.asked_at > timedelta(minutes=self._built.house.slip.late_minutes):
            return "late"
        if job.ticket is None or job.by_staff:
            return ""
        return "" if self._waits(job.ticket) else "called"

    def _waits(self, ticket: str) -> bool:
        try:
            return self._built.store.look(lambda desk: desk.ticket(ticket).state == "waiting")
        except UnknownTicket:
            return False

    def _end(self, job: Job, state: JobState, why: Why = "") -> None:
        self.jobs.end(job, state, why)
        self.telling.job(job)

    def _watch(self) -> None:
        """Slips grow old, and a device may hold its thread for ever."""
        while True:
            self._built.sockets.sleep(WATCH_SECONDS)
            try:
                with self.lock:
                    self._look_after_all()
            except Exception:
                LOG.exception("The printers' lines can't be looked after")

    def _look_after_all(self) -> None:
        """A thread that hangs can't be ended alone: the process is, once no other printer is at a slip."""
        late = self.now() - timedelta(seconds=STUCK_SECONDS)
        self._hang([name for name, each in self.standing.items() if each.begun and each.begun < late])
        for printer in self.printers:
            self._look_after(printer)
        if self._ending and not any(each.job for each in self.standing.values()):
            self._workshop.end()

    def _hang(self, printers: list[str]) -> None:
        """Of what they were printing nobody knows what became."""
        for printer in printers:
            self._ending, standing = True, self.standing[printer]
            if standing.job:
                self._end(standing.job, "unsure", "stopped")
            standing.job = standing.begun = None
            self._stands(printer, "stuck")

    def _look_after(self, printer: str) -> None:
        if self.standing[printer].state not in FINE:
            for job in self.jobs.take_all(printer):
                why = self._worthless(job)
                if why:
                    self._end(job, "dropped", why)
                else:
                    self.jobs.keep(job)

    # -- telling ----------------------------------------------------------------------------------

    def told(self, printer: str) -> Json:
        """How one printer is, for screens."""
        standing = self.standing[printer]
        return {
            "printer": printer,
            "state": standing.state,
            "since": instant(standing.since),
            "fine": standing.state in FINE,
            "elsewhere": self.able(self.printers[printer]).id != printer,
            "waiting": len(self.jobs.waiting(printer)),
        }
