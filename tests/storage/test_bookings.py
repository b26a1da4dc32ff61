"""What the database itself says of appointments: one code a day; who booked is purged and in no backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from queueing.booking_errors import BookingMoved
from queueing.bookings import Guest, booking_rows
from queueing.clock import shifted
from queueing.hall import ITSELF
from storage.backups import copy_hall
from storage.keeping import KINDS, purge
from storage.opening import FILE
from tests.booked import PHONE, TUESDAY, BookedScene, guest

DAY = 24 * 60
TABLES = ("booking_people", "booking_phones", "bookings")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[BookedScene]:
    opened = BookedScene(tmp_path)
    yield opened
    opened.close()


def with_phone(scene: BookedScene) -> str:
    told = Guest(guest().known, PHONE)
    made = scene.appointments.book(service="id-card", slot=scene.slot("10:00"), guest=told, by=scene.by())
    return str(made["booking"]["key"])


def test_two_of_a_day_never_have_one_code(scene):
    booking = scene.book()
    twin = replace(booking, key="twin")

    def add(change, other):
        booking_rows(change.desk).add_booking(other)
        return {}

    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        scene.hall.change(ITSELF, lambda change: add(change, twin))
    scene.hall.change(ITSELF, lambda change: add(change, replace(twin, day=TUESDAY)))


def test_who_was_slower_changes_nothing(scene):
    was = scene.book()
    scene.appointments.move(booking=was.key, slot=scene.slot("11:00"), by=scene.by())

    def late(change):
        booking_rows(change.desk).replace_booking(was, replace(was, state="cancelled"))
        return {}

    with pytest.raises(BookingMoved):
        scene.hall.change(ITSELF, late)
    assert scene.booking(was.key).state == "booked"


def taken(scene: BookedScene, name: str) -> int:
    """How many rows of a kind the night takes now."""
    (kind,) = [each for each in KINDS if each.name == name]
    days = kind.days(scene.house)
    assert days is not None
    before = shifted(scene.hall.now(), minutes=-days * DAY)
    return int(scene.hall.change(ITSELF, lambda c: {"n": purge(c.desk.db, c.desk.hall, kind, before)})["n"])


def test_phones_go_after_the_day_and_marks_after_the_limits_need_them(scene):
    key = with_phone(scene)
    assert (taken(scene, "booking_phones"), taken(scene, "booking_people")) == (0, 0)
    scene.clock.turn(minutes=2 * DAY)
    assert (taken(scene, "booking_phones"), taken(scene, "booking_people")) == (1, 0)
    scene.clock.turn(minutes=119 * DAY)
    assert taken(scene, "booking_people") == 1
    assert scene.booking(key).code == "YY001"


def test_a_cancelled_ones_phone_goes_although_its_day_is_far(scene):
    told = Guest(guest().known, PHONE)
    slot = scene.slot("10:00", day="2026-10-23")
    made = scene.appointments.book(service="id-card", slot=slot, guest=told, by=scene.by())
    scene.appointments.cancel(booking=made["booking"]["key"], by=scene.by())
    scene.clock.turn(minutes=2 * DAY)
    assert taken(scene, "booking_phones") == 1


@pytest.mark.of_files
def test_no_backup_holds_who_booked(scene, tmp_path):
    with_phone(scene)
    copy_hall(tmp_path / FILE, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        rows = [copy.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES]
    assert rows == [0, 0, 1]
    assert PHONE.encode() not in (tmp_path / "copy.db").read_bytes()
