"""Single ratings for supervisors and inspectors: a day's, the conspicuous, the refused; looks are noted."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from queueing.records import Json
from scoring.flags import Kind
from scoring.levels import Level
from scoring.own_ratings import others_flags
from scoring.watch import Watch
from web.asking import who
from web.context import here, the_hall
from web.routes import Answer, Answered, Body, endpoint
from web.watching import looked

DAY = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
MONTH_OR_DAY = r"^20[0-9]{2}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$"


class OneDay(Body):
    """A day such as 2026-10-12; today unless named."""

    day: str | None = Field(default=None, pattern=DAY)


class Stretch(Body):
    """A month such as 2026-10 or a day such as 2026-10-12; the present month unless named."""

    period: str | None = Field(default=None, pattern=MONTH_OR_DAY)


class SingleRating(Answer):
    """One person's verdict, with the words that came with it."""

    ticket: str
    number: str
    window: str
    clerk: str | None
    service: str
    at: Instant
    level: Level
    reasons: list[str]
    channel: Literal["pad", "phone"]
    comment: str
    set_aside: bool = Field(description="By a reviewer: it is shown, and counts no more")


class DaysRatings(Answer):
    """The newest of a day, 200 at the most."""

    day: str
    ratings: list[SingleRating]


class Evidence(Answer):
    """A rating that a flag is about."""

    ticket: str
    number: str
    level: Level
    channel: Literal["pad", "phone"]
    at: Instant
    finished_at: Instant
    seconds_after: float = Field(description="From Finish to the rating")
    seconds_served: float | None
    set_aside: bool = Field(description="A reviewer took it out of all figures")


class FlagView(Answer):
    """Something conspicuous; nothing is deducted for it."""

    kind: Kind
    window: str
    clerk: str | None
    n: int
    first_at: Instant
    last_at: Instant
    best_elsewhere: float | None = Field(description="How often other pads got the best level, 0 to 1")
    seconds: float | None = Field(description="The same time after Finish")
    ratings: list[Evidence] = Field(description="The newest, 60 at the most")


class FlagsAnswer(Answer):
    """What looks coached, worked out anew from the period's facts."""

    period: str
    rated: int
    flags: list[FlagView]


class Refusal(Answer):
    """An attempt to rate that was refused; `times`: so many of a flood by then."""

    seq: int
    at: Instant
    actor: str
    source: str | None
    code: str
    window: str | None
    ticket: str | None
    number: str | None
    times: int | None
    guesser: str | None = Field(description="The same for one network on one day; no address is kept")


class RefusalsAnswer(Answer):
    """The newest refused attempts, 200 at the most."""

    period: str
    refused: list[Refusal]


@endpoint(blueprint, "GET", "/ratings", gives=DaysRatings, query=OneDay)
def ratings_of_day(query: OneDay) -> Answered:
    """A day's single ratings, the newest first, but those of the own visits. The look is recorded."""
    day, reader = query.day or the_hall().day(the_hall().now()), who().staff
    found: Json = here().store.look(lambda desk: Watch(the_hall()).ratings(desk, day, reader))
    looked("ratings", day=day)
    return found


@endpoint(blueprint, "GET", "/ratings/flags", gives=FlagsAnswer, query=Stretch)
def flags(query: Stretch) -> Answered:
    """Ratings that look coached, with their evidence. The look is recorded."""
    period, hall, store = query.period or this_month(), the_hall(), here().store
    found: Json = here().in_thread(lambda: store.look(lambda desk: Watch(hall).flags(desk, period)))
    if found["flags"]:
        looked("flags", period=period)
    return others_flags(found, who().staff)


@endpoint(blueprint, "GET", "/ratings/refused", gives=RefusalsAnswer, query=Stretch)
def refused(query: Stretch) -> Answered:
    """Attempts to rate that were refused."""
    period, hall = query.period or this_month(), the_hall()
    found: Json = here().store.look(lambda desk: Watch(hall).refused(desk, period))
    return found


def this_month() -> str:
    return the_hall().day(the_hall().now())[:7]
