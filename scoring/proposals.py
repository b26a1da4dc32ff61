"""Who would stand on a list of honour: computed from released months, by the scheme's own rules and ties."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from queueing.change import MASTERS, Change
from queueing.hall import Hall
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.errors import UnknownPeriod
from scoring.freezing import canonical
from scoring.honours import (
    HonourStore,
    MonthsMissing,
    Named,
    NamedYourself,
    NobodyToName,
    NotPublished,
    TakenBack,
    hall_order,
    in_order,
    view_of,
)
from scoring.periods import Period, period
from scoring.ranking import barred_from, how_many, least_months, may_take_part, ranked
from scoring.releases import SchemeBook, kept, latest
from scoring.scheme import Scheme
from scoring.scheme_rules import Stretch
from scoring.store import By
from scoring.stretches import MonthOf
from scoring.years import Years, missing_of

KINDS = ("month", "quarter", "year")


@dataclass(frozen=True)
class Candidate:
    """One who is ranked; `left_out`: why not on the list, nothing for those on it or beyond its places."""

    subject: str
    name: Json
    assessment: Json
    place: int | None
    left_out: str | None
    named: bool

    def plain(self) -> Json:
        told: Json = {"subject": self.subject, "name": self.name, "place": self.place}
        told |= {name: self.assessment[name] for name in ("score", "grade", "passes")}
        return told | {"left_out": self.left_out, "named": self.named}


def honours(desk: Desk) -> HonourStore:
    """The desk, seen as the keeper of lists of honour."""
    return cast(HonourStore, desk)


def stretch_kind(stretch: Period) -> Stretch:
    return cast(Stretch, stretch.kind)


def stretch_named(name: str) -> Period:
    """A month, quarter or year; raises UnknownPeriod."""
    found = period(name)
    if found.kind not in KINDS:
        raise UnknownPeriod(period=name)
    return found


class Proposals:
    """Shown to supervisors as a proposal; nothing is published before one of them does."""

    def __init__(self, hall: Hall, book: SchemeBook) -> None:
        self._hall, self._book, self._years = hall, book, Years(hall, book)

    def view(self, desk: Desk, name: str, by: By) -> Json:
        """The candidates in their places, and what stands published."""
        stretch = stretch_named(name)
        candidates, places = self._ranked(desk, stretch, by)
        published = in_order(honours(desk).published(by, name), self._hall.house, by)
        taken = honours(desk).taken_back(by, name)
        gone = {each.subject for each in taken}
        now = [each.subject for each in candidates if each.named and each.subject not in gone]
        return {
            "period": name,
            "by": by,
            "missing": missing_of(desk, stretch),
            "places": places,
            "candidates": [each.plain() for each in candidates],
            "published": [view_of(each, json.loads(each.name)) for each in published],
            "published_at": published[0].at if published else None,
            "taken_back": [taken_view(each) for each in taken],
            "differs": bool(published) and [each.subject for each in published] != now,
        }

    def candidates_of(self, desk: Desk, name: str, by: By) -> list[Candidate]:
        return self.candidates(desk, stretch_named(name), by)

    def candidates(self, desk: Desk, stretch: Period, by: By) -> list[Candidate]:
        """Those who are ranked first, then those who are left out, with the reason."""
        return self._ranked(desk, stretch, by)[0]

    def _ranked(self, desk: Desk, stretch: Period, by: By) -> tuple[list[Candidate], int | None]:
        """With how many the scheme names; None: nothing is released, so no scheme holds."""
        told, names, scheme = self._entrants(desk, stretch, by)
        if scheme is None:
            return [], None
        out = {subject: self._left_out(scheme, stretch, by, subject, told[subject]) for subject in told}
        taking_part = {subject: told[subject] for subject in told if out[subject] is None}
        places = {each.subject: each.place for each in ranked(scheme, taking_part)}
        most = how_many(scheme, stretch_kind(stretch))
        found = [
            Candidate(s, names[s], told[s], places.get(s), out[s], 0 < places.get(s, 0) <= most) for s in told
        ]
        own = hall_order(self._hall.house, by)
        found.sort(key=lambda each: (each.place is None, each.place or 0, own(each.subject)))
        return found, most

    def _entrants(
        self, desk: Desk, stretch: Period, by: By
    ) -> tuple[Mapping[str, Json], dict[str, Json], Scheme | None]:
        """Assessments and names, and the scheme whose rules for places hold."""
        if stretch.kind != "month":
            whole = self._years.of(desk, stretch, by)
            newest = max((each.months[-1][0] for _, each in whole.values()), key=period_of, default=None)
            names = {subject: name for subject, (name, _) in whole.items()}
            told = {subject: each.assessment.plain() for subject, (_, each) in whole.items()}
            return told, names, newest.scheme if newest else None
        release = latest(desk, stretch.name)
        rows = kept(desk).released_rows(stretch.name, release.revision, by) if release else []
        scheme = self._years.scheme_of(desk, rows[0], {}) if rows else None
        return {row.subject: row.plain() for row in rows}, {row.subject: row.spoken for row in rows}, scheme

    def _left_out(self, scheme: Scheme, stretch: Period, by: By, subject: str, told: Json) -> str | None:
        """A word for programs; None: takes part."""
        kind = stretch_kind(stretch)
        if told["score"] is None:
            return "no_score"
        for bar in barred_from(told, kind, stretch.name):
            return f"barred:{bar['code']}"
        if by == "clerk" and not self._long_enough(subject, stretch, least_months(scheme, kind)):
            return "months_of_service"
        return None if may_take_part(scheme, told, kind, stretch.name) else "not_passing"

    def _long_enough(self, clerk: str, stretch: Period, months: int) -> bool:
        """Of somebody whose first day the hall's file doesn't name, it is taken for granted."""
        person = next((each for each in self._hall.house.staff if each.id == clerk), None)
        since = person.since if person else None
        return since is None or since <= months_before(stretch.last, months)

    # -- presses --------------------------------------------------------------------------------

    def publish(self, found: list[Candidate], name: str, by: By, *, missing: bool, press: Press) -> Json:
        """`missing`: although months of it aren't released; such a list is of the others alone."""
        stretch = stretch_named(name)

        def work(change: Change) -> Json:
            waiting = missing_of(change.desk, stretch)
            if waiting and not (missing and len(waiting) < len(stretch.months)):
                raise MonthsMissing(months=", ".join(waiting))
            named = [each for each in found if each.named]
            if not named:
                raise NobodyToName(period=name)
            told: Json = {"by": by, "period": name, "subjects": [each.subject for each in named]}
            if self._stands_on_it(told, press):
                told |= {"named_publisher": True}
            seq = change.note("honour", told).seq
            honours(change.desk).publish([entry(each, name, by, change, seq) for each in named])
            return {"period": name, "by": by, "seq": seq}

        return self._hall.change(press, work)

    def _stands_on_it(self, told: Json, press: Press) -> bool:
        """Refused as long as somebody else could publish; the log says when nobody else could."""
        if told["by"] != "clerk" or press.clerk not in told["subjects"]:
            return False
        if any(each.role in MASTERS and each.id != press.clerk for each in self._hall.house.staff):
            raise NamedYourself()
        return True

    def take_back(self, *, name: str, by: By, subject: str, reason: str, press: Press) -> Json:
        """The name is shown no more; its place stays empty."""

        def work(change: Change) -> Json:
            if subject not in {each.subject for each in honours(change.desk).published(by, name)}:
                raise NotPublished(period=name, subject=subject)
            seq = change.note("honour_taken_back", {"by": by, "period": name, "subject": subject}).seq
            taken = TakenBack(by, name, subject, change.at, change.by.actor, reason.strip(), seq)
            honours(change.desk).take_back(taken)
            return {"period": name, "by": by, "seq": seq}

        return self._hall.change(press, work)


def period_of(month: MonthOf) -> str:
    return month.period


def entry(each: Candidate, name: str, by: By, change: Change, seq: int) -> Named:
    grade, place = each.assessment["grade"], each.place or 0
    return Named(by, name, each.subject, place, canonical(each.name), grade, seq, change.at, change.by.actor)


def taken_view(taken: TakenBack) -> Json:
    return {"subject": taken.subject, "at": taken.at, "actor": taken.actor, "reason": taken.reason}


def months_before(day: str, months: int) -> date:
    """So many months before the day after: who began then has worked so long when the day ends."""
    end = date.fromisoformat(day) + timedelta(days=1)
    whole = end.year * 12 + end.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
