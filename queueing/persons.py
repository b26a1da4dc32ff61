"""Who may take a number for a real-name service, and what the hall remembers of them, for how long."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from queueing.clock import Instant
from queueing.errors import AlreadyInLine, BlockedUntil, IdentityNeeded, TooManyOpen
from queueing.house import House, Service
from queueing.identity import DocumentKind, Person
from queueing.identity_rules import IdentityRules
from queueing.records import Json, Ticket

if TYPE_CHECKING:
    from queueing.change import Change

KNOWS_PEOPLE = frozenset({"guide", "supervisor", "administrator"})
"""Roles that give a number to somebody who has no document with them, and that lift blocks."""


@dataclass(frozen=True)
class Identity:
    """What is kept of a ticket's holder; purged after `kept_until`, the log holds only a commitment to it."""

    ticket: str
    person: str
    document: DocumentKind
    masked: str
    salt: str
    day: str
    kept_until: str


@dataclass(frozen=True)
class Lift:
    """A block taken off somebody: no-shows before it don't count any more."""

    person: str
    at: Instant
    salt: str
    day: str
    kept_until: str


def is_asked(house: House, service: Service) -> bool:
    """Whether a number of this service is given to real names only."""
    return service.real_name and house.identity.asked


def admit(change: Change, service: Service, person: Person | None) -> None:
    """Raises IdentityNeeded, BlockedUntil, AlreadyInLine or TooManyOpen."""
    if person is not None:
        must_be_free_to_come(change, service.id, person.hash)
    elif is_asked(change.plan.house, service) and change.by.role not in KNOWS_PEOPLE:
        raise IdentityNeeded(service=service.name.zh, service_id=service.id)


def must_be_free_to_come(change: Change, service: str, person: str) -> None:
    rules = change.plan.house.identity
    until = blocked_until(change, person)
    if until is not None:
        raise BlockedUntil(until=until, no_shows=rules.no_shows)
    held = change.desk.open_tickets_of(person)
    if sum(ticket.service == service for ticket in held) >= rules.open_per_service:
        raise AlreadyInLine()
    if len(held) >= rules.open_in_hall:
        raise TooManyOpen(most=rules.open_in_hall)


def blocked_until(change: Change, person: str) -> str | None:
    """The last day of a block that holds today."""
    lifted = change.desk.lifted_at(person)
    missed = [t for t in change.desk.missed_by(person) if lifted is None or (t.called_at or "") > lifted]
    until = block_after([date.fromisoformat(ticket.day) for ticket in missed], change.plan.house.identity)
    return until.isoformat() if until and date.fromisoformat(change.day) <= until else None


def block_after(missed: Sequence[date], rules: IdentityRules) -> date | None:
    """The last day of the newest block that these no-shows earn, in their order; each counts once."""
    counted: list[date] = []
    until = None
    for day in missed if rules.no_shows else ():
        counted = [each for each in counted if (day - each).days < rules.no_show_days] + [day]
        if len(counted) >= rules.no_shows:
            counted, until = [], day + timedelta(days=rules.blocked_days)
    return until


def remember(change: Change, ticket: str, person: Person) -> Identity:
    """The row that is kept for some days, with a salt of its own."""
    return Identity(
        ticket,
        person.hash,
        person.document,
        person.masked,
        secrets.token_hex(16),
        change.day,
        last_day(change),
    )


def last_day(change: Change) -> str:
    kept = timedelta(days=change.plan.house.identity.keep_days)
    return (date.fromisoformat(change.day) + kept).isoformat()


def commitment(kept: Identity | Lift, shown: str = "") -> Json:
    """What the log says of it: nothing, once the salt is purged."""
    sealed = hashlib.sha256(f"{kept.salt}:{kept.person}:{shown}".encode()).hexdigest()
    return {"identity": sealed}


def look_up(change: Change, person: Person) -> Json:
    """For the guide who has the document in hand; that somebody looked is noted."""
    seq = change.note("looked", {"kind": "identity"}).seq
    return {"seq": seq} | standing(change, person)


def standing(change: Change, person: Person) -> Json:
    """The open numbers of somebody, and until when no more are given."""
    held = [shown(ticket) for ticket in change.desk.open_tickets_of(person.hash)]
    return {"open": held, "blocked_until": blocked_until(change, person.hash)}


def shown(ticket: Ticket) -> Json:
    return {name: getattr(ticket, name) for name in ("number", "service", "state", "window")}


def lift(change: Change, person: Person) -> Json:
    """Takes a block off somebody; the log says who did. Changes nothing where none holds."""
    until = blocked_until(change, person.hash)
    if until is not None:
        lifted = Lift(person.hash, change.at, secrets.token_hex(16), change.day, last_day(change))
        change.desk.add_lift(lifted)
        change.note("block_lifted", {"until": until} | commitment(lifted))
    return {"was_blocked_until": until, "seq": change.desk.seq()} | standing(change, person)


def purge(change: Change) -> Json:
    """Forgets what was kept until yesterday, or for longer than the hall now keeps it."""
    keep = timedelta(days=change.plan.house.identity.keep_days)
    kept_since = (date.fromisoformat(change.day) - keep).isoformat()
    rows = change.desk.forget_identities(change.day, kept_since)
    if rows:
        change.note("purge", {"kind": "identities", "rows": rows})
    return {"rows": rows, "seq": change.desk.seq()}
