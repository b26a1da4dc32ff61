"""Setting ratings aside: what looks coached or forced counts until a reviewer says otherwise, with a reason.

Both ways are kept: who set it aside, who put it back, when and why. A rating set aside is a fact withdrawn,
so that scores, readings and assessments leave it out by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from queueing.change import Change
from queueing.clock import Instant
from queueing.hall import Hall
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.errors import AlreadyAside, NotAside, NotRated, OwnRating
from scoring.fact_store import FactStore
from scoring.facts import Withdrawal
from scoring.periods import period
from scoring.queue_facts import rating_id
from scoring.remedy_errors import HasACase
from scoring.remedy_store import RemedyStore
from scoring.store import Rating, RatingStore

SET_ASIDE, PUT_BACK = "ratings_set_aside", "ratings_put_back"


@dataclass(frozen=True)
class Review:
    """One rating set aside, and if it was, put back."""

    ticket: str
    number: str
    window: str
    clerk: str | None
    day: str
    level: str
    seq: int
    at: Instant
    author: str
    reason: str
    back_at: Instant | None = None
    back_by: str | None = None
    back_reason: str | None = None


class ReviewStore(RatingStore, FactStore, Protocol):
    """A desk that keeps reviews beside ratings and facts."""

    def rating(self, ticket: str) -> Rating | None: ...
    def set_aside(self, ticket: str, seq: int, at: Instant, author: str, reason: str) -> None: ...
    def put_back(self, ticket: str, at: Instant, by: str, reason: str) -> bool:
        """False: no reviewer had set it aside."""
        ...

    def reviews_between(self, first_day: str, last_day: str) -> list[Review]:
        """Of ratings of these days, the newest first."""
        ...


class Reviews:
    """What a reviewer decides, and what was decided."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def set_aside(self, *, tickets: Sequence[str], reason: str, by: Press) -> Json:
        """All of them or none: raises NotRated, OwnRating, HasACase or AlreadyAside."""

        def work(change: Change) -> Json:
            ratings = [self._to_judge(change, ticket) for ticket in dict.fromkeys(tickets)]
            must_be_left_to_its_case(change.desk, ratings)
            store, seq = store_of(change.desk), noted(change, SET_ASIDE, ratings)
            for rating in ratings:
                withdraw(change, rating, reason)
                store.set_aside(rating.ticket, seq, change.at, actor_of(change), reason)
            return {"n": len(ratings), "seq": seq}

        return self._hall.change(by, work)

    def put_back(self, *, tickets: Sequence[str], reason: str, by: Press) -> Json:
        """They count again: raises NotRated, OwnRating or NotAside."""

        def work(change: Change) -> Json:
            ratings = [self._to_judge(change, ticket) for ticket in dict.fromkeys(tickets)]
            store, seq = store_of(change.desk), noted(change, PUT_BACK, ratings)
            for rating in ratings:
                if not store.put_back(rating.ticket, change.at, actor_of(change), reason):
                    raise NotAside(number=change.desk.ticket(rating.ticket).number)
                store.restore_fact(fact_of(rating))
            return {"n": len(ratings), "seq": seq}

        return self._hall.change(by, work)

    def of_period(self, desk: Desk, name: str) -> list[Review]:
        """Every decision about the ratings of a period, also those that were undone."""
        asked = period(name)
        return store_of(desk).reviews_between(asked.first, asked.last)

    def _to_judge(self, change: Change, ticket: str) -> Rating:
        """The rating, if it isn't about whoever judges."""
        rating = store_of(change.desk).rating(ticket)
        if rating is None:
            raise NotRated()
        if rating.clerk is not None and rating.clerk == change.by.clerk:
            raise OwnRating(number=change.desk.ticket(ticket).number)
        return rating


def must_be_left_to_its_case(desk: Desk, ratings: Iterable[Rating]) -> None:
    """What was verified, or waits for an appeal's decision, is set aside by its case's table alone."""
    for rating in ratings:
        case = cast(RemedyStore, desk).remedy_of(rating.ticket)
        if case is not None and (case.verified_by or case.state == "appealed") and case.state != "set_aside":
            raise HasACase(number=desk.ticket(rating.ticket).number)


def withdraw(change: Change, rating: Rating, reason: str) -> None:
    store, fact = store_of(change.desk), fact_of(rating)
    if fact in store.withdrawals(rating.day, rating.day):
        raise AlreadyAside(number=change.desk.ticket(rating.ticket).number)
    store.withdraw_fact(fact, Withdrawal(change.at, actor_of(change), reason))


def noted(change: Change, action: str, ratings: Iterable[Rating]) -> int:
    """The audit trail names tickets and windows; the reason, free words, stands beside the rating only."""
    held = list(ratings)
    windows = sorted({rating.window for rating in held})
    return change.note(action, {"tickets": [rating.ticket for rating in held], "windows": windows}).seq


def actor_of(change: Change) -> str:
    return change.by.clerk or change.by.actor


def fact_of(rating: Rating) -> str:
    return rating_id(rating.window, rating.day, rating.ticket)


def store_of(desk: Desk) -> ReviewStore:
    return cast(ReviewStore, desk)
