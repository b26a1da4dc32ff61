"""Facts that the queue tells by itself: pure functions from rows; the same ids at every computation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from scoring.fact_store import FinishedSum, LongWait, RatedOne, RatedSum
from scoring.facts import Fact
from scoring.matching import second_id

TENTH = Decimal("0.1")


def rated(sums: Iterable[RatedSum], ones: Iterable[RatedOne]) -> Iterator[Fact]:
    """Good ratings as sums of a day, window and clerk; bad and withdrawn ones each with its ticket."""
    for each in sums:
        yield Fact(
            f"rated:{each.window}:{each.day}:{each.clerk or ''}:{each.level}", each.day, "rated", each.level,
            window=each.window, clerk=each.clerk, times=Decimal(each.times),
        )  # fmt: skip
    for one in ones:
        yield Fact(
            rating_id(one.window, one.day, one.ticket), one.day, "rated", one.level,
            window=one.window, clerk=one.clerk, ticket=one.ticket, at=one.at,
        )  # fmt: skip


def rated_again(ones: Iterable[RatedOne]) -> Iterator[Fact]:
    """Second ratings, of the day of the visit; which one counts is the scheme's to say."""
    for one in ones:
        yield Fact(
            second_id(rating_id(one.window, one.day, one.ticket)), one.day, "rated", one.level,
            window=one.window, clerk=one.clerk, ticket=one.ticket, at=one.at, origin="second_rating",
        )  # fmt: skip


def rating_id(window: str, day: str, ticket: str) -> str:
    """Of one rating, also where it counts within a sum: withdrawing it takes it out of there."""
    return f"rated:{window}:{day}:{ticket}"


def finished(sums: Iterable[FinishedSum]) -> Iterator[Fact]:
    """How many visits were finished, for the response rate and whatever is counted per visit."""
    for each in sums:
        yield Fact(
            f"finished:{each.window}:{each.day}:{each.clerk or ''}", each.day, "finished",
            window=each.window, clerk=each.clerk, times=Decimal(each.times),
        )  # fmt: skip


def waited(waits: Iterable[LongWait], promised: Mapping[str, float]) -> Iterator[Fact]:
    """Waits beyond what was promised for the service; the window's affair, not that of who called at last."""
    for each in waits:
        most = promised.get(each.service, 0.0)
        if 0 < most < each.minutes:
            yield Fact(
                f"waited_too_long:{each.window}:{each.day}:{each.ticket}", each.day, "waited_too_long",
                window=each.window, value=Decimal(str(each.minutes - most)).quantize(TENTH),
                ticket=each.ticket,
            )  # fmt: skip
