"""Lists of honour as they are kept: published by a supervisor, and names that were taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from queueing.clock import Instant
from queueing.errors import HallError
from queueing.house import House
from queueing.records import Json
from queueing.store import Desk
from scoring.periods import period
from scoring.store import By


@dataclass(frozen=True)
class Named:
    """One window or person on a list. `seq` is the event of the publication that the entry belongs to."""

    by: By
    period: str
    subject: str
    place: int
    name: str
    """In the hall's languages, as JSON."""

    grade: str | None
    seq: int
    at: Instant
    actor: str


@dataclass(frozen=True)
class TakenBack:
    """A name that is shown no more, for good."""

    by: By
    period: str
    subject: str
    at: Instant
    actor: str
    reason: str
    seq: int


class HonourStore(Desk, Protocol):
    """A desk that keeps lists of honour too."""

    def publish(self, named: list[Named]) -> None: ...
    def published(self, by: By, period: str) -> list[Named]:
        """The newest publication of the list, in the order of the places, without names taken back."""
        ...

    def published_lists(self) -> list[tuple[By, str]]:
        """Which lists were ever published."""
        ...

    def take_back(self, taken: TakenBack) -> None: ...
    def taken_back(self, by: By, period: str) -> list[TakenBack]: ...


class MonthsMissing(HallError):
    """A list rests on released months only."""

    code = "months_missing"
    sentence = "Not released yet: {months}."


class NotPublished(HallError):
    code = "not_published"
    status = 404
    sentence = "{subject!r} stands on no published list of {period}."


class NamedYourself(HallError):
    code = "named_yourself"
    status = 403
    sentence = "Whoever stands on a list doesn't publish it."


class NobodyToName(HallError):
    code = "nobody_to_name"
    sentence = "Nobody can be named for {period}."


def on_show(desk: HonourStore) -> list[tuple[By, str]]:
    """Of windows and of people the newest published month, quarter and year that still names somebody."""
    newest: dict[tuple[By, str], str] = {}
    for by, name in desk.published_lists():
        kind = (by, period(name).kind)
        if desk.published(by, name):
            newest[kind] = max(newest.get(kind, ""), name)
    return sorted((by, name) for (by, _), name in newest.items())


def hall_order(house: House, by: By) -> Callable[[str], tuple[int, str]]:
    """Windows and people as the hall's file names them; those that it names no more come last."""
    own = [each.id for each in (house.windows if by == "window" else house.staff)]
    at = {subject: number for number, subject in enumerate(own)}
    return lambda subject: (at.get(subject, len(at)), subject)


def in_order(named: list[Named], house: House, by: By) -> list[Named]:
    """By place, equal ones in the hall's own order."""
    own = hall_order(house, by)
    return sorted(named, key=lambda each: (each.place, own(each.subject)))


def view_of(named: Named, spoken: Json) -> Json:
    return {"subject": named.subject, "place": named.place, "name": spoken, "grade": named.grade}
