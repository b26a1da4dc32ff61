"""The lines of rules: what each means, and that nothing else is a line."""

from __future__ import annotations

import pytest

from queueing.help_rules import (
    ClassFigure,
    HallNow,
    Helping,
    NoNumbers,
    OfDay,
    OfLine,
    OfTime,
    RuleLine,
    is_wanted,
)
from queueing.rule_grammar import NotUnderstood, conditions_of, effects_of, id_of, rule_of


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("wait of pension exceeds 30 min", [OfLine("wait", "pension", True, 30.0)]),
        ("wait of pension is below 12.5 minutes", [OfLine("wait", "pension", False, 12.5)]),
        ("line of id-card exceeds 12", [OfLine("line", "id-card", True, 12.0)]),
        ("time is 11:00 to 12:30", [OfTime(660, 750)]),
        ("time is 23:00 to 24:00", [OfTime(1380, 1440)]),
        ("day is mon, fri", [OfDay(("mon", "fri"))]),
        (
            "line of id-card exceeds 5 and time is 9:00 to 10:00".replace("9:", "09:"),
            [OfLine("line", "id-card", True, 5.0), OfTime(540, 600)],
        ),
    ],
)  # fmt: skip
def test_conditions(line, means):
    assert conditions_of(line) == tuple(means)


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("windows 5, 6 help with pension", [Helping(("5", "6"), "pension")]),
        ("windows 5 and 6 help with pension after 10 min", [Helping(("5", "6"), "pension", 10.0)]),
        ("window A-5 helps with pension", [Helping(("A-5",), "pension")]),
        ("priority head start is 20 min", [ClassFigure("priority", "head_start", 20.0)]),
        ("priority head start is -5 min", [ClassFigure("priority", "head_start", -5.0)]),
        ("priority rate is 4.5", [ClassFigure("priority", "rate", 4.5)]),
        ("service pension gives no numbers", [NoNumbers("pension")]),
        (
            "pension gives no numbers; priority rate is 1",
            [NoNumbers("pension"), ClassFigure("priority", "rate", 1.0)],
        ),
    ],
)  # fmt: skip
def test_effects(line, means):
    assert effects_of(line) == tuple(means)


@pytest.mark.parametrize(
    "line",
    ["", "wait", "wait of", "wait of x", "wait of x exceeds", "wait of x exceeds 3", "wait of x exceeds min",
     "wait of x exceeds 3 hours", "line of x exceeds 3 and", "time is 11:00", "time is 25:00 to 26:00",
     "time is 11:60 to 12:00", "day is", "day is sun,", "Wait of x exceeds 3 min",
     "wait of x; exceeds 3 min", "wait of x is above 3 min", "wait of x exceeds nan min",
     "wait of x exceeds 3 min please", "line of x exceeds 1e3"],
)  # fmt: skip
def test_nothing_else_is_a_condition(line):
    with pytest.raises(NotUnderstood):
        conditions_of(line)


@pytest.mark.parametrize(
    "line",
    ["", "windows help with x", "windows 5, help with x", "window 5 helps x", "priority is 3",
     "windows 5 help with x after 10", "priority head start 20 min", "service x", "x gives numbers",
     "service priority rate is 3",
     "x gives no numbers;", "windows 5 6 help with x", "x gives no numbers, windows 5 help with y"],
)  # fmt: skip
def test_nothing_else_is_an_effect(line):
    with pytest.raises(NotUnderstood):
        effects_of(line)


def test_where_a_line_stops_making_sense_is_told():
    with pytest.raises(NotUnderstood) as wrong:
        conditions_of("wait of pension exceed 30 min")
    assert (wrong.value.after, wrong.value.found) == ("wait of pension", "exceed")
    assert wrong.value.expected == ("exceeds", "is")


def test_a_rule_without_a_name_is_named_by_its_words():
    line = RuleLine("line of x exceeds 3", "x gives no numbers")
    assert id_of(line) == id_of(RuleLine("line of x exceeds 3", "x gives no numbers")) != ""
    assert id_of(RuleLine("line of x exceeds 4", "x gives no numbers")) != id_of(line)
    assert id_of(RuleLine("line of x exceeds 4", "x gives no numbers", id="mine")) == "mine"


def now(wait: float = 0.0, people: int = 0, minute: float = 600, weekday: str = "mon") -> HallNow:
    return HallNow({"x": people}, {"x": wait}, minute, weekday)


LATE = rule_of(RuleLine("wait of x exceeds 30 min", "window 5 helps with x", "wait of x is below 15 min"))


@pytest.mark.parametrize(
    ("wait", "on_for", "wanted"),
    [(30.0, None, False), (30.01, None, True), (16.0, None, False),
     (16.0, 60.0, True), (15.0, 60.0, True), (14.9, 60.0, False),
     (14.9, 4.9, True), (14.9, 5.0, False)],
)  # fmt: skip
def test_a_rule_goes_on_at_its_limit_and_off_below_another_and_stays_for_a_while(wait, on_for, wanted):
    assert is_wanted(LATE, now(wait), on_for) is wanted


def test_without_until_it_ends_with_its_reason():
    noon = rule_of(RuleLine("time is 10:00 to 11:00 and day is mon, tue", "x gives no numbers"))
    assert [is_wanted(noon, now(minute=each), None) for each in (599.9, 600, 659.9, 660)] == [
        False,
        True,
        True,
        False,
    ]
    assert not is_wanted(noon, now(weekday="wed"), None)
    assert not is_wanted(noon, now(minute=660), 60.0)


def test_all_its_conditions_must_hold():
    both = rule_of(RuleLine("line of x exceeds 3 and wait of x exceeds 9 min", "x gives no numbers"))
    assert [is_wanted(both, now(w, n), None) for w, n in ((10, 4), (10, 3), (9, 4))] == [True, False, False]
