"""A day at the counter, press by press."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queueing.errors import (
    Cannot,
    DayOver,
    NobodyThere,
    NobodyWaiting,
    NoTicket,
    NotServedHere,
    NotYourWindow,
    RecallFirst,
    TicketMoved,
    TooManyReinstatements,
    WindowBusy,
    WindowClosed,
    WindowPaused,
)
from settings import load_house
from tests.scene import SMALL, Scene


def test_next_calls_the_oldest_ticket_that_the_window_serves(scene):
    first, second, pension = scene.take("id-card"), scene.take("household"), scene.take("pension")
    scene.sit("1", "li")
    answer = scene.press("call_next", "1", "li")
    assert answer["ticket"]["ticket"] == first
    assert answer["window"]["number"] == "A001"
    assert [scene.ticket(key).state for key in (second, pension)] == ["waiting", "waiting"]


def test_a_priority_ticket_overtakes_by_its_rate_only(scene):
    scene.take("id-card")
    scene.clock.turn(minutes=9)
    scene.take("household", "priority")
    scene.sit("1", "li")
    scene.clock.turn(minutes=4)
    assert scene.press("call_next", "1", "li")["ticket"]["number"] == "A001"
    scene.press("mark_no_show", "1", "li")
    scene.take("id-card")
    assert scene.press("call_next", "1", "li")["ticket"]["number"] == "B001"


def test_the_helper_waits_until_its_reluctance_is_used_up(scene):
    scene.take("pension")
    scene.clock.turn(minutes=9)
    scene.take("id-card")
    scene.sit("2", "li")
    assert scene.press("call_next", "2", "li")["ticket"]["number"] == "A001"
    scene.press("mark_no_show", "2", "li")
    scene.clock.turn(minutes=3)
    scene.take("id-card")
    assert scene.press("call_next", "2", "li")["ticket"]["number"] == "D001"


def test_a_window_that_is_busy_calls_nobody_else(scene):
    scene.take(), scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    with pytest.raises(WindowBusy, match="A001"):
        scene.press("call_next", "1", "li")
    assert scene.waiting() == ["A002"]


def test_nobody_waiting_says_so(scene):
    scene.sit("1", "li")
    with pytest.raises(NobodyWaiting, match="window 1"):
        scene.press("call_next", "1", "li")


def test_a_press_needs_a_seat_and_an_open_window(scene):
    scene.take()
    with pytest.raises(NotYourWindow):
        scene.press("call_next", "1", "li")
    with pytest.raises(WindowClosed):
        scene.hall.call_next(window="1", by=scene.by("chen", "supervisor"))
    scene.sit("1", "li")
    scene.press("pause", "1", "li", reason=scene.house.pauses[0].id)
    with pytest.raises(WindowPaused):
        scene.press("call_next", "1", "li")


def test_recall_keeps_the_ticket_at_its_window(scene):
    key = scene.take()
    other = scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.clock.turn(seconds=40)
    answer = scene.press("recall", "1", "li", ticket=key)
    assert (answer["ticket"]["window"], answer["ticket"]["calls"]) == ("1", 2)
    assert scene.ticket(key).called_at == "2026-10-12T01:00:00.000Z"
    assert scene.ticket(other).state == "waiting"


def test_a_press_on_a_ticket_that_left_the_window_is_refused(scene):
    first = scene.take()
    scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li", ticket=first)
    scene.press("call_next", "1", "li")
    with pytest.raises(TicketMoved, match="A001"):
        scene.press("serve", "1", "li", ticket=first)
    assert scene.store.look(lambda desk: desk.at_window("1")).state == "called"


def test_a_window_without_a_ticket_has_nothing_to_serve(scene):
    scene.sit("1", "li")
    with pytest.raises(NoTicket):
        scene.press("serve", "1", "li")


def test_finish_and_next_is_one_press_with_two_events(scene):
    first, second = scene.take(), scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    answer = scene.press("finish_and_next", "1", "li", outcome="done")
    assert (answer["previous"]["ticket"], answer["ticket"]["ticket"]) == (first, second)
    finish, call = scene.events()[-2:]
    assert (finish.action, call.action, finish.press == call.press) == ("finish", "call", True)


def test_finish_and_next_with_nobody_waiting_still_finishes(scene):
    key = scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    answer = scene.press("finish_and_next", "1", "li", outcome="done")
    assert answer["ticket"] is None
    assert scene.ticket(key).state == "finished"


def test_a_service_that_was_not_started_cannot_be_finished(scene):
    scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    with pytest.raises(Cannot, match="called can't finish"):
        scene.press("finish", "1", "li", outcome="done")


def test_call_this_one_goes_out_of_turn_but_only_for_what_the_window_serves(scene):
    scene.take()
    wanted, pension = scene.take("household"), scene.take("pension")
    scene.sit("1", "li")
    with pytest.raises(NotServedHere):
        scene.press("call", "1", "li", ticket=pension)
    assert scene.press("call", "1", "li", ticket=wanted)["ticket"]["ticket"] == wanted


def test_hold_frees_the_window_and_resume_goes_on_at_another_one(scene):
    key = scene.take("id-card")
    scene.sit("1", "li"), scene.sit("2", "wang")
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.clock.turn(minutes=2)
    scene.press("hold", "1", "li")
    scene.clock.turn(minutes=30)
    resumed = scene.press("resume", "2", "wang", ticket=key)["ticket"]
    assert (resumed["window"], resumed["clerk"], resumed["state"]) == ("2", "wang", "serving")
    assert scene.ticket(key).held_seconds == 1800


def test_a_transferred_ticket_keeps_its_first_joining_time(scene):
    key = scene.take("id-card")
    scene.clock.turn(minutes=20)
    scene.take("pension")
    scene.sit("1", "li"), scene.sit("3", "wang")
    scene.press("call_next", "1", "li")
    scene.press("transfer", "1", "li", service="pension")
    assert scene.press("call_next", "3", "wang")["ticket"]["ticket"] == key


def test_time_on_hold_before_a_transfer_is_not_taken_off_the_next_service(scene):
    key = scene.take("id-card")
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.press("hold", "1", "li")
    scene.clock.turn(minutes=8)
    scene.press("resume", "1", "li", ticket=key)
    scene.press("transfer", "1", "li", service="id-card")
    scene.serve_one("1", "li", minutes=5)
    assert scene.store.look(lambda desk: desk.service_times("2026-10-01")) == {"id-card": (1, 5.0)}


def test_a_ticket_is_not_sent_to_a_window_where_nobody_sits(scene):
    key = scene.take("id-card")
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    with pytest.raises(NobodyThere, match="window 2"):
        scene.press("transfer", "1", "li", to_window="2")
    assert scene.ticket(key).state == "called"


def test_a_clerk_moves_only_tickets_of_the_own_lines(scene):
    key = scene.take("id-card")
    scene.sit("3", "wang")
    for move in ({"name": "postpone"}, {"name": "transfer", "to_window": "3"}):
        with pytest.raises(NotServedHere):
            scene.press(window="3", clerk="wang", ticket=key, **move)
    assert scene.waiting() == ["A001"]


def test_a_ticket_sent_to_a_window_is_called_only_there(scene):
    key = scene.take("id-card")
    scene.sit("1", "li"), scene.sit("3", "wang")
    scene.press("call_next", "1", "li")
    scene.press("transfer", "1", "li", to_window="3")
    with pytest.raises(NobodyWaiting):
        scene.press("call_next", "1", "li")
    assert scene.press("call_next", "3", "wang")["ticket"]["ticket"] == key


def test_a_missed_ticket_comes_back_behind_the_third_of_its_line(scene):
    missed = scene.take()
    others = [scene.take() for _ in range(5)]
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li")
    scene.press("reinstate", "1", "li", ticket=missed)
    assert scene.waiting() == ["A002", "A003", "A004", "A001", "A005", "A006"]
    assert len(others) == 5


def test_two_missed_tickets_come_back_one_before_the_other_and_nobody_loses_a_place(scene):
    missed = [scene.take(), scene.take()]
    for _ in range(4):
        scene.take()
    scene.sit("1", "li")
    for _ in missed:
        scene.press("call_next", "1", "li")
        scene.press("mark_no_show", "1", "li")
    for key in missed:
        scene.press("reinstate", "1", "li", ticket=key)
    assert scene.waiting() == ["A003", "A004", "A005", "A002", "A001", "A006"]


def test_a_ticket_comes_back_only_so_often(scene):
    key = scene.take()
    scene.sit("1", "li")
    for _ in range(scene.house.limits.reinstatements):
        scene.press("call_next", "1", "li")
        scene.press("mark_no_show", "1", "li")
        scene.hall.come_back(ticket=key, by=scene.by(role="kiosk"))
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li")
    with pytest.raises(TooManyReinstatements, match="A001"):
        scene.hall.come_back(ticket=key, by=scene.by(role="kiosk"))


def test_a_hall_may_ask_for_a_recall_before_a_no_show(tmp_path):
    limits = replace(load_house(SMALL).limits, calls_before_no_show=2)
    scene = Scene(tmp_path, limits=limits)
    scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    with pytest.raises(RecallFirst, match="1 of 2"):
        scene.press("mark_no_show", "1", "li")
    scene.press("recall", "1", "li")
    assert scene.press("mark_no_show", "1", "li")["ticket"]["state"] == "no_show"
    scene.close()


def test_a_ticket_of_yesterday_does_not_come_back(scene):
    key = scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li")
    scene.clock.turn(minutes=24 * 60)
    with pytest.raises(DayOver, match="A001"):
        scene.hall.come_back(ticket=key, by=scene.by(role="kiosk"))


def test_postpone_counts_from_where_the_ticket_stands_and_never_brings_it_forward(scene):
    keys = [scene.take() for _ in range(8) if scene.clock.turn(minutes=1) is None]
    scene.sit("1", "li")
    scene.press("postpone", "1", "li", ticket=keys[3])
    assert scene.waiting() == ["A001", "A002", "A003", "A005", "A006", "A007", "A004", "A008"]
    last = scene.ticket(keys[7])
    scene.press("postpone", "1", "li", ticket=keys[7])
    after = scene.ticket(keys[7])
    assert (after.line_at, after.tie) == (last.line_at, last.tie), "the end of the line is its place already"


def test_postpone_moves_a_waiting_ticket_some_places_back(scene):
    key = scene.take()
    for _ in range(4):
        scene.take()
    scene.sit("1", "li")
    scene.press("postpone", "1", "li", ticket=key)
    assert scene.waiting() == ["A002", "A003", "A004", "A001", "A005"]
