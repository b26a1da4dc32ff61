"""What supervisors and inspectors read about single ratings: a day's, the conspicuous, the refused."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from queueing.clock import Instant, instant
from queueing.hall import Hall
from queueing.records import Event, Json
from queueing.store import Desk
from scoring.errors import UnknownPeriod
from scoring.fact_store import fact_rows
from scoring.flags import Flag, RatedVisit, flags
from scoring.levels import LEVELS
from scoring.own_ratings import others_ratings
from scoring.queue_facts import rating_id
from scoring.ratings import rated_view
from scoring.scores import month_days
from scoring.store import RatingStore

EVIDENCE = 60
"""Ratings that a flag names; it counts all of them."""
LISTED = 200
REFUSED = "rating_refused"
LOOKED = "looked"


def period_days(period: str) -> tuple[str, str]:
    """The first and last day of a month or of a single day; raises UnknownPeriod."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", period):
        return month_days(period)
    try:
        date.fromisoformat(period)
    except ValueError:
        raise UnknownPeriod(period=period) from None
    return period, period


class Watch:
    """Reads what is conspicuous; it changes nothing and takes nothing off anybody's score."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._zone = ZoneInfo(hall.house.hall.timezone)

    def ratings(
        self, desk: Desk, day: str, reader: str | None = None, levels: Sequence[str] = LEVELS
    ) -> Json:
        """The ratings of visits of one day, the newest first, without those of the reader's own visits."""
        period_days(day)
        found = cast(RatingStore, desk).ratings_of_day(day, LISTED, levels)
        return {"day": day, "ratings": [rated_view(each) for each in others_ratings(found, reader)]}

    def flags(self, desk: Desk, period: str) -> Json:
        """What looks coached in a month or on a day, each with the ratings that it is about."""
        first, last = period_days(period)
        store = cast(RatingStore, desk)
        facts = store.rated_visits_between(first, last)
        seats = store.seats_between(*self._stretch(first, last))
        found = flags(facts, seats, self._hall.house.rating)
        aside = fact_rows(desk).withdrawals(first, last)
        return {"period": period, "rated": len(facts), "flags": [flag_view(each, aside) for each in found]}

    def refused(self, desk: Desk, period: str) -> Json:
        """The newest attempts to rate that were refused in a month or on a day."""
        stretch = self._stretch(*period_days(period))
        notes = cast(RatingStore, desk).notes_between(REFUSED, *stretch, LISTED)
        return {"period": period, "refused": [refusal_view(note) for note in notes]}

    def _stretch(self, first: str, last: str) -> tuple[Instant, Instant]:
        """From the first day's beginning, when every seat is empty, to the last one's end."""
        begins = datetime.combine(date.fromisoformat(first), time.min, self._zone)
        ends = datetime.combine(date.fromisoformat(last), time.max, self._zone)
        return instant(begins), instant(ends)


def flag_view(flag: Flag, aside: Container[str]) -> Json:
    """A flag as people read it: the newest ratings as evidence, all of them counted."""
    return {
        "kind": flag.kind,
        "window": flag.window,
        "clerk": flag.clerk,
        "n": len(flag.ratings),
        "first_at": flag.ratings[0].at,
        "last_at": flag.ratings[-1].at,
        "best_elsewhere": flag.more.get("best_elsewhere"),
        "seconds": flag.more.get("seconds"),
        "ratings": [
            fact_view(fact) | {"set_aside": rating_id(fact.window, fact.day, fact.ticket) in aside}
            for fact in flag.ratings[-EVIDENCE:]
        ],
    }


def fact_view(fact: RatedVisit) -> Json:
    served = round(fact.served, 1) if fact.served is not None else None
    return {
        "ticket": fact.ticket,
        "number": fact.number,
        "level": fact.level,
        "channel": fact.channel,
        "at": fact.at,
        "finished_at": fact.finished_at,
        "seconds_after": round(fact.delay, 3),
        "seconds_served": served,
    }


def refusal_view(note: Event) -> Json:
    told = note.after
    names = ("code", "window", "ticket", "number", "times", "guesser")
    return {"seq": note.seq, "at": note.at, "actor": note.actor, "source": note.source or None} | {
        name: told.get(name) for name in names
    }
