"""Rating a visit: once, by the pad of the window that served or the ticket's own link, in time."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, cast

from queueing.change import Change
from queueing.clock import Instant, shifted
from queueing.errors import BadRequest
from queueing.hall import Hall
from queueing.records import Json, Press, Ticket
from queueing.store import Desk
from scoring.errors import AlreadyRated, NotByStaff, NotFinished, NotThisPad, RatingClosed, ReasonNeeded
from scoring.levels import LEVELS, NEGATIVE
from scoring.province import EXAMPLE, Province
from scoring.remedies import opened
from scoring.remedy_store import RemedyStore
from scoring.store import Rated, Rating, RatingStore

Channel = Literal["pad", "phone"]
COMMENT_LENGTH = 500
OTHER = "other"
"""The reason of whoever finds none of the hall's own reasons fitting."""
UNTOLD = frozenset({"", "127.0.0.1", "::1"})
"""Addresses that tell no two browsers apart: a proxy's, or those of the hall's own machine."""
SHOWN = 60
"""Ratings that the office lists: so many bad ones, and so many of all."""


class Ratings:
    """The five-level rating of finished tickets."""

    def __init__(self, hall: Hall, province: Province = EXAMPLE) -> None:
        self._hall, self._province = hall, province
        self._rules = hall.house.rating
        self._codes = frozenset(reason.code for reason in self._rules.reasons) | {OTHER}

    def rate_at_pad(
        self,
        *,
        window: str,
        ticket: str,
        level: str,
        reasons: Sequence[str] = (),
        comment: str = "",
        by: Press,
    ) -> Json:
        """From the pad on the desk, in time and before the next ticket is served there.

        A pad asks for `pad_seconds`; somebody who has begun to answer has `answer_seconds` more.
        """

        def allowed(change: Change, rated: Ticket) -> None:
            if rated.window != window:
                raise NotThisPad(number=rated.number, window=window)
            grace = self._rules.answer_seconds
            if not self._pad_open(cast(RatingStore, change.desk), rated, change.at, grace):
                raise RatingClosed(number=rated.number)

        return self._rate(ticket, level, reasons, comment, "pad", by, allowed)

    def rate_by_phone(
        self,
        *,
        ticket: str,
        level: str,
        reasons: Sequence[str] = (),
        comment: str = "",
        address: str = "",
        by: Press,
    ) -> Json:
        """From the ticket's own page, for some days. `address` is compared with the clerk's, and not kept."""

        def allowed(change: Change, rated: Ticket) -> None:
            until = self.phone_until(rated)
            if until is None or change.at > until:
                raise RatingClosed(number=rated.number)

        return self._rate(ticket, level, reasons, comment, "phone", by, allowed, address)

    def phone_until(self, ticket: Ticket) -> Instant | None:
        """Until when the ticket's page may rate; None when there is nothing to rate."""
        if ticket.state != "finished" or not ticket.finished_at or ticket.outcome == "unclosed":
            return None
        return shifted(ticket.finished_at, minutes=self._rules.phone_days * 24 * 60)

    def asked_at_pad(self, desk: Desk, window: str, at: Instant) -> Json | None:
        """The ticket that the window's pad asks about now: its key, number and until when."""
        ticket = cast(RatingStore, desk).last_finished(window, self._hall.day(at))
        if (
            ticket is None
            or desk.is_rated(ticket.key)
            or not self._pad_open(cast(RatingStore, desk), ticket, at)
        ):
            return None
        return {"ticket": ticket.key, "number": ticket.number, "until": self._pad_until(ticket)}

    def of_today(self, desk: Desk, at: Instant, reader: str | None = None) -> Json:
        """How many of each level the day has, the bad ones and the newest in full; not the reader's own."""
        store, day = cast(RatingStore, desk), self._hall.day(at)
        counts = Counter[str]()
        for levels in store.level_counts("window", day, day).values():
            counts.update(levels)
        bad, newest = (
            [rated_view(each) for each in found if reader is None or each.rating.clerk != reader]
            for found in (
                store.ratings_of_day(day, SHOWN, sorted(NEGATIVE)),
                store.ratings_of_day(day, SHOWN),
            )
        )
        return {
            "levels": {level: counts[level] for level in LEVELS},
            "bad": bad,
            "newest": newest,
        }

    def _pad_until(self, ticket: Ticket) -> Instant:
        return shifted(ticket.finished_at or "", seconds=self._rules.pad_seconds)

    def _pad_open(self, desk: RatingStore, ticket: Ticket, at: Instant, grace: float = 0.0) -> bool:
        if ticket.window is None or ticket.finished_at is None or ticket.outcome == "unclosed":
            return False
        until = shifted(self._pad_until(ticket), seconds=grace)
        return at <= until and not desk.served_since(ticket.window, ticket.finished_at)

    def _rate(
        self, key: str, level: str, reasons: Sequence[str], comment: str, channel: Channel, by: Press,
        allowed: Callable[[Change, Ticket], None], address: str = "",
    ) -> Json:  # fmt: skip
        if by.clerk:
            raise NotByStaff(clerk=by.clerk)
        self.must_make_sense(level, reasons, comment)

        def work(change: Change) -> Json:
            ticket = change.desk.ticket(key)
            if ticket.state != "finished":
                raise NotFinished(number=ticket.number)
            if change.desk.is_rated(key):
                raise AlreadyRated(number=ticket.number)
            allowed(change, ticket)
            came_from = place_of(change, key, address)
            kept = keep(change, ticket, level, reasons, comment.strip(), channel, came_from)
            if level in NEGATIVE:
                begun = opened(kept["seq"], key, change.at, change.day, self._province)
                cast(RemedyStore, change.desk).add_remedy(begun)
            return kept

        return self._hall.change(by, work)

    def must_make_sense(self, level: str, reasons: Sequence[str], comment: str) -> None:
        if level not in LEVELS:
            raise BadRequest(message=f"A rating is one of {', '.join(LEVELS)}, not {level!r}.")
        unknown = [code for code in reasons if code not in self._codes]
        if unknown:
            raise BadRequest(message=f"This hall has no reason {unknown[0]!r}.")
        if level in NEGATIVE and not reasons:
            raise ReasonNeeded()
        if len(comment) > COMMENT_LENGTH:
            raise BadRequest(message=f"A comment has {COMMENT_LENGTH} characters at the most.")


