"""Makes reports beside the event loop, one at a time: however long the period, the hall goes on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from flask.sansio.app import App

from queueing.hall import Hall
from reports.showing import Showing
from reports.words import Speech, speech_in
from scoring.errors import UnknownPeriod
from scoring.figure_store import FigureStore, Visit
from scoring.periods import Period, around, period
from scoring.reports import Report, Reports
from scoring.watch import LOOKED
from web.context import Built

T = TypeVar("T")

KEPT = 4
"""Reports that are remembered as long as nothing happens in the hall."""

FOLDER = "reports"
YEARS = range(2000, 2101)

MOST_LOOKS = 50


@dataclass(frozen=True)
class Known:
    """A report, and up to which event it knows of the hall."""

    seq: int
    report: Report


class Maker:
    """Asked by the page, by downloads and by the nights."""

    def __init__(self, built: Built, app: App) -> None:
        self.built, self._app = built, app
        self._lock, self._papers = Lock(), Lock()
        self._kept: OrderedDict[tuple[str, str], Known] = OrderedDict()

    @property
    def hall(self) -> Hall:
        return self.built.hall

    @property
    def today(self) -> str:
        return self.hall.day(self.hall.now())

    def report(self, asked: Period) -> Report:
        """As the hall stands now; the one before, when nothing happened since but that somebody looked."""
        at, store, reports = self.hall.now(), self.built.store, Reports(self.hall)
        with self._lock:
            known = self._kept.get((asked.name, self.hall.day(at)))
            if known is not None and self._still_stands(known.seq):
                return known.report
            seq = store.look(lambda desk: desk.seq())
            made = self.aside(lambda: store.look(lambda desk: reports.report(desk, asked, at)))
            self._kept[asked.name, self.hall.day(at)] = Known(seq, made)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return made

    def _still_stands(self, seq: int) -> bool:
        since = self.built.store.look(lambda desk: desk.events_after(seq, MOST_LOOKS + 1))
        return len(since) <= MOST_LOOKS and all(event.action == LOOKED for event in since)

    def with_visits(self, stretch: Period, work: Callable[[Iterator[Visit]], None]) -> None:
        """Hands over every visit of the period, as long as the work lasts; only within `aside`."""
        reports = Reports(self.hall)
        self.built.store.look(lambda desk: work(reports.visits(desk, stretch)))

    def first_day(self, since: str) -> str | None:
        """The first day from then on that anybody came."""
        return self.built.store.look(lambda desk: cast(FigureStore, desk).first_day_with_visits(since))

    def aside(self, work: Callable[[], T]) -> T:
        """In a real thread."""
        done: T = self.built.in_thread(work)
        return done

    def showing(self, report: Report, speech: Speech) -> Showing:
        return Showing(report, self.built.house, speech)

    def papers_speech(self) -> Speech:
        """Papers are written in the hall's first language, whoever asks for them."""
        return speech_in(self._app, self.built.house.hall.languages[0])

    @property
    def folder(self) -> Path:
        """Made when it is first needed."""
        found = self.built.data / FOLDER
        found.mkdir(mode=0o700, exist_ok=True)
        return found

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One paper is made at a time."""
        with self._papers:
            yield

    def template(self, name: str) -> Callable[..., str]:
        """A template that says nothing by itself, so that it can be filled in beside the loop."""
        return self._app.jinja_env.get_template(name).render


def asked_period(name: str) -> Period:
    """By its one name; raises UnknownPeriod, also for years that no hall has."""
    found = period(name)
    if int(found.first[:4]) not in YEARS:
        raise UnknownPeriod(period=name)
    return around(found.kind, found.first)
