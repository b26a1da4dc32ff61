"""Changes in words: what is understood, and what is said of what isn't."""

from __future__ import annotations

import pytest

from forecast.change_words import EXAMPLES, MOST_CHANGES, all_parsed, parsed
from forecast.changes import (
    DAY,
    Bookings,
    Change,
    ChangeError,
    Closes,
    Demand,
    Opens,
    Rule,
    Serves,
    Until,
)  # fmt: skip

UNDERSTOOD: list[tuple[str, Change]] = [
    ("window 7 opens 10:00-12:00", Opens("7", 600, 720)),
    ("open window 7 10:00–12:00", Opens("7", 600, 720)),
    ("Window 7 OPENS at 9:30", Opens("7", 570, None)),
    ("window 30 opens 10:00 to 12:00 for s1, s2 by li", Opens("30", 600, 720, ("s1", "s2"), "li")),
    ("window 7 closes 11:00", Closes("7", 660, DAY)),
    ("close window 7 11:00—12:00", Closes("7", 660, 720)),
    ("window 7 closes", Closes("7", 0, DAY)),
    ("clerk li is away 10:00-11:00", Closes("", 600, 660, "li")),
    ("clerk li serves permits too", Serves("", "li", "permits")),
    ("window 5 helps with permits after 10 min", Serves("5", "", "permits", 10)),
    ("window 5 stops serving permits", Serves("5", "", "permits", None)),
    ("tickets for permits only until 11:00", Until("permits", 660)),
    ("demand 1.2", Demand(1.2)),
    ("demand for permits 80 %", Demand(0.8, "permits")),
    ("bookings 40 %", Bookings(0.4)),
    ("share of permits bookable 0.3", Bookings(0.3, "permits")),
    ("head start 20", Rule("head_start", 20, "priority")),
    ("appointment head start 5 min", Rule("head_start", 5, "appointment")),
    ("priority rate 2", Rule("rate", 2, "priority")),
    ("rate 1.5 for walk-in", Rule("rate", 1.5, "walk_in")),
]  # fmt: skip


@pytest.mark.parametrize(("words", "meant"), UNDERSTOOD)
def test_a_change_is_understood(words: str, meant: Change) -> None:
    assert parsed(words) == meant


def test_every_example_that_is_offered_is_understood() -> None:
    assert len(all_parsed(EXAMPLES)) == len(EXAMPLES)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("windw 7 opens 10:00", "change_unknown", "Say it like: window 7 opens"),
        ("window 7 opens", "change_unknown", "window 7 opens 10:00-12:00"),
        ("window 7 opens 10:00-12:00 please", "change_unknown", "isn't understood"),
        ("window 7 opens 25:00", "change_unknown", "isn't understood"),
        ("window 7 opens 12:00-10:00", "change_ends_early", "earlier time first"),
        ("bookings 140 %", "change_out_of_bounds", "between 0 and 1"),
        ("demand 60", "change_out_of_bounds", "between 0 and 5"),
        ("", "change_unknown", "Say it like"),
        ("w" * 301, "change_too_long", "300"),
    ],
)
def test_what_is_not_understood_is_said_with_a_remedy(words: str, code: str, said: str) -> None:
    with pytest.raises(ChangeError) as refused:
        parsed(words)
    assert refused.value.code == code
    assert said in str(refused.value)


def test_several_changes_at_once() -> None:
    assert all_parsed(["demand 1.2; bookings 40 %\nhead start 20", ""]) == [
        Demand(1.2), Bookings(0.4), Rule("head_start", 20, "priority"),
    ]  # fmt: skip


def test_too_many_changes_are_refused() -> None:
    with pytest.raises(ChangeError, match=str(MOST_CHANGES)):
        all_parsed(["demand 1.2"] * (MOST_CHANGES + 1))