def rated_view(rated: Rated) -> Json:
    """One rating as the office reads it."""
    rating = rated.rating
    return {
        "ticket": rating.ticket,
        "number": rated.number,
        "window": rating.window,
        "clerk": rating.clerk,
        "service": rating.service,
        "at": rating.at,
        "level": rating.level,
        "reasons": [code for code in rating.reasons.split(",") if code],
        "channel": rating.channel,
        "comment": rated.comment,
        "set_aside": rated.set_aside,
    }


def place_of(change: Change, ticket: str, address: str) -> str:
    """`terminal` when a phone speaks from the address at which the clerk pressed Finish."""
    told = address not in UNTOLD and address == cast(RatingStore, change.desk).finished_from(ticket)
    return "terminal" if told else ""


def keep(
    change: Change, ticket: Ticket, level: str, reasons: Sequence[str], comment: str, channel: Channel,
    came_from: str = "",
) -> Json:  # fmt: skip
    """Logs and keeps one rating; the log holds a salted commitment to the free words, never the words."""
    salt = secrets.token_hex(16)
    told = {"level": level, "reasons": sorted(set(reasons)), "channel": channel}
    told |= {"came_from": came_from} if came_from else {}
    sealed = {"comment": hashlib.sha256(f"{salt}{comment}".encode()).hexdigest()} if comment else {}
    event = change.log("rate", ticket, ticket.window, {}, told | sealed)
    rating = Rating(
        ticket.key, ticket.window or "", ticket.clerk, ticket.service, ticket.day, level,
        ",".join(told["reasons"]), channel, change.at, ticket.finished_at or "", event.seq, came_from,
    )  # fmt: skip
    cast(RatingStore, change.desk).add_rating(rating, comment, salt)
    return {"accepted": True, "seq": event.seq}
