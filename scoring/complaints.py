"""Complaints, praise and suggestions: how they come in and what is done about them, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from queueing.change import Change
from queueing.clock import shifted
from queueing.errors import BadRequest
from queueing.hall import Hall
from queueing.people import UnknownStaff
from queueing.records import Json, Press, Ticket
from scoring.complaint_errors import (
    DecidedAlready,
    EnoughSaid,
    NoHandler,
    NotDecided,
    OneIsOpen,
    WordsNeeded,
)  # fmt: skip
from scoring.complaint_keeping import (
    LONGEST,
    LONGEST_CONTACT,
    must_handle,
    must_not_concern,
    new_key,
    noted,
    one_more,
    write,
)
from scoring.complaint_limits import due_after
from scoring.complaint_records import Complaint, ComplaintStore
from scoring.complaint_states import Action, Answered, Channel, Kind, SetAside, Weight, next_state

HANDLERS = frozenset({"supervisor", "inspector", "administrator"})
NOBODY = Press("visitor", "visitor")


@dataclass(frozen=True)
class Said:
    """What somebody brings forward, in their own words."""

    kind: Kind
    words: str
    contact: str = ""


class Complaints:
    """One method for each thing that people do about a complaint; every one is a durable change."""

    def __init__(self, hall: Hall) -> None:
        self._hall, self._rules = hall, hall.house.complaints

    # -- how they come in -----------------------------------------------------------------------

    def by_ticket(self, said: Said, *, ticket: str, by: Press) -> Json:
        """From the ticket's own page, one of each kind at a time; the log doesn't say whose."""

        def work(change: Change) -> Json:
            about = change.desk.ticket(ticket)
            self._must_have_none_open(change, about, said.kind)
            return self._keep(change, said, "phone", about, window=about.window, clerk=about.clerk)

        return self._lodge(said, by, work)

    def by_anybody(self, said: Said, *, by: Press) -> Json:
        """From the page that needs no ticket; the hall takes so many an hour."""

        def work(change: Change) -> Json:
            since = shifted(change.at, minutes=-60)
            if cast(ComplaintStore, change.desk).complaints_since("web", since) >= self._rules.per_hour:
                raise EnoughSaid()
            return self._keep(change, said, "web", None)

        return self._lodge(said, by, work)

    def take(
        self, said: Said, *, channel: Channel, ticket: str | None = None, window: str | None = None,
        clerk: str | None = None, by: Press,
    ) -> Json:  # fmt: skip
        """By staff for somebody: at the desk, from a letter, on the telephone."""

        def work(change: Change) -> Json:
            about = change.desk.ticket(ticket) if ticket else None
            at = window or (about.window if about else None)
            whom = clerk or (about.clerk if about else None)
            self._must_exist(at, whom)
            taker = by.clerk or ""
            return self._keep(change, said, channel, about, window=at, clerk=whom, taken_by=taker)

        return self._lodge(said, by, work)

    def _lodge(self, said: Said, by: Press, work: Callable[[Change], Json]) -> Json:
        if not said.words.strip():
            raise WordsNeeded()
        if len(said.words) > LONGEST or len(said.contact) > LONGEST_CONTACT:
            raise BadRequest(message=f"{LONGEST} characters at the most, {LONGEST_CONTACT} of contact.")
        return self._hall.change(by, work)

    def _must_have_none_open(self, change: Change, about: Ticket, kind: Kind) -> None:
        """Of each kind by itself: a suggestion that somebody else sends keeps no complaint away."""
        everything = cast(ComplaintStore, change.desk).complaints_of(about.key)
        there = [each for each in everything if each.kind == kind]
        if any(each.state != "closed" for each in there):
            raise OneIsOpen(number=about.number)
        if len(there) >= self._rules.per_ticket:
            raise EnoughSaid()

    def _must_exist(self, window: str | None, clerk: str | None) -> None:
        if window is not None:
            self._hall.plan.window(window)
        if clerk is not None and self._hall.plan.person(clerk) is None:
            raise UnknownStaff(staff=clerk)

    def _keep(self, change: Change, said: Said, channel: Channel, about: Ticket | None, **more: Any) -> Json:
        at, desk = change.at, cast(ComplaintStore, change.desk)
        due = due_after(self._hall, "received", "ordinary", at) if said.kind == "complaint" else None
        complaint = Complaint(
            new_key(desk), said.kind, channel, "received", about.day if about else change.day, at, at, due,
            ticket=about.key if about else None, **more,
        )  # fmt: skip
        desk.add_complaint(complaint)
        sealed = write(change, complaint.id, "words", said.words)
        if said.contact.strip():
            write(change, complaint.id, "contact", said.contact)
        told = {"complaint": complaint.id, "kind": said.kind, "channel": channel, "words": sealed}
        return {"complaint": complaint.id, "seq": change.note("complaint_received", told).seq}

    # -- what is done about them ----------------------------------------------------------------

    def pass_on(
        self, *, complaint: str, handler: str, weight: Weight = "ordinary", window: str | None = None,
        clerk: str | None = None, by: Press,
    ) -> Json:  # fmt: skip
        """To whoever is to solve it; whom it concerns may be named at once."""

        def work(change: Change, it: Complaint) -> tuple[Json, Json]:
            self._must_exist(window, clerk)
            person = self._hall.plan.person(handler)
            concerned = clerk or it.clerk
            if person is None or person.role not in HANDLERS or handler == concerned:
                raise NoHandler(clerk=handler)
            whom = {"window": window or it.window, "clerk": concerned}
            told = {"handler": handler, "weight": weight}
            return told | whom | {"hands": one_more(it.hands, handler)}, told

        return self._step("pass_on", complaint, by, work)

    def solve(self, *, complaint: str, answer: str = "", note: str = "", by: Press) -> Json:
        """What was done, as the citizen reads it, and what only the office does."""

        def work(change: Change, it: Complaint) -> tuple[Json, Json]:
            must_handle(it, by)
            return {"hands": one_more(it.hands, by.clerk or "")}, noted(
                change, it, {"answer": answer, "note": note}
            )

        return self._step("solve", complaint, by, work)

    def ask_after(
        self, *, complaint: str, solved: Answered, satisfied: Answered, note: str = "", by: Press
    ) -> Json:
        """What the complainant said when asked: is it solved, is it well?"""

        def work(change: Change, it: Complaint) -> tuple[Json, Json]:
            told = {"solved": solved, "satisfied": satisfied}
            return told, told | noted(change, it, {"note": note})

        return self._step("ask_after", complaint, by, work)

    def reopen(self, *, complaint: str, note: str = "", by: Press) -> Json:
        """It isn't solved yet: the same handler goes on, and the time to solve it begins anew."""
        return self._step("reopen", complaint, by, lambda change, it: ({}, noted(change, it, {"note": note})))

    def close(self, *, complaint: str, answer: str = "", by: Press) -> Json:
        """The end, once somebody has decided whether it is justified."""

        def work(change: Change, it: Complaint) -> tuple[Json, Json]:
            if it.verdict not in ("verified", "unfounded"):
                raise NotDecided()
            return {"closed_at": change.at}, noted(change, it, {"answer": answer})

        return self._step("close", complaint, by, work)

    def set_aside(self, *, complaint: str, reason: SetAside, note: str = "", by: Press) -> Json:
        """Nothing to be done about it, visibly and with a reason."""

        def work(change: Change, it: Complaint) -> tuple[Json, Json]:
            if it.verdict == "verified":
                raise DecidedAlready()
            told = {"set_aside": reason}
            return told | {"closed_at": change.at}, told | noted(change, it, {"note": note})

        return self._step("set_aside", complaint, by, work)

    def _step(
        self, action: Action, key: str, by: Press,
        work: Callable[[Change, Complaint], tuple[Json, Json]],
    ) -> Json:  # fmt: skip
        """Moves a complaint by the table; `work` says which fields change and what the log tells."""

        def whole(change: Change) -> Json:
            it = cast(ComplaintStore, change.desk).complaint(key)
            must_not_concern(it, by)
            state = next_state(it.kind, it.state, action)
            fields, told = work(change, it)
            return self._moved(change, it, action, replace(it, **fields, state=state), told)

        return self._hall.change(by, whole)

    def _moved(self, change: Change, was: Complaint, action: Action, now: Complaint, told: Json) -> Json:
        """A complaint handed from one handler to another keeps the time that it has."""
        again = (was.state, was.weight) == (now.state, now.weight)
        if not again:
            begins = was.step_at if was.state == now.state else change.at
            due = due_after(self._hall, now.state, now.weight, begins) if now.kind == "complaint" else None
            now = replace(now, step_at=begins, due_at=due)
        if was.state != now.state and was.due_at is not None and change.at > was.due_at:
            now = replace(now, missed=",".join(filter(None, (was.missed, was.state))))
        cast(ComplaintStore, change.desk).replace_complaint(now)
        event = change.note(f"complaint_{action}", {"complaint": now.id} | told)
        return {"complaint": now.id, "state": now.state, "seq": event.seq}
