"""A small hall with appointments: its file for a server, its rules for a scene, what a test asks of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from queueing.appointments import Appointments
from queueing.bookers import known_by_phone
from queueing.booking_rules import BookingRules
from queueing.bookings import Booking, Guest, booking_rows
from queueing.slots import Slot
from tests.running import SMALL, Json, Person
from tests.scene import Scene

KEY = b"a key of phones, for tests"
PHONE = "13800001234"
RULES = BookingRules(share=0.3)
FILE = """
[bookings]
share = 0.3
per_minute = 1000
open_per_address = 2
"""
MONDAY = "2026-10-12"
TUESDAY = "2026-10-13"


def booked_file(folder: Path, rules: str = FILE, more: str = "") -> Path:
    """The small hall's file with appointments."""
    file = folder / "booked.toml"
    file.write_text(SMALL.read_text("utf-8") + rules + more, "utf-8")
    return file


def guest(phone: str = PHONE) -> Guest:
    """Somebody who leaves a telephone number."""
    return Guest((known_by_phone(phone, KEY),))


class BookedScene(Scene):
    """The small hall with appointments, on a Monday at nine."""

    def __init__(self, folder: Path, rules: BookingRules = RULES, **parts: Any) -> None:
        super().__init__(folder, bookings=rules, **parts)
        self.appointments = Appointments(self.hall)

    def slots(self, service: str = "id-card", day: str = MONDAY) -> list[Slot]:
        now = self.hall.now()
        free = self.appointments.free
        return list(self.store.look(lambda desk: free.days(desk, service, day, 1, now))[0].slots)

    def slot(self, time: str, service: str = "id-card", day: str = MONDAY) -> str:
        return next(each.slot for each in self.slots(service, day) if each.time == time)

    def left(self, time: str, service: str = "id-card", day: str = MONDAY) -> int:
        return next(each.left for each in self.slots(service, day) if each.time == time)

    def book(
        self, time: str = "10:00", service: str = "id-card", day: str = MONDAY, phone: str = PHONE, **by: Any
    ) -> Booking:
        slot = self.slot(time, service, day)
        return self.told(
            self.appointments.book(service=service, slot=slot, guest=guest(phone), by=self.by(**by))
        )

    def check_in(self, booking: Booking) -> Json:
        return self.appointments.check_in(booking=booking.key, by=self.by(role="kiosk"))

    def booking(self, key: str) -> Booking:
        return self.store.look(lambda desk: booking_rows(desk).booking(key))

    @staticmethod
    def told(answer: Json) -> Booking:
        return Booking(**answer["booking"])


def first_free(person: Person, service: str = "id-card", day: str = TUESDAY) -> str:
    """The first slot of a day with a place, as the API names it."""
    days = person.get("/api/v1/bookings/slots", service=service, first=day, days="1")["days"]
    return next(str(each["slot"]) for each in days[0]["slots"] if each["left"])


def book(person: Person, phone: str = PHONE, service: str = "id-card", slot: str = "") -> Json:
    """An appointment made by a visitor."""
    wish = {"service": service, "slot": slot or first_free(person, service), "phone": phone}
    return person.post("/api/v1/bookings", wish | {"language": "en"})
