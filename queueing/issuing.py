"""Numbers: who gets one, which, and when a service gives none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from queueing import grants, persons
from queueing.change import Change
from queueing.clock import Instant, instant, local, minute_of
from queueing.errors import ServiceClosed, ServiceFull, ServicePaused, ServiceStopped
from queueing.hours import OpeningHours
from queueing.house import Service
from queueing.identity import Person
from queueing.keys import new_key
from queueing.plan import Plan
from queueing.records import Json, Ticket, WindowState
from queueing.told import UNKNOWN, Told

Status = Literal["open", "closed", "paused", "full"]


@dataclass(frozen=True)
class ServiceStatus:
    """Whether a service gives numbers now.

    `opens_at` says when a closed one does, and when one is served whose numbers are given out beforehand.
    """

    status: Status
    opens_at: Instant | None = None


OPEN = ServiceStatus("open")
StatusOf = Callable[[Service, int | None], ServiceStatus]


class Counter:
    """Decides whether a service gives numbers at a moment."""

    def __init__(self, plan: Plan, hours: OpeningHours) -> None:
        self._plan = plan
        self._hours = hours
        self._timezone = plan.house.hall.timezone
        self._early = plan.house.limits.issue_early_minutes
        self._found: tuple[str, Mapping[str, WindowState], StatusOf] | None = None

    def status(
        self, service: Service, at: Instant, windows: Mapping[str, WindowState], last_number: int | None
    ) -> ServiceStatus:
        """Closed outside its windows' hours; paused when all that are staffed are; full at the band's end."""
        return self.looking(at, windows)(service, last_number)

    def looking(self, at: Instant, windows: Mapping[str, WindowState]) -> StatusOf:
        """The same for one service after the other: what shares windows is looked at once.

        Hours begin and end on whole minutes: what was found of these very windows holds for the minute.
        """
        found, minute = self._found, minute_of(at)
        if found is None or found[0] != minute or found[1] is not windows or self._early % 1:
            self._found = found = minute, windows, self._looking(at, windows)
        return found[2]

    def _looking(self, at: Instant, windows: Mapping[str, WindowState]) -> StatusOf:
        wall = local(at, self._timezone)
        known: dict[tuple[str, ...], Status | Literal["early"]] = {}

        def status(service: Service, last_number: int | None) -> ServiceStatus:
            taken_by = self._plan.windows_of[service.id]
            if taken_by not in known:
                known[taken_by] = self._of_windows(taken_by, wall, windows)
            found = known[taken_by]
            if found != "closed" and is_full(service, last_number):
                found = "full"
            if found == "open":
                return OPEN
            opens_at = None if found == "paused" else self._opens(service, wall)
            return ServiceStatus("open" if found == "early" else found, opens_at)

        return status

    def _of_windows(
        self, names: Sequence[str], wall: datetime, windows: Mapping[str, WindowState]
    ) -> Literal["open", "early", "closed", "paused"]:
        """*Early*: numbers are given out, and none of the windows keeps hours yet."""
        in_hours = [w for w in names if self._hours.is_open(self._plan.window(w), wall, self._early)]
        if not in_hours:
            return "closed"
        if all_paused([windows[w] for w in in_hours if w in windows]):
            return "paused"
        served = any(self._hours.is_open(self._plan.window(w), wall) for w in in_hours)
        return "open" if served else "early"

    def _opens(self, service: Service, wall: datetime) -> Instant | None:
        windows = (self._plan.window(w) for w in self._plan.windows_of[service.id])
        openings = [moment for w in windows if (moment := self._hours.next_opening(w, wall))]
        return instant(min(openings)) if openings else None


def last_allowed(service: Service) -> int:
    """The last number that the band and the daily limit leave."""
    first, last = service.band
    return min(last, first + service.daily_limit - 1) if service.daily_limit else last


def is_full(service: Service, last_number: int | None) -> bool:
    return last_number is not None and last_number >= last_allowed(service)


def all_paused(states: list[WindowState]) -> bool:
    """Whether somebody sits there but every one has a sign up; behind "please wait" numbers go on."""
    staffed = [state for state in states if state.state != "closed"]
    return bool(staffed) and all(state.state == "paused" and state.sign != "wait" for state in staffed)


def issue(
    change: Change,
    counter: Counter,
    service_id: str,
    ticket_class: str,
    language: str,
    origin: str,
    person: Person | None = None,
    told: Told = UNKNOWN,
) -> Ticket:
    """Gives out the next number of a service's band; raises ServiceClosed, ServicePaused, ServiceFull."""
    service = change.plan.service(service_id)
    if ticket_class not in (person.entitled if person else ()):
        grants.must_be_granted(change, ticket_class)
    day = change.day
    must_be_open(change, counter, service, day)
    persons.admit(change, service, person)
    number = change.desk.next_number(day, service.prefix, service.band[0])
    seq = change.desk.seq() + 1
    ticket = Ticket(
        key=new_key(day), day=day, number=f"{service.prefix}{number:03d}", service=service.id,
        ticket_class=ticket_class, state="waiting", joined_at=change.at, line_at=change.at,
        tie=seq << 20, language=language, origin=origin, seq=seq,
        confirmed=grants.seen_at_the_door(change, ticket_class, person), told_low=told[0], told_high=told[1],
    )  # fmt: skip
    sealed = kept_of(change, ticket, person) if person else {}
    change.log("issue", ticket, None, {}, {"state": "waiting"} | sealed)
    change.desk.add_ticket(ticket)
    return ticket


def kept_of(change: Change, ticket: Ticket, person: Person) -> Json:
    """Keeps who the ticket is for, apart from it; what the log may say of that."""
    kept = persons.remember(change, ticket.key, person)
    change.desk.add_identity(kept)
    return persons.commitment(kept, kept.masked)


def must_be_open(change: Change, counter: Counter, service: Service, day: str) -> None:
    """Raises the refusal that fits, so that a citizen reads why there is no number."""
    last = change.desk.issued_numbers(day).get(service.prefix)
    now = counter.status(service, change.at, change.desk.windows(), last)
    name, detail = service.name.zh, {"service_id": service.id, "opens_at": now.opens_at}
    if now.status == "closed":
        raise ServiceClosed(service=name, **detail)
    if now.status == "paused":
        raise ServicePaused(service=name, **detail)
    if now.status == "open" and service.id in change.plan.stopped:
        raise ServiceStopped(service=name, **detail)
    if now.status == "full":
        raise ServiceFull(service=name, last=f"{service.prefix}{last_allowed(service):03d}", **detail)
