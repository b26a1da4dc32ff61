"""Whether a dissatisfied answer stands: decided by somebody who didn't call; then it is a fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from queueing.change import Change
from queueing.errors import BadRequest
from queueing.hall import Hall
from queueing.records import Json, Press
from scoring.callbacks import at_place, dissatisfied, noted
from scoring.complaint_errors import ConcernsYou, DecidedAlready, NothingDecided, NothingToVerify
from scoring.complaint_records import Callback, ComplaintStore
from scoring.complaint_verdicts import count, must_be_another, new_fact, withdraw
from scoring.facts import Fact


class CallbackVerdicts:
    """A reviewer's two presses."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def decide(self, *, week: str, place: int, verified: bool, by: Press) -> Json:
        """A verified one counts for the window and clerk of the visit."""

        def work(change: Change, it: Callback) -> Json:
            if it.verdict in ("verified", "unfounded"):
                raise DecidedAlready()
            if it.state != "reached" or not dissatisfied(it):
                raise NothingToVerify()
            if not verified:
                return put(change, replace(it, verdict="unfounded"))
            return put(change, replace(it, verdict="verified", fact=self._counted(change, it)))

        return self._decided(week, place, by, work)

    def take_back(self, *, week: str, place: int, reason: str, by: Press) -> Json:
        """The decision stands no more; what it counted is withdrawn, visibly."""

        def work(change: Change, it: Callback) -> Json:
            if it.verdict not in ("verified", "unfounded"):
                raise NothingDecided()
            if it.fact:
                withdraw(change, it.fact, reason)
            return put(change, replace(it, verdict="taken_back", fact=""))

        if not reason.strip():
            raise BadRequest(message="A decision is taken back with a reason.")
        return self._decided(week, place, by, work)

    def _decided(self, week: str, place: int, by: Press, work: Callable[[Change, Callback], Json]) -> Json:
        def whole(change: Change) -> Json:
            it = at_place(change, week, place)
            if it.clerk is not None and it.clerk == by.clerk:
                raise ConcernsYou(clerk=it.clerk)
            must_be_another(by, it.caller)
            return work(change, it)

        return self._hall.change(by, whole)

    def _counted(self, change: Change, it: Callback) -> str:
        """On the day of the call: the week of the visit may be released by then."""
        return count(change, Fact(
            new_fact(), self._hall.day(it.called_at or change.at), "callback_dissatisfied",
            window=it.window, clerk=it.clerk, note=f"{it.week}/{it.place}", origin="callback",
            author=change.by.clerk or "", at=change.at,
        ))  # fmt: skip


def put(change: Change, it: Callback) -> Json:
    it = replace(it, decided_by=change.by.clerk or "")
    cast(ComplaintStore, change.desk).put_callback(it)
    told = {"verdict": it.verdict} | ({"fact": it.fact} if it.fact else {})
    return noted(change, "callback_decided", it, **told)
