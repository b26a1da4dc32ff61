"""Whether a complaint is justified: decided by somebody who neither took nor handled it; then a fact."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import cast

from queueing.change import Change
from queueing.errors import BadRequest
from queueing.hall import Hall
from queueing.people import UnknownStaff
from queueing.records import Json, Press
from scoring.complaint_errors import DecidedAlready, FourEyes, NothingDecided, WhomNeeded
from scoring.complaint_keeping import must_not_concern, noted
from scoring.complaint_records import Complaint, ComplaintStore
from scoring.complaint_states import ITEMS, CannotHere, Item
from scoring.fact_store import FactStore
from scoring.facts import Fact, Kind, Withdrawal
from scoring.sittings import Sat, sat_at


class ComplaintVerdicts:
    """A reviewer's two presses."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def decide(
        self, *, complaint: str, verified: bool, item: Item | None = None, window: str | None = None,
        clerk: str | None = None, points: Decimal | None = None, note: str = "", by: Press,
    ) -> Json:  # fmt: skip
        """Justified or not; only a verified one counts, for that window and clerk, from then on.

        `points` are for schemes that leave a range; without them the mildest count.
        """

        def work(change: Change, it: Complaint) -> Json:
            if it.verdict in ("verified", "unfounded"):
                raise DecidedAlready()
            told = noted(change, it, {"note": note})
            if not verified:
                return self._put(change, replace(it, verdict="unfounded"), told)
            named = self._named(it, item, window, clerk)
            must_not_concern(named, by, self._sat(change, it))
            return self._put(change, self._counted(change, named, points), told)

        return self._decided(complaint, by, work)

    def take_back(self, *, complaint: str, reason: str, by: Press) -> Json:
        """The decision stands no more; what it counted is withdrawn, visibly."""

        def work(change: Change, it: Complaint) -> Json:
            if it.verdict not in ("verified", "unfounded"):
                raise NothingDecided()
            if it.fact:
                withdraw(change, it.fact, reason)
            told = noted(change, it, {"note": reason})
            return self._put(change, replace(it, verdict="taken_back", fact=""), told)

        if not reason.strip():
            raise BadRequest(message="A decision is taken back with a reason.")
        return self._decided(complaint, by, work)

    def _decided(self, key: str, by: Press, work: Callable[[Change, Complaint], Json]) -> Json:
        def whole(change: Change) -> Json:
            it = cast(ComplaintStore, change.desk).complaint(key)
            must_not_concern(it, by, self._sat(change, it))
            must_be_another(by, it.taken_by, *it.hands.split(","))
            if (it.state == "received" and it.kind == "complaint") or it.set_aside:
                raise CannotHere(state=it.state, action="decide")
            return work(change, it)

        return self._hall.change(by, whole)

    def _sat(self, change: Change, it: Complaint) -> Sat:
        """Where whoever decides sat on the day that it is about."""
        return sat_at(change.desk, self._hall, change.by.clerk, it.about_day, it.about_day)

    def _named(self, it: Complaint, item: Item | None, window: str | None, clerk: str | None) -> Complaint:
        """With whom and as what it counts; the kinds of a complaint's facts aren't those of praise."""
        window, clerk, kinds = window or it.window, clerk or it.clerk, ITEMS[it.kind]
        if window is None and clerk is None:
            raise WhomNeeded()
        if window is not None:
            self._hall.plan.window(window)
        if clerk is not None and self._hall.plan.person(clerk) is None:
            raise UnknownStaff(staff=clerk)
        if (item or kinds[0]) not in kinds:
            raise BadRequest(message=f"It counts as one of {', '.join(kinds)}.")
        return replace(it, window=window, clerk=clerk, item=item or kinds[0])

    def _counted(self, change: Change, it: Complaint, points: Decimal | None) -> Complaint:
        kind, _, narrow = it.item.partition(":")
        fact = count(change, Fact(
            new_fact(), it.about_day, cast(Kind, kind), narrow, window=it.window, clerk=it.clerk, note=it.id,
            points=points, origin="complaint", author=change.by.clerk or "", at=change.at,
        ))  # fmt: skip
        return replace(it, verdict="verified", fact=fact)

    def _put(self, change: Change, it: Complaint, told: Json) -> Json:
        it = replace(it, decided_by=change.by.clerk or "")
        cast(ComplaintStore, change.desk).replace_complaint(it)
        whom = {"window": it.window, "clerk": it.clerk, "item": it.item, "fact": it.fact}
        facts = whom if it.verdict == "verified" else {}
        event = change.note("complaint_decided", {"complaint": it.id, "verdict": it.verdict} | facts | told)
        return {"complaint": it.id, "state": it.state, "seq": event.seq}


def must_be_another(by: Press, *others: str) -> None:
    """Who took it down, who handled it and who called back don't decide."""
    if by.clerk and by.clerk in others:
        raise FourEyes(clerk=by.clerk)


def new_fact() -> str:
    return secrets.token_hex(8)


def count(change: Change, fact: Fact) -> str:
    """From now on it counts; the fact's id."""
    cast(FactStore, change.desk).add_fact(fact)
    return fact.id


def withdraw(change: Change, fact: str, reason: str) -> None:
    """Nothing more to do where somebody has withdrawn it among the facts already."""
    desk = cast(FactStore, change.desk)
    kept = desk.fact(fact)
    if kept is not None and kept.withdrawn is None:
        desk.withdraw_fact(fact, Withdrawal(change.at, change.by.clerk or "", reason.strip()))
