"""A window's hours as its sign tells them."""

from __future__ import annotations

from display.timetable import timetable
from queueing.house import Hours, Stretch

MORNING = Stretch(days=("mon", "tue", "wed", "thu", "fri"), opens="08:30", closes="12:00")
AFTERNOON = Stretch(days=MORNING.days, opens="14:00", closes="17:30")


def test_days_with_the_same_hours_stand_together() -> None:
    rows = timetable(Hours("office", (AFTERNOON, MORNING)), "1", "en")
    assert rows == [{"days": "Mon to Fri", "times": "08:30–12:00  14:00–17:30"}]


def test_days_with_hours_of_their_own_stand_apart() -> None:
    sunday = Stretch(days=("wed", "sun"), opens="18:00", closes="20:00")
    rows = timetable(Hours("late", (MORNING, sunday)), "1", "en")
    assert [row["days"] for row in rows] == ["Mon to Tue", "Wed", "Thu to Fri", "Sun"]
    assert rows[1]["times"] == "08:30–12:00  18:00–20:00"


def test_hours_kept_in_turn_are_marked_for_those_who_keep_them() -> None:
    noon = Stretch(days=("mon",), opens="12:00", closes="14:00", rotation=(("1",), ("2",)))
    hours = Hours("noon", (noon,))
    assert timetable(hours, "1", "en") == [{"days": "Mon", "times": "12:00–14:00 in turn"}]
    assert timetable(hours, "3", "en") == []
