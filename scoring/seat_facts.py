"""Facts from seats and hours of any stretch of days; days that are over are worked out once a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from queueing.clock import instant, moment
from queueing.hall import Hall
from queueing.house import House
from scoring import attended
from scoring.fact_store import FactStore
from scoring.facts import Fact
from scoring.periods import Period
from scoring.seats import days_of, duties_of, seats_of

MOST_DAYS = 400


@dataclass
class DaysOver:
    """Who sat where on a day that is over can't change any more: the log only grows at its end."""

    house: House
    facts: dict[str, list[Fact]] = field(default_factory=dict)

    def keep(self, day: str, facts: list[Fact]) -> None:
        self.facts[day] = facts
        for old in sorted(self.facts)[:-MOST_DAYS]:
            self.facts.pop(old, None)


KNOWN: WeakKeyDictionary[Hall, DaysOver] = WeakKeyDictionary()


def known_days(hall: Hall) -> DaysOver:
    """Of the hall as its file is now."""
    found = KNOWN.get(hall)
    if found is None or found.house is not hall.house:
        found = KNOWN[hall] = DaysOver(hall.house)
    return found


def of_the_seats(rows: FactStore, stretch: Period, hall: Hall) -> Iterator[Fact]:
    """Hours that weren't kept and pauses that were too long, day by day."""
    now, known = hall.clock.now(), known_days(hall)
    today = hall.day(instant(now))
    days = [day.isoformat() for day in days_of(stretch) if day.isoformat() <= today]
    unknown = [day for day in days if day == today or day not in known.facts]
    fresh = worked_out(rows, unknown[0], unknown[-1], hall, now) if unknown else {}
    for day in days:
        facts = fresh[day] if day in fresh else known.facts.get(day, [])
        if day < today:
            known.keep(day, facts)
        yield from facts


def worked_out(rows: FactStore, first: str, last: str, hall: Hall, now: datetime) -> dict[str, list[Fact]]:
    """The facts of every day of the stretch, also of those without any."""
    zone, rules = ZoneInfo(hall.house.hall.timezone), rules_of(hall.house)
    begins = datetime.combine(date.fromisoformat(first), time.min, zone)
    ends = datetime.combine(date.fromisoformat(last), time.max, zone)
    stretch = Period(f"{first}..{last}", "days", first, last)
    seats = seats_of(rows.seat_steps(instant(begins), instant(ends)), hall.house.hall.timezone)
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for name, day in attended.days(duties_of(hall, stretch, now), seats).items():
        tickets = {span: rows.first_ticket(name, *map(instant, span)) for span in day.empty()}
        taken = {span: moment(at) for span, at in tickets.items() if at is not None}
        found[name] = [*attended.unkept(day, rules, taken), *attended.overlong(day, rules)]
    return {day.isoformat(): found[day.isoformat()] for day in days_of(stretch)}


def rules_of(house: House) -> attended.Rules:
    owners: dict[str, list[str]] = {}
    for person in house.staff:
        for window in person.windows if person.role == "clerk" else ():
            owners.setdefault(window, []).append(person.id)
    return attended.Rules(house.duty, {pause.id: pause.minutes for pause in house.pauses}, owners)
