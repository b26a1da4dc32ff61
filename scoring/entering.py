"""Facts that people enter: checked against the hall and its schemes, and withdrawn by four eyes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Protocol

from queueing.change import MASTERS, Change
from queueing.hall import Hall
from queueing.people import UnknownStaff
from queueing.records import Json, Press
from scoring.fact_errors import (
    AboutYourself,
    AlreadyWithdrawn,
    ConcernsNobody,
    FourEyes,
    NoRoomForPhotos,
    NotYourFact,
    OfADecision,
    OfARating,
    TooManyPhotos,
    UnknownFact,
    UnknownItem,
    UnknownScheme,
)
from scoring.fact_rules import NewFact, kind_of, must_be_text, must_be_worth, must_make_sense
from scoring.fact_store import Evidence, FactStore, fact_rows, plain
from scoring.facts import Fact, Origin, Withdrawal
from scoring.scheme import Scheme, Subject
from scoring.sittings import NOWHERE, Sat, is_concerned, sat_at

MOST_PHOTOS, MOST_BYTES = 6, 1024**3
"""Of one fact, and of all together: every backup carries them."""
DECIDED: frozenset[Origin] = frozenset({"complaint", "callback"})
"""Facts that a decision about a citizen's words made."""


class SchemesInForce(Protocol):
    """The hall's schemes, by the day."""

    def in_force(self, subject: Subject, day: str) -> Scheme: ...


@dataclass(frozen=True)
class Photo:
    """A picture that was painted anew, so that nothing else is in it."""

    picture: bytes
    width: int
    height: int


class FactBook:
    """Enters facts and takes them back; every change leaves ids and codes in the log, never a note."""

    def __init__(self, hall: Hall, schemes: SchemesInForce) -> None:
        self._hall, self._schemes = hall, schemes

    def enter(self, wanted: NewFact, *, by: Press) -> Json:
        """One fact of an inspector or supervisor. Raises what `checked` raises."""

        def work(change: Change) -> Json:
            found = self.checked(wanted, change.day, change.by)
            must_be_of_others(wanted, by, sat_at(change.desk, self._hall, by.clerk, wanted.day, wanted.day))
            fact = found.fact(change, "inspector")
            fact_rows(change.desk).add_fact(fact)
            codes = ("kind", "item", "scheme", "window", "clerk", "day")
            change.note("fact_entered", {"fact": fact.id} | {name: getattr(fact, name) for name in codes})
            return {"fact": plain(fact)}

        return self._hall.change(by, work)

    def withdraw(self, fact: Fact, reason: str, *, by: Press) -> Json:
        """Takes a fact back, one of the queue as well. FourEyes, AlreadyWithdrawn, OfARating, OfADecision."""
        must_have_no_way_of_its_own(fact)
        must_be_text(reason)

        def work(change: Change) -> Json:
            rows, who = fact_rows(change.desk), who_of(by)
            sat = sat_at(change.desk, self._hall, by.clerk, fact.day, fact.day)
            if who == fact.author or is_concerned(who, sat, fact.day, fact.window, fact.clerk):
                raise FourEyes()
            if fact.id in rows.withdrawals(fact.day, fact.day):
                raise AlreadyWithdrawn()
            rows.withdraw_fact(fact.id, Withdrawal(change.at, who, reason.strip()))
            return {"seq": change.note("fact_withdrawn", {"fact": fact.id}).seq}

        return self._hall.change(by, work)

    def add_photo(self, fact: str, photo: Photo, *, by: Press) -> Json:
        """Beside a fact that was entered. Raises UnknownFact, NotYourFact, TooManyPhotos, NoRoomForPhotos."""

        def work(change: Change) -> Json:
            rows = fact_rows(change.desk)
            must_take_photo(rows, fact, by)
            size, name = len(photo.picture), secrets.token_hex(8)
            made = Evidence(name, fact, size, photo.width, photo.height, change.at, who_of(by))
            rows.add_evidence(made, photo.picture)
            change.note("evidence_added", {"fact": fact, "evidence": name, "bytes": size})
            return {"evidence": vars(made)}

        return self._hall.change(by, work)

    def checked(self, wanted: NewFact, today: str, by: Press) -> Checked:
        """The fact as it can be kept, with the scheme that its item is of; raises what is wrong with it."""
        must_make_sense(wanted, today)
        if wanted.window is None and wanted.clerk is None:
            raise ConcernsNobody(subject="window or clerk")
        must_be_here(self._hall, wanted.window, wanted.clerk)
        must_be_of_others(wanted, by, NOWHERE)
        if wanted.kind == "item":
            return Checked(wanted, self._scheme_of(wanted))
        return Checked(wanted, wanted.scheme if wanted.kind == "figure" else "")

    def _scheme_of(self, wanted: NewFact) -> str:
        """The scheme whose item it is: the named one, else that of windows before that of clerks."""
        subject, scheme = self._meant(wanted)
        if getattr(wanted, subject) is None:
            raise ConcernsNobody(subject=subject)
        item = scheme.item(wanted.item)
        if item is None:
            raise UnknownItem(item=wanted.item, scheme=scheme.id)
        must_be_worth(item, wanted.points)
        return scheme.id

    def _meant(self, wanted: NewFact) -> tuple[Subject, Scheme]:
        """A period goes by the scheme of its first day, so the month's first day is asked about."""
        subjects: tuple[Subject, ...] = ("window", "clerk") if wanted.window else ("clerk", "window")
        for subject in subjects:
            scheme = self._schemes.in_force(subject, f"{wanted.day[:7]}-01")
            if wanted.scheme in ("", scheme.id):
                return subject, scheme
        raise UnknownScheme(scheme=wanted.scheme)


