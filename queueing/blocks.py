"""Numbers given out without the server, by a cut-off kiosk or by the guide on paper, and entered later.

A kiosk reserves a small block of numbers while it can, with the key that each ticket will have. What it
hands out of it enters the line when the kiosk is back, at the time at which it was taken: the turn rule
then finds the proper place. Why so: docs/decisions/009-without-the-server.md.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from queueing.change import Change
from queueing.clock import Instant, instant, local, minutes_between, shifted
from queueing.fallback_errors import (
    AlreadyEntered,
    BeforeOpening,
    EnoughReserved,
    KioskRunning,
    NotReserved,
    TimeAhead,
)
from queueing.grants import must_be_granted, seen_at_the_door
from queueing.hours import clock_time
from queueing.persons import is_asked
from queueing.promising import told_with
from queueing.records import Block, Json, Press, Ticket
from queueing.reserved import (
    LAST_NUMBER,
    LAST_SLIP,
    key_in,
    must_need_more,
    own_block,
    parts_of,
    spelled,
)
from queueing.waits import Place

if TYPE_CHECKING:
    from queueing.hall import Hall

SAME_VISIT_MINUTES = 2
"""How far the time on a slip, to the minute, may lie from what the kiosk tells of it."""
Origin = Literal["offline", "paper"]


@dataclass(frozen=True)
class Slip:
    """What a citizen was given without the server, as it is told afterwards."""

    number: str
    service: str
    ticket_class: str = "walk_in"
    language: str = "zh_Hans"


class Reserve:
    """Numbers of a hall that the server doesn't hand out itself."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._rules = hall.house.fallback

    def reserve(self, *, by: Press) -> Json:
        """A kiosk's block: consecutive numbers of today, each with the key that its ticket will have."""
        return self._hall.change(by, self._reserve)

    def enter(
        self, *, block: str, slip: Slip, seconds_ago: float, instead_of: str | None = None, by: Press
    ) -> Json:
        """A number that the kiosk handed out so long ago; entering it again gives the same ticket.

        AlreadyEntered, which the log keeps: a guide has entered the number for somebody else.

        `instead_of` is the key of a press whose answer never came: it makes no second number.
        """

        def work(change: Change) -> Json:
            tidy = replace(slip, number=spelled(*parts_of(slip.number)))
            found = own_block(change, block, tidy.number)
            at = max(found.reserved_at, min(change.at, shifted(change.at, seconds=-seconds_ago)))
            at = settled(change, instead_of, at) if instead_of else at
            before = change.desk.ticket_numbered(found.day, tidy.number)
            if before is not None and not was_undone(before):
                return self._told(change, same(before, tidy, at))
            key = key_in(found, tidy.number)
            return self._told(change, joined(change, tidy, at, "offline", key, None, before))

        try:
            return self._hall.change(by, work)
        except AlreadyEntered as refusal:
            self._hall.note("number_twice", replace(by, key=None), **refusal.detail)
            raise

    def enter_by_hand(
        self, *, slip: Slip, time: str, by: Press, running: frozenset[str] = frozenset()
    ) -> Json:
        """A number on paper, or out of a kiosk that doesn't come back, by the time that it was given out.

        `running` are the kiosks that are connected now: they enter theirs themselves.
        NotReserved, AlreadyEntered, KioskRunning, TimeAhead, BeforeOpening.
        """

        def work(change: Change) -> Json:
            prefix, place = parts_of(slip.number)
            tidy = replace(slip, number=spelled(prefix, place))
            before = change.desk.ticket_numbered(change.day, tidy.number)
            if before is not None and not was_undone(before):
                raise AlreadyEntered(number=tidy.number, service=before.service)
            key = self._key_by_hand(change, prefix, place, running)
            at = today_at(change, time)
            self._must_have_begun(change, slip.service, at, time)
            return self._told(change, joined(change, tidy, at, "paper", key, place << 20 | 1, before))

        return self._hall.change(by, work)

    def open_today(self) -> list[Json]:
        """Which services give numbers when, for a kiosk that must know it alone: equal hours together."""
        grouped: dict[tuple[tuple[Instant, Instant], ...], list[str]] = {}
        for service in self._hall.house.services:
            grouped.setdefault(tuple(sorted(set(self._stretches(service.id)))), []).append(service.id)
        return [{"services": ids, "stretches": [list(s) for s in kept]} for kept, ids in grouped.items()]

    def _stretches(self, service: str) -> Iterator[tuple[Instant, Instant]]:
        """From when to when the service's windows give numbers today."""
        hall, early = self._hall, timedelta(minutes=self._hall.house.limits.issue_early_minutes)
        wall = local(hall.now(), hall.house.hall.timezone)
        for window in hall.plan.windows_of[service]:
            for opens, closes in hall.hours.stretches(hall.plan.window(window), wall.date()):
                begins = (opens - early).replace(tzinfo=wall.tzinfo)
                yield instant(begins), instant(closes.replace(tzinfo=wall.tzinfo))

    def _must_have_begun(self, change: Change, service: str, at: Instant, time: str) -> None:
        """Raises BeforeOpening: nobody gave a number before the service, or else the hall, gave any today."""
        begins = [begin for begin, _ in self._stretches(change.plan.service(service).id)]
        begins = begins or [b for each in self._hall.house.services for b, _ in self._stretches(each.id)]
        if begins and at < min(begins):
            opens = local(min(begins), self._hall.house.hall.timezone)
            raise BeforeOpening(time=time, opens=f"{opens:%H:%M}")

    def _reserve(self, change: Change) -> Json:
        count, prefix = self._rules.numbers, self._rules.prefix
        must_need_more(change, count)
        last = change.desk.reserve_numbers(change.day, prefix, count)
        if last > LAST_NUMBER:
            raise EnoughReserved()
        block = Block(
            secrets.token_urlsafe(18), change.day, prefix, last - count + 1, last, change.by.actor, change.at
        )
        change.desk.add_block(block)
        numbers = [spelled(prefix, place) for place in range(block.first, last + 1)]
        event = change.note("block_reserved", {"first": numbers[0], "last": numbers[-1]})
        told = [{"number": number, "ticket": key_in(block, number)} for number in numbers]
        facts = {"block": block.key, "day": block.day, "reserved_at": block.reserved_at}
        return facts | {"numbers": told, "seq": event.seq}

    def _key_by_hand(self, change: Change, prefix: str, place: int, running: frozenset[str]) -> str:
        """A number on paper is free to be entered; one of a kiosk's must have been reserved today."""
        if prefix == self._rules.paper_prefix and place <= LAST_SLIP:
            return secrets.token_urlsafe(9)
        block = change.desk.block_with(change.day, prefix, place)
        if block is None:
            raise NotReserved(number=spelled(prefix, place))
        if block.holder in running:
            raise KioskRunning(number=spelled(prefix, place))
        return key_in(block, spelled(prefix, place))

    def _told(self, change: Change, ticket: Ticket) -> Json:
        """The answer that taking a number gives, by where the ticket stands now."""
        line = self._hall.line(change.desk, change.at, change.plan.shared_with(ticket.service))
        place = line.places(ticket.service).get(ticket.key, Place(0, None, None))
        return told_with(self._hall, change, ticket, place)


