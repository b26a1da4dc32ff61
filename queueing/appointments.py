"""What is done with appointments: book, move, cancel, check in; and those that nobody came to.

All of it goes through the hall's one way in, so two people and the last place are one after the other.
Walk-ins aren't starved: only a share of the windows' time is ever given away (`queueing.slots`), and before
its slot a checked-in appointment has no claim (`queueing.turns`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from queueing import bookers
from queueing.booking_errors import CheckInThere, MovedEnough, TooEarly
from queueing.booking_rules import BookingRules
from queueing.bookings import Booking, BookingAction, Guest, booking_rows, next_booking_state
from queueing.change import Change
from queueing.clock import Instant, local, minutes_between, shifted
from queueing.free_slots import FreeSlots
from queueing.keys import new_key
from queueing.persons import KNOWS_PEOPLE, Identity, last_day
from queueing.records import Json, Press, Ticket, changes
from queueing.store import Desk
from queueing.views import to_all
from queueing.waits import Place

if TYPE_CHECKING:
    from queueing.hall import Hall

CLASS = "appointment"
STILL_HERE = ("waiting", "called", "serving", "held")
NOTED = {"move": "move_booking", "check_in": "check_in", "miss": "miss_booking", "cancel": "cancel_booking"}
"""What the log calls the steps of an appointment; making one is *book*."""


@dataclass(frozen=True)
class Terms:
    """When one may check in for a slot: on time, late, and no more after that."""

    opens: Instant
    on_time_until: Instant
    closes: Instant


def terms_of(rules: BookingRules, slot: Instant) -> Terms:
    """By the hall's rules: so early, on time until then, late until then."""
    return Terms(
        shifted(slot, minutes=-rules.early_minutes),
        shifted(slot, minutes=rules.grace_minutes),
        shifted(slot, minutes=max(rules.late_minutes, rules.grace_minutes)),
    )


