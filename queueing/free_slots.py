"""Which slots may be booked now, with what others have taken of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from queueing.booking_errors import SlotFull, SlotNotOpen
from queueing.bookings import Booking, booking_rows
from queueing.change import Change
from queueing.clock import Instant, shifted
from queueing.persons import KNOWS_PEOPLE
from queueing.slots import SlotDay, Slots, near
from queueing.store import Desk

if TYPE_CHECKING:
    from queueing.hall import Hall

LOOK_AHEAD_DAYS = 7
"""On so many more days free slots are looked for when a day is full."""


class FreeSlots:
    """The slots of one hall; `lead`: whether the time that must lie before a slot counts."""

    def __init__(self, hall: Hall) -> None:
        self._hall, self._rules = hall, hall.house.bookings
        self._slots = Slots(hall.plan, hall.hours)
        self.services = self._slots.services

    def days(
        self, desk: Desk, service: str, first: str, days: int, at: Instant, lead: bool = True
    ) -> list[SlotDay]:
        """So many days from that one on, as far as they may be booked; UnknownService, NotBookable."""
        self._slots.must_be_bookable(service)
        wanted = (date.fromisoformat(first) + timedelta(days=ahead) for ahead in range(days))
        return [self._day(desk, service, day, at, lead) for day in wanted if self._is_within(day, at)]

    def is_served(self, booking: Booking) -> bool:
        """False after hours were cut or a day was closed: whoever booked has to be told."""
        return self._slots.is_open(booking.service, booking.slot)

    def must_have_room(self, change: Change, service: str, slot: Instant) -> None:
        """Raises NotBookable, SlotNotOpen, SlotFull; at the desk no time must lie before the slot."""
        self._slots.must_be_bookable(service)
        self._slots.must_be_open(service, slot)
        lead, day = change.by.role not in KNOWS_PEOPLE, self._slots.start_of(slot)[0]
        if not self._is_within(day, change.at) or slot < self._earliest(change.at, lead):
            raise SlotNotOpen(service=service)
        found = self._day(change.desk, service, day, change.at, lead)
        if not any(each.slot == slot and each.left for each in found.slots):
            free = near(self._around(change, service, day, lead), slot)
            raise SlotFull(service=service, near=[asdict(each) for each in free])

    def _day(self, desk: Desk, service: str, day: date, at: Instant, lead: bool) -> SlotDay:
        taken = booking_rows(desk).bookings_of(day.isoformat())
        return self._slots.day(service, day, taken, self._earliest(at, lead))

    def _around(self, change: Change, service: str, day: date, lead: bool) -> Iterator[SlotDay]:
        """The day, or when it is full the first one after it with a place."""
        for each in (day + timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS + 1)):
            found = self._day(change.desk, service, each, change.at, lead)
            if found.left and self._is_within(each, change.at):
                yield found
                return

    def _is_within(self, day: date, at: Instant) -> bool:
        first = date.fromisoformat(self._hall.day(at))
        return first <= day <= first + timedelta(days=self._rules.days_ahead)

    def _earliest(self, at: Instant, lead: bool) -> Instant:
        return shifted(at, minutes=self._rules.lead_minutes) if lead else at
