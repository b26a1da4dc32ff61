"""What the twin is told of the hall: its past visits, who is here now, the plan, the rules; names of nobody.

A window counts as planned for a day when it called somebody then; for today and days to come, when it did in
the last days or is open now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from queueing.clock import local
from queueing.hall import Hall
from queueing.records import Json, PastVisit, Ticket, Waiting
from queueing.store import Desk
from web.context import Built

LEARN_DAYS, RECENT_DAYS = 30, 10
MOST_VISITS = 60_000
Row = list[object]


@dataclass(frozen=True)
class Drawn:
    """The hall's past as one look found it."""

    days: dict[str, list[PastVisit]]
    here: list[Row]
    clerks: dict[str, str]
    """Who sits at which window now, or did last."""
    open_now: set[str]


def drawn(built: Built, question: Json) -> Json:
    """Everything that the process needs for one question; in a thread."""
    hall = built.hall
    found = built.store.look(lambda desk: look(hall, desk))
    days = sorted({*found.days, question["day"], today_of(hall)})
    return {
        "ask": question | spare_of(hall, found, question),
        "zone": hall.house.hall.timezone,
        "log": [[day, *visit] for day, visits in found.days.items() for visit in visits],
        "here": found.here,
        "plan": [row for day in days for row in plan_of(hall, found, day)],
        "rules": rules_of(hall),
    }


def today_of(hall: Hall) -> str:
    return hall.day(hall.now())


def look(hall: Hall, desk: Desk) -> Drawn:
    today, days, total = today_of(hall), dict[str, list[PastVisit]](), 0
    for day in [today, *desk.days_before(today, LEARN_DAYS)]:
        days[day] = desk.past_visits(day)
        total += len(days[day])
        if total > MOST_VISITS:
            break
    windows = desk.windows().values()
    return Drawn(
        dict(sorted(days.items())), list(here(today, desk.waiting(), desk.in_states(("called", "serving")))),
        {each.window: each.clerk for each in windows if each.clerk},
        {each.window for each in windows if each.state == "open"},
    )  # fmt: skip


def here(today: str, waiting: Sequence[Waiting], called: Sequence[Ticket]) -> Iterator[Row]:
    """Those who wait and those at a window, as visits that aren't over."""
    for each in waiting:
        yield [
            today,
            each.key,
            each.service,
            each.ticket_class,
            each.line_at,
            each.line_at,
            None,
            "",
            None,
            "",
        ]
    for ticket in called:
        yield [
            today, ticket.key, ticket.service, ticket.ticket_class, ticket.joined_at, ticket.line_at,
            ticket.called_at, ticket.window or "", ticket.started_at, ticket.clerk or "",
        ]  # fmt: skip


def plan_of(hall: Hall, found: Drawn, day: str) -> Iterator[Row]:
    """The stretches of one day, by its hours, of the windows that count."""
    clerks = clerks_of(found, day)
    for window in hall.house.windows:
        if window.id in clerks:
            for opens, closes in hall.hours.stretches(window, date.fromisoformat(day)):
                services = list(hall.plan.reluctances[window.id])
                yield [day, window.id, clerks[window.id], services, minute(opens), minute(closes)]


def clerks_of(found: Drawn, day: str) -> dict[str, str]:
    """By window that counts on the day, who sits there mostly."""
    past = found.days.get(day, [])
    is_over = bool(past) and day != max(found.days)
    days = [day] if is_over else [each for each in found.days if each < day][-RECENT_DAYS:]
    seen: dict[str, Counter[str]] = {}
    for each in (visit for known in days for visit in found.days[known]):
        if each.window:
            seen.setdefault(each.window, Counter())[each.clerk or each.window] += 1
    clerks = {window: own.most_common(1)[0][0] for window, own in seen.items()}
    if is_over:
        return clerks
    return clerks | {window: found.clerks.get(window, window) for window in found.open_now}


def spare_of(hall: Hall, found: Drawn, question: Json) -> Json:
    """Windows that could be open now, and aren't."""
    if question["what"] != "suggest":
        return {}
    now = local(hall.now(), hall.house.hall.timezone)
    closed = [each for each in hall.house.windows if each.id not in found.open_now]
    return {"spare": [each.id for each in closed if hall.hours.is_open(each, now)]}


def rules_of(hall: Hall) -> Json:
    house = hall.house
    return {
        "classes": {name: [rule.head_start, rule.rate] for name, rule in house.classes.items()},
        "reluctance": {window: dict(taken) for window, taken in hall.plan.reluctances.items()},
        "minutes": {service.id: service.minutes for service in house.services},
    }


def minute(at: datetime) -> float:
    return at.hour * 60.0 + at.minute + at.second / 60.0


def minute_now(hall: Hall) -> float:
    """Minutes of the hall's day."""
    return minute(local(hall.now(), hall.house.hall.timezone))
