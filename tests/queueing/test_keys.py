"""Names of tickets: nobody guesses one, and those of a day lie side by side."""

from __future__ import annotations

from datetime import date, timedelta

from queueing.keys import day_mark, new_key


def test_names_of_later_days_sort_behind_those_of_earlier_ones():
    days = [(date(2020, 1, 1) + timedelta(days=n)).isoformat() for n in range(0, 46_000, 7)]
    names = [new_key(day) for day in days]
    assert names == sorted(names)


def test_names_of_one_day_differ_in_all_but_the_day():
    names = {new_key("2026-10-12") for _ in range(1000)}
    assert len({name[3:] for name in names}) == 1000
    assert {name[:3] for name in names} == {day_mark("2026-10-12")}


def test_a_day_before_the_first_has_a_name_too():
    assert day_mark("1999-12-31") == "000"


def test_a_ticket_bears_its_day(scene):
    assert scene.take().startswith(day_mark("2026-10-12"))
