"""Who may rate what, when, and how often."""

from __future__ import annotations

import hashlib

import pytest

from queueing.errors import BadRequest
from scoring.errors import AlreadyRated, NotByStaff, NotFinished, NotThisPad, RatingClosed, ReasonNeeded


@pytest.fixture
def visit(scene):
    """A visit that window 1 has just finished."""
    scene.take()
    scene.sit("1", "li")
    return scene.serve_one("1", "li")


def at_pad(scene, key, level="satisfied", window="1", **more):
    return scene.ratings.rate_at_pad(window=window, ticket=key, level=level, by=scene.by(role="pad"), **more)


def by_phone(scene, key, level="satisfied", **more):
    return scene.ratings.rate_by_phone(ticket=key, level=level, by=scene.by(role="holder"), **more)


def asked(scene, window="1"):
    return scene.store.look(lambda desk: scene.ratings.asked_at_pad(desk, window, scene.hall.now()))


def test_the_pad_names_the_ticket_and_asks_for_thirty_seconds(scene, visit):
    assert asked(scene)["number"] == "A001"
    scene.clock.turn(seconds=30)
    at_pad(scene, visit)
    assert asked(scene) is None


def test_silence_leaves_a_visit_unrated(scene, visit):
    scene.clock.turn(seconds=31)
    assert asked(scene) is None
    assert not scene.store.look(lambda desk: desk.is_rated(visit))


def test_somebody_who_began_to_answer_in_time_is_not_cut_off(scene, visit):
    scene.clock.turn(seconds=30 + 120)
    assert at_pad(scene, visit)["accepted"]


def test_an_answer_long_after_is_too_late(scene, visit):
    scene.clock.turn(seconds=30 + 120.1)
    with pytest.raises(RatingClosed):
        at_pad(scene, visit)
    assert not scene.store.look(lambda desk: desk.is_rated(visit))


def test_nobody_has_to_choose_a_reason_that_does_not_fit(scene, visit):
    assert at_pad(scene, visit, "dissatisfied", reasons=["other"])["accepted"]


def test_the_pad_closes_when_the_next_ticket_is_served_not_when_it_is_called(scene, visit):
    scene.take()
    scene.press("call_next", "1", "li")
    assert asked(scene)["number"] == "A001"
    scene.clock.turn(seconds=1)
    scene.press("serve", "1", "li")
    assert asked(scene) is None
    with pytest.raises(RatingClosed):
        at_pad(scene, visit)


def test_one_visit_has_one_rating_whoever_is_first(scene, visit):
    by_phone(scene, visit)
    assert asked(scene) is None
    with pytest.raises(AlreadyRated, match="A001"):
        at_pad(scene, visit)
    with pytest.raises(AlreadyRated):
        by_phone(scene, visit, "very_satisfied")


def test_another_windows_pad_is_refused(scene, visit):
    with pytest.raises(NotThisPad, match="window 2"):
        at_pad(scene, visit, window="2")


def test_the_phone_rates_for_seven_days(scene, visit):
    scene.clock.turn(minutes=7 * 24 * 60)
    scene.hall.close_day()
    assert by_phone(scene, visit)["accepted"] is True


def test_after_seven_days_the_phone_is_too_late(scene, visit):
    scene.clock.turn(minutes=7 * 24 * 60 + 1)
    with pytest.raises(RatingClosed):
        by_phone(scene, visit)


def test_a_visit_that_is_not_finished_is_not_rated(scene):
    key = scene.take()
    with pytest.raises(NotFinished):
        by_phone(scene, key)


def test_a_negative_rating_needs_a_reason_of_the_hall(scene, visit):
    code = scene.house.rating.reasons[0].code
    with pytest.raises(ReasonNeeded):
        at_pad(scene, visit, "dissatisfied")
    with pytest.raises(BadRequest):
        at_pad(scene, visit, "dissatisfied", reasons=["no-such-code"])
    with pytest.raises(BadRequest):
        at_pad(scene, visit, "so-so")
    assert at_pad(scene, visit, "very_dissatisfied", reasons=[code])["accepted"]


def test_the_log_holds_a_commitment_to_the_words_and_not_the_words(scene, visit):
    code = scene.house.rating.reasons[0].code
    at_pad(scene, visit, "dissatisfied", reasons=[code], comment="等了两个小时")
    event = scene.events()[-1]
    assert "等了两个小时" not in str(event)
    row = scene.store.look(lambda desk: desk.db.one("SELECT comment, salt FROM rating_comments"))
    sealed = hashlib.sha256(f"{row['salt']}{row['comment']}".encode()).hexdigest()
    assert event.after["comment"] == sealed


def test_it_counts_for_the_window_and_clerk_of_the_last_serving(scene):
    key = scene.take()
    scene.sit("1", "li"), scene.sit("2", "wang")
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.press("transfer", "1", "li", to_window="2")
    scene.serve_one("2", "wang")
    by_phone(scene, key)
    asked = 'SELECT "window", clerk FROM ratings WHERE ticket = :key'
    row = scene.store.look(lambda desk: desk.db.one(asked, key=key))
    assert row == {"window": "2", "clerk": "wang"}


def test_staff_do_not_rate(scene, visit):
    with pytest.raises(NotByStaff, match="li"):
        scene.ratings.rate_at_pad(window="1", ticket=visit, level="very_satisfied", by=scene.by("li"))
    with pytest.raises(NotByStaff):
        scene.ratings.rate_by_phone(ticket=visit, level="very_satisfied", by=scene.by("chen", "supervisor"))
    assert asked(scene)["number"] == "A001"
