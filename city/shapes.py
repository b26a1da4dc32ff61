"""What the city's API tells, as its document describes it."""

from __future__ import annotations

from typing import Any, Literal

from web.routes import Answer, Body

Words = dict[str, str]


class Trouble(Answer):
    """Something that somebody should see to."""

    code: str
    level: Literal["bad", "caution"]
    facts: dict[str, Any]
    said: str


class HallStanding(Answer):
    """One hall as the city's office sees it; minutes, shares from 0 to 1; nothing where it isn't known."""

    hall: str
    name: Words
    district: Words | None
    url: str | None
    at: str | None
    state: Literal["open", "closed", "shut", "unknown"]
    waiting: int | None
    longest: int | None
    low: int | None
    high: int | None
    open: int | None
    paused: int | None = None
    planned: int | None
    served: int | None
    rated: int | None
    positive: float | None
    ends_late: int | None = None
    month_rated: int | None
    month_positive: float | None
    score: float | None
    lowest_score: float | None
    troubles: list[Trouble]


class CityAnswer(Answer):
    """All halls that the asker looks at, those first that need somebody."""

    now: str
    halls: list[HallStanding]


class Offer(Answer):
    """A service in one hall; the wait of somebody who takes a number now, in minutes."""

    hall: str
    name: Words
    timezone: str
    address: Words | None
    district: Words | None
    latitude: float | None
    longitude: float | None
    phone: str | None
    service: str
    service_name: Words
    state: Literal["open", "paused", "ends_late", "full", "unknown", "closed", "shut"]
    waiting: int
    low: int | None
    high: int | None
    opens_at: str | None
    closes_at: str | None
    url: str | None
    book_url: str | None


class NeedAnswer(Answer):
    """One thing that people come for, and in how many halls."""

    need: str
    name: Words
    department: Words
    halls: list[str]


class HallsAnswer(Answer):
    """What can be done where; with a need its offers, the quickest first."""

    now: str
    needs: list[NeedAnswer]
    offers: list[Offer]


class Wanted(Body):
    """What for."""

    need: str | None = None


class OpenedAnswer(Answer):
    """Whether the hall is open now."""

    hall: str
    opened: bool
