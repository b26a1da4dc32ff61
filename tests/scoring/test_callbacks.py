"""The weekly draw: fair, repeatable, never twice; the calls, and when one counts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing.records import Press
from scoring.callback_verdicts import CallbackVerdicts
from scoring.callbacks import Callbacks, Told, checked
from scoring.complaint_errors import (
    AlreadyCalled,
    ConcernsYou,
    DecidedAlready,
    FourEyes,
    LevelsNeeded,
    NothingToReplace,
    NothingToVerify,
    UnknownDraw,
)
from scoring.complaint_records import CallbackRow, ComplaintStore
from scoring.draws import drawn_order, keys_hash, week_before
from scoring.fact_store import FactStore
from scoring.facts import Fact
from tests.scene import Scene

WEEK, MONDAY_AFTER = "2026-W42", "2026-10-19"
"""The scene begins on Monday, 12 October, the first day of this week."""

CONTENT = Told("reached", "very_satisfied", "satisfied", "satisfied", "More chairs, please.")
CROSS = Told("reached", "very_dissatisfied", "satisfied", "satisfied")
MISSED = Told("not_reached")


@pytest.fixture
def calls(scene: Scene) -> Callbacks:
    return Callbacks(scene.hall)


@pytest.fixture
def judging(scene: Scene) -> CallbackVerdicts:
    return CallbackVerdicts(scene.hall)


def visits(scene: Scene, n: int) -> list[str]:
    """Served by li at window 1."""
    scene.sit("1", "li")
    for _ in range(n):
        scene.take()
    return [scene.serve_one("1", "li", minutes=1) for _ in range(n)]


def a_week_later(scene: Scene) -> None:
    scene.clock.turn(minutes=7 * 1440 - 60)


def drawn(scene: Scene, week: str = WEEK) -> list[CallbackRow]:
    return scene.store.look(lambda desk: cast(ComplaintStore, desk).callbacks(week))


def check(scene: Scene, week: str = WEEK) -> dict[str, Any]:
    return scene.store.look(lambda desk: checked(cast(ComplaintStore, desk), week))


def chen(scene: Scene) -> Press:
    return scene.by("chen", "supervisor")


def admin(scene: Scene) -> Press:
    return scene.by("admin", "administrator")


def entered(scene: Scene) -> list[Fact]:
    return scene.store.look(
        lambda desk: cast(FactStore, desk).entered_facts("2026-01-01", "2027-01-01", origin="callback")
    )


# -- the order -------------------------------------------------------------------------------------

KEYS = st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=30)


@given(seed=st.text(max_size=40), keys=KEYS, shuffle=st.randoms())
def test_the_same_seed_and_visits_draw_the_same_however_they_are_listed(seed, keys, shuffle):
    order = drawn_order(seed, keys)
    mixed = keys[:]
    shuffle.shuffle(mixed)
    assert drawn_order(seed, mixed) == order
    assert sorted(order) == sorted(keys)
    assert keys_hash(mixed) == keys_hash(keys)


def test_every_visit_is_drawn_about_as_often_as_any_other():
    """2,000 draws of 5 out of 40: chi-squared with 39 degrees of freedom lies under 72.1 in 999 of 1,000."""
    keys = [f"ticket-{n}" for n in range(40)]
    times = Counter(key for seed in range(2000) for key in drawn_order(f"seed {seed}", keys)[:5])
    expected = 2000 * 5 / 40
    assert sum((times[key] - expected) ** 2 / expected for key in keys) < 72.1


def test_each_visit_stands_at_each_place_about_as_often():
    """The first place too, not only the five together."""
    keys = [f"ticket-{n}" for n in range(10)]
    firsts = Counter(drawn_order(f"seed {seed}", keys)[0] for seed in range(2000))
    assert sum((firsts[key] - 200) ** 2 / 200 for key in keys) < 27.9  # 9 degrees of freedom, 1 in 1,000


def test_a_draw_can_be_worked_out_by_hand():
    """`printf s:a | sha256sum` begins with d431, that of s:b with d30e, that of s:c with 97a9."""
    assert drawn_order("s", ["a", "b", "c"]) == ["c", "b", "a"]


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_week_before_ends_on_the_sunday_before(day):
    year, week = week_before(day.isoformat()).split("-W")
    assert date.fromisocalendar(int(year), int(week), 7) == day - timedelta(days=day.isoweekday())


# -- the draw --------------------------------------------------------------------------------------


def test_five_visits_of_last_week_are_drawn_once_and_the_draw_can_be_checked(scene, calls):
    keys = visits(scene, 8)
    scene.take()
    a_week_later(scene)
    calls.draw_if_due(MONDAY_AFTER)
    first = drawn(scene)
    assert len({row.callback.ticket for row in first}) == 5
    assert {row.callback.ticket for row in first} <= set(keys)
    assert [row.callback.clerk for row in first] == ["li"] * 5
    calls.draw_if_due(MONDAY_AFTER)
    calls.draw_if_due("2026-10-20")
    assert drawn(scene) == first
    told = check(scene)
    assert told["holds"] and told["population"] == 8
    assert drawn_order(told["seed"], keys)[:5] == told["drawn"]


def test_a_changed_list_or_a_changed_draw_is_found(scene, calls):
    visits(scene, 8)
    a_week_later(scene)
    calls.draw_if_due(MONDAY_AFTER)

    def tamper(change: Any) -> dict[str, Any]:
        order = drawn_order(check(scene)["seed"], change.desk.finished_keys("2026-10-12", "2026-10-18"))
        change.desk.db.run("UPDATE callbacks SET ticket = :t WHERE place = 2", t=order[6])
        return {}

    scene.hall.change(admin(scene), tamper)
    told = check(scene)
    assert (told["same_list"], told["holds"]) == (True, False)
    scene.hall.change(admin(scene), lambda change: dropped(change))
    assert check(scene)["same_list"] is False


def dropped(change: Any) -> dict[str, Any]:
    change.desk.db.run("UPDATE tickets SET outcome = 'unclosed' WHERE number = 'A001'")
    return {}


def test_nothing_is_drawn_on_a_day_off_or_of_an_empty_week(scene, calls):
    visits(scene, 3)
    a_week_later(scene)
    calls.draw_if_due("2026-10-18")
    assert scene.store.look(lambda desk: cast(ComplaintStore, desk).draws(9)) == []
    calls.draw_if_due("2026-10-20")  # this hall's own day off
    assert scene.store.look(lambda desk: cast(ComplaintStore, desk).draws(9)) == []
    calls.draw_if_due("2026-10-21")
    assert len(drawn(scene)) == 3
    calls.draw_if_due("2026-10-26")
    assert [draw.week for draw in scene.store.look(lambda desk: cast(Any, desk).draws(9))] == [WEEK]
    with pytest.raises(UnknownDraw):
        check(scene, "2026-W43")


def test_a_replacement_is_the_next_of_the_same_draw_and_says_whom_it_replaces(scene, calls):
    keys = visits(scene, 6)
    a_week_later(scene)
    calls.draw_if_due(MONDAY_AFTER)
    with pytest.raises(NothingToReplace):
        calls.replace(week=WEEK, place=2, by=chen(scene))
    calls.tell(week=WEEK, place=2, told=MISSED, by=chen(scene))
    with pytest.raises(FourEyes):
        calls.replace(week=WEEK, place=2, by=chen(scene))  # nobody alone passes over who was drawn
    calls.replace(week=WEEK, place=2, by=admin(scene))
    with pytest.raises(NothingToReplace):
        calls.replace(week=WEEK, place=2, by=admin(scene))
    calls.tell(week=WEEK, place=3, told=MISSED, by=chen(scene))
    with pytest.raises(NothingToReplace):
        calls.replace(week=WEEK, place=3, by=chen(scene))  # the week has no seventh visit
    assert {row.callback.ticket for row in drawn(scene)} == set(keys)
    assert [row.callback.replaces for row in drawn(scene)] == [0, 0, 0, 0, 0, 2]
    assert check(scene)["holds"]


# -- the calls -------------------------------------------------------------------------------------


def ready(scene: Scene, calls: Callbacks) -> None:
    visits(scene, 2)
    a_week_later(scene)
    calls.draw_if_due(MONDAY_AFTER)


def test_a_dissatisfied_answer_counts_when_somebody_else_has_verified_it(scene, calls, judging):
    ready(scene, calls)
    calls.tell(week=WEEK, place=1, told=CROSS, by=chen(scene))
    with pytest.raises(FourEyes):
        judging.decide(week=WEEK, place=1, verified=True, by=chen(scene))
    assert entered(scene) == []
    judging.decide(week=WEEK, place=1, verified=True, by=admin(scene))
    with pytest.raises(DecidedAlready):
        judging.decide(week=WEEK, place=1, verified=True, by=admin(scene))
    (fact,) = entered(scene)
    assert (fact.kind, fact.window, fact.clerk, fact.day) == (
        "callback_dissatisfied",
        "1",
        "li",
        MONDAY_AFTER,
    )
    judging.take_back(week=WEEK, place=1, reason="Another visit was meant.", by=admin(scene))
    assert entered(scene)[0].withdrawn is not None


def test_a_content_answer_is_kept_and_never_counts(scene, calls, judging):
    ready(scene, calls)
    calls.tell(week=WEEK, place=1, told=CONTENT, by=chen(scene))
    row = drawn(scene)[0]
    assert (row.callback.attitude, row.suggestion, row.callback.caller) == (
        "very_satisfied",
        "More chairs, please.",
        "chen",
    )
    with pytest.raises(NothingToVerify):
        judging.decide(week=WEEK, place=1, verified=True, by=admin(scene))
    with pytest.raises(AlreadyCalled):
        calls.tell(week=WEEK, place=1, told=CROSS, by=chen(scene))
    assert "chairs" not in str([vars(event) for event in scene.events()])


def test_who_is_not_reached_may_be_tried_again(scene, calls):
    ready(scene, calls)
    calls.tell(week=WEEK, place=1, told=MISSED, by=chen(scene))
    calls.tell(week=WEEK, place=1, told=CONTENT, by=admin(scene))
    it = drawn(scene)[0].callback
    assert (it.state, it.tries, it.caller) == ("reached", 2, "admin")


def test_a_double_press_is_one_call(scene, calls):
    ready(scene, calls)
    by = chen(scene)
    assert calls.tell(week=WEEK, place=1, told=MISSED, by=by) == calls.tell(
        week=WEEK, place=1, told=MISSED, by=by
    )
    assert drawn(scene)[0].callback.tries == 1


def test_a_clerk_does_not_call_the_own_visitors_and_all_three_are_asked(scene, calls):
    ready(scene, calls)
    with pytest.raises(ConcernsYou):
        calls.tell(week=WEEK, place=1, told=CONTENT, by=scene.by("li", "supervisor"))
    with pytest.raises(LevelsNeeded):
        calls.tell(week=WEEK, place=1, told=Told("reached", "satisfied"), by=chen(scene))


def test_a_hall_that_calls_nobody_back_draws_nothing(scene):
    from dataclasses import replace

    from queueing.complaint_rules import CallbackRules
    from queueing.hall import Hall

    visits(scene, 2)
    a_week_later(scene)
    hall = Hall(replace(scene.house, callbacks=CallbackRules(per_week=0)), scene.store, scene.clock)
    Callbacks(hall).draw_if_due(MONDAY_AFTER)
    assert drawn(scene) == []
