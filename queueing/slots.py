"""When somebody may come by appointment, and how many places are left.

A slot is a stretch of `slot_minutes`, counted from midnight; what windows give to it is worked out in
`queueing.slot_supply`, what still fits beside others in `queueing.places`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from queueing.booking_errors import NotBookable, SlotNotOpen
from queueing.bookings import TAKES_A_PLACE, Booking
from queueing.clock import Instant, instant, local, moment
from queueing.hours import OpeningHours
from queueing.places import Room
from queueing.plan import Plan
from queueing.slot_supply import Supply

NEAR = 3
"""So many free slots are named instead of a full one."""


@dataclass(frozen=True)
class Slot:
    """A stretch of a day: places in all, and those still free."""

    slot: Instant
    time: str
    until: str
    places: int
    left: int


@dataclass(frozen=True)
class SlotDay:
    """One day's slots of a service; none on a day when nobody serves it."""

    day: str
    slots: tuple[Slot, ...]

    @property
    def left(self) -> int:
        return sum(slot.left for slot in self.slots)


class Slots:
    """The places of one house, by its hours, windows and calendar."""

    def __init__(self, plan: Plan, hours: OpeningHours) -> None:
        self._plan, self._minutes = plan, plan.house.bookings.slot_minutes
        self._timezone = plan.house.hall.timezone
        self._supply = Supply(plan.house, hours)
        self.services = tuple(each.id for each in plan.house.services if each.id in self._supply.served_by)
        """Those that can be booked at all."""

    def must_be_bookable(self, service: str) -> None:
        """Raises UnknownService, NotBookable."""
        if self._plan.service(service).id not in self._supply.served_by:
            raise NotBookable(service=service)

    def day(self, service: str, day: date, taken: Iterable[Booking], earliest: Instant) -> SlotDay:
        """The slots of a day that begin no earlier than that instant."""
        sharing = self._supply.sharing(service)
        kept = [each for each in taken if each.state in TAKES_A_PLACE and each.service in sharing]
        used: dict[int, Counter[str]] = {}
        for each in kept:
            used.setdefault(self.start_of(each.slot)[1], Counter())[each.service] += 1
        starts = {start: self._at(day, start) for start in self._supply.places(service, day)}
        slots = (
            self._slot(service, day, start, used.get(start, Counter()))
            for start, at in starts.items()
            if at >= earliest
        )
        return SlotDay(day.isoformat(), tuple(slots))

    def start_of(self, slot: Instant) -> tuple[date, int]:
        """The day and the minute of the day at which the slot begins that an instant lies in."""
        wall = local(slot, self._timezone)
        minute = wall.hour * 60 + wall.minute
        return wall.date(), minute - minute % self._minutes

    def must_be_open(self, service: str, slot: Instant) -> None:
        """Raises SlotNotOpen for what isn't the beginning of a slot with places."""
        if not self.is_open(service, slot):
            raise SlotNotOpen(service=service)

    def is_open(self, service: str, slot: Instant) -> bool:
        """Whether the windows serve it at that time, by the hours that the hall keeps now."""
        day, start = self.start_of(slot)
        places = self._supply.places(service, day) if service in self._supply.served_by else {}
        return self._at(day, start) == slot and start in places

    def _slot(self, service: str, day: date, start: int, used: Counter[str]) -> Slot:
        left, places = self._left(service, day, start, used), self._supply.places(service, day)[start]
        return Slot(self._at(day, start), told(start), told(start + self._minutes), places, left)

    def _left(self, service: str, day: date, start: int, used: Counter[str]) -> int:
        """Places that neither the windows' time nor the service's own share forbid."""
        own, seconds = self._supply.places(service, day)[start] - used[service], self._supply.seconds
        if not used or own <= 0:
            return max(0, own)
        served_by = {each: self._supply.served_by[each] for each in {*used, service}}
        room = Room(self._supply.of_day(day)[start], served_by)
        for other, count in used.items():
            if room.take(other, count * seconds[other]) < count * seconds[other]:
                return 0  # the hours or the share were cut after people had booked
        return room.take(service, own * seconds[service]) // seconds[service]

    def _at(self, day: date, start: int) -> Instant:
        wall = datetime.combine(day, datetime.min.time(), tzinfo=ZoneInfo(self._timezone))
        return instant(wall.replace(hour=start // 60, minute=start % 60))


def told(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def near(days: Iterable[SlotDay], slot: Instant) -> list[Slot]:
    """Free slots beside a full one: the nearest of its own day, else the first of the days after."""
    free = [each for day in days for each in day.slots if each.left]
    return sorted(free, key=lambda each: abs(moment(each.slot) - moment(slot)))[:NEAR]