class Appointments:
    """The appointments of one hall. Every change takes `by`, the press that asks."""

    def __init__(self, hall: Hall) -> None:
        self._hall, self._rules = hall, hall.house.bookings
        self.free = FreeSlots(hall)

    # -- changes --------------------------------------------------------------------------------

    def book(
        self,
        *,
        service: str,
        slot: Instant,
        guest: Guest,
        language: str = "zh_Hans",
        origin: str = "",
        by: Press,
    ) -> Json:
        """A place of a slot. NotBookable, SlotNotOpen, SlotFull, TooManyBookings, BookingBlocked, …"""

        def work(change: Change) -> Json:
            bookers.admit(change, change.plan.service(service), guest)
            self.free.must_have_room(change, service, slot)
            day = self._hall.day(slot)
            booking = Booking(
                new_key(day), self._code(change, day), day, service, slot, "booked", change.at,
                change.at, language, origin,
            )  # fmt: skip
            return self._told(change, self._add(change, booking, guest))

        return self._hall.change(by, work)

    def move(self, *, booking: str, slot: Instant, by: Press) -> Json:
        """Another slot; the code stays on the same day, another day has codes of its own. MovedEnough."""

        def work(change: Change) -> Json:
            was = booking_rows(change.desk).booking(booking)
            next_booking_state(was.state, "move", was.code)
            if was.slot == slot:
                return self._told(change, was)
            if was.moved >= self._rules.moves and by.role not in KNOWS_PEOPLE:
                raise MovedEnough(code=was.code, times=was.moved)
            self.free.must_have_room(change, was.service, slot)
            day = self._hall.day(slot)
            code = was.code if day == was.day else self._code(change, day)
            booking_rows(change.desk).move_bookers(was.key, day)
            placed: Json = {"slot": slot, "day": day, "code": code, "placed_at": change.at}
            return self._told(change, step(change, was, "move", moved=was.moved + 1, **placed))

        return self._hall.change(by, work)

    def cancel(self, *, booking: str, by: Press) -> Json:
        """The place is free again; the phone number is kept no longer than to be told of it."""

        def work(change: Change) -> Json:
            rows = booking_rows(change.desk)
            cancelled = step(change, rows.booking(booking), "cancel")
            rows.forget_phone_after(booking, change.day)
            return self._told(change, cancelled)

        return self._hall.change(by, work)

    def check_in(self, *, booking: str, from_afar: bool = False, by: Press) -> Json:
        """The ticket whose number is the code. TooEarly; who comes too late gets none: `ticket` is null.

        That is no refusal, since the appointment is *missed* from then on; a walk-in number may be taken.
        Who checks in twice is told the same place again, as long as the visit isn't over.
        """
        if from_afar and not self._rules.phone_check_in:
            raise CheckInThere()

        def work(change: Change) -> Json:
            was = booking_rows(change.desk).booking(booking)
            there = _visit_of(change.desk, was)
            if there is not None:
                return self._told(change, was, there)
            next_booking_state(was.state, "check_in", was.code)
            terms = terms_of(self._rules, was.slot)
            if change.at < terms.opens:
                raise TooEarly(code=was.code, visit_day=was.day, **self._clock_times(was.slot, terms.opens))
            if change.at > terms.closes:
                return self._told(change, step(change, was, "miss", {"came_late": True}))
            ticket = self._ticket(change, was, was.slot if change.at <= terms.on_time_until else change.at)
            return self._told(change, step(change, was, "check_in", ticket=ticket.key), ticket)

        return self._hall.change(by, work)

    def miss_overdue(self, *, by: Press) -> Json:
        """Marks those that nobody came to while there was time; does nothing when there are none."""

        def work(change: Change) -> Json:
            overdue = self.overdue(change.desk, change.at)
            for each in overdue:
                step(change, each, "miss")
            return {"missed": len(overdue), "seq": change.desk.seq()}

        return self._hall.change(by, work)

    # -- looking --------------------------------------------------------------------------------

    def overdue(self, desk: Desk, at: Instant) -> list[Booking]:
        """Still *booked*, though checking in is over."""
        return [
            each
            for each in booking_rows(desk).booked_until(shifted(at, minutes=-self._rules.late_minutes))
            if terms_of(self._rules, each.slot).closes < at
        ]

    # -- inside ---------------------------------------------------------------------------------

    def _code(self, change: Change, day: str) -> str:
        """The next code of that day, from a row as numbers are."""
        return f"{self._rules.prefix}{change.desk.next_number(day, self._rules.prefix, 1):03d}"

    def _add(self, change: Change, booking: Booking, guest: Guest) -> Booking:
        sealed = bookers.remember(change, booking, guest)
        kept = replace(booking, seq=change.note("book", facts_of(booking) | sealed).seq)
        booking_rows(change.desk).add_booking(kept)
        return kept

    def _ticket(self, change: Change, booking: Booking, line_at: Instant) -> Ticket:
        """The visit: the code is its number, so that nobody takes a second one."""
        ticket = Ticket(
            key=new_key(change.day), day=change.day, number=booking.code, service=booking.service,
            ticket_class=CLASS, state="waiting", joined_at=change.at, line_at=line_at,
            tie=(change.desk.seq() + 1) << 20, language=booking.language, origin=change.by.actor,
        )  # fmt: skip
        facts = {"state": "waiting", "booking": booking.key, "line_at": line_at}
        kept = replace(ticket, seq=change.log("issue", ticket, None, {}, facts).seq)
        change.desk.add_ticket(kept)
        self._keep_document(change, booking, kept)
        return kept

    def _keep_document(self, change: Change, booking: Booking, ticket: Ticket) -> None:
        """The clerk compares the card of a real-name visit, whichever way it came to its number."""
        for each in booking_rows(change.desk).bookers(booking.key):
            if each.kind in ("resident", "other"):
                known = (each.person, each.kind, each.masked, each.salt)
                change.desk.add_identity(Identity(ticket.key, *known, change.day, last_day(change)))

    def _clock_times(self, slot: Instant, opens: Instant) -> dict[str, str]:
        zone = self._hall.house.hall.timezone
        return {"time": f"{local(slot, zone):%H:%M}", "opens": f"{local(opens, zone):%H:%M}"}

    def _told(self, change: Change, booking: Booking, ticket: Ticket | None = None) -> Json:
        """The booking, and with a ticket what taking a number tells."""
        told: Json = {"booking": asdict(booking), "ticket": None, "seq": change.desk.seq()}
        if ticket is None:
            return told
        line = self._hall.line(change.desk, change.at, self._hall.plan.shared_with(ticket.service))
        place = line.places(ticket.service).get(ticket.key, Place(0, None, None))
        shown = to_all(ticket)
        late = max(0, round(minutes_between(booking.slot, ticket.line_at)))
        return told | {"ticket": shown, "joined_at": ticket.joined_at, "late": late, **asdict(place)}


def _visit_of(desk: Desk, booking: Booking) -> Ticket | None:
    """The ticket of somebody who has checked in and is still here."""
    if booking.state != "checked_in" or booking.ticket is None:
        return None
    ticket = desk.ticket(booking.ticket)
    return ticket if ticket.state in STILL_HERE else None


def facts_of(booking: Booking) -> Json:
    """What the log says of a new one: nothing of who it is for."""
    told = {name: getattr(booking, name) for name in ("code", "day", "service", "slot", "state")}
    return {"booking": booking.key} | told


def step(
    change: Change, was: Booking, action: BookingAction, more: Json | None = None, **fields: Any
) -> Booking:
    """Moves an appointment by its table, logged; raises BookingOver, BookingMoved."""
    now = replace(was, state=next_booking_state(was.state, action, was.code), **fields)
    after = changes(was, now)[1]
    event = change.note(NOTED[action], {"booking": was.key, "code": was.code} | after | (more or {}))
    kept = replace(now, seq=event.seq)
    booking_rows(change.desk).replace_booking(was, kept)
    return kept


def miss_past(change: Change) -> None:
    """The end of the day: those of earlier days that nobody came to."""
    for each in booking_rows(change.desk).booked_until(change.at):
        if each.day < change.day:
            step(change, each, "miss")
