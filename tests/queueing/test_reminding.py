"""Reminders: due by the rules, given out once, never of a slot that was moved or cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from queueing.booking_rules import Reminder
from queueing.clock import minutes_between
from queueing.hall import ITSELF, Hall
from queueing.reminding import REMIND, remind
from tests.booked import RULES, TUESDAY, BookedScene

WEDNESDAY = "2026-10-14"
TUESDAY_AT_SIX = "2026-10-13T10:00:00.000Z"
BOTH = (Reminder(days_before=1, at="18:00"), Reminder(minutes_before=120))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[BookedScene]:
    opened = BookedScene(tmp_path, replace(RULES, reminders=BOTH))
    yield opened
    opened.close()


def reminded(scene: BookedScene, at: str) -> list[str]:
    """What is given out at that instant, by the reminder's name."""
    scene.clock.turn(minutes=minutes_between(scene.hall.now(), at))
    seen = len(scene.events())
    scene.hall.change(ITSELF, remind)
    return [str(each.after["reminder"]) for each in scene.events()[seen:] if each.action == REMIND]


def test_the_day_before_and_two_hours_before_each_once(scene):
    slot = scene.book(day=WEDNESDAY).slot
    assert reminded(scene, "2026-10-13T09:59:00.000Z") == []
    assert reminded(scene, TUESDAY_AT_SIX) == ["1 days 18:00"]
    assert reminded(scene, "2026-10-13T10:01:00.000Z") == []
    assert reminded(scene, "2026-10-14T00:01:00.000Z") == ["120 minutes"]
    assert reminded(scene, "2026-10-14T00:02:00.000Z") == [] and slot == "2026-10-14T02:00:00.000Z"


def test_a_hall_that_was_off_tells_the_latest_alone_and_a_restart_nothing_more(scene):
    scene.book(day=WEDNESDAY)
    assert reminded(scene, "2026-10-14T01:00:00.000Z") == ["120 minutes"]
    scene.hall = Hall(scene.house, scene.store, scene.clock)
    assert reminded(scene, "2026-10-14T01:01:00.000Z") == []


def test_who_books_after_its_time_is_not_reminded_of_what_was_just_chosen(scene):
    scene.clock.turn(minutes=minutes_between(scene.hall.now(), "2026-10-13T12:00:00.000Z"))
    scene.book(day=WEDNESDAY)
    assert reminded(scene, "2026-10-13T13:00:00.000Z") == []
    assert reminded(scene, "2026-10-14T00:30:00.000Z") == ["120 minutes"]


def test_a_moved_one_is_reminded_of_anew_and_a_cancelled_one_never(scene):
    booking, other = scene.book(day=WEDNESDAY), scene.book(day=WEDNESDAY, phone="13800000002")
    scene.appointments.cancel(booking=other.key, by=scene.by())
    assert reminded(scene, TUESDAY_AT_SIX) == ["1 days 18:00"]
    slot = scene.slot("10:00", day="2026-10-16")
    scene.appointments.move(booking=booking.key, slot=slot, by=scene.by())
    assert reminded(scene, "2026-10-14T01:00:00.000Z") == []
    assert reminded(scene, "2026-10-15T10:00:00.000Z") == ["1 days 18:00"]


def test_nothing_is_told_once_the_slot_has_begun(scene):
    scene.book(day=TUESDAY)
    assert reminded(scene, "2026-10-13T02:00:00.000Z") == []
