"""Quarters and years of all windows or clerks, from the months that were released."""

from __future__ import annotations

from queueing.hall import Hall
from queueing.records import Json
from queueing.store import Desk
from scoring.errors import UnknownPeriod
from scoring.freezing import facts_in
from scoring.periods import Period, period
from scoring.released import Row
from scoring.releases import SchemeBook, kept, latest
from scoring.scheme import Scheme
from scoring.store import By
from scoring.stretches import Annual, MonthOf, annual


class Years:
    """Worked out from frozen rows at every question; nothing is added up on the way."""

    def __init__(self, hall: Hall, book: SchemeBook) -> None:
        self._hall, self._book = hall, book

    def table(self, desk: Desk, name: str, by: By) -> Json:
        """The best first; those without a score last."""
        stretch = period(name)
        if stretch.kind not in ("quarter", "year"):
            raise UnknownPeriod(period=name)
        found = self.of(desk, stretch, by)
        order = sorted(found, key=lambda subject: (-worth(found[subject][1]), subject))
        rows = [{"subject": s, "name": found[s][0]} | found[s][1].plain() for s in order]
        return {"period": name, "by": by, "missing": missing_of(desk, stretch), "rows": rows}

    def of(self, desk: Desk, stretch: Period, by: By) -> dict[str, tuple[Json, Annual]]:
        """Each window or clerk that stands in any released month, by the name it had last."""
        months: dict[str, list[MonthOf]] = {}
        names: dict[str, Json] = {}
        schemes: dict[str, Scheme] = {}
        for name in stretch.months:
            release = latest(desk, name)
            for row in kept(desk).released_rows(name, release.revision, by) if release else ():
                scheme = self.scheme_of(desk, row, schemes)
                month = MonthOf(name, release.revision if release else 0, scheme, tuple(facts_in(row.facts)))
                months.setdefault(row.subject, []).append(month)
                names[row.subject] = row.spoken
        return {subject: (names[subject], whole(given, stretch)) for subject, given in months.items()}

    def scheme_of(self, desk: Desk, row: Row, known: dict[str, Scheme]) -> Scheme:
        if row.scheme not in known:
            known[row.scheme] = self._book.thawed(kept(desk).released_scheme(row.scheme))
        return known[row.scheme]


def worth(told: Annual) -> float:
    return -1.0 if told.assessment.score is None else float(told.assessment.score)


def whole(months: list[MonthOf], stretch: Period) -> Annual:
    there = {month.period for month in months}
    return annual(months, [name for name in stretch.months if name not in there])


def missing_of(desk: Desk, stretch: Period) -> list[str]:
    """The months of it that aren't released."""
    return [name for name in stretch.months if latest(desk, name) is None]
