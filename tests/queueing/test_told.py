"""Waits as people say them, and what was told stays told until there is reason to say something else."""

from __future__ import annotations

import pytest

from queueing.clock import shifted
from queueing.outlook import MOST_TOLD, Kept, Outlook, Picture, Span, settled
from queueing.records import Waiting
from queueing.told import in_steps, told_as

NINE = "2026-10-12T01:00:00.000Z"
SAID = {
    (None, None): ("wait_unknown", {}),
    (0, 0): ("wait_none", {}),
    (0, 5): ("wait_few", {}),
    (0, 15): ("wait_short", {"high": "15"}),
    (15, 25): ("wait_range", {"low": "15", "high": "25"}),
    (55, 75): ("wait_range", {"low": "55", "high": "75"}),
    (60, 90): ("wait_hours", {"low": "1", "high": "1.5"}),
    (120, 180): ("wait_over", {"low": "2"}),
}


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.0, 1.9, (0, 0)), (0.0, 2.0, (0, 5)),
        (3.0, 5.9, (0, 5)), (9.1, 20.9, (10, 20)), (8.9, 21.1, (5, 25)),
        (14.5, 15.5, (15, 20)), (58.0, 80.0, (55, 80)), (59.5, 90.5, (60, 90)), (75.0, 100.0, (60, 120)),
    ],
)  # fmt: skip
def test_a_range_is_told_in_the_steps_that_people_use(low, high, told):
    assert in_steps(low, high) == told


@pytest.mark.parametrize("ends", SAID)
def test_each_range_has_one_sentence(ends):
    assert told_as(*ends) == SAID[ends]


def test_a_told_range_stays_while_the_new_one_lies_about_where_it_does():
    told = Span(10, 15, 20)
    assert settled(told, Span(12, 17, 23), 4) is told
    assert settled(told, Span(10, 21, 23), 4) == Span(10, 21, 23)  # most likely after what was told
    assert settled(told, Span(15, 17, 22), 4) == Span(15, 17, 22)
    assert settled(None, told, 4) is told


def waiting(key: str = "one", line_at: str = NINE) -> Waiting:
    return Waiting(key, "id-card", "walk_in", line_at, 1, None)


def pictured(at: str, span: Span | None, newcomer: Span | None = None) -> Picture:
    return Picture(at, {"one": waiting()}, {"one": span}, {("id-card", "walk_in"): newcomer})


def test_what_was_told_runs_down_with_the_clock_and_does_not_jump():
    outlook = Outlook()
    outlook.promise("one", NINE, Span(10, 15, 20))
    later = shifted(NINE, minutes=4)
    outlook.take(pictured(later, Span(8, 12, 18)))
    assert outlook.ticket(waiting(), later) == pytest.approx(Span(6, 11, 16))
    outlook.take(pictured(later, Span(20, 30, 40)))
    assert outlook.ticket(waiting(), later) == pytest.approx(Span(20, 30, 40))


def test_a_picture_that_is_old_or_saw_the_ticket_elsewhere_says_nothing():
    outlook = Outlook()
    outlook.take(pictured(NINE, Span(1, 2, 3), Span(4, 5, 6)))
    assert outlook.newcomer("id-card", "walk_in", shifted(NINE, minutes=0.5)) == Span(4, 5, 6)
    assert outlook.ticket(waiting(line_at=shifted(NINE, minutes=5)), NINE) is None
    late = shifted(NINE, minutes=2)
    assert outlook.ticket(waiting(), late) is None and outlook.newcomer("id-card", "walk_in", late) is None
    outlook.speed = 60.0
    assert outlook.newcomer("id-card", "walk_in", late) == Span(4, 5, 6)


def test_who_is_not_expected_to_be_called_today_is_told_no_range():
    outlook = Outlook()
    outlook.take(pictured(NINE, None, None))
    assert outlook.ticket(waiting(), NINE) is None and outlook.knows(waiting())
    assert outlook.says_never("id-card", "walk_in", NINE) and not outlook.says_never(
        "pension", "walk_in", NINE
    )


def test_a_hit_rate_needs_enough_outcomes_and_never_claims_all_when_it_is_not():
    assert Kept(49, 49).of_ten is None
    assert (Kept(50, 40).of_ten, Kept(100, 99).of_ten, Kept(60, 60).of_ten) == (8, 9, 10)


def played(scene, newcomer, **tickets):
    """A picture of the hall as it stands, with these waits."""
    at = scene.hall.now()
    seen = {each.key: each for each in scene.store.look(lambda desk: desk.waiting())}
    scene.hall.outlook.take(Picture(at, seen, tickets, {("id-card", "walk_in"): newcomer}))


def test_the_number_is_told_what_the_forecast_says_and_who_came_between_adds_to_it(scene):
    scene.sit("1", "li")
    scene.take()
    played(scene, Span(12, 16, 22))
    first, second = (scene.hall.issue(service="id-card", by=scene.by(role="kiosk")) for _ in range(2))
    assert (first["low"], first["high"], first["kept_of_ten"]) == (10, 25, None)
    assert (second["low"], second["high"]) == (15, 30)  # six minutes of an ID card later


def test_a_told_range_is_compared_with_the_call(scene):
    scene.sit("1", "li")
    scene.take()
    played(scene, Span(5, 8, 10))
    within, late = scene.take(), scene.take()
    scene.serve_one("1", "li", 6.0)
    scene.serve_one("1", "li", 40.0)
    scene.serve_one("1", "li")
    kept = scene.store.look(lambda desk: desk.kept_waits("2026-10-01"))
    assert scene.ticket(within).called_at < scene.ticket(late).called_at
    assert kept == Kept(2, 1)
    assert scene.store.look(lambda desk: desk.kept_waits("2026-10-13")) == Kept()


def test_promises_dont_pile_up_where_no_forecast_plays() -> None:
    """In memory for years: nothing takes a ticket out but a picture that knows it."""
    outlook = Outlook()
    for n in range(3 * MOST_TOLD):
        outlook.promise(f"ticket {n}", NINE, Span(1.0, 2.0, 3.0))
    assert len(outlook._told) <= MOST_TOLD
    assert f"ticket {3 * MOST_TOLD - 1}" in outlook.promises
    for n in range(3 * MOST_TOLD // 100):
        outlook.hear_promises({f"theirs {n} {m}": Span(1.0, 2.0, 3.0) for m in range(100)})
    assert len(outlook._told) <= MOST_TOLD


def test_a_range_told_of_one_service_says_nothing_of_another(scene):
    scene.sit("1", "li")
    scene.take()
    played(scene, Span(5, 8, 10))
    key = scene.take()
    assert (scene.ticket(key).told_low, scene.ticket(key).told_high) == (5, 10)
    scene.press("transfer", "1", "li", ticket=key, service="pension")
    assert (scene.ticket(key).service, scene.ticket(key).told_high) == ("pension", None)
