"""What is told from a situation, where it can be checked by hand or against a made-up truth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecast.foresee import foresee
from forecast.learning import Learned
from forecast.logs import Visit
from forecast.situations import Away, Booked, Opening, Running, Situation, TurnFigures, Waiting

NOON = 720.0
PLAYS = 200


def someone(ticket: str, *, joined: float = 590.0, ticket_class: str = "walk_in", **more: object) -> Waiting:
    tie = int(ticket) if ticket.isdigit() else 0
    return replace(Waiting(ticket, "a", ticket_class, joined, joined, tie), **more)  # type: ignore[arg-type]


def opening(window: str, opens: float = 510.0, closes: float = NOON, **takes: float) -> Opening:
    return Opening(window, f"clerk {window}", takes or {"a": 0.0}, opens, closes)


def knows(minutes: float = 10.0) -> Learned:
    """A hall whose service `a` takes so long, almost always."""
    learned = Learned({"a": minutes})
    learned.begin_day()
    for _ in range(600):
        learned.durations.hear("a", "clerk 1", minutes)
        learned.absent.add(False)
    learned.durations.refit()
    return learned


def queue(n: int) -> tuple[Waiting, ...]:
    return tuple(someone(str(i), joined=570.0 + i) for i in range(n))


def median(situation: Situation, ticket: str, learned: Learned | None = None) -> float:
    told = foresee(situation, learned or knows(), plays=PLAYS, seed=1).tickets[ticket].median
    assert told is not None
    return told


def test_who_stands_behind_five_waits_for_five_services() -> None:
    situation = Situation("2026-03-02", 600.0, queue(6), (), (opening("1"),))
    assert median(situation, "0") == 0
    assert median(situation, "5") == pytest.approx(5 * (10 + 0.5 + 0.4), rel=0.15)


def test_two_windows_halve_the_wait_and_one_that_is_away_does_not() -> None:
    one = Situation("2026-03-02", 600.0, queue(9), (), (opening("1"),))
    two = replace(one, openings=(opening("1"), opening("2")))
    gone = replace(two, away={"2": Away(599.0, late=False, until=715.0)})
    assert median(two, "8") == pytest.approx(median(one, "8") / 2, rel=0.15)
    assert median(gone, "8") == pytest.approx(median(one, "8"), rel=0.1)


def test_a_service_that_has_run_for_long_is_expected_to_take_as_long_again_as_others_do() -> None:
    learned = Learned({"a": 10.0})
    learned.begin_day()
    fresh = Situation(
        "2026-03-02", 600.0, queue(1), (Running("1", "x", "a", "walk_in", 599.0, 599.5),), (opening("1"),)
    )
    old = replace(fresh, running=(Running("1", "x", "a", "walk_in", 560.0, 560.0),))
    assert 4 < median(fresh, "0", learned) < 11
    assert median(old, "0", learned) > 5


def test_priority_overtakes_as_the_rule_says() -> None:
    waiting = (*queue(6), someone("9", joined=585.0, ticket_class="priority"))
    situation = Situation("2026-03-02", 600.0, waiting, (), (opening("1"),))
    assert median(situation, "9") == 0  # 3 x 15 minutes are more than anybody's claim
    level = replace(situation, classes={"walk_in": TurnFigures(), "priority": TurnFigures()})
    assert median(level, "9") > 40


def test_a_phantom_is_told_what_the_next_one_will_be_and_delays_nobody() -> None:
    situation = Situation("2026-03-02", 600.0, queue(4), (), (opening("1"),))
    told = foresee(situation, knows(), plays=PLAYS, seed=1, newcomers=[("a", "walk_in"), ("a", "priority")])
    joined = replace(situation, waiting=(*situation.waiting, someone("4", joined=600.0)))
    new = told.newcomers["a", "walk_in"].median
    assert new == pytest.approx(median(joined, "4"), rel=0.1)
    assert told.tickets["3"].median == pytest.approx(median(situation, "3"), abs=1.5)


def test_nobody_is_promised_what_no_window_serves() -> None:
    situation = Situation("2026-03-02", 600.0, queue(1), (), (opening("1", b=0.0),))
    told = foresee(situation, knows(), plays=20, seed=1).tickets["0"]
    assert (told.median, told.low, told.high) == (None, None, None)


def test_who_asked_for_more_time_is_called_no_earlier() -> None:
    away = someone("0", not_before=630.0)
    assert median(Situation("2026-03-02", 600.0, (away,), (), (opening("1"),)), "0") >= 30


def test_who_waits_for_one_window_waits_for_it() -> None:
    situation = Situation(
        "2026-03-02", 600.0, (someone("0", window="2"),), (), (opening("1"), opening("2", 640.0))
    )
    assert median(situation, "0") >= 40


def test_booked_appointments_come_before_a_later_walk_in() -> None:
    situation = Situation("2026-03-02", 600.0, queue(5), (), (opening("1"),), booked=())
    booked = tuple(Booked("a", slot) for slot in (600.0, 600.0, 605.0))
    assert median(replace(situation, booked=booked), "4") > median(situation, "4") + 10


def test_walk_ins_who_come_before_its_slot_may_overtake_an_appointment() -> None:
    early = Waiting("9", "a", "appointment", 600.0, 640.0, 9)
    situation = Situation("2026-03-02", 600.0, (*queue(3), early), (), (opening("1"),), booked=())
    busy = knows()
    for i in range(120):
        at = 540.0 + i
        busy.joined(Visit("t", "2026-03-01", "a", "walk_in", at, None, "", None, None, "", "", None, at))
    busy.coming.end_day()
    assert median(situation, "9", busy) > median(situation, "9") + 5


def test_a_helper_takes_over_when_its_reluctance_is_used_up() -> None:
    busy = Running("1", "clerk 1", "a", "walk_in", 599.5, 599.9)
    situation = Situation(
        "2026-03-02", 600.0,
        (someone("0", joined=600.0), Waiting("1", "b", "walk_in", 590.0, 590.0, 1)), (busy,),
        (opening("1"), opening("2", a=15.0, b=0.0)),
    )  # fmt: skip
    learned = knows()
    learned.durations.prior = {"a": 10.0, "b": 10.0}
    assert median(situation, "1", learned) == 0
    assert median(situation, "0", learned) > 5


def test_the_same_seed_tells_the_same() -> None:
    situation = Situation("2026-03-02", 600.0, queue(5), (), (opening("1"),))
    assert foresee(situation, knows(), plays=30, seed=4) == foresee(situation, knows(), plays=30, seed=4)
