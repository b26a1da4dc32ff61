"""Towards closing: which line gives no more numbers, who is told what, and that those inside are served."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing.closing import LineEndsAfterClosing, joined, keep_open, minutes_left
from queueing.closing_rules import ClosingRules
from queueing.errors import ServiceClosed
from queueing.house import Text, TicketClass
from queueing.records import Json
from queueing.waits import Place
from tests.scene import Scene

HALF_PAST_FOUR = 450
"""Minutes from nine o'clock; the hall closes at 17:30."""


def line(scene: Scene, service: str = "id-card") -> Json:
    at = scene.hall.now()
    rows = scene.store.look(lambda desk: scene.hall.lines(desk, at))
    return next(row for row in rows if row["service"] == service)


def crowd(scene: Scene, many: int) -> list[str]:
    return [scene.take() for _ in range(many)]


@pytest.fixture
def late(scene: Scene) -> Scene:
    """Half past four, Li sits at window 1; an ID card takes 6 minutes."""
    scene.clock.turn(minutes=HALF_PAST_FOUR)
    scene.sit("1", "li")
    return scene


def test_a_line_that_ends_in_time_gives_numbers(late):
    crowd(late, 8)
    told = line(late)
    assert told["status"] == "open" and told["closes_at"] is None


def test_a_line_that_would_end_after_closing_stops_and_says_why(late):
    """60 minutes are left and 15 are allowed: a thirteenth would be through after 1.05 x 72 + 6."""
    crowd(late, 12)
    told = line(late)
    assert told["status"] == "ends_late" and told["waiting"] == 12
    assert told["closes_at"] == "2026-10-12T09:30:00.000Z", "half past five on the wall"
    assert told["opens_at"] == "2026-10-13T00:30:00.000Z", "tomorrow, not this afternoon"
    other = line(late, "household")
    assert (other["status"], other["waiting"], other["ahead"]) == ("ends_late", 0, 12), "the same windows"
    before = late.waiting()
    with pytest.raises(LineEndsAfterClosing) as refused:
        late.take()
    assert refused.value.detail["waiting"] == 12 and refused.value.detail["closes"] == "17:30"
    assert late.waiting() == before
    late.press("call_next", "1", "li")
    late.press("serve", "1", "li")
    late.clock.turn(minutes=2)
    late.press("finish", "1", "li")
    keep_open(late.hall, service="id-card", on=True, by=late.by("boss", "supervisor"))
    assert late.number(late.take()) == "A013", "a refused number isn't used up"


def test_who_would_be_called_before_closing_by_priority_still_gets_a_number(tmp_path):
    early = TicketClass(head_start=40, grounds=(Text("老人", "Old"),))
    classes = {"walk_in": TicketClass(), "priority": early}
    scene = Scene(tmp_path, classes=classes)
    scene.clock.turn(minutes=HALF_PAST_FOUR)
    scene.sit("1", "li")
    crowd(scene, 12)
    assert line(scene)["status"] == "ends_late"
    assert scene.take(ticket_class="priority")
    assert line(scene)["status"] == "ends_late", "a place of one class says nothing of everybody's"
    scene.close()


def test_another_window_makes_the_line_go_on(late):
    crowd(late, 12)
    assert line(late)["status"] == "ends_late"
    late.sit("2", "wang")
    assert line(late)["status"] == "open"


def test_a_stopped_line_goes_on_only_when_it_is_clearly_shorter(late):
    crowd(late, 12)
    seen = []
    while late.waiting():
        seen.append((len(late.waiting()), line(late)["status"]))
        late.hall.abandon(ticket=late.store.look(lambda d: d.in_states(("waiting",)))[-1].key, by=late.by())
    stopped = [n for n, status in seen if status == "ends_late"]
    assert stopped == [12, 11, 10], "eleven alone wouldn't have stopped it"


def test_eleven_waiting_do_not_stop_a_line_that_never_had_more(late):
    crowd(late, 11)
    assert line(late)["status"] == "open"


def test_a_supervisor_lets_the_line_go_on_for_the_day_and_can_take_that_back(late):
    crowd(late, 12)
    boss = "boss", "supervisor"
    told = keep_open(late.hall, service="id-card", on=True, by=late.by(*boss))
    assert told["kept_open"] and late.events()[-1].action == "line_kept_open"
    again = keep_open(late.hall, service="id-card", on=True, by=late.by(*boss))
    assert again["seq"] == told["seq"], "said twice, noted once"
    assert line(late)["status"] == "open" and late.take()
    assert line(late, "household")["status"] == "ends_late", "the other line of the window isn't meant"
    keep_open(late.hall, service="id-card", on=False, by=late.by(*boss))
    assert line(late)["status"] == "ends_late"
    keep_open(late.hall, service="id-card", on=True, by=late.by(*boss))
    late.clock.turn(minutes=24 * 60)
    late.hall.close_day()
    late.sit("1", "li")
    crowd(late, 12)
    assert line(late)["status"] == "ends_late", "a word for one day"


def test_in_the_morning_nobody_knows_yet_how_many_clerks_will_come(scene):
    scene.sit("1", "li")
    crowd(scene, 80)
    assert line(scene)["status"] == "open"


