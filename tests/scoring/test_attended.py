"""Hours kept and not kept, against a model that goes minute by minute; who is blamed, and when nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queueing.duty_rules import DutyRules
from scoring.attended import Day, Rules, days, overlong, unkept
from scoring.fact_store import SeatStep
from scoring.facts import Fact
from scoring.seats import Duty, Seat, seats_of
from scoring.spans import merged, minutes, shared, without

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = "2026-10-12"
RULES = Rules(DutyRules(), {"lunch": 30.0}, {"1": ["li"], "3": ["wang"]})


def at(clock: str, day: str = MONDAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def duty(window: str, opens: str = "08:30", closes: str = "12:00") -> Duty:
    return Duty(window, MONDAY, at(opens), at(closes))


def seat(window: str, clerk: str, begins: str, ends: str, pause: str | None = None) -> Seat:
    return Seat(window, MONDAY, clerk, at(begins), at(ends), pause)


def found(duties, seats, first_tickets=None, rules=RULES) -> list[tuple[str, str | None, str | None, float]]:
    day = Day(duties, seats)
    return [told(fact) for fact in unkept(day, rules, first_tickets or {})]


def told(fact: Fact) -> tuple[str, str | None, str | None, float]:
    return fact.kind, fact.window, fact.clerk, float(fact.value or 0)


BOTH = [duty("1"), duty("3")]
ALL_MORNING = seat("1", "li", "08:20", "12:00")


def test_more_than_ten_minutes_late_counts_and_ten_minutes_dont():
    assert found(BOTH, [ALL_MORNING, seat("3", "wang", "08:40", "12:00")]) == []
    late = found(BOTH, [ALL_MORNING, seat("3", "wang", "08:41", "12:00")])
    assert late == [("opened_late", "3", "wang", 11)]


def test_more_than_ten_minutes_early_counts_and_ten_minutes_dont():
    assert found(BOTH, [ALL_MORNING, seat("3", "wang", "08:30", "11:50")]) == []
    early = found(BOTH, [ALL_MORNING, seat("3", "wang", "08:30", "11:49")])
    assert early == [("closed_early", "3", "wang", 11)]


def test_the_first_stretch_over_the_second_not_yet_come():
    """Only hours that are handed over are judged, each by itself."""
    afternoon = duty("3", "14:00", "17:00")
    seats = [ALL_MORNING, seat("3", "wang", "08:30", "12:00"), seat("3", "wang", "14:20", "17:00")]
    assert found([*BOTH, afternoon], seats) == [("opened_late", "3", "wang", 20)]


def test_an_empty_seat_in_between_concerns_who_left_it():
    seats = [ALL_MORNING, seat("3", "wang", "08:30", "10:00"), seat("3", "zhao", "10:30", "12:00")]
    assert found(BOTH, seats) == [("unattended", "3", "wang", 30)]


def test_nobody_the_whole_morning_is_one_fact_and_not_three():
    (only,) = found(BOTH, [ALL_MORNING, seat("2", "wang", "10:00", "11:00")])
    assert only == ("unattended", "3", "wang", 210)


@pytest.mark.parametrize(("owners", "clerk"), [(["wang"], None), (["sun", "wang"], None), ([], "zhao")])
def test_a_substitute_isnt_blamed_for_opening_late(owners, clerk):
    """wang isn't at work; zhao helps out. Where seats are nobody's in particular, who sat first is meant."""
    rules = replace(RULES, owners={"3": owners})
    late = found(BOTH, [ALL_MORNING, seat("3", "zhao", "09:00", "12:00")], rules=rules)
    assert late == [("opened_late", "3", clerk, 30)]


def test_the_one_whose_seat_it_is_is_meant_when_at_work_later():
    seats = [ALL_MORNING, seat("3", "zhao", "09:00", "10:00"), seat("3", "wang", "10:00", "12:00")]
    assert found(BOTH, seats) == [("opened_late", "3", "wang", 30)]


def test_nobody_is_at_two_windows():
    """wang has kept window 1 meanwhile, or most of the time: the gap is window 3's alone."""
    helped = [seat("1", "wang", "08:30", "10:00"), seat("3", "wang", "10:00", "12:00")]
    elsewhere = [ALL_MORNING, *helped]
    assert found(BOTH, elsewhere) == [("opened_late", "3", None, 90)]
    left = [ALL_MORNING, seat("3", "wang", "08:30", "10:00"), seat("2", "wang", "10:00", "12:00")]
    assert found(BOTH, left) == [("closed_early", "3", None, 120)]
    for_a_moment = [*left[:2], seat("2", "wang", "10:00", "10:05")]
    assert found(BOTH, for_a_moment) == [("closed_early", "3", "wang", 120)]


