"""Two stretches overlap exactly when some minute of some weekday belongs to both."""

from __future__ import annotations

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from queueing.house import Stretch
from settings.checks.hours import is_sound, overlap

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    opens = draw(st.integers(8 * 60, 8 * 60 + 40))
    closes = draw(st.integers(opens + 1, opens + 30))
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))
    return Stretch(days=tuple(days), opens=clock(opens), closes=clock(closes))


def minutes(stretch: Stretch) -> set[tuple[str, str]]:
    """Every minute that the stretch is open, the long way."""
    day = [clock(minute) for minute in range(24 * 60)]
    kept = day[day.index(stretch.opens) : day.index(stretch.closes)]
    return {(weekday, minute) for weekday in stretch.days for minute in kept}


@given(one=stretches(), other=stretches())
def test_overlap_means_a_minute_in_common(one: Stretch, other: Stretch) -> None:
    assert is_sound(one) and is_sound(other)
    assert overlap(one, other) == overlap(other, one) == bool(minutes(one) & minutes(other))


def test_touching_stretches_do_not_overlap() -> None:
    morning = Stretch(days=("mon",), opens="08:30", closes="12:00")
    noon = Stretch(days=("mon",), opens="12:00", closes="14:00")
    assert not overlap(morning, noon)
