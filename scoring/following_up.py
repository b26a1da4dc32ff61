"""Following up bad ratings: every step by hand with author, time and note; limits; who may see and decide."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from queueing.change import Change
from queueing.clock import Instant
from queueing.errors import BadRequest
from queueing.hall import Hall
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.fact_store import fact_rows
from scoring.facts import Withdrawal
from scoring.province import Province
from scoring.queue_facts import rating_id
from scoring.ratings import rated_view
from scoring.remedies import (
    DECISIONS,
    OVER,
    STATES,
    WAYS,
    WITHOUT_NOTE,
    Action,
    Remedy,
    Standing,
    Step,
    Way,
    actions_of,
    next_state,
    standing,
)
from scoring.remedy_errors import CallBackNeeded, NoteNeeded, NotYourOwn, OtherEyesNeeded
from scoring.remedy_store import RemedyStore
from scoring.store import Rated

NOTED = "remedy"
"""What the log calls a step; it holds codes and numbers, and a commitment to the note."""

LISTED = 500
SPOKEN: tuple[Way, ...] = ("phone", "in_person")
ATTEMPTS = 3
"""So many calls in vain, and other ways are as good."""
WAITING = tuple(state for state in STATES if state not in OVER)


@dataclass(frozen=True)
class Wish:
    """A step as somebody asks for it."""

    action: Action
    note: str = ""
    way: str = ""
    why: str = ""


def remedies(desk: Desk) -> RemedyStore:
    """The desk, seen as the keeper of follow-ups."""
    return cast(RemedyStore, desk)


class FollowUp:
    """The follow-up of one hall's bad ratings under its province's limits."""

    def __init__(self, hall: Hall, province: Province) -> None:
        self.hall, self.province = hall, province
        self._rules = hall.house.remedy

    def take(self, *, remedy: int, wish: Wish, by: Press) -> Json:
        """One step. NotNow, NoteNeeded, NotYourOwn, OtherEyesNeeded, CallBackNeeded."""

        def work(change: Change) -> Json:
            was = remedies(change.desk).remedy(remedy)
            self._must_be_allowed(change, was, wish)
            state = next_state(was, wish.action)
            now = replace(was, state=state, before="", **marks(was, wish, change.at, by.clerk or ""))
            remedies(change.desk).replace_remedy(was, now)
            log_step(change, now, wish)
            if wish.action == "set_aside":
                self._count_no_more(change, was.ticket, wish)
            return {"remedy": now.id, "state": now.state, "seq": change.desk.seq()}

        return self.hall.change(by, work)

    def _must_be_allowed(self, change: Change, remedy: Remedy, wish: Wish) -> None:
        asker = change.by.clerk or ""
        next_state(remedy, wish.action)
        if remedies(change.desk).rated(remedy.ticket).rating.clerk == asker:
            raise NotYourOwn()
        if wish.action in DECISIONS and asker == remedy.verified_by:
            raise OtherEyesNeeded()
        if wish.action not in WITHOUT_NOTE and not wish.note.strip():
            raise NoteNeeded()
        self._must_make_sense(wish)
        if wish.action == "contact" and wish.way not in self.ways(change.desk, remedy):
            raise CallBackNeeded()

    def ways(self, desk: Desk, remedy: Remedy) -> tuple[Way, ...]:
        """How the citizen may be reached: who left a number is spoken to, unless calls were in vain."""
        if not remedy.named or not self.province.named_called_back:
            return WAYS
        tried = sum(step.action == "attempt" for step in remedies(desk).steps_of(remedy.id))
        return WAYS if tried >= ATTEMPTS else SPOKEN

    def _must_make_sense(self, wish: Wish) -> None:
        if (wish.action == "contact") != bool(wish.way) or (wish.action == "set_aside") != bool(wish.why):
            raise BadRequest(message="A contact has a way, setting aside a reason, other steps neither.")

    def _count_no_more(self, change: Change, ticket: str, wish: Wish) -> None:
        """The rating stays and is shown; its fact is withdrawn, visibly."""
        rating = remedies(change.desk).rated(ticket).rating
        fact = rating_id(rating.window, rating.day, rating.ticket)
        facts = fact_rows(change.desk)
        if fact not in facts.withdrawals(rating.day, rating.day):
            facts.withdraw_fact(fact, Withdrawal(change.at, change.by.clerk or "", wish.why))

    def work_list(self, desk: Desk, viewer: str) -> list[Json]:
        """Those that wait for a step, the most urgent first; nobody sees what concerns the own visits."""
        rows = self._rows(viewer, remedies(desk).remedies_in(WAITING, LISTED))
        return sorted(rows, key=lambda row: (row["due"] or "9999", row["id"]))

    def over(self, desk: Desk, viewer: str) -> list[Json]:
        """Those that are over, the newest first."""
        return self._rows(viewer, remedies(desk).remedies_in(tuple(OVER), LISTED, newest=True))

    def _rows(self, viewer: str, found: list[tuple[Remedy, Rated]]) -> list[Json]:
        return [self.view(each, rated) for each, rated in found if rated.rating.clerk != viewer]

    def detail(self, desk: Desk, viewer: str, id: int) -> Json:
        """One case with every step, and what may be done next."""
        store = remedies(desk)
        remedy = store.remedy(id)
        rated = store.rated(remedy.ticket)
        if rated.rating.clerk == viewer:
            raise NotYourOwn()
        contact, second = store.contact_of(id), store.second_of(id)
        appeals = store.rating_appeals(rated.rating.clerk or "", rated.rating.day[:7])
        return self.view(remedy, rated) | {
            "steps": [step_view(step) for step in store.steps_of(id)],
            "next": actions_of(remedy),
            "ways": list(self.ways(desk, remedy)),
            "other_eyes": remedy.verified_by == viewer,
            "appeals": [each.text for each in appeals if each.text and was_appealed(store.steps_of(id))],
            "contact": {"name": contact.name, "phone": contact.phone} if contact else None,
            "second": {"level": second.level, "at": second.at} if second else None,
        }

    def view(self, remedy: Remedy, rated: Rated) -> Json:
        """A case as the office reads it."""
        names = ("id", "state", "named", "set_aside_as", "opened_at", "contacted_at", "put_right_at")
        return (
            {name: getattr(remedy, name) for name in names}
            | standing_view(self.standing(remedy))
            | {"rating": rated_view(rated)}
        )

    def standing(self, remedy: Remedy) -> Standing:
        today = date.fromisoformat(self.hall.day(self.hall.now()))
        is_working = self.hall.hours.is_working_day
        return standing(remedy, today, is_working, self._rules.warn_days, self.hall.day)

    def urgent(self, desk: Desk) -> int:
        """How many wait for somebody to take them up, or have a limit that ends soon or is past."""
        found = [each for each, _ in remedies(desk).remedies_in(WAITING, LISTED)]
        return sum(each.state == "open" or self.standing(each).light in ("yellow", "red") for each in found)

    def lights(self, desk: Desk) -> Mapping[str, int]:
        """How many cases stand in which colour."""
        found = remedies(desk).remedies_in(WAITING, LISTED)
        return Counter(self.standing(each).light for each, _ in found)


def marks(was: Remedy, wish: Wish, at: Instant, who: str) -> dict[str, Any]:
    """What a step leaves on the case beside its state."""
    if wish.action == "contact":
        return {"contacted_at": at}
    if wish.action in ("uphold", "refute"):
        return {"verified_at": at, "verified_by": who}
    if wish.action == "put_right":
        return {"put_right_at": at}
    if wish.action == "close":
        return {"ended_at": at}
    return {"ended_at": at, "set_aside_as": wish.why} if wish.action == "set_aside" else {}


def log_step(change: Change, now: Remedy, wish: Wish) -> None:
    """Logs and keeps one step; the log holds a salted commitment to the note, never the note."""
    salt, note = secrets.token_hex(16), wish.note.strip()
    told = {"rating": now.id, "step": wish.action, "state": now.state, "way": wish.way, "why": wish.why}
    sealed = {"note": hashlib.sha256(f"{salt}{note}".encode()).hexdigest()} if note else {}
    change.note(NOTED, {name: value for name, value in told.items() if value} | sealed)
    author = change.by.clerk or change.by.role
    number = len(remedies(change.desk).steps_of(now.id)) + 1
    step = Step(now.id, number, wish.action, now.state, author, change.at, wish.way, wish.why, note)
    remedies(change.desk).add_step(step, salt)


def was_appealed(steps: list[Step]) -> bool:
    return any(step.action == "appeal" for step in steps)


def standing_view(now: Standing) -> Json:
    return {
        "due": now.due.isoformat() if now.due else None,
        "due_what": now.what,
        "left": now.left,
        "light": now.light,
        "contact_due": now.contact_due.isoformat(),
        "put_right_due": now.put_right_due.isoformat(),
        "contact_late": now.contact_late,
        "put_right_late": now.put_right_late,
    }


def step_view(step: Step) -> Json:
    names = ("number", "action", "state", "author", "at", "way", "why", "note")
    return {name: getattr(step, name) for name in names}