def test_a_hall_that_opens_late_as_a_whole_deducts_from_nobody():
    seats = [seat("1", "li", "09:00", "12:00"), seat("3", "wang", "09:10", "12:00")]
    assert found(BOTH, seats) == []
    later = [seats[0], seat("3", "wang", "09:11", "12:00")]
    assert found(BOTH, later) == [("opened_late", "3", "wang", 11)]


def test_numbers_that_were_taken_prove_that_the_hall_was_open():
    seats = [seat("1", "li", "09:00", "12:00"), seat("3", "wang", "09:00", "12:00")]
    (span,) = Day(BOTH, seats).empty()
    late = found(BOTH, seats, {span: at("08:35")})
    assert late == [("opened_late", "1", "li", 25), ("opened_late", "3", "wang", 25)]


def test_the_only_window_due_has_no_hall_to_hide_behind():
    late = found([duty("3")], [seat("3", "wang", "09:00", "12:00")])
    assert late == [("opened_late", "3", "wang", 30)]


def test_a_day_on_which_nobody_came_anywhere_is_no_day():
    assert days(BOTH, []) == {}
    tuesday = Seat("1", "2026-10-13", "li", at("08:30", "2026-10-13"), at("12:00", "2026-10-13"))
    assert list(days(BOTH, [tuesday])) == ["2026-10-13"]


def test_zero_minutes_switch_a_rule_off():
    off = replace(RULES, duty=DutyRules(late_minutes=0, unattended_minutes=0))
    seats = [ALL_MORNING, seat("3", "wang", "09:30", "10:00"), seat("3", "wang", "11:00", "11:30")]
    assert found(BOTH, seats, rules=off) == []


def pauses(*seats: Seat, duties=BOTH) -> list[tuple[str, str | None, str | None, float]]:
    return [told(fact) for fact in overlong(Day(duties, seats), RULES)]


def test_a_pause_counts_by_what_is_beyond_its_reason():
    allowed = seat("3", "wang", "10:00", "10:30", "lunch")
    assert pauses(allowed) == []
    assert pauses(replace(allowed, ends=at("10:45"))) == [("paused_too_long", "3", "wang", 15)]
    assert pauses(seat("3", "wang", "10:00", "11:59", "meeting")) == []


def test_a_pause_over_noon_counts_in_the_hours_only():
    noon = seat("3", "wang", "11:50", "14:15", "lunch")
    assert pauses(noon, duties=[*BOTH, duty("3", "14:00", "17:00")]) == []
    assert pauses(replace(noon, ends=at("14:25")), duties=[*BOTH, duty("3", "14:00", "17:00")]) == [
        ("paused_too_long", "3", "wang", 5)
    ]


def test_a_sign_that_is_changed_makes_no_second_pause():
    twice = [seat("3", "wang", "10:00", "10:20", "lunch"), seat("3", "wang", "10:20", "10:40", "lunch")]
    assert pauses(*twice) == [("paused_too_long", "3", "wang", 10)]
    between = [twice[0], seat("3", "wang", "10:20", "10:21"), seat("3", "wang", "10:21", "10:40", "lunch")]
    assert pauses(*between) == []


