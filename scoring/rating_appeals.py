"""A clerk's appeal against bad ratings: against those of whole released batches together, never a single one.

The clerk doesn't learn which visits were rated badly; the reviewer looks at each and decides each. What
came of an appeal is told when all of it is decided, as a number.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace

from queueing.change import Change
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.following_up import FollowUp, Wish, log_step, remedies
from scoring.levels import NEGATIVE
from scoring.remedies import NEXT_STATE, Remedy
from scoring.remedy_errors import NoteNeeded, NothingReleased, RatingsAppealed
from scoring.remedy_store import Appeal, RatedOnce
from scoring.scores import month_days

NOTED = "ratings_appealed"


class RatingAppeals:
    """The clerk's side."""

    def __init__(self, following: FollowUp) -> None:
        self._hall = following.hall
        self._batch = following.hall.house.rating.clerk_batch

    def appeal(self, *, clerk: str, period: str, text: str, by: Press) -> Json:
        """NothingReleased, RatingsAppealed (nothing was released since the last one), NoteNeeded."""
        days = month_days(period)
        if not text.strip():
            raise NoteNeeded()

        def work(change: Change) -> Json:
            store = remedies(change.desk)
            released = self._released(store.clerk_rated(clerk, *days))
            before = max((each.ratings for each in store.rating_appeals(clerk, period)), default=0)
            if not released:
                raise NothingReleased(period=period)
            if len(released) <= before:
                raise RatingsAppealed(period=period)
            self._keep(change, Appeal(clerk, period, len(released), change.at, text.strip()))
            for rated in released[before:]:
                appeal_one(change, rated)
            return {"accepted": True, "seq": change.desk.seq()}

        return self._hall.change(by, work)

    def own(self, desk: Desk, clerk: str, period: str) -> Json:
        """What may be appealed, and what came of it: nothing before everything is decided."""
        store, days = remedies(desk), month_days(period)
        released, appeals = (
            self._released(store.clerk_rated(clerk, *days)),
            store.rating_appeals(clerk, period),
        )
        covered = max((each.ratings for each in appeals), default=0)
        cases = [each for each in map(store.remedy_of, tickets_of(released[:covered])) if each]
        decided = not any(each.state == "appealed" for each in cases)
        return {
            "period": period,
            "released": len(released),
            "appealed": covered,
            "may_appeal": len(released) > covered,
            "decided": bool(appeals) and decided,
            "set_aside": sum(each.state == "set_aside" for each in cases) if appeals and decided else None,
        }

    def _released(self, rated: list[RatedOnce]) -> list[RatedOnce]:
        return rated[: len(rated) // self._batch * self._batch]

    def _keep(self, change: Change, appeal: Appeal) -> None:
        """The log says that there is one and of which batches; the words are kept apart."""
        salt = secrets.token_hex(16)
        sealed = hashlib.sha256(f"{salt}{appeal.text}".encode()).hexdigest()
        change.note(NOTED, {"period": appeal.period, "ratings": appeal.ratings, "text": sealed})
        remedies(change.desk).add_rating_appeal(appeal, salt)


def tickets_of(rated: list[RatedOnce]) -> list[str]:
    return [each.ticket for each in rated if each.level in NEGATIVE]


def appeal_one(change: Change, rated: RatedOnce) -> None:
    """A bad rating of the batch goes before a reviewer; one from before there were follow-ups has no case."""
    was = remedies(change.desk).remedy_of(rated.ticket) if rated.level in NEGATIVE else None
    if was is not None and (was.state, "appeal") in NEXT_STATE:
        now: Remedy = replace(was, state="appealed", before=was.state)
        remedies(change.desk).replace_remedy(was, now)
        log_step(change, now, Wish("appeal"))
