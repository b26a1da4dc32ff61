"""Appointments in the small hall: booked, moved, cancelled, checked in, missed."""

from __future__ import annotations

from queueing.appointments import Appointments
from queueing.booking_rules import BookingRules
from queueing.bookings import Guest, Known
from tests.scene import Scene


def test_x(tmp_path):
    scene = Scene(tmp_path, bookings=BookingRules(share=0.3))
    a = Appointments(scene.hall)
    look = lambda: scene.store.look(lambda d: a.free.days(d, "id-card", "2026-10-12", 3, scene.hall.now()))
    days = look()
    for d in days: print(d.day, d.left, [(s.time, s.places, s.left) for s in d.slots])
    g = Guest((Known("phone", "h", "***1234"),))
    slot = days[0].slots[0].slot
    t = a.book(service="id-card", slot=slot, guest=g, by=scene.by())
    print(t)
    days = look()
    for d in days: print(d.day, d.left, [(s.time, s.places, s.left) for s in d.slots])
    k = t["booking"]["key"]
    print(a.move(booking=k, slot=days[0].slots[2].slot, by=scene.by()))
    scene.clock.turn(minutes=90)
    print(a.check_in(booking=k, by=scene.by()))
    assert 0