def same(ticket: Ticket, slip: Slip, at: Instant) -> Ticket:
    """The ticket that was entered before, when it is the same visit; a guide may have been quicker."""
    by_another = ticket.origin == "paper" and abs(minutes_between(ticket.joined_at, at)) > SAME_VISIT_MINUTES
    if by_another or ticket.service != slip.service:
        raise AlreadyEntered(number=ticket.number, service=ticket.service)
    return ticket


def was_undone(ticket: Ticket) -> bool:
    """An entry that the guide took back before it was called, so that it can be entered rightly."""
    return ticket.origin == "paper" and ticket.state == "abandoned" and ticket.called_at is None


def joined(
    change: Change,
    slip: Slip,
    at: Instant,
    origin: Origin,
    key: str,
    tie: int | None = None,
    before: Ticket | None = None,
) -> Ticket:
    """The ticket, in the line since then. The promise stands: a service that closed or filled up takes it."""
    service = change.plan.service(slip.service)
    must_be_granted(change, slip.ticket_class)
    if origin == "offline" and is_asked(change.plan.house, service):
        raise NotReserved(number=slip.number)
    ticket = Ticket(
        key=key, day=change.day, number=slip.number, service=service.id, ticket_class=slip.ticket_class,
        state="waiting", joined_at=at, line_at=at, tie=tie or (change.desk.seq() + 1) << 20,
        language=slip.language, origin=origin,
        confirmed=seen_at_the_door(change, slip.ticket_class, None),
    )  # fmt: skip
    if before is not None:
        return change.put(before, replace(ticket, key=before.key, seq=before.seq), "issue", None)
    event = change.log("issue", ticket, None, {}, {"state": "waiting", "origin": origin, "joined_at": at})
    kept = replace(ticket, seq=event.seq)
    change.desk.add_ticket(kept)
    return kept


def settled(change: Change, press: str, at: Instant) -> Instant:
    """Since when the holder is in the line, once the press that had no answer is settled.

    Did it count after all, then its ticket, which nobody has seen, is given up and its time kept; did it
    not, then it never will.
    """
    answer = change.desk.settle(change.by, press, change.at)
    made = answer.get("ticket") if answer and "joined_at" in answer else None
    if not made:
        return at
    ticket = change.desk.ticket(made["ticket"])
    if ticket.state in ("waiting", "called"):
        change.move(ticket, "abandon")
    return min(at, ticket.joined_at)


def today_at(change: Change, time: str) -> Instant:
    """The instant of a time of day; raises TimeAhead, since nobody took a number in the future."""
    wall = local(change.at, change.plan.house.hall.timezone)
    zone = ZoneInfo(change.plan.house.hall.timezone)
    at = instant(datetime.combine(wall.date(), clock_time(time), tzinfo=zone))
    if at > change.at:
        raise TimeAhead(time=time)
    return at