# -- against a model: every minute of a morning by itself -----------------------------------------

MORNING = 60
OPENS = at("08:00")
stretch = st.tuples(st.integers(0, MORNING + 10), st.integers(0, 30)).map(lambda pair: (pair[0], sum(pair)))
mornings = st.lists(st.tuples(st.sampled_from("123"), stretch), min_size=1, max_size=9)


def clock(minute: int) -> datetime:
    return OPENS + timedelta(minutes=minute)


@settings(deadline=None)
@given(mornings, st.integers(1, 15), st.integers(1, 15))
def test_hours_kept_as_a_minute_by_minute_count_says(sat, late, unattended):
    seats = [Seat(w, MONDAY, f"clerk {w}", clock(a), clock(b)) for w, (a, b) in sat if a < b]
    duties = [Duty(w, MONDAY, clock(0), clock(MORNING)) for w in "123"]
    rules = Rules(DutyRules(late, unattended), {}, {})
    counted = {(f.kind, f.window, float(f.value or 0)) for f in unkept(Day(duties, seats), rules, {})}
    assert counted == set(by_minutes(sat, late, unattended))


def by_minutes(sat, late, unattended):
    """Runs of minutes without anybody; a minute in which all three are empty counts for none."""
    taken = {w: {m for who, (a, b) in sat if who == w for m in range(a, b)} for w in "123"}
    anywhere = set().union(*taken.values())
    for window in "123":
        runs = groupby(range(MORNING), key=lambda minute: minute in taken[window])
        for held, run in runs:
            gap = list(run)
            n = len([minute for minute in gap if minute in anywhere])
            begins, ends = gap[0] == 0, gap[-1] == MORNING - 1
            kind = "opened_late" if begins and not ends else "closed_early" if ends and not begins else ""
            if not held and n > (late if kind else unattended):
                yield kind or "unattended", window, float(n)


@settings(deadline=None)
@given(st.lists(stretch, max_size=8))
def test_time_is_never_counted_twice_or_lost(stretches):
    spans = [(clock(a), clock(b)) for a, b in stretches]
    frame = (clock(0), clock(MORNING))
    times = Counter(m for a, b in stretches for m in range(a, b))
    assert minutes(merged(spans)) == len(times)
    assert minutes(shared(spans)) == sum(n > 1 for n in times.values())
    assert minutes(without(frame, spans)) == sum(m not in times for m in range(MORNING))


# -- seats from what the log keeps ----------------------------------------------------------------


def step(window: str, clock: str, **after: str | None) -> SeatStep:
    return SeatStep(window, f"{clock}:00.000Z", after)


def test_seats_follow_the_log_and_a_night_empties_them():
    steps = [
        step("3", "2026-10-12T00:30", state="open", clerk="wang"),
        step("3", "2026-10-12T02:00", state="paused", pause_reason="lunch", sign="wait"),
        step("3", "2026-10-12T03:00", state="open", pause_reason=None),
        step("3", "2026-10-12T04:00", clerk="zhao"),
        step("3", "2026-10-13T00:30", state="closed", clerk=None),
        step("3", "2026-10-13T00:40", state="open", clerk="wang"),
        step("3", "2026-10-13T09:00", state="closed", clerk=None),
    ]
    seats = list(seats_of(steps, "Asia/Shanghai"))
    assert [(f"{s.begins:%d %H:%M}", f"{s.ends:%d %H:%M}", s.clerk, s.pause) for s in seats] == [
        ("12 08:30", "12 10:00", "wang", None),
        ("12 10:00", "12 11:00", "wang", "lunch"),
        ("12 11:00", "12 12:00", "wang", None),
        ("12 12:00", "13 00:00", "zhao", None),
        ("13 08:40", "13 17:00", "wang", None),
    ]
    assert {s.day for s in seats} == {"2026-10-12", "2026-10-13"}