def test_the_break_at_noon_is_no_closing_and_no_time_for_work(scene):
    """At 11:50 there are 10 minutes and three and a half hours left: 220, of which 240 are looked at."""
    scene.clock.turn(minutes=170)
    scene.sit("1", "li")
    crowd(scene, 34)
    assert line(scene)["status"] == "open"
    crowd(scene, 5)
    assert line(scene)["status"] == "ends_late", "39 take until after 17:45, the break not counted"


def test_without_a_clerk_nothing_is_known_and_nothing_stops(scene):
    scene.clock.turn(minutes=HALF_PAST_FOUR)
    crowd(scene, 30)
    assert line(scene)["status"] == "open"


def test_whoever_would_be_called_at_once_is_served_until_the_very_end(late):
    late.clock.turn(minutes=59)
    assert line(late)["status"] == "open" and late.take("household")


def test_after_the_last_window_has_closed_the_service_is_closed(late):
    crowd(late, 12)
    late.clock.turn(minutes=61)
    assert line(late)["status"] == "closed"
    with pytest.raises(ServiceClosed):
        late.take()


def test_a_hall_that_does_not_want_it_gives_numbers_until_it_closes(tmp_path):
    scene = Scene(tmp_path, closing=ClosingRules(stop=False))
    scene.clock.turn(minutes=HALF_PAST_FOUR)
    scene.sit("1", "li")
    crowd(scene, 60)
    assert line(scene)["status"] == "open"
    scene.close()


def test_those_inside_at_closing_are_all_served(late):
    """Long after closing: called, called again, missed and back, put off, held, nothing ends by itself."""
    inside = crowd(late, 6)
    late.clock.turn(minutes=90)
    assert line(late)["status"] == "closed" and line(late)["waiting"] == 6
    assert [late.serve_one("1", "li") for _ in range(3)] == inside[:3]
    late.press("call_next", "1", "li")
    late.press("recall", "1", "li")
    late.press("mark_no_show", "1", "li")
    late.hall.come_back(ticket=inside[3], by=late.by())
    assert late.serve_one("1", "li") == inside[4]
    late.press("call_next", "1", "li")
    late.press("serve", "1", "li")
    late.press("hold", "1", "li")
    late.clock.turn(minutes=60)
    late.press("resume", "1", "li", ticket=inside[5])
    late.press("finish", "1", "li", outcome="done")
    assert late.hall.close_day()["seq"] == late.events()[-1].seq
    assert late.serve_one("1", "li") == inside[3], "at nine in the evening, the same day"
    assert {late.ticket(key).state for key in inside} == {"finished"}


def test_nobody_is_ended_before_the_day_is(late):
    inside = crowd(late, 2)
    late.clock.turn(minutes=7 * 60)
    late.hall.close_day()
    assert [late.ticket(key).state for key in inside] == ["waiting", "waiting"], "half past eleven at night"
    late.clock.turn(minutes=40)
    late.hall.close_day()
    assert {late.ticket(key).state for key in inside} == {"abandoned"}


moments = st.integers(0, 600).map(lambda m: datetime(2026, 10, 12, 8 + m // 60, m % 60))
spans = st.tuples(moments, moments).map(sorted).map(tuple)


@given(st.lists(spans, max_size=6), moments)
def test_the_time_left_is_every_open_minute_to_come_once(stretches, wall):
    minutes = {m for opens, closes in stretches for m in range(int((closes - opens).total_seconds() // 60))}
    open_at = {
        opens.replace(tzinfo=UTC).timestamp() / 60 + m
        for opens, closes in stretches
        for m in minutes
        if m < (closes - opens).total_seconds() / 60
    }
    still = [m for m in open_at if m >= wall.replace(tzinfo=UTC).timestamp() / 60]
    assert minutes_left(joined(stretches), wall) == len(still)


def test_the_rules_of_the_file_are_the_ones_that_count(tmp_path):
    generous = ClosingRules(grace_minutes=60)
    scene = Scene(tmp_path, closing=replace(generous, slack_minutes=0))
    scene.clock.turn(minutes=HALF_PAST_FOUR)
    scene.sit("1", "li")
    crowd(scene, 11)
    assert line(scene)["status"] == "open"
    scene.close()


def test_whom_the_hall_played_forward_does_not_call_today_is_too_late(late):
    service, at = late.hall.plan.service("id-card"), late.hall.now()
    never, unknown = Place(9, None, None, played=True), Place(9, None, None)

    def stopped(place: Place) -> bool:
        return late.store.look(lambda desk: late.hall.closing.stopped(desk, service, place, at)) is not None

    assert stopped(never) and not stopped(unknown)


@pytest.mark.parametrize(("ahead", "clerk"), [(0, "li"), (9, None)])
def test_an_endless_wait_tells_nothing_where_nobody_sits_or_nobody_waits(scene, ahead, clerk):
    """The hall played forward before a clerk came, or while none is there, calls nobody today."""
    scene.clock.turn(minutes=HALF_PAST_FOUR)
    if clerk:
        scene.sit("1", clerk)
    service, at = scene.hall.plan.service("id-card"), scene.hall.now()
    never = Place(ahead, None, None, played=True)
    assert scene.store.look(lambda desk: scene.hall.closing.stopped(desk, service, never, at)) is None
