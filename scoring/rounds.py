"""The months' rounds: what is due, what was released, what would change, what is still as frozen."""

from __future__ import annotations

from queueing.change import Change
from queueing.hall import ITSELF
from queueing.records import Json
from queueing.store import Desk
from scoring.assessed import release_view
from scoring.changed import Difference, differences
from scoring.released import NotReleased, Pending, Release
from scoring.releases import SUBJECTS, Prepared, Releases, kept, latest, month, verified

LONGEST = 24
"""Months that are named as due at the most: one old entry shall not call for years of releases."""
WATCHED = 3
"""So many released months are looked at each night; later facts of older ones show when somebody looks."""


class Rounds(Releases):
    """Releases, with what supervisors look at around them."""

    def overview(self, desk: Desk) -> Json:
        """Every released month, and those that are over and wait."""
        pending = kept(desk).pending()
        months: dict[str, list[Release]] = {}
        for release in kept(desk).releases():
            months.setdefault(release.period, []).append(release)
        told = [
            {
                "period": name,
                "revisions": [release_view(each) for each in revisions],
                "pending": pending_view(pending.get(name)),
            }
            for name, revisions in sorted(months.items(), reverse=True)
        ]
        return {"months": told, "due": [name for name in self.months_over(desk) if name not in months]}

    def months_over(self, desk: Desk) -> list[str]:
        """The months from the hall's first day on that are over, the newest first."""
        first = kept(desk).first_day()
        name = self._hall.day(self._hall.now())[:7]
        found: list[str] = []
        while first and len(found) < LONGEST and (name := before(name)) >= first[:7]:
            found.append(name)
        return found

    def changes(self, desk: Desk, name: str, revision: int | None = None) -> Json:
        """What a revision changed; without one what the next would change now."""
        month(name)
        if revision is not None:
            return self._changed_by(desk, name, revision)
        newest = must_be_released(desk, name)
        ready = self.prepare(desk, name)
        was = kept(desk).released_rows(name, newest.revision)
        found = differences(was, ready.rows)
        told = {"period": name, "revision": ready.revision, "released": False}
        return told | {"scheme_changed": self._scheme_changed(ready), "changes": self._plain(found)}

    def _changed_by(self, desk: Desk, name: str, revision: int) -> Json:
        release = revision_of(desk, name, revision)
        rows, was = (kept(desk).released_rows(name, n) for n in (release.revision, release.revision - 1))
        told = {"period": name, "revision": revision, "released": True}
        schemes = {row.scheme for row in rows} != {row.scheme for row in was}
        found = differences(was, rows) if was else []
        return told | {"scheme_changed": bool(was) and schemes, "changes": self._plain(found)}

    def _plain(self, found: list[Difference]) -> list[Json]:
        batch = self._hall.house.rating.clerk_batch
        return [each.plain(batch) for each in found]

    def _scheme_changed(self, ready: Prepared) -> bool:
        """Whether the files now say otherwise than what the month was released by."""
        now = [self._book.in_force(by, ready.period.first) for by in SUBJECTS]
        return any(self._book.thawed(text) not in now for text in ready.schemes.values())

    def verdict(self, desk: Desk, name: str, revision: int | None = None) -> Json:
        release = must_be_released(desk, name) if revision is None else revision_of(desk, name, revision)
        told = {"period": name, "revision": release.revision, "hash": release.hash}
        return told | {"verified": verified(desk, release, self._book)}

    # -- by night -------------------------------------------------------------------------------

    def found_tonight(self, desk: Desk) -> list[tuple[Release, int]]:
        """The newest released months, each with how many rows would come out otherwise."""
        names = sorted({release.period for release in kept(desk).releases()})[-WATCHED:]
        found = []
        for name in names:
            ready = self.prepare(desk, name)
            if ready.after:
                was = kept(desk).released_rows(name, ready.after.revision)
                found.append((ready.after, len(differences(was, ready.rows))))
        return found

    def note_tonight(self, found: list[tuple[Release, int]]) -> None:
        """A note in the log for each month of which more or fewer rows are pending than were before."""

        def work(change: Change) -> Json:
            pending = kept(change.desk).pending()
            for release, rows in found:
                was = pending.get(release.period)
                if latest(change.desk, release.period) != release or rows == (was.rows if was else 0):
                    continue
                kept(change.desk).settle_pending(release.period)
                if rows:
                    kept(change.desk).note_pending(Pending(release.period, release.revision, change.at, rows))
                facts = {"period": release.period, "revision": release.revision, "rows": rows}
                change.note("release_pending", facts)
            return {}

        self._hall.change(ITSELF, work)


def before(name: str) -> str:
    """The month before."""
    year, number = map(int, name.split("-"))
    return f"{year:04d}-{number - 1:02d}" if number > 1 else f"{year - 1:04d}-12"


def must_be_released(desk: Desk, name: str) -> Release:
    release = latest(desk, name)
    if release is None:
        raise NotReleased(period=name)
    return release


def revision_of(desk: Desk, name: str, revision: int) -> Release:
    found = next((each for each in kept(desk).revisions(name) if each.revision == revision), None)
    if found is None:
        raise NotReleased(period=name)
    return found


def pending_view(pending: Pending | None) -> Json | None:
    return {"found_at": pending.found_at, "rows": pending.rows} if pending else None
