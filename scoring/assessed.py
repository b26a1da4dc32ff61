"""Assessments as the office and the clerk look at them: as they stand, and as released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from queueing.hall import Hall
from queueing.records import Json
from queueing.store import Desk
from scoring.appeals import Appeals, AppealStore, Deduction
from scoring.assess import assess
from scoring.fact_store import fact_rows, plain
from scoring.facts import Fact
from scoring.freezing import facts_in, frozen_facts, packed
from scoring.gathering import all_facts, by_subject
from scoring.own import SPOKEN_OF, Answers, Standing, in_batches, own_view, with_words, without_ratings
from scoring.own_ratings import others_facts, without_ids
from scoring.periods import Period
from scoring.ranking import ranked
from scoring.released import Release, Row, UnknownSubject
from scoring.releases import SUBJECTS, Prepared, Releases, SchemeBook, kept, latest, month
from scoring.scores import whole_batches
from scoring.sittings import moments
from scoring.store import By
from scoring.told_levels import levels_told

FIGURES = ("score", "grade", "passes", "bonus", "malus", "ratings", "scheme", "parts", "deducted")
Seen = tuple[Standing, Json, list[Fact], Json]
"""Whose assessment, what it comes to, the facts behind it, and the name."""


class Assessed:
    """Reads; nothing here changes anything. A look may take a moment and is taken beside the event loop."""

    def __init__(self, hall: Hall, book: SchemeBook) -> None:
        self._hall, self._book, self._releases = hall, book, Releases(hall, book)
        self._appeals = Appeals(hall)

    # -- for the office -------------------------------------------------------------------------

    def table(self, desk: Desk, name: str, by: By) -> Json:
        """Every window or clerk as it stands now, beside what was released."""
        ready = self._releases.prepare(desk, name, by)
        last = ready.after
        rows = kept(desk).released_rows(name, last.revision, by) if last else []
        was = {row.subject: row.plain() for row in rows}
        now = {row.subject: row.plain() for row in ready.rows}
        places = self._places(ready, was or now)
        told = [
            self._line(row, now[row.subject], was.get(row.subject)) | {"place": places.get(row.subject)}
            for row in ready.rows
        ]
        empty = all(row.packed == packed(frozen_facts(())) for row in ready.rows)
        return {"period": name, "by": by, "release": release_view(last), "empty": empty, "rows": told}

    def _places(self, ready: Prepared, assessments: Mapping[str, Json]) -> dict[str, int]:
        """By what was released, else as it stands."""
        scheme = self._book.thawed(next(iter(ready.schemes.values())))
        return {each.subject: each.place for each in ranked(scheme, assessments)}

    def _line(self, row: Row, now: Json, was: Json | None) -> Json:
        told = {name: now[name] for name in FIGURES} | {"barred": [bar["code"] for bar in now["barred"]]}
        released = was["score"] if was else None
        return {"subject": row.subject, "name": row.spoken} | told | {"released": released}

    def one(
        self, desk: Desk, name: str, by: By, subject: str, revision: int | None = None,
        reader: str | None = None,
    ) -> Json:  # fmt: skip
        """One with every line and fact: as it stands, or as a revision has it; not the reader's ratings."""
        if revision is None:
            ready = self._releases.prepare(desk, name, by)
            row, release = ready.row(by, subject), ready.after
        else:
            row = kept(desk).released_row(name, revision, by, subject)
            release = next((each for each in kept(desk).revisions(name) if each.revision == revision), None)
        if row is None:
            raise UnknownSubject(period=name, subject=subject)
        facts = with_words(facts_in(row.facts), self._entered(desk, month(name)))
        view = {"period": name, "by": by, "subject": subject, "name": row.spoken, "revision": revision}
        told = {"hash": row.hash, "scheme_hash": row.scheme, "release": release_view(release)}
        shown = [office_fact(fact) for fact in others_facts(facts, reader)]
        return view | told | {"assessment": without_ids(row.plain(), facts, reader), "facts": shown}

    # -- for a clerk ----------------------------------------------------------------------------

    def mine(self, desk: Desk, clerk: str, name: str) -> Json:
        """The own assessment and those of the windows sat at, or where an entry names the clerk."""
        stretch, release = month(name), latest(desk, name)
        rows = self._released(desk, clerk, stretch, release) if release else self._live(desk, clerk, stretch)
        told = [
            own_view(result, facts, standing, self._answers(desk, name, standing)) | {"name": spoken}
            for standing, result, facts, spoken in rows
        ]
        days = self._hall.house.scoring.appeal_days
        return {"period": name, "release": release_view(release), "appeal_days": days, "assessments": told}

    def deduction(
        self, desk: Desk, clerk: str, name: str, by: By, subject: str, fact: str, item: str = ""
    ) -> Deduction | None:
        """The fact as it counts against this clerk now; None when it doesn't."""
        ready, standings = self._releases.prepare(desk, name, by), self.standings(desk, clerk, month(name))
        standing = next((each for each in standings if (each.by, each.subject) == (by, subject)), None)
        row = ready.row(by, subject)
        found = next((each for each in facts_in(row.facts) if each.id == fact), None) if row else None
        if standing is None or row is None or found is None or not appealable(found, standing):
            return None
        code = next((code for code in counted_in(row.plain(), fact) if item in ("", code)), None)
        return Deduction(name, by, subject, code, found) if code else None

    def may_see_photos(self, desk: Desk, clerk: str, fact: Fact) -> bool:
        """Those beside a fact that concerns the clerk, unless a citizen's words led to it."""
        standings = self.standings(desk, clerk, month(fact.day[:7]))
        own = [each for each in standings if getattr(fact, each.by) == each.subject]
        return fact.origin in SPOKEN_OF and any(each.concerns(fact) for each in own)

    def standings(self, desk: Desk, clerk: str, stretch: Period) -> list[Standing]:
        """The clerk, and every window where the clerk took the seat in the period or is named in an entry."""
        first, last = moments(self._hall.house.hall.timezone, stretch.first, stretch.last)
        sat = cast(AppealStore, desk).windows_sat_at(clerk, first, last)
        days = {window: frozenset(map(self._hall.day, moments)) for window, moments in sat.items()}
        windows = sorted(days.keys() | windows_named_with(clerk, self._entered(desk, stretch).values()))
        theirs = [Standing("window", window, clerk, days.get(window, ())) for window in windows]
        return [Standing("clerk", clerk, clerk), *theirs]

    def _released(self, desk: Desk, clerk: str, stretch: Period, release: Release) -> Iterator[Seen]:
        words = self._entered(desk, stretch)
        for standing in self.standings(desk, clerk, stretch):
            row = kept(desk).released_row(stretch.name, release.revision, standing.by, standing.subject)
            if row is not None:
                yield standing, row.plain(), with_words(facts_in(row.facts), words), row.spoken

    def _live(self, desk: Desk, clerk: str, stretch: Period) -> Iterator[Seen]:
        """Of ratings what is released to a clerk: the own ones in whole batches, a window's not at all."""
        facts = all_facts(desk, stretch, self._hall)
        everybody = {by: by_subject(facts, self._hall, by) for by in SUBJECTS}
        for standing in self.standings(desk, clerk, stretch):
            theirs = everybody[standing.by].get(standing.subject, [])
            own = standing.by == "clerk"
            told = self._batched(desk, clerk, stretch, theirs) if own else without_ratings(theirs)
            scheme, _ = self._releases.scheme_for(desk, standing.by, stretch, None)
            name = self._releases.name_of(standing.by, standing.subject)
            yield standing, assess(scheme, told).plain(), without_ratings(theirs), name

    def _batched(self, desk: Desk, clerk: str, stretch: Period, facts: list[Fact]) -> list[Fact]:
        levels = levels_told(desk, clerk, stretch.name)
        counts = whole_batches(levels, self._hall.house.rating.clerk_batch)
        return in_batches(facts, counts, stretch.first)

    def _answers(self, desk: Desk, name: str, standing: Standing) -> Answers:
        own = cast(AppealStore, desk).appeals_of(standing.clerk)
        until = self._appeals.until(desk, name, standing.by, standing.subject)
        return Answers({each.fact: each.state for each in reversed(own)}, until)

    def _entered(self, desk: Desk, stretch: Period) -> dict[str, Fact]:
        return {fact.id: fact for fact in fact_rows(desk).entered_facts(stretch.first, stretch.last)}


def windows_named_with(clerk: str, entered: Iterable[Fact]) -> set[str]:
    """Where an entry names the person, whether or not the person sat there that day."""
    return {fact.window for fact in entered if fact.clerk == clerk and fact.window and fact.kind != "rated"}


def appealable(fact: Fact, standing: Standing) -> bool:
    """Ratings have their own way of being looked into; a clerk is never shown a single one."""
    return fact.kind != "rated" and fact.withdrawn is None and standing.concerns(fact)


def counted_in(result: Json, fact: str) -> list[str]:
    """The items and bars that this fact counts against."""
    lines = [line["code"] for line in result["lines"] if fact in line["facts"] and line["asked"] < 0]
    return lines + [bar["code"] for bar in result["barred"] if fact in bar["facts"]]


def release_view(release: Release | None) -> Json | None:
    if release is None:
        return None
    names = ("period", "revision", "at", "actor", "early", "hash")
    return {name: getattr(release, name) for name in names}


def office_fact(fact: Fact) -> Json:
    """A fact as supervisors and inspectors read it."""
    return plain(fact)
