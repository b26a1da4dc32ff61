"""A period's visits added up for the hall and for each department, window, clerk and service of it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping

from queueing.house import House
from scoring.figure_store import FigureStore, Measured, Stretch, Tally
from scoring.figures import VIEWS, By, Sums
from scoring.gathering import promised_minutes

NOBODY = ""
"""Where a view puts work that nobody in it did, such as visits that no window called."""

AS_COMPLAINTS = frozenset({"complaint", "complaint_discipline"})
Lengths = defaultdict[tuple[str, str | None, str | None], list[float]]
Totals = dict[By, dict[str, Sums]]


class AddingUp:
    """Every view at once: each visit counts once in each of them, so all views have the same total."""

    def __init__(self, house: House) -> None:
        self._departments = {service.id: service.department for service in house.services}
        self._instant = {service.id for service in house.services if service.case == "instant"}
        self._limited = {service.id for service in house.services if service.limit_days}
        self._promised = {name: 60.0 * most for name, most in promised_minutes(house).items()}
        self._owners = owners(house)
        self._known: dict[tuple[str, str | None, str | None], tuple[Sums, ...]] = {}
        self.totals: Totals = {by: {} for by in VIEWS}

    def add(self, store: FigureStore, stretch: Stretch) -> Totals:
        """Counts and times."""
        self.count(store, stretch)
        waits, services = by_doers(store.lengths(stretch))
        self._measure(waits, "waits")
        self._measure(services, "services")
        return self.totals

    def count(self, store: FigureStore, stretch: Stretch) -> Totals:
        """What can be counted, without the times."""
        for tally in store.tallies(stretch, self._promised):
            self._tally(tally)
        for doer, n in store.transfers_made(stretch):
            self._count(doer, transferred=n)
        for doer, level, n in store.rated_levels(stretch):
            self._count(doer, **{level: n})
        for kind, window, clerk, n in store.said_of(stretch):
            self._say("complaints" if kind in AS_COMPLAINTS else "overdue", window, clerk, n)
        return self.totals

    def _tally(self, tally: Tally) -> None:
        service = tally.doer.service
        self._count(
            tally.doer, received=tally.received, finished=tally.finished, done=tally.done,
            at_once=tally.done if service in self._instant else 0,
            limited=tally.done if service in self._limited else 0,
            no_shows=tally.no_shows, abandoned=tally.abandoned, unclosed=tally.unclosed,
            wait_promised=tally.promised, wait_kept=tally.kept,
        )  # fmt: skip

    def _count(self, doer: tuple[str, str | None, str | None], **counts: int) -> None:
        for sums in self._of(doer):
            sums.counts.update(counts)

    def _measure(self, lengths: Lengths, what: str) -> None:
        """Each doer's lengths in order first: putting together what is in order takes little."""
        for doer, found in lengths.items():
            found.sort()
            for sums in self._of(doer):
                getattr(sums, what).extend(found)
        for sums in (each for view in self.totals.values() for each in view.values()):
            setattr(sums, what, array("d", sorted(getattr(sums, what))))

    def _say(self, what: str, window: str | None, clerk: str | None, n: int) -> None:
        """A fact names a window or a clerk; a window of one department speaks for that one, too."""
        names: dict[By, str] = {
            "hall": NOBODY,
            "department": self._owners.get(window or "", NOBODY),
            "window": window or NOBODY,
            "clerk": clerk or NOBODY,
        }
        for by, name in names.items():
            self._sums(by, name).counts[what] += n

    def _of(self, doer: tuple[str, str | None, str | None]) -> tuple[Sums, ...]:
        if doer not in self._known:
            service, window, clerk = doer
            department = self._departments.get(service, NOBODY)
            names: dict[By, str] = {
                "hall": NOBODY, "department": department, "window": window or NOBODY,
                "clerk": clerk or NOBODY, "service": service,
            }  # fmt: skip
            self._known[doer] = tuple(self._sums(by, name) for by, name in names.items())
        return self._known[doer]

    def _sums(self, by: By, name: str) -> Sums:
        return self.totals[by].setdefault(name, Sums(told=by != "service"))


def by_doers(measured: Iterable[Measured]) -> tuple[Lengths, Lengths]:
    """Waits and services, by who called or served."""
    waits: Lengths = defaultdict(list)
    services: Lengths = defaultdict(list)
    for service, window, clerk, wait, served in measured:
        doer = service, window, clerk
        if wait is not None:
            waits[doer].append(wait)
        if served is not None:
            services[doer].append(served)
    return waits, services


def owners(house: House) -> Mapping[str, str]:
    """The department of each window that serves one department only."""
    departments = {service.id: service.department for service in house.services}
    of = {w.id: {*w.departments, *(departments[each] for each in w.serves)} for w in house.windows}
    return {window: next(iter(found)) for window, found in of.items() if len(found) == 1}
