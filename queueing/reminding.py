"""Reminders of appointments: which are due, and that each is given out once.

That one is due becomes an event of the log, together with a row that says so; whoever is to bring it to the
citizen reads the log, as everybody does who is told of what happens (`signals/`). So a restart loses none
and sends none twice, and no press ever waits for a telephone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from queueing.booking_rules import BookingRules, Reminder
from queueing.bookings import Booking, Reminded, booking_rows
from queueing.change import Change
from queueing.clock import Instant, instant, local, shifted
from queueing.hours import clock_time
from queueing.records import Json
from queueing.store import Desk

REMIND = "remind_booking"
"""What the log calls a reminder."""
AT_A_TIME = 100


def due_at(reminder: Reminder, slot: Instant, timezone: str) -> Instant:
    """When this reminder of a slot is due."""
    if not reminder.at:
        return shifted(slot, minutes=-reminder.minutes_before)
    day = local(slot, timezone).date() - timedelta(days=reminder.days_before)
    return instant(datetime.combine(day, clock_time(reminder.at), tzinfo=ZoneInfo(timezone)))


def due(rules: BookingRules, booking: Booking, at: Instant, timezone: str) -> list[Reminder]:
    """Those whose time has come since the slot was chosen, the latest last; none once it has begun."""
    if at >= booking.slot:
        return []
    times = sorted(
        ((due_at(each, booking.slot, timezone), each) for each in rules.reminders), key=lambda x: x[0]
    )
    return [each for when, each in times if booking.placed_at < when <= at]


def unsent(
    desk: Desk, rules: BookingRules, at: Instant, timezone: str
) -> Iterator[tuple[Booking, list[Reminder]]]:
    """Appointments with reminders that are due and weren't given out yet."""
    rows = booking_rows(desk)
    coming = [each for each in rows.booked_until(shifted(at, minutes=farthest(rules))) if each.slot > at]
    given = given_out(desk, [each.key for each in coming])
    for each in coming:
        left = [r for r in due(rules, each, at, timezone) if (each.key, each.slot, r.name) not in given]
        if left:
            yield each, left


def given_out(desk: Desk, bookings: Sequence[str]) -> set[tuple[str, Instant, str]]:
    """In pieces that a statement can hold."""
    pieces = [bookings[at : at + AT_A_TIME] for at in range(0, len(bookings), AT_A_TIME)]
    return {row for piece in pieces for row in booking_rows(desk).reminded(piece)}


def farthest(rules: BookingRules) -> float:
    """Minutes before a slot at which its first reminder may be due."""
    return max(
        (max(each.minutes_before, (each.days_before + 1) * 1440.0) for each in rules.reminders), default=0.0
    )


def remind(change: Change) -> Json:
    """Gives out what is due; of several for one appointment the latest alone is told."""
    house, sent = change.plan.house, 0
    found = unsent(change.desk, house.bookings, change.at, house.hall.timezone)
    for booking, left in [each for each, _ in zip(found, range(AT_A_TIME), strict=False)]:
        for each in left:
            row = Reminded(booking.key, booking.slot, each.name, change.at)
            booking_rows(change.desk).add_reminded(row)
        facts = {"booking": booking.key, "code": booking.code, "day": booking.day, "slot": booking.slot}
        change.note(REMIND, facts | {"reminder": left[-1].name})
        sent += 1
    return {"reminded": sent, "seq": change.desk.seq()}
