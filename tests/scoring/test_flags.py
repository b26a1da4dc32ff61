"""What looks coached: plain rules over a period's facts, the same whatever else happened in the hall."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing.clock import shifted
from queueing.house import RatingRules
from scoring.flags import SAME_SECONDS, Flag, RatedVisit, SeatChange, Seats, flags
from scoring.levels import LEVELS

RULES = RatingRules()
NINE = "2026-10-12T01:00:00.000Z"
OPEN = (SeatChange("1", NINE, "open"), SeatChange("2", NINE, "open"))
NUMBERS = count(1)


def rated(
    minute: float, level: str = "satisfied", after: float = 7.0, served: float = 240.0, **more: str
) -> RatedVisit:
    """A visit at window 1 under li that ended so many minutes after nine."""
    end, n = shifted(NINE, minutes=minute), next(NUMBERS)
    fact = RatedVisit(
        f"key-{n}", f"A{n:03d}", "1", "li", "2026-10-12", level, "pad",
        shifted(end, seconds=after), shifted(end, seconds=-served), end,
    )  # fmt: skip
    return replace(fact, **more)  # type: ignore[arg-type]


def kinds(
    facts: list[RatedVisit], seats: tuple[SeatChange, ...] = OPEN, rules: RatingRules = RULES
) -> list[str]:
    return [flag.kind for flag in flags(facts, seats, rules)]


def varied(n: int, level: str = "very_satisfied") -> list[RatedVisit]:
    """So many ratings that nothing but their level makes conspicuous."""
    return [rated(10 + 5 * at, level, after=3 + 0.9 * at % 11 + 0.37 * at) for at in range(n)]


@pytest.mark.parametrize(("after", "found"), [(0.0, True), (0.999, True), (1.0, False), (4.0, False)])
def test_a_pad_that_answers_within_a_second_of_finish_is_flagged(after: float, found: bool) -> None:
    assert kinds([rated(10, after=after)]) == (["at_once"] if found else [])


def test_a_phone_is_nobodys_quick_finger() -> None:
    assert kinds([rated(10, after=0.2, channel="phone")]) == []


@pytest.mark.parametrize(("n", "found"), [(19, []), (20, ["run_of_best"])])
def test_twenty_best_in_a_row_are_flagged(n: int, found: list[str]) -> None:
    assert kinds(varied(n)) == found


def test_one_other_level_breaks_the_run() -> None:
    facts = varied(39)
    facts[19] = replace(facts[19], level="fairly_satisfied")
    assert kinds(facts) == []


def test_a_run_belongs_to_one_clerk_at_one_window_and_says_how_often_others_get_the_best() -> None:
    mixed = [replace(fact, clerk="wang") if at % 2 else fact for at, fact in enumerate(varied(38))]
    assert kinds(mixed) == []
    elsewhere = [replace(fact, window="2", clerk="wang") for fact in (varied(3) + varied(1, "satisfied"))]
    flag = flags(varied(25) + elsewhere, OPEN, RULES)[0]
    assert (flag.kind, flag.clerk, len(flag.ratings)) == ("run_of_best", "li", 25)
    assert flag.more == {"best_elsewhere": 0.75}


def test_a_pad_that_answers_while_the_window_is_paused_or_empty_is_flagged() -> None:
    seats = (*OPEN, SeatChange("1", shifted(NINE, minutes=20), "paused"),
             SeatChange("1", shifted(NINE, minutes=30), "open"),
             SeatChange("1", shifted(NINE, minutes=50), "closed"))  # fmt: skip
    facts = [rated(minute, after=5 + minute) for minute in (10, 20, 25, 35, 55)]
    found = flags(facts, seats, RULES)
    assert [flag.kind for flag in found] == ["while_away"]
    assert [fact.number for fact in found[0].ratings] == [facts[at].number for at in (1, 2, 4)]


def test_a_habit_of_the_hand_is_flagged_and_a_crowd_is_not() -> None:
    habit = [rated(10 + 7 * at, after=2.40 + 0.015 * at) for at in range(6)]
    assert kinds(habit) == ["same_timing"]
    assert kinds(habit[:5]) == []
    assert kinds([rated(10 + 7 * at, after=2.4 + 1.7 * at) for at in range(60)]) == []
    spread = [replace(fact, day=f"2026-10-{10 + at}") for at, fact in enumerate(habit)]
    assert kinds(spread) == []


def test_the_best_level_for_hardly_any_service_is_flagged() -> None:
    assert kinds([rated(10, "very_satisfied", served=14.9)]) == ["hardly_served"]
    assert kinds([rated(10, "satisfied", served=14.9), rated(20, "very_satisfied", served=15)]) == []
    held = replace(rated(10, "very_satisfied", served=600), held_seconds=590.0)
    assert kinds([held]) == ["hardly_served"]


def test_a_phone_that_speaks_from_the_clerks_own_machine_is_flagged() -> None:
    assert kinds([rated(10, channel="phone", after=600, came_from="terminal")]) == ["from_terminal"]


def test_a_rule_set_to_nothing_is_off() -> None:
    off = RatingRules(
        flag_at_once_seconds=0, flag_run_of_best=0, flag_same_timing=0, flag_short_service_seconds=0
    )
    assert kinds([rated(10 + at, "very_satisfied", after=0.2, served=3) for at in range(40)], rules=off) == []


facts_of_a_day = st.lists(
    st.builds(
        rated,
        minute=st.integers(1, 400),
        level=st.sampled_from(LEVELS),
        after=st.sampled_from([0.0, 0.5, 1.0, 2.0, 2.05, 2.1, 9.0]),
        served=st.sampled_from([1.0, 14.0, 15.0, 300.0]),
        window=st.sampled_from(["1", "2"]),
        channel=st.sampled_from(["pad", "phone"]),
        clerk=st.sampled_from(["li", "wang"]),
    ),
    max_size=40,
)
seats_of_a_day = st.lists(
    st.builds(
        SeatChange,
        window=st.sampled_from(["1", "2"]),
        at=st.integers(0, 400).map(lambda minute: shifted(NINE, minutes=minute)),
        state=st.sampled_from(["open", "paused", "closed"]),
    ),
    unique_by=lambda change: (change.window, change.at),
    max_size=12,
)
FEW = replace(RULES, flag_run_of_best=3, flag_same_timing=3)


def plainly(found: list[Flag]) -> set[tuple[str, str, str | None, frozenset[str]]]:
    return {
        (flag.kind, flag.window, flag.clerk, frozenset(fact.ticket for fact in flag.ratings))
        for flag in found
    }


@given(facts_of_a_day, seats_of_a_day, st.randoms(use_true_random=False))
def test_flags_follow_from_the_facts_and_not_from_their_order(
    facts: list[RatedVisit], seats: list[SeatChange], random: Random
) -> None:
    first = plainly(flags(facts, seats, FEW))
    random.shuffle(facts)
    random.shuffle(seats)
    assert plainly(flags(facts, seats, FEW)) == first


@given(facts_of_a_day, seats_of_a_day)
def test_what_happens_at_another_window_flags_nobody_here(
    facts: list[RatedVisit], seats: list[SeatChange]
) -> None:
    own = [fact for fact in facts if fact.window == "1"]
    every = {flag for flag in plainly(flags(facts, seats, FEW)) if flag[1] == "1"}
    assert plainly(flags(own, [seat for seat in seats if seat.window == "1"], FEW)) == every


@given(facts_of_a_day, seats_of_a_day)
def test_every_flag_has_its_evidence(facts: list[RatedVisit], seats: list[SeatChange]) -> None:
    state_at = Seats(seats).state_at
    for flag in flags(facts, seats, FEW):
        assert flag.ratings
        assert {(fact.window, fact.clerk) for fact in flag.ratings} == {(flag.window, flag.clerk)}
        delays = [fact.delay for fact in flag.ratings]
        match flag.kind:
            case "at_once":
                assert max(delays) < 1.0
            case "run_of_best":
                assert {fact.level for fact in flag.ratings} == {LEVELS[0]} and len(delays) >= 3
            case "while_away":
                assert "open" not in {state_at(flag.window, fact.at) for fact in flag.ratings}
            case "same_timing":
                assert max(delays) - min(delays) <= SAME_SECONDS + 1e-6 and len(delays) >= 3


@given(seats_of_a_day, st.integers(-5, 405))
def test_a_window_stands_as_its_last_change_left_it(seats: list[SeatChange], minute: int) -> None:
    at = shifted(NINE, minutes=minute)
    before = [seat for seat in seats if seat.window == "1" and seat.at <= at]
    last = max(before, key=lambda seat: seat.at, default=None)
    assert Seats(seats).state_at("1", at) == (last.state if last else "closed")
