"""Seats, signs and the last press taken back."""

from __future__ import annotations

import pytest

from queueing.errors import (
    BadRequest,
    DayOver,
    FinishFirst,
    NothingToUndo,
    NotYourWindow,
    SeatChanged,
    UndoMovedOn,
    UndoTooLate,
    WindowClosed,
    WindowTaken,
)


def seats(scene):
    return {w: state.clerk for w, state in scene.store.look(lambda desk: desk.windows()).items()}


def test_one_clerk_sits_at_one_window(scene):
    scene.sit("1", "li")
    scene.sit("2", "li")
    assert seats(scene) == {"1": None, "2": "li"}


def test_a_taken_seat_is_given_up_only_on_purpose(scene):
    scene.sit("1", "li")
    with pytest.raises(WindowTaken, match="李敏"):
        scene.sit("1", "wang")
    scene.sit("1", "wang", take_over=True)
    assert seats(scene) == {"1": "wang"}
    with pytest.raises(NotYourWindow):
        scene.press("call_next", "1", "li")


def test_a_seat_with_a_ticket_is_not_left(scene):
    scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    for move in (lambda: scene.sit("2", "li"), lambda: scene.press("leave", "1", "li")):
        with pytest.raises(FinishFirst, match="A001"):
            move()
    assert seats(scene) == {"1": "li"}


def test_sitting_down_twice_is_one_event(scene):
    scene.sit("1", "li")
    scene.sit("1", "li")
    assert [event.action for event in scene.events()] == ["sit"]


def test_a_pause_needs_a_known_reason_and_a_sign_that_points_elsewhere(scene):
    scene.sit("1", "li")
    reason = scene.house.pauses[0].id
    for wrong in ({"reason": "bored"}, {"reason": reason, "sign": "go_to", "go_to": "1"},
                  {"reason": reason, "sign": "shout"}):  # fmt: skip
        with pytest.raises(BadRequest):
            scene.press("pause", "1", "li", **wrong)
    answer = scene.press("pause", "1", "li", reason=reason, sign="go_to", go_to="2")
    assert answer["window"]["sign"] == {"kind": "go_to", "window": "2"}
    assert scene.press("open", "1", "li")["window"]["sign"] is None


def test_a_running_service_is_finished_behind_the_sign_and_nobody_is_called(scene):
    scene.take(), scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    with pytest.raises(FinishFirst):
        scene.press("pause", "1", "li", reason=scene.house.pauses[0].id)
    scene.press("serve", "1", "li")
    scene.press("pause", "1", "li", reason=scene.house.pauses[0].id)
    assert scene.press("finish_and_next", "1", "li", outcome="done")["ticket"] is None


def test_undo_takes_back_a_compound_press_whole(scene):
    first, second = scene.take(), scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    before = scene.ticket(first), scene.ticket(second)
    scene.press("finish_and_next", "1", "li", outcome="done")
    scene.clock.turn(seconds=10)
    scene.press("undo", "1", "li")
    after = scene.ticket(first), scene.ticket(second)
    assert [t.state for t in after] == ["serving", "waiting"]
    for was, now in zip(before, after, strict=True):
        assert {**vars(was), "seq": 0} == {**vars(now), "seq": 0}
    assert [event.action for event in scene.events()][-4:] == ["finish", "call", "undo", "undo"]


def test_undo_is_refused_after_ten_seconds(scene):
    key = scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.clock.turn(seconds=10.1)
    with pytest.raises(UndoTooLate, match="10 seconds"):
        scene.press("undo", "1", "li")
    assert scene.ticket(key).state == "called"


def test_undo_is_refused_once_the_ticket_moved_on(scene):
    key = scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li")
    scene.hall.come_back(ticket=key, by=scene.by(role="kiosk"))
    with pytest.raises(UndoMovedOn, match="A001"):
        scene.press("undo", "1", "li")
    assert scene.ticket(key).state == "waiting"


def test_undo_is_refused_once_the_visit_is_rated(scene):
    scene.take()
    scene.sit("1", "li")
    key = scene.serve_one("1", "li")
    scene.ratings.rate_at_pad(window="1", ticket=key, level="satisfied", by=scene.by(role="pad"))
    with pytest.raises(UndoMovedOn, match="A001"):
        scene.press("undo", "1", "li")
    assert scene.ticket(key).state == "finished"


def test_an_undo_is_not_undone_and_nothing_is_nothing(scene):
    scene.sit("1", "li")
    with pytest.raises(NothingToUndo):
        scene.press("undo", "1", "li")
    scene.take()
    scene.press("call_next", "1", "li")
    scene.press("undo", "1", "li")
    with pytest.raises(NothingToUndo):
        scene.press("undo", "1", "li")


def test_what_the_citizen_did_is_not_the_clerks_to_undo(scene):
    key = scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.hall.abandon(ticket=key, by=scene.by(role="holder"))
    with pytest.raises(UndoMovedOn):
        scene.press("undo", "1", "li")
    assert scene.ticket(key).state == "abandoned"


def test_nobody_presses_at_a_window_where_nobody_sits_not_even_a_supervisor(scene):
    scene.take()
    scene.sit("1", "li")
    key = scene.serve_one("1", "li")
    scene.press("leave", "1", "li")
    with pytest.raises(WindowClosed):
        scene.hall.undo(window="1", by=scene.by("chen", "supervisor"))
    assert scene.ticket(key).state == "finished"


def test_undo_is_refused_once_the_sign_or_the_seat_has_changed(scene):
    key = scene.take()
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li")
    scene.clock.turn(seconds=1)
    answer = scene.press("pause", "1", "li", reason=scene.house.pauses[0].id)
    assert answer["undo_until"] is None
    with pytest.raises(SeatChanged):
        scene.press("undo", "1", "li")
    assert scene.ticket(key).state == "no_show"


def test_a_press_of_yesterday_is_not_taken_back_today(scene):
    scene.clock.turn(minutes=15 * 60 - 3 - 9 * 60)
    scene.take()
    scene.clock.turn(minutes=9 * 60)
    scene.sit("1", "li")
    key = scene.serve_one("1", "li", minutes=2.95)
    scene.clock.turn(seconds=5)
    scene.sit("1", "li")
    with pytest.raises((DayOver, SeatChanged)):
        scene.press("undo", "1", "li")
    assert scene.ticket(key).state == "finished"
