"""All facts of a period, from the queue and from people, for every window or clerk at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from queueing.hall import Hall
from queueing.house import House
from queueing.store import Desk
from scoring import queue_facts
from scoring.fact_store import FactStore, day_in, fact_rows
from scoring.facts import Fact
from scoring.levels import LEVELS, NEGATIVE
from scoring.periods import Period, period
from scoring.seat_facts import of_the_seats
from scoring.store import By

POSITIVE = tuple(level for level in LEVELS if level not in NEGATIVE)


def facts_of(desk: Desk, stretch: Period, hall: Hall, by: By = "window") -> dict[str, list[Fact]]:
    """The facts of each window (or clerk) of the house, those without any included.

    Whatever was withdrawn says so; it is for the assessment to leave it out. A fact that names a window and
    a clerk stands under both.
    """
    return by_subject(all_facts(desk, stretch, hall), hall, by)


def by_subject(facts: Iterable[Fact], hall: Hall, by: By) -> dict[str, list[Fact]]:
    """The same facts, put to each window or clerk."""
    found: dict[str, list[Fact]] = {who: [] for who in subjects(hall, by)}
    for fact in facts:
        who = fact.window if by == "window" else fact.clerk
        if who is not None:
            found.setdefault(who, []).append(fact)
    return found


def subjects(hall: Hall, by: By) -> list[str]:
    """All windows, or all clerks, that the hall's file names."""
    if by == "window":
        return [window.id for window in hall.house.windows]
    return [person.id for person in hall.house.staff if person.role == "clerk"]


def all_facts(desk: Desk, stretch: Period, hall: Hall) -> list[Fact]:
    """Those of the queue first, then those that people entered; withdrawals are applied to both."""
    rows = fact_rows(desk)
    withdrawn = rows.withdrawals(stretch.first, stretch.last)
    own = _of_the_queue(rows, stretch, hall)
    told = [replace(fact, withdrawn=withdrawn[fact.id]) if fact.id in withdrawn else fact for fact in own]
    return told + rows.entered_facts(stretch.first, stretch.last)


def _of_the_queue(rows: FactStore, stretch: Period, hall: Hall) -> Iterator[Fact]:
    first, last, promised = stretch.first, stretch.last, promised_minutes(hall.house)
    good, bad = rows.rated_sums(first, last, POSITIVE), rows.rated_ones(first, last, sorted(NEGATIVE))
    yield from queue_facts.rated(good, bad)
    yield from queue_facts.rated_again(rows.rated_again(first, last))
    yield from queue_facts.finished(rows.finished_sums(first, last))
    if promised:
        yield from queue_facts.waited(rows.long_waits(first, last, min(promised.values())), promised)
    yield from of_the_seats(rows, stretch, hall)


def promised_minutes(house: House) -> dict[str, float]:
    """How long a visit of each service is to wait at most; services without a promise aren't named."""
    usual = house.duty.promised_wait_minutes
    told = {service.id: service.promised_wait_minutes or usual for service in house.services}
    return {service: most for service, most in told.items() if most > 0}


def find_fact(desk: Desk, fact: str, hall: Hall) -> Fact | None:
    """One fact by its id, entered or of the queue."""
    entered, day = fact_rows(desk).fact(fact), day_in(fact)
    if entered is not None or day is None:
        return entered
    return next((each for each in all_facts(desk, period(day), hall) if each.id == fact), None)


def response_rate(facts: Iterable[Fact]) -> Decimal | None:
    """The share of finished visits that were rated; None when none was finished."""
    counts = {"rated": Decimal(0), "finished": Decimal(0)}
    for fact in facts:
        if fact.kind in counts and fact.origin == "queue" and fact.withdrawn is None:
            counts[fact.kind] += fact.times
    return counts["rated"] / counts["finished"] if counts["finished"] else None