@dataclass(frozen=True)
class Checked:
    """A wanted fact that can be kept."""

    wanted: NewFact
    scheme: str

    def fact(self, change: Change, origin: Origin) -> Fact:
        return Fact(
            secrets.token_hex(8), self.wanted.day, kind_of(self.wanted.kind), self.wanted.item, self.scheme,
            self.wanted.window, self.wanted.clerk, self.wanted.times, self.wanted.value, self.wanted.points,
            self.wanted.note.strip(), origin, who_of(change.by), change.at,
        )  # fmt: skip


def must_be_here(hall: Hall, window: str | None, clerk: str | None) -> None:
    """Raises UnknownWindow, UnknownStaff."""
    if window is not None:
        hall.plan.window(window)
    if clerk is not None and hall.plan.person(clerk) is None:
        raise UnknownStaff(staff=clerk)


def must_be_of_others(wanted: NewFact, by: Press, sat: Sat) -> None:
    """Neither about whoever enters it nor about a window where they sat on that day."""
    if by.clerk and is_concerned(by.clerk, sat, wanted.day, wanted.window, wanted.clerk):
        raise AboutYourself()


def must_have_no_way_of_its_own(fact: Fact) -> None:
    """Ratings are reviewed, and decisions about citizens' words taken back, each by rules of their own."""
    if fact.kind == "rated":
        raise OfARating()
    if fact.origin in DECIDED:
        raise OfADecision(origin=fact.origin)


def who_of(by: Press) -> str:
    return by.clerk or by.actor


def must_be_open_to(rows: FactStore, fact: str, by: Press) -> Fact:
    """The fact, if whoever asks may put photos beside it."""
    found = rows.fact(fact)
    if found is None:
        raise UnknownFact()
    if found.author != who_of(by) and by.role not in MASTERS:
        raise NotYourFact()
    return found


def must_take_photo(rows: FactStore, fact: str, by: Press) -> None:
    if len(must_be_open_to(rows, fact, by).evidence) >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    if rows.evidence_bytes() > MOST_BYTES:
        raise NoRoomForPhotos(most=MOST_BYTES // 1024**2)
