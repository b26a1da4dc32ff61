"""The citizen's side of a follow-up: a way to be reached, left of one's own will, and a second rating."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace

from queueing.change import Change
from queueing.clock import Instant, shifted
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.errors import AlreadyRated, NotByStaff, RatingClosed
from scoring.following_up import FollowUp, remedies
from scoring.ratings import Ratings
from scoring.remedies import OVER, Remedy
from scoring.remedy_errors import NoContactWanted
from scoring.remedy_store import Contact, Second

RATED_AGAIN, CONTACT_LEFT = "rate_again", "contact_left"
LONGEST_NAME, LONGEST_PHONE = 40, 40


class Citizens:
    """What whoever rated may still do, with the link that the rating's own answer gave."""

    def __init__(self, following: FollowUp, ratings: Ratings) -> None:
        self._following, self._ratings = following, ratings
        self._hall = following.hall

    def seen(self, desk: Desk, ticket: str, at: Instant) -> Json:
        """How it stands with the own rating, in as many words as the citizen needs."""
        store = remedies(desk)
        remedy = store.remedy_of(ticket)
        if remedy is None:
            return {"state": "none", "messages": [], "contact": False, "named": False, "second": False}
        told = [step.note for step in store.steps_of(remedy.id) if step.way == "message" and step.note]
        return {
            "state": remedy.state,
            "messages": told,
            "contact": self._may_leave_contact(remedy),
            "named": remedy.named,
            "second": self._may_rate_again(desk, remedy, at),
        }

    def leave_contact(self, *, ticket: str, name: str, phone: str, by: Press) -> Json:
        """Once for a case that isn't over; the log holds a salted commitment. NoContactWanted."""
        must_not_be_staff(by)

        def work(change: Change) -> Json:
            remedy = remedies(change.desk).remedy_of(ticket)
            if remedy is None or not self._may_leave_contact(remedy):
                raise NoContactWanted()
            salt = secrets.token_hex(16)
            sealed = hashlib.sha256(f"{salt}{name}\n{phone}".encode()).hexdigest()
            event = change.note(CONTACT_LEFT, {"rating": remedy.id, "contact": sealed})
            remedies(change.desk).keep_contact(Contact(remedy.id, name, phone, change.at, salt))
            remedies(change.desk).replace_remedy(remedy, replace(remedy, named=True))
            return {"accepted": True, "seq": event.seq}

        return self._hall.change(by, work)

    def rate_again(self, *, ticket: str, level: str, reasons: Sequence[str], by: Press) -> Json:
        """Once, after it was put right, for some days; the first rating stays. RatingClosed, AlreadyRated."""
        must_not_be_staff(by)
        self._ratings.must_make_sense(level, reasons, "")

        def work(change: Change) -> Json:
            remedy = remedies(change.desk).remedy_of(ticket)
            number = change.desk.ticket(ticket).number
            if remedy is None or not self._is_in_time(remedy, change.at):
                raise RatingClosed(number=number)
            if remedies(change.desk).second_of(remedy.id):
                raise AlreadyRated(number=number)
            codes = sorted(set(reasons))
            event = change.note(RATED_AGAIN, {"rating": remedy.id, "level": level, "reasons": codes})
            second = Second(remedy.id, level, ",".join(codes), change.at, event.seq)
            remedies(change.desk).add_second(second)
            return {"accepted": True, "seq": event.seq}

        return self._hall.change(by, work)

    def _may_leave_contact(self, remedy: Remedy) -> bool:
        return not remedy.named and remedy.state not in OVER

    def _is_in_time(self, remedy: Remedy, at: Instant) -> bool:
        if remedy.put_right_at is None or remedy.state not in ("put_right", "closed"):
            return False
        return at <= shifted(remedy.put_right_at, minutes=self._following.province.second_days * 24 * 60)

    def _may_rate_again(self, desk: Desk, remedy: Remedy, at: Instant) -> bool:
        return self._is_in_time(remedy, at) and remedies(desk).second_of(remedy.id) is None


def must_not_be_staff(by: Press) -> None:
    if by.clerk:
        raise NotByStaff(clerk=by.clerk)
